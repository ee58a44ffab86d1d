"""What files would change of the street, before anything is taken in: new, changed, refused, and what would break a rule then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _

from eventsys.base.i18n import listed
from eventsys.booths import queries
from eventsys.booths.rules.changes import LIES, STILL_M, Brought, Change
from eventsys.booths.rules.site_checks import Finding, Flaw, findings
from eventsys.booths.site_shown import finding_said, taken_on
from eventsys.booths.texts import FIELDS, OFFERS
from eventsys.editions.models import Edition

MOST_NAMED = 60


@dataclass(frozen=True, slots=True)
class BroughtShown:
    """One file: what it is, its rows, what is new by name, changed (name, what, who stands there), as it was, refused."""

    what: str
    rows: int
    new: str
    new_count: int
    changed: list[tuple[str, str, str]]
    unchanged: int
    refused: list[tuple[int, str, str, str]]


def brought_shown(edition: Edition, what: str, brought: Brought, *, sentences: Sequence[str]) -> BroughtShown:
    """A file in words; `sentences` say why rows are refused."""
    taken = taken_on(edition)
    return BroughtShown(
        what=what,
        rows=brought.rows,
        new=named(brought.new),
        new_count=len(brought.new),
        changed=[(one.code, change_said(one), taken.get(one.code, "")) for one in brought.changed],
        unchanged=brought.unchanged,
        refused=[(one.row, one.reference, one.field, why) for one, why in zip(brought.refused, sentences, strict=True)],
    )


def named(codes: Sequence[str]) -> str:
    """Names one after another; of very many the first, and how many there are beside."""
    more = len(codes) - MOST_NAMED
    return listed([*codes[:MOST_NAMED], *([_("%(count)s more", count=format_decimal(more))] if more > 0 else [])])


def change_said(change: Change) -> str:
    """What is other with something that is there already, in words."""
    said = [str(OFFERS.get(name) or FIELDS[name]) for name in change.fields if name not in LIES]
    if any(name in LIES for name in change.fields):
        metres = format_decimal(round(change.moved_m, 1))
        moved = change.moved_m >= STILL_M
        said.insert(0, _("moved by %(metres)s m", metres=metres) if moved else _("another outline"))
    return listed(said)


def boards_made_said(edition: Edition, all_brought: Sequence[Brought]) -> str:
    """The boards that nobody has told of, where no file says what they give either; empty where there are none."""
    empty = {board.code for board in queries.boards_on(edition) if not board.capacity_watts}
    made = sorted({code for brought in all_brought for code in brought.boards_made} & empty)
    if not made:
        return ""
    return str(
        _(
            "Nobody has told of these boards: %(boards)s. They are made with nothing to give; bring in the boards too.",
            boards=named(made),
        )
    )


def flaws_said(edition: Edition, all_brought: Sequence[Brought]) -> list[str]:
    """What breaks a rule on the ground as the files leave it, of what they bring; each once."""
    brought_codes = {code for one in all_brought for code in (*one.new, *(change.code for change in one.changed))}
    made = {code for one in all_brought for code in one.boards_made}
    return [
        str(finding_said(one)["message"])
        for one in findings(queries.drawn(edition), queries.rulebook_of(edition))
        if brought_codes.intersection(one.codes) and not _is_told_once(one, made)
    ]


def _is_told_once(finding: Finding, made: set[str]) -> bool:
    """Of boards that were made just now it is told for all of their pitches at once."""
    return finding.what is Flaw.BOARD_EMPTY and finding.codes[-1] in made
