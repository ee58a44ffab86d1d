"""Places, needs and troubles in words, as pages, mails and the plan's reasons say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from eventsys.base.i18n import apart, listed
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
