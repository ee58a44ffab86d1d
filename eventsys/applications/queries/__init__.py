"""Reading applications: `one`, the review list (`listing`), by where they stand (`standing`), their `history`."""

from eventsys.applications.queries.history import Entry, history_of, story_of, told_note_of
from eventsys.applications.queries.listing import IS_STAGED, PAGE_SIZE, Choice, Page, Row, Sort, counts_of, page_of
from eventsys.applications.queries.one import (
    find,
    find_in,
    get,
    has_confirmed,
    has_namesake,
    link,
    open_of,
    reached_by,
    told_by,
)
from eventsys.applications.queries.standing import (
    all_of,
    approved_of,
    by_reference,
    is_reference_taken,
    next_waitlist_rank,
    staged_count_of,
    staged_of,
    submitted_of,
)

__all__ = [
    "IS_STAGED",
    "PAGE_SIZE",
    "Choice",
    "Entry",
    "Page",
    "Row",
    "Sort",
    "all_of",
    "approved_of",
    "by_reference",
    "counts_of",
    "find",
    "find_in",
    "get",
    "has_confirmed",
    "has_namesake",
    "history_of",
    "is_reference_taken",
    "link",
    "next_waitlist_rank",
    "open_of",
    "page_of",
    "reached_by",
    "staged_count_of",
    "staged_of",
    "story_of",
    "submitted_of",
    "told_by",
    "told_note_of",
]
