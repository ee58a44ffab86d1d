"""The hash of what a measurement was computed from: it tells later whether anything has changed."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256

from eventsys.base.reading import plain
from eventsys.indicators.rules.definitions import Indicator
from eventsys.indicators.rules.inputs import Inputs

FORM = 1  # Raised when the form of what is hashed changes, so that an old hash isn't taken for a new figure.


def inputs_hash(indicator: Indicator, inputs: Inputs) -> str:
    """SHA-256, in hex, over the canonical JSON of definition, target and inputs; neither words nor cut-off time count."""
    return sha256(canonical_json(indicator, inputs).encode()).hexdigest()


def canonical_json(indicator: Indicator, inputs: Inputs) -> str:
    """What is hashed: names in order of the alphabet, no blanks, exact numbers. Worth keeping beside the hash."""
    content = {
        "form": FORM,
        "key": indicator.key,
        "definition": indicator.definition.to_json(),
        "target": None if indicator.target is None else indicator.target.to_json(),
        "inputs": {"of": type(inputs).__name__, **_object(inputs)},
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _object(record: object) -> dict[str, object]:
    return {part.name: _plain(getattr(record, part.name)) for part in fields(record)}  # type: ignore[arg-type]


def _plain(value: object) -> object:
    if is_dataclass(value):
        return _object(value)
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, Fraction):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value
