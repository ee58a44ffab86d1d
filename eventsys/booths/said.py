"""Places, times, needs and troubles in words, as pages, mails and the plan's reasons say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import format_decimal, format_time
from flask_babel import gettext as _

from eventsys.base.clock import local
from eventsys.base.i18n import apart, listed, long_date
from eventsys.booths.models import Pitch
from eventsys.booths.rules.codes import Misfit, Odd
from eventsys.booths.rules.explain import Reason
from eventsys.booths.rules.locks import Trouble, Where
from eventsys.booths.texts import BROKEN, NEEDS, TROUBLES

Names = Mapping[str, str]


def places_said(where: Where) -> str:
    """The numbers of the pitches; with the days where they differ from day to day. Nothing for none."""
    days: dict[tuple[str, ...], list[int]] = {}
    for day, numbers in sorted(where.items()):
        days.setdefault(numbers, []).append(day)
    if len(days) == 1:
        return listed(*days)
    # Each with its days set apart: a number begins in the other direction than an Arabic sentence.
    return listed(
        apart(_("%(name)s (day %(days)s)", name=apart(listed(numbers)), days=listed(on)))
        for numbers, on in days.items()
    )


def kilowatts(watts: int) -> str:
    """Watts as people read them."""
    return str(format_decimal(watts / 1000))


def needs_said(reason: Reason) -> str:
    """The needs that a reason speaks of."""
    values = {"width": format_decimal(reason.width_cm / 100), "kilowatts": kilowatts(reason.power_watts)}
    return listed(str(NEEDS[misfit]) % values for misfit in reason.needs)


def trouble_said(trouble: Trouble, names: Names) -> str:
    """What can't be as it was asked for, in a sentence, by the names of the references as far as they are known."""
    who = [names.get(reference, reference) for reference in trouble.references]
    values = {
        "who": who[0],
        "other": who[-1],
        "all": listed(who),
        "pitch": trouble.pitch,
        "day": trouble.day,
        "board": trouble.board,
        "kilowatts": kilowatts(trouble.over_watts),
        "what": " ".join(str(BROKEN[misfit]) for misfit in trouble.misfits),
    }
    return str(TROUBLES[trouble.kind]) % values


def troubles_of(kept: Mapping[str, Any]) -> list[Trouble]:
    """The troubles that a plan keeps of its proposal."""
    return [
        Trouble(
            **{
                **one,
                "kind": Odd(one["kind"]),
                "references": tuple(one["references"]),
                "misfits": tuple(Misfit(misfit) for misfit in one["misfits"]),
            }
        )
        for one in kept.get("troubles", [])
    ]


def troubles_said(troubles: Iterable[Trouble], names: Names) -> list[str]:
    """All of them, each in a sentence."""
    return [trouble_said(trouble, names) for trouble in troubles]


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
