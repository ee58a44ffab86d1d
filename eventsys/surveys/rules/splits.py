"""The splits of an item's answers: by kind, within a kind by what it stated, and by language; small counts withheld.

Kind and language are two looks at the same answers that have nothing but their sums in common, so each is withheld by
itself. What lies within a kind isn't: its parts add up to it, so it is withheld beside it (`disclosure.withheld_within`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from eventsys.surveys.rules.disclosure import FEWEST, UNDETERMINED, Group, Within, withheld_in_split, withheld_within
from eventsys.surveys.rules.instruments import Item
from eventsys.surveys.rules.results import chosen, columns_of
from eventsys.surveys.rules.values import from_stored

# Languages of fewer than five, and those that the rewrite let go.
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Given:
    """So many respondents of an audience, in a language, with what they stated of the breakdown, gave one stored value."""

    audience: str
    stated: str
    language: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Part:
    """A group of a split by its name, as it may be shown, with its own parts."""

    name: str
    group: Group
    parts: tuple[Part, ...] = ()


@dataclass(slots=True)
class _Counted:
    size: int = 0
    counts: list[int] = field(default_factory=list)


def by_kind(item: Item, given: Sequence[Given]) -> tuple[Part, ...]:
    """The audiences that answered, each with its parts by what it stated. One audience alone is the whole, and is shown."""
    kinds = _grouped(item, given, lambda one: one.audience)
    counts = [kind.counts for kind in kinds.values()]
    sizes = [kind.size for kind in kinds.values()]
    is_whole = len(kinds) == 1
    shown = (Group(sizes[0], tuple(counts[0])),) if is_whole else withheld_in_split(counts, sizes=sizes)
    return tuple(
        Part(
            name,
            shown[place],
            _within(item, [one for one in given if one.audience == name], Within(shown, counts, place)),
        )
        for place, name in enumerate(kinds)
    )


def _within(item: Item, given: Sequence[Given], within: Within) -> tuple[Part, ...]:
    """The parts of a kind; none where all stated the same, or nobody anything."""
    parts = _grouped(item, given, lambda one: one.stated)
    if len(parts) < 2:
        return ()
    counts = [part.counts for part in parts.values()]
    shown = withheld_within(counts, sizes=[part.size for part in parts.values()], within=within)
    return tuple(Part(name, group) for name, group in zip(parts, shown, strict=True))


def by_language(item: Item, given: Sequence[Given]) -> tuple[Part, ...]:
    """The languages of the answers, the largest first; those of fewer than five stand together as the last. One alone is no split."""
    spoken = _grouped(item, given, lambda one: one.language)
    large = {name for name, language in spoken.items() if language.size >= FEWEST and name != UNDETERMINED}
    groups = _grouped(item, given, lambda one: one.language if one.language in large else OTHERS)
    if len(groups) < 2:
        return ()
    names = sorted(groups, key=lambda name: (name == OTHERS, -groups[name].size, name))
    shown = withheld_in_split([groups[name].counts for name in names], sizes=[groups[name].size for name in names])
    return tuple(Part(name, group) for name, group in zip(names, shown, strict=True))


def _grouped(item: Item, given: Sequence[Given], name_of: Callable[[Given], str]) -> dict[str, _Counted]:
    """How often each column was chosen in each group, in the order of the groups' names."""
    columns = columns_of(item)
    found: dict[str, _Counted] = {}
    for one in sorted(given, key=name_of):
        group = found.setdefault(name_of(one), _Counted(counts=[0] * len(columns)))
        group.size += one.count
        values = chosen(from_stored(item, one.value))
        for place, column in enumerate(columns):
            group.counts[place] += one.count if column in values else 0
    return found
