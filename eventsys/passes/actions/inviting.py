"""Passes for volunteers and guests, by a list or by a link, and for the people of a crew by name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from eventsys.audit.actions import Actor, record
from eventsys.base import counters
from eventsys.base.db import db
from eventsys.base.ids import new_code
from eventsys.base.imports import Imported
from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.editions.models import Edition
from eventsys.passes import actions, queries
from eventsys.passes.actions import handing
from eventsys.passes.models import Bundle, Pass, PassLink
from eventsys.passes.rules.codec import PassKind, days_mask, days_of
from eventsys.passes.rules.codes import Code
from eventsys.passes.rules.guest_rows import GuestFile, GuestRow, read_guests
from eventsys.passes.rules.handing import Wanted

CODE_LENGTH = 20
MOST_BY_LINK = 5000
GIVEN_ON = "given to somebody else"


@dataclass(frozen=True, slots=True)
class GuestPlan:
    """What bringing a list in would do: rows that get a pass, how many have theirs already, and what is refused."""

    new: tuple[GuestRow, ...]
    unchanged: int
    refused: tuple[RowRefusal, ...]

    @property
    def outcome(self) -> Imported:
        """In the shape of every import."""
        rows = len(self.new) + self.unchanged + len(self.refused)
        return Imported(rows, len(self.new), self.unchanged, self.refused)


def plan_guests(edition: Edition, content: bytes) -> GuestPlan:
    """What a list would do, without doing it. Refusal: LIST_UNREADABLE, COLUMN_MISSING, ROWS.

    A row that was brought in before changes nothing. Somebody who has a pass for other days is refused by name.
    """
    return _planned(edition, read_guests(content, days=frozenset(day.number for day in edition.open_days)))


def _planned(edition: Edition, file: GuestFile) -> GuestPlan:
    there = queries.row_keys_of(edition)
    has_pass = queries.people_with_passes(edition)
    new, refused = [], list(file.refused)
    for row in file.rows:
        if row.key in there:
            continue
        is_named = bool(row.name or row.email)
        if is_named and has_pass.get(row.person, row.days) != row.days:
            refused.append(RowRefusal(row.number, row.name or row.email, Code.HAS_OTHER_DAYS, "days", {}))
            continue
        if is_named:
            has_pass[row.person] = row.days
        new.append(row)
    unchanged = len(file.rows) + len(file.refused) - len(new) - len(refused)
    return GuestPlan(tuple(new), unchanged, tuple(sorted(refused, key=lambda one: one.row)))


def import_guests(edition: Edition, content: bytes, *, language: str, by: Actor, now: datetime) -> Imported:
    """A pass for each new row of a list, mailed where it has an address. Refusal: as `plan_guests`."""
    counters.take(f"guests:{edition.id}")  # Two of the same list at once: the second sees what the first did.
    plan = plan_guests(edition, content)
    for row in plan.new:
        wanted = Wanted(row.days, 1, language, row.email, (row.name,) if row.name else ())
        bundle = Bundle(code=new_code(CODE_LENGTH), row_key=row.key)
        handing.hand_out(edition, row.kind, wanted, bundle=bundle, by=by, now=now)
    record("passes.imported", "edition", edition.slug, by=by, now=now, detail=f"{len(plan.new)} passes")
    return plan.outcome


@dataclass(frozen=True, slots=True)
class LinkSaid:
    """What an organiser says of a link: for whom, kind and days of the passes, how many, until when."""

    name: str
    kind: PassKind
    days: Collection[int]
    most: int
    closes_at: datetime


def make_link(edition: Edition, said: LinkSaid, *, by: Actor, now: datetime) -> PassLink:
    """A link by which volunteers or guests take a pass themselves. Refusal: DAY_UNKNOWN, COUNT, LINK_OVER."""
    unknown = set(said.days) - {day.number for day in edition.open_days}
    if unknown or not said.days:
        raise Refusal(Code.DAYS_MISSING, field="days")
    if not 1 <= said.most <= MOST_BY_LINK:
        raise Refusal(Code.COUNT, field="most", count=said.most, most=MOST_BY_LINK)
    if said.closes_at <= now:
        raise Refusal(Code.LINK_OVER, field="closes_at")
    made = PassLink(
        code=new_code(CODE_LENGTH),
        edition_id=edition.id,
        kind=said.kind.value,
        days=days_mask(frozenset(said.days)),
        most=said.most,
        closes_at=said.closes_at,
        name=said.name,
        made_at=now,
    )
    db.session.add(made)
    record("passes.link_made", "edition", edition.slug, by=by, now=now)
    return made


def close_link(link: PassLink, *, by: Actor, now: datetime) -> None:
    """Give no more passes by this link; those that it gave stay."""
    link.closes_at = min(link.closes_at, now)
    record("passes.link_closed", "pass_link", link.code, by=by, now=now)


def join(link: PassLink, wanted: Wanted, *, code: str, by: Actor, now: datetime) -> Bundle:
    """A pass by a link, mailed; asking with the same code again gives the same one. Refusal: EMAIL_MISSING, SIGN_UP_CLOSED, LINK_EMPTY."""
    counters.take(f"pass-link:{link.id}")
    there = queries.bundle(code)
    if there is not None:
        return there
    if not wanted.email:
        raise Refusal(Code.EMAIL_MISSING, field="email")
    if link.closes_at <= now:
        raise Refusal(Code.SIGN_UP_CLOSED)
    if queries.given_by(link) + wanted.people > link.most:
        raise Refusal(Code.LINK_EMPTY)
    edition = queries.edition_of(link)
    bundle = Bundle(code=code, link_id=link.id)
    return handing.hand_out(edition, PassKind(link.kind), wanted, bundle=bundle, by=by, now=now)


def give(pass_: Pass, *, name: str, email: str, language: str, by: Actor, now: datetime) -> Pass:
    """Give a crew's pass to one of the crew, behind a link of its own; mailed where there is an address.

    The same person again gets the mail again. Somebody else gets a new pass, and the one before can't use the old one.
    """
    edition = pass_.edition
    was = (pass_.bearer_name, pass_.bundle.email) if pass_.bundle else None
    if was is not None and was != (name, email):
        actions.revoke(pass_, reason=GIVEN_ON, by=by, now=now)
        [new] = actions.issue(
            edition, PassKind(pass_.kind), days=days_of(pass_.days), by=by, now=now, application=pass_.application
        )
        new.number = pass_.number
        pass_, was = new, None
    if was is None:
        bundle = Bundle(code=new_code(CODE_LENGTH), edition_id=edition.id, email=email, language=language)
        bundle.edition, bundle.created_at = edition, now
        db.session.add(bundle)
        pass_.bundle, pass_.bearer_name = bundle, name
        db.session.flush()
        record("passes.given", "pass", pass_.pass_id, by=by, now=now)
    if email and pass_.bundle:
        pass_.bundle.language = language
        handing.send(pass_.bundle, now=now)
    return pass_
