"""Reading passes, keys and revocations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager

from eventsys.applications.models import Application
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.passes.models import Bundle, Pass, PassKey, PassLink, Revocation, VisitorSignUp
from eventsys.passes.rules.codec import PassKind, days_of


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many passes of a kind were issued at an edition, and how many of them ended early."""

    kind: PassKind
    issued: int
    revoked: int

    @property
    def valid(self) -> int:
        """Passes that still count."""
        return self.issued - self.revoked


def find(edition: Edition, pass_id: str) -> Pass | None:
    """An edition's pass with this id, if there is one."""
    return db.session.scalar(select(Pass).where(Pass.edition_id == edition.id, Pass.pass_id == pass_id))


def revocation_of(pass_: Pass) -> Revocation | None:
    """When and why a pass ended early, if it did."""
    return db.session.get(Revocation, pass_.pass_id)


def crew_passes_of(application: Application, *, is_locked: bool = False) -> Sequence[Pass]:
    """The crew passes of an application that still count, in the order of issue."""
    query = (
        select(Pass)
        .outerjoin(Revocation, Revocation.pass_id == Pass.pass_id)
        .where(
            Pass.application_id == application.id,
            Pass.kind == PassKind.BOOTH_CREW.value,
            Revocation.pass_id.is_(None),
        )
        .order_by(Pass.number, Pass.id)
    )
    return db.session.scalars(query.with_for_update(of=Pass) if is_locked else query).all()


def ended_crew_passes_of(application: Application) -> list[tuple[int, datetime]]:
    """Which numbered crew passes of an application ended early, and when for the last time, in the order of numbers."""
    query = (
        select(Pass.number, func.max(Revocation.revoked_at))
        .join(Revocation, Revocation.pass_id == Pass.pass_id)
        .where(Pass.application_id == application.id)
        .group_by(Pass.number)
        .order_by(Pass.number)
    )
    return [(number, ended_at) for number, ended_at in db.session.execute(query) if number is not None]


def visitor_sign_up(edition: Edition) -> VisitorSignUp | None:
    """Whether visitors may take passes; None when nobody has opened it yet."""
    return db.session.scalar(select(VisitorSignUp).where(VisitorSignUp.edition_id == edition.id))


def visitors_by_day(edition: Edition) -> dict[int, int]:
    """How many valid visitors' passes each open day has, by the day's number."""
    taken = dict.fromkeys((day.number for day in edition.open_days), 0)
    rows = db.session.execute(
        select(Pass.days, func.count())
        .outerjoin(Revocation, Revocation.pass_id == Pass.pass_id)
        .where(Pass.edition_id == edition.id, Pass.kind == PassKind.VISITOR.value, Revocation.pass_id.is_(None))
        .group_by(Pass.days)
    )
    for mask, count in rows:
        for number in days_of(mask) & taken.keys():
            taken[number] += count
    return taken


def bundle(code: str) -> Bundle | None:
    """The passes behind a link, if there are some."""
    return db.session.scalar(select(Bundle).where(Bundle.code == code))


def passes_in(of: Bundle) -> Sequence[Pass]:
    """The passes of a bundle that still count, in the order of issue."""
    query = (
        select(Pass)
        .outerjoin(Revocation, Revocation.pass_id == Pass.pass_id)
        .where(Pass.bundle_id == of.id, Revocation.pass_id.is_(None))
        .order_by(Pass.id)
    )
    return db.session.scalars(query).all()


def row_keys_of(edition: Edition) -> frozenset[str]:
    """The rows of lists that were brought in before."""
    return frozenset(
        db.session.scalars(select(Bundle.row_key).where(Bundle.edition_id == edition.id, Bundle.row_key.is_not(None)))
    )


def people_with_passes(edition: Edition) -> dict[tuple[PassKind, str, str], frozenset[int]]:
    """The days of valid passes by who has them (kind, name, address), for those who came by lists."""
    rows = db.session.execute(
        select(Pass.kind, Pass.bearer_name, Bundle.email, Pass.days)
        .join(Bundle, Bundle.id == Pass.bundle_id)
        .outerjoin(Revocation, Revocation.pass_id == Pass.pass_id)
        .where(Bundle.edition_id == edition.id, Bundle.row_key.is_not(None), Revocation.pass_id.is_(None))
    )
    return {(PassKind(kind), name.casefold(), email): days_of(days) for kind, name, email, days in rows}


def links_of(edition: Edition) -> Sequence[PassLink]:
    """The links by which people take passes themselves, the newest first."""
    return db.session.scalars(
        select(PassLink).where(PassLink.edition_id == edition.id).order_by(PassLink.id.desc())
    ).all()


def find_link(code: str) -> PassLink | None:
    """The link with this code, if there is one."""
    return db.session.scalar(select(PassLink).where(PassLink.code == code))


def edition_of(link: PassLink) -> Edition:
    """The edition that a link gives passes of."""
    return db.session.scalars(select(Edition).where(Edition.id == link.edition_id)).one()


def given_by(link: PassLink) -> int:
    """How many valid passes a link has given."""
    return db.session.scalars(
        select(func.count())
        .select_from(Pass)
        .join(Bundle, Bundle.id == Pass.bundle_id)
        .outerjoin(Revocation, Revocation.pass_id == Pass.pass_id)
        .where(Bundle.link_id == link.id, Revocation.pass_id.is_(None))
    ).one()


def search(edition: Edition, text: str, *, most: int) -> Sequence[Pass]:
    """Passes that somebody has got, the newest first; with a text those whose name or address holds it."""
    query = (
        select(Pass)
        .join(Bundle, Bundle.id == Pass.bundle_id)
        .options(contains_eager(Pass.bundle))
        .where(Pass.edition_id == edition.id)
        .order_by(Pass.id.desc())
        .limit(most)
    )
    if text:
        holds = func.lower(Pass.bearer_name).contains(text.lower(), autoescape=True)
        query = query.where(or_(holds, Bundle.email.contains(text.lower(), autoescape=True)))
    return db.session.scalars(query).all()


def all_of(edition: Edition) -> Sequence[Pass]:
    """Every pass of an edition, revoked ones too, in the order of issue."""
    return db.session.scalars(select(Pass).where(Pass.edition_id == edition.id).order_by(Pass.id)).all()


def valid_of(edition: Edition, *kinds: PassKind) -> Sequence[Pass]:
    """The passes of an edition that still count, in the order of issue; of some kinds where given."""
    query = (
        select(Pass)
        .outerjoin(Revocation, Revocation.pass_id == Pass.pass_id)
        .where(Pass.edition_id == edition.id, Revocation.pass_id.is_(None))
        .order_by(Pass.id)
    )
    return db.session.scalars(query.where(Pass.kind.in_([kind.value for kind in kinds])) if kinds else query).all()


def counts_by_kind(edition: Edition) -> list[KindCount]:
    """For every kind, how many passes were issued and how many revoked."""
    rows = db.session.execute(
        select(Pass.kind, func.count(), func.count(Revocation.pass_id))
        .outerjoin(Revocation, Revocation.pass_id == Pass.pass_id)
        .where(Pass.edition_id == edition.id)
        .group_by(Pass.kind)
    )
    counted = {kind: (issued, revoked) for kind, issued, revoked in rows}
    return [KindCount(kind, *counted.get(kind.value, (0, 0))) for kind in PassKind]


def every_key() -> Sequence[PassKey]:
    """Every public key, also retired ones, the oldest first."""
    return db.session.scalars(select(PassKey).order_by(PassKey.id)).all()


def verifying_keys() -> dict[int, str]:
    """The public keys in hex that passes are believed by, by key id."""
    rows = db.session.execute(
        select(PassKey.id, PassKey.public_key).where(PassKey.retired_at.is_(None)).order_by(PassKey.id)
    )
    return dict(rows.all())


def revoked_among(pass_ids: Collection[str]) -> frozenset[str]:
    """Those of some pass ids that are revoked."""
    return frozenset(db.session.scalars(select(Revocation.pass_id).where(Revocation.pass_id.in_(pass_ids))))
