"""The training pass is read with the training key and never with a live one."""

from __future__ import annotations

from eventsys.passes.rules.codec import Outcome, PassKind, days_of, parse
from eventsys.passes.rules.keys import LAST_LIVE_KEY_ID, TRAINING_KEY_ID, new_ring, public_keys_of
from eventsys.passes.rules.training import training_keys, training_pass


def test_training_pass_is_a_visitors_for_every_day_of_the_edition() -> None:
    parsed = parse(training_pass(7), {key: bytes.fromhex(digits) for key, digits in training_keys().items()})

    assert parsed.fields is not None
    assert (parsed.fields.kind, parsed.fields.edition) == (PassKind.VISITOR, 7)
    assert days_of(parsed.fields.days) == frozenset(range(1, 17))


def test_live_keys_never_believe_it() -> None:
    live = public_keys_of(new_ring(lambda size: b"\x07" * size))

    assert parse(training_pass(7), live).outcome is Outcome.UNKNOWN_KEY
    assert TRAINING_KEY_ID > LAST_LIVE_KEY_ID
