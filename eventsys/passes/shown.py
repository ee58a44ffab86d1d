"""A pass in the words and shapes that pages show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

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


@dataclass(frozen=True, slots=True)
class Ended:
    """Numbers of a crew's passes that ended on a day; whether another pass stands in the place of each."""

    on: date
    is_replaced: bool
    numbers: tuple[int, ...]


def ended(passes: Iterable[tuple[int, datetime]], valid: Collection[int]) -> list[Ended]:
    """Passes that ended early, together by day and by whether their number is among the valid ones; the latest first."""
    found: dict[tuple[date, bool], list[int]] = defaultdict(list)
    for number, at in passes:
        found[local(at).date(), number in valid].append(number)
    return [
        Ended(on, is_replaced, tuple(numbers)) for (on, is_replaced), numbers in sorted(found.items(), reverse=True)
    ]
