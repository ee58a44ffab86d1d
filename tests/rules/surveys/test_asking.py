"""When a survey is open, which reminders are due, and lists of addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.surveys.rules.asking import Asked, Phase, is_address, phase_of, read_list, reminders_due
from eventsys.surveys.rules.codes import Code

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LANGUAGES = ("da", "en", "ar")


@pytest.mark.parametrize(
    ("opens", "closes", "phase"),
    [
        (NOON, None, Phase.OPEN),
        (NOON + HOUR, None, Phase.WAITING),
        (NOON - HOUR, NOON, Phase.CLOSED),
        (NOON, NOON + HOUR, Phase.OPEN),
    ],
)
def test_phases(opens: datetime, closes: datetime | None, phase: Phase) -> None:
    assert phase_of(opens, closes, now=NOON) is phase


def test_reminders_come_due_one_by_one() -> None:
    moments = (NOON, NOON + HOUR)

    assert [reminders_due(*moments, now=NOON + HOUR * hours) for hours in (-1, 0, 1)] == [0, 1, 2]
    assert reminders_due(None, None, now=NOON) == 0


def test_list_takes_languages_and_each_address_once() -> None:
    said = "Noor@example.org ar\n\n  one@example.org,en\nnoor@example.org\n"

    assert read_list(said, languages=LANGUAGES, default="da") == (
        Asked("noor@example.org", "ar"),
        Asked("one@example.org", "en"),
    )


@pytest.mark.parametrize("line", ["nobody", "a@b", "a@@b.dk", "a@b.dk xx", "a@b.dk da en", "@b.dk"])
def test_bad_line_is_named(line: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_list(f"good@example.org\n{line}", languages=LANGUAGES, default="da")
    assert (refused.value.code, refused.value.values["line"]) == (Code.EMAIL_WRONG, 2)


def test_empty_list_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        read_list(" \n", languages=LANGUAGES, default="da")
    assert refused.value.code is Code.LIST_EMPTY


@given(st.text(max_size=200))
def test_whatever_is_written_gives_addresses_or_a_reason(written: str) -> None:
    try:
        asked = read_list(written, languages=LANGUAGES, default="da")
    except Refusal as refusal:
        assert refusal.code in {Code.EMAIL_WRONG, Code.LIST_EMPTY}  # noqa: PT017 - either is right
        return
    assert len({one.email for one in asked}) == len(asked)
    assert all(is_address(one.email) and one.language in LANGUAGES for one in asked)
