"""Reading criteria and reviews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import exists, func, or_, select

from eventsys.accounts.models import User
from eventsys.applications import panels
from eventsys.applications.models import Application, AssignedReviewer
from eventsys.applications.rules.states import UNDER_REVIEW
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.reviews.models import Criterion, Review
from eventsys.reviews.rules.recommendations import Recommendation

MOST_KEYS = 500  # More are read with all the others.


def criteria_of(edition: Edition, kind: Kind | None = None) -> Sequence[Criterion]:
    """The criteria that count at an edition, in their order; with a kind, those that are about it."""
    query = select(Criterion).where(Criterion.edition_id == edition.id, Criterion.retired_at.is_(None))
    if kind is not None:
        query = query.where(or_(Criterion.kind.is_(None), Criterion.kind == kind))
    return db.session.scalars(query.order_by(Criterion.position, Criterion.id)).all()


def criterion(edition: Edition, code: str, *, is_locked: bool = False) -> Criterion | None:
    """One criterion of an edition, retired ones too; locked for who means to change it."""
    query = select(Criterion).where(Criterion.edition_id == edition.id, Criterion.code == code)
    return db.session.scalar(query.with_for_update() if is_locked else query)


def reviews_of(application: Application) -> Sequence[Review]:
    """All that reviewers have said of an application, the first one first."""
    return db.session.scalars(select(Review).where(Review.application_id == application.id).order_by(Review.id)).all()


def reviews_on(edition: Edition, keys: Sequence[int]) -> dict[int, list[Review]]:
    """All that reviewers have said of some applications of an edition, by the key of the application."""
    found: dict[int, list[Review]] = {}
    said = select(Review).join(Review.application).where(Application.edition_id == edition.id).order_by(Review.id)
    few = said.where(Review.application_id.in_(keys)) if len(keys) <= MOST_KEYS else said
    for review in db.session.scalars(few):
        found.setdefault(review.application_id, []).append(review)
    return found


class Said(NamedTuple):
    """What one reviewer says of one application, without words."""

    application_id: int
    user_id: int
    recommendation: Recommendation | None
    has_conflict: bool
    scores: Mapping[str, int]


def said_in(edition: Edition) -> dict[int, list[Said]]:
    """What reviewers say of an edition's applications, without words, by the key of the application."""
    columns = (Review.application_id, Review.user_id, Review.recommendation, Review.has_conflict, Review.scores)
    rows = db.session.execute(
        select(*columns)
        .join(Application, Review.application_id == Application.id)
        .where(Application.edition_id == edition.id)
    )
    found: dict[int, list[Said]] = defaultdict(list)
    for row in rows:
        found[row.application_id].append(Said._make(row))
    return found


def waiting_for(user: User, edition: Edition) -> int:
    """How many applications under review somebody is asked to look at and has said nothing of."""
    has_said = exists().where(Review.application_id == Application.id, Review.user_id == user.id)
    query = (
        select(func.count())
        .select_from(AssignedReviewer)
        .join(Application, AssignedReviewer.application_id == Application.id)
        .where(
            Application.edition_id == edition.id,
            Application.announced_state.in_(UNDER_REVIEW),
            AssignedReviewer.user_id == user.id,
            ~has_said,
        )
    )
    return db.session.scalar(query) or 0


def review_by(user: User, application: Application) -> Review | None:
    """What one reviewer has said of an application."""
    return db.session.scalar(select(Review).where(Review.application_id == application.id, Review.user_id == user.id))


@panels.register_judged
def reviewed_of(edition: Edition) -> Sequence[int]:
    """The keys of an edition's applications that somebody has reviewed."""
    query = select(Review.application_id).join(Application, Review.application_id == Application.id)
    return db.session.scalars(query.where(Application.edition_id == edition.id).distinct()).all()
