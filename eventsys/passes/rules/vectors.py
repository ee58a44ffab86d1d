"""Vectors: codes with what reading them must come to, so that any implementation of the codec can be checked.

The form is that of `tests/vectors/pass-vectors.json`: `keys` (public, hex, by key id) and `cases`, each with `name`,
`text`, `outcome` and, where it is `ok`, the `fields` of the pass.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eventsys.base.refusals import Refusal
from eventsys.passes.rules.codec import KEY_ID_MAX, parse
from eventsys.passes.rules.codes import Code
from eventsys.passes.rules.keys import KEY_LENGTH


@dataclass(frozen=True, slots=True)
class VectorCase:
    """One text and what it must come to; `fields` may name some or all fields of a pass."""

    name: str
    text: str
    outcome: str
    fields: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Vectors:
    """Public keys by key id, and the cases to be read with them."""

    keys: Mapping[int, bytes]
    cases: Sequence[VectorCase]


@dataclass(frozen=True, slots=True)
class VectorFailure:
    """A case that came to something else: what was wanted and what was found, in words of the file."""

    name: str
    wanted: str
    found: str


def read_vectors(text: str) -> Vectors:
    """The vectors in a file's text. Refuses VECTORS_MALFORMED, saying where it stopped making sense."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise Refusal(Code.VECTORS_MALFORMED, where=str(error)) from None
    keys, cases = _part(content, "keys", dict), _part(content, "cases", list)
    return Vectors(dict(_key(*item) for item in keys.items()), [_case(n, case) for n, case in enumerate(cases, 1)])


def failures_of(vectors: Vectors) -> list[VectorFailure]:
    """The cases that this codec reads otherwise than the file says."""
    failures = []
    for case in vectors.cases:
        parsed = parse(case.text, vectors.keys)
        found: dict[str, object] | None = asdict(parsed.fields) if parsed.fields else None
        if parsed.outcome != case.outcome:
            failures.append(VectorFailure(case.name, case.outcome, parsed.outcome.value))
        elif case.fields is not None and (
            found is None or case.fields != {name: found.get(name) for name in case.fields}
        ):
            failures.append(VectorFailure(case.name, json.dumps(dict(case.fields)), json.dumps(found)))
    return failures


def _part(content: object, name: str, kind: type) -> Any:
    if not isinstance(content, dict) or not isinstance(content.get(name), kind):
        raise Refusal(Code.VECTORS_MALFORMED, where=name)
    return content[name]


def _key(key_id: str, digits: object) -> tuple[int, bytes]:
    try:
        number, public_key = int(key_id), bytes.fromhex(str(digits))
    except ValueError:
        raise Refusal(Code.VECTORS_MALFORMED, where=f"keys.{key_id}") from None
    if not 0 <= number <= KEY_ID_MAX or len(public_key) != KEY_LENGTH:
        raise Refusal(Code.VECTORS_MALFORMED, where=f"keys.{key_id}")
    return number, public_key


def _case(number: int, case: object) -> VectorCase:
    where = f"cases[{number}]"
    if not isinstance(case, dict) or not isinstance(case.get("text"), str) or not isinstance(case.get("outcome"), str):
        raise Refusal(Code.VECTORS_MALFORMED, where=where)
    fields = case.get("fields")
    if fields is not None and not isinstance(fields, dict):
        raise Refusal(Code.VECTORS_MALFORMED, where=f"{where}.fields")
    return VectorCase(str(case.get("name", where)), case["text"], case["outcome"], fields)
