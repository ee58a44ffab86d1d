"""Messages to the gates: what may be sent, how long it stands, whom it is meant for, what phones say of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from eventsys.base.refusals import Refusal
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.messages import (
    LONGEST_MESSAGE,
    STANDS_FOR,
    Receipt,
    ReceiptKind,
    Service,
    checked_text,
    is_meant,
    moment_of,
    once,
    stands,
)

SENT = datetime(2026, 8, 29, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_message_is_one_line_without_blanks_around_it() -> None:
    assert checked_text("  Close \n gate\t3 ") == "Close gate 3"
    assert checked_text("x" * LONGEST_MESSAGE) == "x" * LONGEST_MESSAGE


@pytest.mark.parametrize(
    ("text", "code"), [(" \n ", Code.MESSAGE_EMPTY), ("x" * (LONGEST_MESSAGE + 1), Code.MESSAGE_LONG)]
)
def test_nothing_and_too_much_is_refused(text: str, code: Code) -> None:
    with pytest.raises(Refusal) as refused:
        checked_text(text)

    assert (refused.value.code, refused.value.field) == (code, "text")


def test_a_message_stands_until_it_is_old_or_taken_back() -> None:
    moment = timedelta(microseconds=1)

    assert stands(SENT, None, now=SENT)
    assert stands(SENT, None, now=SENT + STANDS_FOR - moment)
    assert not stands(SENT, None, now=SENT + STANDS_FOR)
    assert not stands(SENT, None, now=SENT - moment)
    assert stands(SENT, SENT + HOUR, now=SENT + HOUR - moment)
    assert not stands(SENT, SENT + HOUR, now=SENT + HOUR)


@pytest.mark.parametrize(
    ("begins", "ends", "retracted", "expected"),
    [
        (-2, 1, None, True),  # there when it was sent
        (1, 5, None, True),  # came later, and it stands
        (-5, 0, None, False),  # gone before
        (12, 20, None, False),  # came when it was old
        (2, 5, 1, False),  # came when it was taken back
        (0, 5, 1, True),
    ],
)
def test_a_message_is_meant_for_phones_that_are_there_while_it_stands(
    begins: int, ends: int, retracted: int | None, expected: bool
) -> None:
    phone = Service(SENT + begins * HOUR, SENT + ends * HOUR)

    assert is_meant(phone, SENT, None if retracted is None else SENT + retracted * HOUR) is expected


def test_nothing_is_read_before_it_is_written_nor_after_it_is_known() -> None:
    now = SENT + HOUR
    told = {hours: Receipt("A", ReceiptKind.RECEIVED, SENT + hours * HOUR) for hours in (-26, 0.5, 26)}

    assert {hours: moment_of(receipt, sent_at=SENT, now=now) for hours, receipt in told.items()} == {
        -26: SENT,
        0.5: SENT + 0.5 * HOUR,
        26: now,
    }


def test_what_is_said_twice_counts_as_it_was_said_first() -> None:
    first = Receipt("A", ReceiptKind.RECEIVED, SENT)
    again = Receipt("A", ReceiptKind.RECEIVED, SENT + HOUR)
    read = Receipt("A", ReceiptKind.ACKNOWLEDGED, SENT + HOUR)

    assert once([first, read, again, read]) == [first, read]
