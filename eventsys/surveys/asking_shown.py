"""How a survey is asked, as organisers read it: counts of each audience, the addresses for visitors, never who answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eventsys.base.qr import Modules, modules_of
from eventsys.base.rendering import address_of
from eventsys.surveys import asked, queries, typed
from eventsys.surveys.models import Survey
from eventsys.surveys.rules.asking import ORGANISATIONS
from eventsys.surveys.rules.instruments import Audience
from eventsys.surveys.texts import AUDIENCES


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One audience: how many were asked and have answered. `rate` is None where nobody knows how many there are."""

    name: str
    is_visitor: bool
    is_attributed: bool
    invited: int
    mailed: int
    answered: int
    on_paper: int
    reminded: int
    left_reserved: int
    replaced: int
    rate: float | None
    organisations: tuple[str, ...]
    # Of an attributed audience, by whom there is an answer.
    answered_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitorsWay:
    """The address on the poster with its code to scan, and the one of the tablet."""

    poster: str
    code: Modules
    kiosk: str


def asked_rows(survey: Survey) -> list[AskedRow]:
    """The audiences that are asked."""
    counts = asked.askings(survey)
    by_name = asked.attributed(survey)
    papers = typed.on_paper(survey)
    rows = []
    for row in asked.audiences_of(survey):
        known = counts.get(row.audience, asked.Asking(row.audience))
        is_visitor = row.audience is Audience.VISITOR
        answered = (
            queries.responses(survey, audiences=["visitor"]) - papers.get("visitor", 0) if is_visitor else known.spent
        )
        rows.append(
            AskedRow(
                name=str(AUDIENCES[row.audience.value]),
                is_visitor=is_visitor,
                is_attributed=row.is_attributed,
                invited=known.invited,
                mailed=known.mailed,
                answered=answered,
                on_paper=papers.get(row.audience.value, 0),
                reminded=known.reminded,
                left_reserved=known.left_reserved,
                replaced=row.replaced,
                rate=known.spent / known.invited if known.invited else None,
                organisations=_names(survey, row.audience),
                answered_by=tuple(one.organisation.name for one in by_name if one.audience is row.audience),
            )
        )
    return rows


def _names(survey: Survey, audience: Audience) -> tuple[str, ...]:
    there: Sequence[str] = ()
    if audience in ORGANISATIONS:
        there = [one.name for one in asked.organisations_of(survey, audience)]
    return tuple(there)


def visitors_way(survey: Survey) -> VisitorsWay | None:
    """How visitors come to the survey, where they are asked."""
    row = asked.audience_of(survey, Audience.VISITOR)
    if row is None or row.poster_code is None or row.kiosk_code is None:
        return None
    poster = address_of("surveys.poster", code=row.poster_code)
    return VisitorsWay(poster, modules_of(poster), address_of("surveys.kiosk", code=row.kiosk_code))
