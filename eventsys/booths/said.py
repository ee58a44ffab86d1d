"""Single things in words, as pages, mails, papers and commands say them: places, times, reasons, broken rules, troubles.

It asks nothing of the database; whole pages are put together by the modules called `…_shown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import format_decimal, format_time, ngettext
from flask_babel import gettext as _

from eventsys.base.clock import local
from eventsys.base.i18n import apart, listed, long_date
from eventsys.booths.models import Pitch
from eventsys.booths.rules.codes import Misfit, Odd
from eventsys.booths.rules.explain import Reason
from eventsys.booths.rules.locks import Trouble, Where
from eventsys.booths.rules.placing import Broken
from eventsys.booths.rules.rulebook import Rule, Rulebook
from eventsys.booths.texts import BROKEN, GROUND, MISFITS, NEEDS, TROUBLES, rule_called
from eventsys.editions.models import Day

Names = Mapping[str, str]

# Whoever stands in the way, at most so many by name.
MOST_NAMED = 6
# What lacks, rather than what bars; and the rules of the edition behind what can't be.
LACKING = frozenset({Misfit.TOGETHER, Misfit.NEAREST})
RULE_OF = {Misfit.KEEP_APART: Rule.KEEP_APART, Misfit.QUIET_ZONE: Rule.QUIET}


def places_said(where: Where) -> str:
    """The numbers of the pitches; with the days where they differ from day to day. Nothing for none."""
    days: dict[tuple[str, ...], list[int]] = {}
    for day, numbers in sorted(where.items()):
        days.setdefault(numbers, []).append(day)
    if len(days) == 1:
        return listed(*days)
    # Each with its days set apart: a number begins in the other direction than an Arabic sentence.
    return listed(apart(on_days_said(apart(listed(numbers)), on)) for numbers, on in days.items())


def ground_said(kind: str, name: str) -> str:
    """What lies on the ground: what it is in the reader's language, with the name that those who drew it gave it."""
    word = str(GROUND[kind])
    if not name or name.casefold() == word.casefold():
        return word
    return str(_("%(kind)s (%(name)s)", kind=word, name=name))


def on_days_said(name: str, days: Iterable[int]) -> str:
    """Somebody or something with the days on which it is so."""
    return str(_("%(name)s (day %(days)s)", name=name, days=listed(sorted(days))))


def kilowatts(watts: int) -> str:
    """Watts as people read them."""
    return str(format_decimal(watts / 1000))


def _needs_said(reason: Reason) -> str:
    """The needs that a reason speaks of."""
    values = {"width": format_decimal(reason.width_cm / 100), "kilowatts": kilowatts(reason.power_watts)}
    return listed(str(NEEDS[misfit]) % values for misfit in reason.needs)


def reason_of(kept: Mapping[str, Any] | str) -> Reason:
    """A reason as a plan keeps it; plans of the first version kept the code alone."""
    if isinstance(kept, str):
        return Reason(Misfit(kept), count=1)
    told: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
    told["misfit"], told["needs"] = Misfit(kept["misfit"]), tuple(Misfit(one) for one in kept.get("needs", ()))
    return Reason(**told)


def reason_said(reason: Reason, names: Names) -> str:
    """Why somebody has no place, in sentences, by the names of the references as far as they are known."""
    if reason.misfit in LACKING:
        return _lacking_said(reason)
    sentence = _barred_said(reason, names)
    return " ".join([_("It needs %(needs)s.", needs=_needs_said(reason)), sentence]) if reason.needs else sentence


def _barred_said(reason: Reason, names: Names) -> str:
    more = ["…"] if len(reason.others) > MOST_NAMED else []
    others = listed([*(names.get(one, one) for one in reason.others[:MOST_NAMED]), *more])
    if reason.misfit is Misfit.TAKEN and others:
        return str(
            ngettext(
                "%(num)d place fits; it is taken by %(others)s.",
                "%(num)d places fit; they are taken by %(others)s.",
                reason.count,
                others=others,
            )
        )
    if reason.misfit is Misfit.OVERLAP and others:
        return str(
            ngettext(
                "%(num)d more lies over the pitch of %(others)s.",
                "%(num)d more lie over pitches of %(others)s.",
                reason.count,
                others=others,
            )
        )
    if reason.misfit is Misfit.KEEP_APART and others:
        return str(
            ngettext(
                "%(num)d more lies too near to %(others)s.", "%(num)d more lie too near to %(others)s.", reason.count,
                others=others,
            )
        )  # fmt: skip
    if reason.board:
        more_power = kilowatts(reason.lacks_watts)
        return str(
            _(
                "If board %(board)s carried %(kilowatts)s kW more, it would fit.",
                board=reason.board,
                kilowatts=more_power,
            )
        )
    return str(MISFITS[reason.misfit])


def _lacking_said(reason: Reason) -> str:
    """What no place has, or what the nearest to fit lack."""
    needs = _needs_said(reason)
    if not needs:
        return str(MISFITS[reason.misfit])
    if reason.misfit is Misfit.TOGETHER:
        return str(_("No place has all of this together: %(needs)s.", needs=needs))
    return str(
        ngettext(
            "%(num)d place lacks only this: %(needs)s.", "%(num)d places lack only this: %(needs)s.", reason.count,
            needs=needs,
        )
    )  # fmt: skip


def broken_said(broken: Broken, names: Names, rulebook: Rulebook) -> str:
    """A rule that is broken, in a sentence with whom it concerns, by the names of the references, and who says so."""
    others = listed(names.get(one, one) for one in broken.others[:MOST_NAMED])
    rule = broken.rule or (RULE_OF.get(broken.misfit) if broken.misfit else None)
    source = rulebook.of(rule).source if rule else ""
    said = _broken_said(broken, others, is_turned=bool(broken.rule and rulebook.is_turned(broken.rule)))
    return " ".join([said, _("Source: %(source)s", source=source)]) if source else said


def _broken_said(broken: Broken, others: str, *, is_turned: bool) -> str:
    if broken.misfit is None:
        what = rule_called(broken.rule, is_turned=is_turned) if broken.rule else ""
        if not others:
            return str(_("Doesn't hold then: %(what)s.", what=what))
        return str(_("Doesn't hold then: %(what)s (%(others)s).", what=what, others=others))
    if broken.board:
        over = kilowatts(broken.over_watts)
        return str(_("Board %(board)s would carry %(kilowatts)s kW too much.", board=broken.board, kilowatts=over))
    sentence = str(BROKEN[broken.misfit])
    return f"{sentence} ({others})" if others else sentence


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


def days_told(days: Sequence[Day], before: Where, now: Where) -> list[str]:
    """A booth's days, each with its hours and where it stands then; of a day that has changed, also how it was.

    Days on which it has no place are told too: these are the days that it has asked for.
    """
    return [_day_told(day, before.get(day.number, ()), now.get(day.number, ())) for day in days]


def _day_told(day: Day, before: tuple[str, ...], now: tuple[str, ...]) -> str:
    values = {
        "day": time_said(day.opens_at, day.closes_at),
        "numbers": apart(listed(now)),
        "before": apart(listed(before)),
    }
    if now and before and now != before:
        return str(_("%(day)s: %(numbers)s (before: %(before)s)", **values))
    if now:
        return str(_("%(day)s: %(numbers)s", **values))
    if before:
        return str(_("%(day)s: no place any more (before: %(before)s)", **values))
    return str(_("%(day)s: no place yet", **values))


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
