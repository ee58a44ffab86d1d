"""Events, their editions, and what an edition owns: days, zones, gates, team."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.accounts.models import User
from eventsys.accounts.rules import Role
from eventsys.base.db import Model, Texts, internal, public
from eventsys.base.ids import new_code
from eventsys.editions.rules import MOST_DAYS, last_date

# Phones that were without a network send what they hold.
STRAGGLERS = timedelta(hours=6)


class EventKind(StrEnum):
    """What sort of event it is; templates and rules differ."""

    INTERNATIONAL_DAYS = "international_days"
    RELIGIOUS_CELEBRATION = "religious_celebration"
    SMALL = "small"


class DayKind(StrEnum):
    """Open to visitors, or for building up: then only those who work there come in."""

    OPEN = "open"
    BUILD_UP = "build_up"


class Event(Model):
    """The recurring thing, such as "Taste the World"."""

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = public(unique=True)
    name: Mapped[Texts] = public()
    kind: Mapped[EventKind] = mapped_column(default=EventKind.INTERNATIONAL_DAYS)


class Edition(Model):
    """One holding of an event."""

    __table_args__ = (
        CheckConstraint("number BETWEEN 1 AND 65535", name="number_fits_pass"),
        CheckConstraint("call_opens_at IS NULL OR call_closes_at > call_opens_at", name="call_order"),
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity"),
        CheckConstraint("call_grace_hours BETWEEN 0 AND 720", name="call_grace_hours"),
        CheckConstraint("offer_hours BETWEEN 1 AND 720", name="offer_hours"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    slug: Mapped[str] = public(unique=True)
    # On every pass, so it is unique in the installation and never changes.
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[Texts] = public()
    about: Mapped[Texts] = public(default=dict)
    place: Mapped[str] = public(default="")
    contact_email: Mapped[str] = public(default="")
    contact_phone: Mapped[str] = public(default="")
    starts_on: Mapped[date]
    call_opens_at: Mapped[datetime | None]
    call_closes_at: Mapped[datetime | None]
    # How long after the call drafts that were begun in time may still be sent.
    call_grace_hours: Mapped[int] = mapped_column(default=0)
    # How long a place offered to somebody on the waiting list is held.
    offer_hours: Mapped[int] = mapped_column(default=72)
    # Until when applicants are told whether they are in, and where they stand; empty when nobody has said.
    decisions_by: Mapped[date | None]
    booths_by: Mapped[date | None]
    # People at once on the whole site; empty when nobody has set one.
    capacity: Mapped[int | None]
    is_published: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    event: Mapped[Event] = relationship(lazy="joined")
    days: Mapped[list[Day]] = relationship(order_by="Day.number", lazy="selectin")

    @property
    def open_days(self) -> list[Day]:
        """The days that visitors come on, in order of their numbers."""
        return [day for day in self.days if day.kind is DayKind.OPEN]

    @property
    def ends_on(self) -> date:
        """The date of the last open day."""
        return last_date(self.starts_on, [day.closes_at for day in self.open_days])

    def is_running(self, now: datetime) -> bool:
        """Whether figures still move: from the first day's opening until some hours after the last one's closing."""
        days = self.days
        return bool(days) and days[0].opens_at <= now < days[-1].closes_at + STRAGGLERS


class Day(Model):
    """A numbered day of an edition; its number minus one is its bit on a pass."""

    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        UniqueConstraint("edition_id", "opens_at"),
        CheckConstraint(f"number BETWEEN 1 AND {MOST_DAYS}", name="number"),
        CheckConstraint("closes_at > opens_at", name="hours"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    kind: Mapped[DayKind] = mapped_column(default=DayKind.OPEN)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]


class Zone(Model):
    """An area of the site with a capacity."""

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = public()
    name: Mapped[Texts] = public()
    capacity: Mapped[int | None]


class Gate(Model):
    """A place where people go in and out."""

    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    code: Mapped[str] = public()
    name: Mapped[Texts] = public()
    # Whether a typed code that the phone can't check lets a person in (docs/gate-protocol.md: default yes).
    lets_in_undecided: Mapped[bool] = mapped_column(default=True)


class TeamMember(Model):
    """That somebody has a role at an edition."""

    __table_args__ = (UniqueConstraint("edition_id", "user_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True, default=new_code)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role]
    user: Mapped[User] = relationship(lazy="joined")
