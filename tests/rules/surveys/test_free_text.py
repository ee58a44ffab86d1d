"""Free text: whatever order it comes in, it is shown in one that hangs on the words alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.free_text import UNTAGGED, chosen_by_tag, key_of, may_be_shown, shuffled, tag_of


@given(
    st.lists(st.tuples(st.text(), st.integers(1, 9)), unique_by=lambda pair: pair[0]).flatmap(
        lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))
    )
)
def test_order_is_that_of_no_one_who_wrote(both: tuple[list[tuple[str, int]], list[tuple[str, int]]]) -> None:
    first, second = (shuffled("SURVEY.better", dict(pairs), ()) for pairs in both)

    assert first == second
    assert {(text.text, text.count) for text in first} == set(both[0])


def test_order_of_one_item_says_nothing_of_that_of_another() -> None:
    written = {f"Words {number}": 1 for number in range(20)}
    first, second = ([text.text for text in shuffled(item, written, ())] for item in ("SURVEY.better", "SURVEY.best"))

    assert first != second
    assert first != list(written)


def test_tags_stand_with_their_text() -> None:
    key = key_of("S.better", "More shade")
    texts = shuffled("S.better", {"More shade": 2, "Fewer cars": 1}, [(key, "trees"), (key, "ground"), ("gone", "old")])

    assert {text.text: text.tags for text in texts} == {"More shade": ("ground", "trees"), "Fewer cars": ()}
    assert [text.text for text in chosen_by_tag(texts, "trees")] == ["More shade"]
    assert [text.text for text in chosen_by_tag(texts, UNTAGGED)] == ["Fewer cars"]
    assert chosen_by_tag(texts, "") == texts


@pytest.mark.parametrize(
    ("written", "code"), [("  ", Code.TAG_EMPTY), ("-", Code.TAG_EMPTY), ("x" * 41, Code.TAG_TOO_LONG)]
)
def test_what_is_no_tag_is_refused(written: str, code: Code) -> None:
    with pytest.raises(Refusal) as refused:
        tag_of(written)
    assert refused.value.code is code


def test_tag_has_one_blank_between_words() -> None:
    assert tag_of("  the   ground ") == "the ground"


def test_five_who_could_have_written_are_enough() -> None:
    assert [may_be_shown(people) for people in (0, 4, 5)] == [False, False, True]
