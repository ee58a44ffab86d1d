"""Questions: what is shown, what is read, what must stay as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.questions.rules.asking import Asked, Value, fits, is_shown, kept, reachable, read, unanswered
from eventsys.questions.rules.codes import Code
from eventsys.questions.rules.editing import Said, check, check_order, hanging_on, is_harmless
from eventsys.questions.rules.types import QuestionType

MUSIC = Asked(key="music", type=QuestionType.YES_NO, is_required=True)
LOUD = Asked(
    key="loud",
    type=QuestionType.ONE_OF,
    is_required=True,
    options=("a", "b"),
    condition="music",
    answers=frozenset({"yes"}),
)
HOW = Asked(key="how", type=QuestionType.SHORT_TEXT, is_required=True, condition="loud", answers=frozenset({"b"}))
ALL = [MUSIC, LOUD, HOW]
GIVEN = st.fixed_dictionaries(
    {}, optional={"music": st.booleans(), "loud": st.sampled_from(["a", "b"]), "how": st.just("by hand")}
)


@given(GIVEN)
def test_hidden_question_is_neither_kept_nor_missing(said: dict[str, Value]) -> None:
    found, open_keys = kept(ALL, said), unanswered(ALL, said)
    for one in ALL:
        if not is_shown(one, found):
            assert one.key not in found
            assert one.key not in open_keys


@given(GIVEN, st.permutations(ALL))
def test_what_counts_is_the_same_in_any_order(said: dict[str, Value], order: list[Asked]) -> None:
    """An old version keeps its place while others are moved; what was sent stays."""
    assert kept(order, said) == kept(ALL, said)
    assert set(unanswered(order, said)) == set(unanswered(ALL, said))


def test_what_hangs_on_a_hidden_question_is_hidden() -> None:
    assert kept(ALL, {"music": False, "loud": "b", "how": "x"}) == {"music": False}
    assert unanswered(ALL, {"music": True, "loud": "b"}) == ["how"]


@given(st.permutations(ALL))
def test_condition_on_a_later_question_is_refused(order: list[Asked]) -> None:
    if order == ALL:
        check_order(order)
    else:
        with pytest.raises(Refusal):
            check_order(order)


def test_circle_and_unknown_answers_are_refused() -> None:
    itself = replace(LOUD, condition="loud", answers=frozenset({"a"}))
    for wrong in ([itself], [replace(HOW, condition="gone")], [MUSIC, replace(LOUD, answers=frozenset({"perhaps"}))]):
        with pytest.raises(Refusal):
            check_order(wrong)


@pytest.mark.parametrize(
    ("sort", "typed", "value"),
    [
        (QuestionType.NUMBER, "3,5", 3.5),
        (QuestionType.NUMBER, "-2", -2),
        (QuestionType.NUMBER, "٣٫٥", 3.5),
        (QuestionType.NUMBER, "\u2212٢", -2),
        (QuestionType.DATE, "7.8.2027", "2027-08-07"),
        (QuestionType.DATE, "2027-08-07", "2027-08-07"),
        (QuestionType.YES_NO, "no", False),
        (QuestionType.SHORT_TEXT, "", None),
    ],
)
def test_answers_are_read_as_people_write_them(sort: QuestionType, typed: str, value: Any) -> None:
    assert read(Asked(key="q", type=sort), [typed]) == value


@pytest.mark.parametrize(
    ("sort", "typed", "code"),
    [
        (QuestionType.NUMBER, "many", Code.NUMBER_WRONG),
        (QuestionType.NUMBER, "9" * 400, Code.NUMBER_WRONG),
        (QuestionType.NUMBER, "1000000000", Code.NUMBER_WRONG),
        (QuestionType.NUMBER, "0,00001", Code.NUMBER_WRONG),
        (QuestionType.DATE, "31.2.2027", Code.DATE_WRONG),
        (QuestionType.DATE, "soon", Code.DATE_WRONG),
        (QuestionType.YES_NO, "perhaps", Code.CHOICE_WRONG),
        (QuestionType.ONE_OF, "forged", Code.CHOICE_WRONG),
        (QuestionType.SEVERAL_OF, "forged", Code.CHOICE_WRONG),
    ],
)
def test_other_answers_are_refused(sort: QuestionType, typed: str, code: Code) -> None:
    with pytest.raises(Refusal) as refused:
        read(Asked(key="q", type=sort, options=("a",)), [typed])
    assert refused.value.code is code


def test_answer_to_an_older_version_fits_where_it_may_be_given_again() -> None:
    assert fits(LOUD, "a")
    assert not fits(replace(LOUD, options=("b", "c")), "a")
    assert not fits(MUSIC, "a text")


WORDS = st.dictionaries(st.sampled_from(["da", "en", "ar"]), st.sampled_from(["x", "y"]))
SAID = st.builds(
    Said,
    type=st.sampled_from([QuestionType.ONE_OF, QuestionType.NUMBER]),
    kind=st.none(),
    label=WORDS,
    help=WORDS,
    options=st.lists(WORDS.map(lambda words: {"key": "k", "label": words}), max_size=2),
    is_required=st.booleans(),
    shown_if=st.just({}),
)


@given(SAID, st.lists(SAID, max_size=6))
def test_no_sequence_of_edits_changes_what_was_answered(first: Said, edits: list[Said]) -> None:
    now = first
    for edit in edits:
        now = edit if is_harmless(now, edit) else now
    assert (now.type, now.is_required, len(now.options)) == (first.type, first.is_required, len(first.options))
    assert first.label.items() <= now.label.items()
    assert first.help.items() <= now.help.items()
    for before, after in zip(first.options, now.options, strict=True):
        assert before["label"].items() <= after["label"].items()


def test_question_without_words_or_choices_is_refused() -> None:
    sound = Said(
        type=QuestionType.NUMBER,
        kind=None,
        label={"da": "Hvor?", "en": "Where?"},
        help={},
        options=[],
        is_required=False,
        shown_if={},
    )
    check(sound)
    for wrong in (replace(sound, label={"en": "Where?"}), replace(sound, type=QuestionType.ONE_OF)):
        with pytest.raises(Refusal):
            check(wrong)


@given(st.lists(st.sampled_from(ALL), unique=True))
def test_what_no_answer_can_show_is_not_reachable(put: list[Asked]) -> None:
    found = reachable(put)
    check_order(found)
    assert (found == put) is _is_in_order(put)
    assert all(one in found for one in put if not one.condition)


def _is_in_order(put: list[Asked]) -> bool:
    try:
        check_order(put)
    except Refusal:
        return False
    return True


def test_what_hangs_on_a_question_is_named_where_its_answers_go() -> None:
    assert hanging_on(ALL, "loud") == ["how"]
    assert hanging_on(ALL, "loud", staying=("b", "c")) == []
    assert hanging_on(ALL, "loud", staying=("a",)) == ["how"]
    assert hanging_on(ALL, "how") == []
