"""Proposals in the making."""

from __future__ import annotations

from sqlalchemy import select

from eventsys.base.db import db
from eventsys.booths.models import ProposalRun
from eventsys.editions.models import Edition


def open_run(edition: Edition) -> ProposalRun | None:
    """The proposal that is being made."""
    return db.session.scalar(
        select(ProposalRun).where(ProposalRun.edition_id == edition.id, ProposalRun.finished_at.is_(None))
    )


def run(edition: Edition, code: str) -> ProposalRun | None:
    """One run of an edition."""
    return db.session.scalar(select(ProposalRun).where(ProposalRun.edition_id == edition.id, ProposalRun.code == code))


def next_run() -> ProposalRun | None:
    """The oldest run that isn't finished, locked for this worker where the database can."""
    return db.session.scalar(
        select(ProposalRun)
        .where(ProposalRun.finished_at.is_(None))
        .order_by(ProposalRun.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=ProposalRun)
    )
