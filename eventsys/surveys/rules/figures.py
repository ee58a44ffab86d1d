"""The figures of one item from one panel: the result, out of how many, and how sure.

A *panel* is a set of audiences whose answers may be added up: those of which we know how many there are, those of which
nobody knows, and visitors, who chose themselves to answer. They are never mixed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from eventsys.surveys.rules.instruments import Audience, Item
from eventsys.surveys.rules.intervals import Bounds, Interval, bounds, exact_interval, wilson_interval
from eventsys.surveys.rules.results import ItemResult, chosen, result_of
from eventsys.surveys.rules.splits import Given
from eventsys.surveys.rules.values import folded, from_stored


class PanelKind(StrEnum):
    """What is known of how many there are."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    SELF_SELECTED = "self_selected"


@dataclass(frozen=True, slots=True)
class Who:
    """An audience: how many could answer, None where nobody knows, and how many did."""

    audience: Audience
    population: int | None
    responses: int

    @property
    def panel(self) -> PanelKind:
        """With whom its answers may be added up. More answers than there are members: then nobody knows how many there are."""
        if self.audience is Audience.VISITOR:
            return PanelKind.SELF_SELECTED
        return PanelKind.UNKNOWN if self.population is None or self.has_surplus else PanelKind.KNOWN

    @property
    def has_surplus(self) -> bool:
        """Whether more answered than there are members."""
        return self.population is not None and self.responses > self.population


@dataclass(frozen=True, slots=True)
class Figures:
    """An item's result from a panel. `population` and `responses` are of the audiences that the item is for; of those who
    responded, `screened_out` weren't asked it after what they had answered before.
    """

    panel: PanelKind
    audiences: tuple[Audience, ...]
    population: int | None
    responses: int
    screened_out: int
    result: ItemResult
    given: tuple[Given, ...]

    @property
    def eligible(self) -> int | None:
        """The population less those whom the question doesn't concern."""
        return None if self.population is None else self.population - self.screened_out

    def interval(self, count: int) -> Interval:
        """How sure a share of so many of the opinions is: exact where the population's size is known, else Wilson's."""
        if self.eligible is None:
            return wilson_interval(self.result.opinions, positive=count)
        return exact_interval(self.eligible, self.result.opinions, positive=count)

    def bounds(self, count: int) -> Bounds | None:
        """What is certain whatever the silent think; None where nobody knows how many they are."""
        if self.eligible is None:
            return None
        return bounds(self.eligible, self.result.opinions, positive=count)


def figures_of(
    item: Item, who: Sequence[Who], given: Mapping[str, Sequence[Given]], *, before: Item | None
) -> tuple[Figures, ...]:
    """An item's figures from each panel that somebody answered from; `before` is the item that this one hangs on, if any."""
    found = []
    for panel in PanelKind:
        audiences = [one for one in who if one.panel is panel and item.is_asked_of(one.audience)]
        responses = sum(one.responses for one in audiences)
        if not responses:
            continue
        names = {one.audience.value for one in audiences}
        here = tuple(one for one in given.get(item.key, ()) if one.audience in names)
        counts = _counts(here)
        # A file may answer what it wasn't asked.
        asked = responses if before is None else max(_asked(item, before, given, names=names), sum(counts.values()))
        populations = [one.population for one in audiences if one.population is not None]
        found.append(
            Figures(
                panel,
                tuple(one.audience for one in audiences),
                sum(populations) if panel is PanelKind.KNOWN else None,
                responses,
                responses - asked,
                result_of(item, counts, responses=asked),
                here,
            )
        )
    return tuple(found)


def _asked(item: Item, before: Item, given: Mapping[str, Sequence[Given]], *, names: set[str]) -> int:
    """How many gave an answer to the item before that leads to this one."""
    wanted = set(item.shown_if.values) if item.shown_if else set()
    return sum(
        one.count
        for one in given.get(before.key, ())
        if one.audience in names and wanted & set(chosen(from_stored(before, one.value)))
    )


def _counts(given: Sequence[Given]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in given:
        found[one.value] = found.get(one.value, 0) + one.count
    return found


def is_same_item(one: Item, other: Item) -> bool:
    """Whether two editions asked the same: the key, the kind, and the answers with what counts as positive and as an opinion."""
    return (one.key, one.kind, _meant(one)) == (other.key, other.kind, _meant(other))


def _meant(item: Item) -> list[tuple[str, bool, bool]]:
    return [(option.value, option.is_positive, option.is_opinion) for option in item.options]


def is_worded_alike(one: Item, other: Item) -> bool:
    """Whether the question reads the same in every language that both speak."""
    shared = one.text.keys() & other.text.keys()
    return bool(shared) and all(folded(one.text[name]) == folded(other.text[name]) for name in shared)
