"""The kinds of organisation that take part."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an organisation is."""

    ASSOCIATION = "association"
    RESTAURANT = "restaurant"
