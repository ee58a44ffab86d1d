"""Places and times in words, in the language of the moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import format_time
from flask_babel import gettext as _

from eventsys.base.clock import local
from eventsys.base.i18n import apart, listed, long_date
from eventsys.booths.models import Pitch


def hours_said(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when, on Copenhagen's clocks, the earlier one first from left to right in every language."""
    return apart(f"{format_time(starts_at, 'HH:mm')}–{format_time(ends_at, 'HH:mm')}")


def unbroken(hours: str) -> str:
    """The same for a page, where no line ends within the hours: from right to left the two would change places."""
    return hours.replace("–", "\u2060–\u2060")


def time_said(starts_at: datetime, ends_at: datetime) -> str:
    """A day with from when to when."""
    day = long_date(local(starts_at).date())
    return str(_("%(day)s, %(hours)s", day=day, hours=hours_said(starts_at, ends_at)))


def place_said(numbers: Sequence[str], pitches: Sequence[Pitch]) -> str:
    """Where pitches lie: the side of the street, and who has the numbers beside; what a map shows, for who can't see it."""
    if not numbers:
        return ""
    shown = apart(listed(numbers))
    side = next((pitch.side for pitch in pitches if pitch.number == numbers[0]), "")
    beside = _beside(numbers, [pitch for pitch in pitches if pitch.side == side and pitch.along_cm is not None])
    if not side or not beside:
        return str(_("Map of the street with %(numbers)s marked.", numbers=shown))
    values = {"numbers": shown, "side": apart(side), "others": listed(apart(one) for one in beside)}
    if len(beside) == 1:
        return str(_("Map of the street: %(numbers)s is the last pitch of side %(side)s, beside %(others)s.", **values))
    return str(_("Map of the street: %(numbers)s lies on side %(side)s, between %(others)s.", **values))


def _beside(numbers: Sequence[str], side: Sequence[Pitch]) -> list[str]:
    order = [pitch.number for pitch in sorted(side, key=lambda pitch: (pitch.along_cm or 0, pitch.number))]
    places = [order.index(number) for number in numbers if number in order]
    if not places:
        return []
    return [order[place] for place in (min(places) - 1, max(places) + 1) if 0 <= place < len(order)]
