"""Numbers without gaps that fill later: the row is locked until commit, so order of number is order of commit."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped

from eventsys.base.db import Model, db, internal


class Counter(Model):
    """The last number given out under a name."""

    __table_args__ = (CheckConstraint("value >= 0", name="value"),)

    name: Mapped[str] = internal(primary_key=True)
    value: Mapped[int]


def take(name: str, how_many: int = 1) -> int:
    """Take the next numbers of a counter and return the first. Others wait until this transaction ends."""
    counter = db.session.scalar(select(Counter).where(Counter.name == name).with_for_update())
    if counter is None:
        counter = Counter(name=name, value=0)
        db.session.add(counter)
        db.session.flush()  # A second first taker meets the primary key here, and the view runs once more.
    first = counter.value + 1
    counter.value += how_many
    return first


def last(name: str) -> int:
    """The last number given out, 0 before the first."""
    return db.session.scalar(select(Counter.value).where(Counter.name == name)) or 0
