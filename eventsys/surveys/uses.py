"""Who counts the answers to an item. Indicators know; they come later in the story, so they register here how to ask them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eventsys.base.db import Texts

Asking = Callable[[str], "Sequence[Use]"]
_ASKING: list[Asking] = []


@dataclass(frozen=True, slots=True)
class Use:
    """That an indicator counts the answers to an item: its key and name, and the edition that it belongs to, or a year's programme."""

    item: str
    indicator: str
    name: Texts
    slug: str
    holder: Texts


def register_uses(asking: Asking) -> Asking:
    """Set the function that gives the uses of a questionnaire's items by its key; usable as a decorator."""
    _ASKING[:] = [asking]
    return asking


def uses_of(instrument_key: str) -> Sequence[Use]:
    """Every use of an item of the questionnaire, also of items that it hasn't got."""
    return _ASKING[0](instrument_key) if _ASKING else ()
