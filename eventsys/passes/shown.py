"""A pass in the words and shapes that pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString

from eventsys.base.clock import local
from eventsys.base.qr import Modules, modules_of
from eventsys.editions.models import DayKind
from eventsys.passes.models import Pass
from eventsys.passes.rules.codec import PassKind, days_of
from eventsys.passes.rules.short_code import to_short_code
from eventsys.passes.texts import KINDS


@dataclass(frozen=True, slots=True)
class ShownPass:
    """A pass with its short code, its kind in words, and its days, each with whether it is for building up."""

    short_code: str
    kind: LazyString
    days: tuple[tuple[date, bool], ...]
    text: str

    @property
    def modules(self) -> Modules:
        """The rows of its QR code."""
        return modules_of(self.text)


def shown(pass_: Pass) -> ShownPass:
    """A pass as pages show it."""
    numbers = days_of(pass_.days)
    days = sorted((day.opens_at, day.kind is DayKind.BUILD_UP) for day in pass_.edition.days if day.number in numbers)
    return ShownPass(
        to_short_code(pass_.pass_id),
        KINDS[PassKind(pass_.kind)],
        tuple((local(opens_at).date(), is_build_up) for opens_at, is_build_up in days),
        pass_.text,
    )
