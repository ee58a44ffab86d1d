"""What organisers keep to work through many applications: saved views and batches."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from eventsys.accounts.models import User
from eventsys.applications.models import Application, Batch, SavedView
from eventsys.applications.queries.one import locked
from eventsys.applications.rules.batches import BatchAct, BatchState
from eventsys.base.db import db
from eventsys.editions.models import Edition


def views_of(edition: Edition, user: User) -> Sequence[SavedView]:
    """The saved views that somebody sees at an edition: their own and those of the team, by name."""
    return db.session.scalars(
        select(SavedView)
        .where(SavedView.edition_id == edition.id, or_(SavedView.user_id == user.id, SavedView.user_id.is_(None)))
        .order_by(func.lower(SavedView.name), SavedView.id)
    ).all()


def shared_views_of(edition: Edition) -> Sequence[SavedView]:
    """The saved views that the whole team sees."""
    return db.session.scalars(
        select(SavedView).where(SavedView.edition_id == edition.id, SavedView.user_id.is_(None))
    ).all()


def view(edition: Edition, code: str, user: User) -> SavedView | None:
    """One saved view that somebody may see."""
    return next((one for one in views_of(edition, user) if one.code == code), None)


def batch(edition: Edition, code: str) -> Batch | None:
    """One batch of an edition."""
    return db.session.scalar(select(Batch).where(Batch.edition_id == edition.id, Batch.code == code))


def batches_of(edition: Edition, most: int = 20) -> Sequence[Batch]:
    """The latest batches of an edition."""
    return db.session.scalars(
        select(Batch).where(Batch.edition_id == edition.id).order_by(Batch.id.desc()).limit(most)
    ).all()


def announcing_in(edition: Edition) -> Batch | None:
    """The announcing of decisions that is not done yet, if there is one."""
    is_open = Batch.state.in_((BatchState.QUEUED, BatchState.RUNNING))
    return db.session.scalar(
        select(Batch).where(Batch.edition_id == edition.id, Batch.act == BatchAct.ANNOUNCE, is_open)
    )


def next_batch() -> Batch | None:
    """The oldest batch that is not done, locked for this worker where the database can."""
    return db.session.scalar(
        select(Batch)
        .where(Batch.state.in_((BatchState.QUEUED, BatchState.RUNNING)))
        .order_by(Batch.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Batch)
    )


def locked_named(edition: Edition, codes: Sequence[str]) -> dict[str, Application]:
    """Applications of an edition by their codes, locked until the transaction ends."""
    query = select(Application).where(Application.edition_id == edition.id, Application.code.in_(codes))
    return {application.code: application for application in locked(query)}


def named(edition: Edition, codes: Sequence[str]) -> dict[str, Application]:
    """Applications of an edition by their codes; codes that are none are left out."""
    found = db.session.scalars(
        select(Application).where(Application.edition_id == edition.id, Application.code.in_(codes))
    )
    return {application.code: application for application in found}
