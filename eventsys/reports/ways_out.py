"""Where a choice finds nobody: what of it would find somebody, and how many; and the parts of a choice in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from flask_babel import gettext as _

from eventsys.applications.texts import ALLERGENS, DIETS
from eventsys.base.i18n import quoted
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.reports.booth import days_said, offers_of
from eventsys.reports.queries import Entry
from eventsys.reports.rules.choice import Choice
from eventsys.reports.rules.finding import Listed, find
from eventsys.reports.texts import KINDS


def ways_out(
    edition: Edition, choice: Choice, entries: Iterable[Entry], *, address: Callable[[Choice], str]
) -> list[tuple[str, str, int]]:
    """Every choice with one part or word less that finds somebody: in words, its address, how many it finds.

    All of them together, with nothing chosen, is no way out of its own: pages lead there anyhow.
    """
    entries = list(entries)
    taking_part = [as_listed(entry) for entry in entries]
    names = {entry.organisation.code: entry.organisation.name for entry in entries}
    ways = [
        (_way_said(edition, names, (name, value), less=less), address(less), len(find(less, taking_part).fits))
        for name, value, less in choice.lesser()
        if less.is_made
    ]
    return [way for way in ways if way[2]]


def as_listed(entry: Entry) -> Listed:
    """Somebody who takes part, as a search sees it."""
    return Listed(
        code=entry.organisation.code,
        text=entry.text,
        kind=entry.organisation.kind,
        days=frozenset(entry.days),
        offers=offers_of(entry),
    )


def _way_said(edition: Edition, names: Mapping[str, str], part: tuple[str, str], *, less: Choice) -> str:
    if part[0] == "word":
        return str(_("Only %(words)s", words=quoted(less.words)))
    return str(_("Without %(part)s", part=part_said(edition, names, part)))


def part_said(edition: Edition, names: Mapping[str, str], part: tuple[str, str]) -> str:
    """A part of a choice in words; `names` by code."""
    name, value = part
    match name:
        case "kind":
            return str(KINDS[Kind(value)])
        case "day":
            return days_said(edition, [int(value)])
        case "diet":
            return str(DIETS[value])
        case "avoid":
            return str(_("avoid: %(allergen)s", allergen=ALLERGENS[value]))
        case "booth":
            return names.get(value, value)
    return quoted(value)
