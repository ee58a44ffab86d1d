"""Writing criteria and reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from eventsys.accounts.models import User
from eventsys.applications.models import Application
from eventsys.applications.rules.states import UNDER_REVIEW
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.reviews import queries
from eventsys.reviews.models import Criterion, Review
from eventsys.reviews.rules.codes import Code
from eventsys.reviews.rules.recommendations import HIGHEST, LOWEST, Recommendation


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a reviewer says: a recommendation, scores by the code of their criterion, words; or a conflict of interest."""

    recommendation: Recommendation | None = None
    scores: Mapping[str, int]
    comment: str = ""
    has_conflict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a criterion says: its name and help by language, for which kind, how much it weighs (1 to 10)."""

    label: dict[str, str]
    help: dict[str, str]
    kind: Kind | None
    weight: int


def review(application: Application, said: Opinion, *, by: User, now: datetime) -> Review:
    """Keep a reviewer's opinion in place of an earlier one. A conflict of interest leaves the words alone, nothing else.

    Refusal: NOT_UNDER_REVIEW, NOTHING_SAID, SCORE_WRONG.
    """
    if application.announced_state not in UNDER_REVIEW:
        raise Refusal(Code.NOT_UNDER_REVIEW)
    known = {criterion.code for criterion in queries.criteria_of(application.edition, application.organisation.kind)}
    scores = {} if said.has_conflict else {code: score for code, score in said.scores.items() if code in known}
    if any(not LOWEST <= score <= HIGHEST for score in scores.values()):
        raise Refusal(Code.SCORE_WRONG)
    recommendation = None if said.has_conflict else said.recommendation
    if not (said.has_conflict or recommendation or scores or said.comment):
        raise Refusal(Code.NOTHING_SAID)
    kept = queries.review_by(by, application)
    if kept is None:
        kept = Review(application_id=application.id, user_id=by.id)
        db.session.add(kept)
    kept.recommendation, kept.has_conflict, kept.scores = recommendation, said.has_conflict, scores
    kept.comment, kept.reviewed_at = said.comment, now
    act = "reviews.conflict_declared" if said.has_conflict else "reviews.reviewed"
    record(act, "application", application.code, by=Actor("user", str(by.id)), now=now)
    return kept


def add_criterion(edition: Edition, said: Judged, *, by: Actor, now: datetime) -> Criterion:
    """Add a criterion behind the others. Refusal(NAME_MISSING)."""
    _check_name(said)
    last = max((criterion.position for criterion in queries.criteria_of(edition)), default=0)
    added = Criterion(edition_id=edition.id, position=last + 1, **_columns(said))
    db.session.add(added)
    db.session.flush()  # The audit entry names its code.
    record("reviews.criterion_added", "criterion", added.code, by=by, now=now)
    return added


def change_criterion(criterion: Criterion, said: Judged, *, by: Actor, now: datetime) -> None:
    """Say a criterion anew; scores given before keep counting for it. Refusal(NAME_MISSING)."""
    _check_name(said)
    for column, value in _columns(said).items():
        setattr(criterion, column, value)
    record("reviews.criterion_changed", "criterion", criterion.code, by=by, now=now)


def move_criterion(edition: Edition, criterion: Criterion, *, steps: int, by: Actor, now: datetime) -> None:
    """Move a criterion up (negative) or down the list; beyond an end it stays there."""
    others = [one for one in queries.criteria_of(edition) if one is not criterion]
    place = [one.position for one in queries.criteria_of(edition)].index(criterion.position) + steps
    others.insert(min(max(place, 0), len(others)), criterion)
    for position, one in enumerate(others, start=1):
        one.position = position
    record("reviews.criterion_moved", "criterion", criterion.code, by=by, now=now)


def retire_criterion(criterion: Criterion, *, is_retired: bool, by: Actor, now: datetime) -> None:
    """Stop judging by a criterion, or take it up again; its scores are kept."""
    criterion.retired_at = now if is_retired else None
    act = "reviews.criterion_retired" if is_retired else "reviews.criterion_restored"
    record(act, "criterion", criterion.code, by=by, now=now)


def _check_name(said: Judged) -> None:
    for language in ("da", "en"):
        if not said.label.get(language):
            raise Refusal(Code.NAME_MISSING, field=f"label_{language}")


def _columns(said: Judged) -> dict[str, object]:
    return {"label": dict(said.label), "help": dict(said.help), "kind": said.kind, "weight": said.weight}
