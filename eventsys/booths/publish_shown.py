"""What an organiser is told before a draft counts: what is broken in it, with the reasons, and who has no place."""

from __future__ import annotations

from dataclasses import dataclass

from eventsys.applications import queries as applications
from eventsys.booths import queries
from eventsys.booths.models import Plan
from eventsys.booths.plan_shown import changes_shown, troubles_shown
from eventsys.booths.said import broken_said, places_said
from eventsys.editions.models import Edition


@dataclass(frozen=True, slots=True)
class Against:
    """A booth that stands against rules: the code of its application, who, where, which rules, why it may be so."""

    code: str
    name: str
    where: str
    rules: list[str]
    reason: str


@dataclass(frozen=True, slots=True)
class PublishShown:
    """`against`: those with a reason first. `changes`: code, who, where now, where then. `news`: how many get a mail."""

    against: list[Against]
    troubles: list[str]
    waiting: list[tuple[str, str]]
    changes: list[tuple[str, str, str, str]]
    news: int


def publish_shown(edition: Edition, draft: Plan, published: Plan | None) -> PublishShown:
    """A draft as it would count."""
    placed = {one.application_id for one in queries.standing_in(draft)}
    return PublishShown(
        against=_against(edition, draft),
        troubles=troubles_shown(edition, draft),
        waiting=[
            (one.code, one.organisation.name) for one in applications.approved_of(edition) if one.id not in placed
        ],
        changes=changes_shown(edition, draft, published) if published else [],
        news=len(queries.news_by(edition, draft)),
    )


def _against(edition: Edition, draft: Plan) -> list[Against]:
    names, rulebook = queries.names_of(edition), queries.rulebook_of(edition)
    return [
        Against(
            code=application.code,
            name=application.organisation.name,
            where=places_said(standing.by_day),
            rules=[broken_said(one, names, rulebook) for one in broken if one.is_hard],
            reason=standing.override_reason,
        )
        for standing, application, broken in queries.against(edition, draft) + queries.unexplained(edition, draft)
    ]
