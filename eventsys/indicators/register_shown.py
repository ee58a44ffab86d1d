"""The register as people read it: amounts, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from flask_babel import format_decimal

from eventsys.base.rounding import rounded
from eventsys.indicators import queries
from eventsys.indicators.models import RegisterEntry
from eventsys.indicators.rules.register import EntryKind, RegisterPart, figure_of
from eventsys.indicators.texts import KINDS


def amount_shown(row: RegisterEntry) -> str:
    """How many, or how many hours."""
    entry = queries.entry_of(row)
    decimals = 0 if entry.amount.denominator == 1 else 2
    return str(format_decimal(rounded(entry.amount, decimals=decimals)))


def thousandths_shown(thousandths: int) -> str:
    """A published figure in its own unit."""
    return str(format_decimal(Decimal(thousandths) / 1000))


def sums_shown(rows: Iterable[RegisterEntry]) -> list[tuple[str, str]]:
    """What the entries come to, by kind; what is only expected isn't in it."""
    entries = [queries.entry_of(row) for row in rows]
    sums = []
    for kind in EntryKind:
        figure = figure_of(RegisterPart(kind), entries)
        if figure is not None:
            decimals = 0 if figure.value.denominator == 1 else 2
            sums.append((str(KINDS[kind]), str(format_decimal(rounded(figure.value, decimals=decimals)))))
    return sums
