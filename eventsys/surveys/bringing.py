"""Answers in a file that an organiser brings: looked at first, then taken in as a whole or not at all."""

from __future__ import annotations

from datetime import datetime

from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.imports import Imported
from eventsys.base.refusals import Refusal
from eventsys.surveys import actions, queries
from eventsys.surveys.models import Survey
from eventsys.surveys.rules.answers import read_answers
from eventsys.surveys.rules.asking import Phase, phase_of
from eventsys.surveys.rules.codes import Code

MEGABYTE = 1_000_000
MOST_MEGABYTES = 2


def looked_at(survey: Survey, content: bytes) -> Imported:
    """What would become of a file; nothing is stored. Refused as a whole: what `bring` refuses but for bad rows."""
    if not content:
        raise Refusal(Code.NO_FILE, field="file")
    if len(content) > MOST_MEGABYTES * MEGABYTE:
        raise Refusal(Code.FILE_TOO_LARGE, field="file", most=MOST_MEGABYTES)
    file = read_answers(content, queries.as_rules(survey.instrument))
    if queries.is_imported(survey, file.digest):
        return Imported(file.row_count, 0, len(file.rows), file.refused)
    return Imported(file.row_count, len(file.rows), 0, file.refused)


def can_be_brought(survey: Survey, *, now: datetime) -> bool:
    """Whether a file may come: until the survey closes, and later where no response is there yet, as of a survey that was
    asked elsewhere. Beside figures that were shown, what a file changes would tell what stands in it.
    """
    is_closed = phase_of(survey.opens_at, survey.closes_at, now=now) is Phase.CLOSED
    return not is_closed or not queries.responses(survey)


def bring(survey: Survey, content: bytes, *, by: Actor, now: datetime) -> Imported:
    """Take a file in, every row of it; one that is in already changes nothing.

    Refused: NO_FILE, FILE_TOO_LARGE, what `rules.answers.read_answers` refuses, ROWS_ARE_BAD, CLOSED. A file of which some
    rows went in would count those twice when it comes again, put right.
    """
    seen = looked_at(survey, content)
    if seen.unchanged:
        return seen
    if seen.refused:
        raise Refusal(Code.ROWS_ARE_BAD, field="file")
    if not can_be_brought(survey, now=now):
        raise Refusal(Code.CLOSED, field="file")
    return actions.import_answers(survey, content, answered_on=clock.local(now).date(), by=by, now=now)
