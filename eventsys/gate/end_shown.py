"""The end of a day, ready to be shown: what is open, what was frozen, what came late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from eventsys.base.clock import local
from eventsys.editions.models import Day, DayKind, Edition
from eventsys.gate import attention, closings, correcting_shown, queries
from eventsys.gate.attention import Attention
from eventsys.gate.closings import OfPhone
from eventsys.gate.correcting_shown import CorrectionsShown
from eventsys.gate.models import Device
from eventsys.gate.rules.admissions import Counts
from eventsys.gate.rules.closing import Closing, Figures, since

MOST_AT_THE_END = 1_000


@dataclass(frozen=True, slots=True)
class EndShown:
    """A day at its end. `closing` None while it is open; `changed` by gate and `late` only of a closed one."""

    number: int
    on: date
    is_build_up: bool
    is_over: bool
    now: Figures
    closing: Closing | None
    changed: Mapping[str, Counts]
    late: Sequence[OfPhone]
    unsent: Sequence[Device]
    in_use: Sequence[Device]
    doubtful: Sequence[OfPhone]
    corrections: CorrectionsShown
    attention: Attention

    @property
    def may_accept(self) -> bool:
        """Whether something came since the closing that would change the figures."""
        is_otherwise = self.closing is not None and self.closing.figures.crews != self.now.crews
        return bool(self.changed) or is_otherwise


def of_day(edition: Edition, day: Day, *, page: int = 1, now: datetime) -> EndShown:
    """Everything that somebody looks at before a day is closed, and after; `page` of what was put right."""
    closing, figures = closings.closings_of(edition).get(day.number), closings.figures_now(edition, day.number)
    return EndShown(
        number=day.number,
        on=local(day.opens_at).date(),
        is_build_up=day.kind is DayKind.BUILD_UP,
        is_over=day.closes_at <= now,
        now=figures,
        closing=closing,
        changed=since(closing.figures, figures) if closing else {},
        late=closings.late(edition, closing) if closing else (),
        unsent=closings.unsent(edition),
        in_use=[one for one in queries.devices_of(edition) if one.revoked_at is None and one.valid_until > now],
        doubtful=closings.doubtful(edition, day.number),
        corrections=correcting_shown.of_day(edition, day.number, page=page),
        attention=attention.of_day(edition, day.number, most=MOST_AT_THE_END),
    )
