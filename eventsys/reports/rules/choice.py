"""What a visitor chose to see on the map, as the address tells it, so that it can be sent to a friend."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eventsys.applications.rules.fields import ALLERGENS, DIETS
from eventsys.organisations.rules.kinds import Kind
from eventsys.reports.rules.searching import telling

LONGEST_WORDS = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """Words, kind, day, diets, allergens to avoid, and one booth by its organisation's code; empty ones choose nothing."""

    words: str = ""
    kind: Kind | None = None
    day: int | None = None
    diet: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    booth: str = ""

    @property
    def is_about_food(self) -> bool:
        """Whether only those with food are wanted."""
        return bool(self.diet or self.avoid)

    @property
    def is_made(self) -> bool:
        """Whether anything is chosen that leaves somebody out."""
        return self != Choice()

    def query(self) -> dict[str, str | list[str]]:
        """What stands behind the question mark of the address."""
        said: dict[str, str | list[str]] = {
            "words": self.words,
            "kind": self.kind.value if self.kind else "",
            "day": str(self.day or ""),
            "diet": list(self.diet),
            "avoid": list(self.avoid),
            "booth": self.booth,
        }
        return {name: value for name, value in said.items() if value}

    def parts(self) -> list[tuple[str, str]]:
        """What could be taken away, one by one: name and value."""
        return [
            (name, one)
            for name, value in self.query().items()
            for one in (value if isinstance(value, list) else [value])
        ]

    def without(self, name: str, value: str) -> Choice:
        """The same with one part taken away; `word` takes one word out of the search."""
        left: Any = getattr(Choice(), name, "")
        if name == "word":
            name, left = "words", " ".join(word for word in self.words.split() if word != value)
        elif name in {"diet", "avoid"}:
            left = tuple(one for one in getattr(self, name) if one != value)
        return replace(self, **{name: left})

    def lesser(self) -> list[tuple[str, str, Choice]]:
        """Every choice with one part or one telling word less: name, value, what is left."""
        words = telling(self.words)
        single = [("word", word) for word in dict.fromkeys(words)] if len(words) > 1 else []
        return [(name, value, self.without(name, value)) for name, value in [*single, *self.parts()]]


def choice_of(said: Mapping[str, Sequence[str]], *, days: Collection[int]) -> Choice:
    """The choice that an address tells; what isn't known is passed over."""

    def one(name: str) -> str:
        return next((value.strip() for value in said.get(name, ()) if value.strip()), "")

    kind, day = one("kind"), one("day")
    return Choice(
        words=" ".join(one("words")[:LONGEST_WORDS].split()),
        kind=Kind(kind) if kind in list(Kind) else None,
        day=next((number for number in days if str(number) == day), None),
        diet=tuple(key for key in DIETS if key in said.get("diet", ())),
        avoid=tuple(key for key in ALLERGENS if key in said.get("avoid", ())),
        booth=one("booth")[:LONGEST_WORDS],
    )
