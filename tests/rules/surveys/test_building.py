"""Building a questionnaire: keys, order, conditions, languages."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.surveys.library import chosen, library
from eventsys.surveys.rules.building import (
    RESERVED,
    Lack,
    audiences_asked,
    check_new_key,
    hanging_on,
    key_from,
    lacking,
    moved,
    put_back,
    with_changed,
    with_items,
    with_positive,
    without,
)
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import Audience, Instrument, Item, missing_texts, published
from eventsys.surveys.rules.options import AGREEMENT_SCALE, KEY, YES_NO

NAME = {"da": "Dagene", "en": "The days"}
AGAIN = Item.from_json({"key": "again", "kind": "single", "text": NAME, "options": "yes_no"})
WHY = Item.from_json({"key": "why", "kind": "text", "text": NAME, "shown_if": {"item": "again", "values": ["no"]}})
RATING = Item.from_json({"key": "rating", "kind": "rating", "text": NAME, "audiences": ["visitor"]})
DRAFT = Instrument("days", NAME, (AGAIN, WHY, RATING))


def keys(instrument: Instrument) -> list[str]:
    return [item.key for item in instrument.items]


def refused(act: Any, *args: Any, **more: Any) -> tuple[Code, str | None]:
    with pytest.raises(Refusal) as no:
        act(*args, **more)
    assert isinstance(no.value.code, Code)
    return no.value.code, no.value.field


def test_every_item_of_the_library_speaks_all_languages_and_names_its_positive_answers() -> None:
    instrument = Instrument("library", {"da": "d", "en": "e", "ar": "a"}, tuple(one.item for one in library()))

    assert missing_texts(instrument) == ()
    assert not {one.item.key for one in library()} & RESERVED
    assert {"visible", "community", "across", "satisfaction", "again"} <= {one.item.key for one in library()}
    scales = [one.item for one in library() if one.item.kind.value == "scale"]
    assert all(item.options == AGREEMENT_SCALE for item in scales)


def test_choosing_a_follow_up_brings_the_question_that_it_hangs_on() -> None:
    assert [item.key for item in chosen(["own_goals"])] == ["still_works", "own_goals"]
    assert chosen(["no-such-item"]) == ()


def test_added_items_stand_behind_the_others() -> None:
    more = replace(RATING, key="more")

    assert keys(with_items(DRAFT, (more,))) == ["again", "why", "rating", "more"]
    assert refused(with_items, DRAFT, (RATING,)) == (Code.KEY_TWICE, "key")
    assert refused(with_items, DRAFT, (more, more)) == (Code.KEY_TWICE, "key")
    assert refused(with_items, published(DRAFT), (more,))[0] is Code.PUBLISHED_NEVER_CHANGES


@pytest.mark.parametrize("key", ["audience", "language", "page", "back", "csrf_token", "minority_association"])
def test_names_of_forms_and_columns_are_no_keys(key: str) -> None:
    assert refused(check_new_key, key, ()) == (Code.KEY_RESERVED, "key")


@pytest.mark.parametrize("key", ["", "Again", "1st", "a b", "a.b", "a__b", "æble", "a" * 61])
def test_what_no_key_can_be(key: str) -> None:
    assert refused(check_new_key, key, ()) == (Code.KEY_WRONG, "key")


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        ({"da": "Var der plads nok?", "en": "Was there enough room for you?"}, "was_there_enough_room"),
        ({"da": "Hvordan gik det på plænen?"}, "hvordan_gik_det_paa"),
        ({"ar": "كيف كان اليوم؟"}, "question_1"),
        ({"en": "Page"}, "page_1"),
        ({"en": "Again"}, "again_1"),
        ({"en": "2026: was it good?", "da": "Godt?"}, "godt"),
    ],
)
def test_key_is_made_of_the_first_words(texts: dict[str, str], key: str) -> None:
    assert key_from(texts, taken=["again"], otherwise="question") == key


@given(st.text(max_size=60), st.lists(st.sampled_from(["a", "again", "question_1", "question_2"])))
def test_any_text_gets_a_key_that_is_free(text: str, taken: list[str]) -> None:
    key = key_from({"en": text}, taken=taken, otherwise="question")

    assert KEY.fullmatch(key)
    check_new_key(key, taken)


def test_order_changes_within_the_conditions() -> None:
    assert keys(moved(DRAFT, "rating", steps=-1)) == ["again", "rating", "why"]
    assert keys(moved(DRAFT, "rating", steps=-9)) == ["rating", "again", "why"]
    assert keys(moved(DRAFT, "rating", steps=1)) == keys(DRAFT)
    assert keys(moved(DRAFT, "gone", steps=1)) == keys(DRAFT)
    assert refused(moved, DRAFT, "why", steps=-1)[0] is Code.ORDER_WRONG
    assert refused(moved, DRAFT, "again", steps=1)[0] is Code.ORDER_WRONG


@given(st.lists(st.tuples(st.sampled_from(["again", "why", "rating"]), st.integers(-3, 3)), max_size=8))
def test_however_it_is_moved_nothing_is_lost_and_every_condition_holds(steps: list[tuple[str, int]]) -> None:
    draft = DRAFT
    for key, by in steps:
        with suppress(Refusal):
            draft = moved(draft, key, steps=by)
    assert keys(draft) in [
        list(order) for order in permutations(keys(DRAFT)) if order.index("again") < order.index("why")
    ]


def test_what_another_hangs_on_stays() -> None:
    assert hanging_on(DRAFT, "again") == (WHY,)
    assert refused(without, DRAFT, "again")[0] is Code.IN_USE
    assert keys(without(DRAFT, "why")) == ["again", "rating"]
    other = replace(AGAIN, options=(YES_NO[0], YES_NO[2]))
    assert refused(with_changed, DRAFT, other) == (Code.OPTIONS_IN_USE, "options")
    same = replace(AGAIN, options=(YES_NO[0], YES_NO[1]))
    assert with_changed(DRAFT, same).items[0] == same


def test_what_was_taken_out_comes_back_where_it_stood() -> None:
    shorter = without(DRAFT, "why")

    assert put_back(shorter, WHY, place=1) == DRAFT
    assert keys(put_back(shorter, WHY, place=99)) == ["again", "rating", "why"]
    assert keys(put_back(moved(shorter, "again", steps=1), WHY, place=0)) == ["rating", "again", "why"]
    assert refused(put_back, DRAFT, WHY, place=0)[0] is Code.KEY_TWICE
    assert refused(put_back, without(shorter, "again"), WHY, place=0)[0] is Code.CONDITION_GONE


def test_each_language_says_what_it_lacks() -> None:
    bare = replace(RATING, text={"en": "From 0 to 10?"})
    half = replace(AGAIN, options=(YES_NO[0], replace(YES_NO[1], text={"da": "nej"}), YES_NO[2]))
    draft = Instrument("days", NAME, (half, WHY, bare))

    assert lacking(DRAFT) == {}
    assert lacking(draft) == {
        "again": {"en": Lack(question=False, options=1)},
        "rating": {"da": Lack(question=True, options=0)},
    }
    assert refused(published, draft)[0] is Code.TEXT_OF_LANGUAGE_MISSING
    assert lacking(replace(draft, name={"en": "The days"})) == {"again": {"en": Lack(question=False, options=1)}}


def test_audiences_are_those_that_see_anything() -> None:
    assert audiences_asked(DRAFT) == tuple(Audience)
    assert audiences_asked(Instrument("days", NAME, (RATING,))) == (Audience.VISITOR,)
    assert audiences_asked(Instrument("days", NAME, ())) == ()


def test_positive_answers_are_chosen_anew() -> None:
    chosen_anew = with_positive(AGREEMENT_SCALE, ["high_degree"])

    assert [option.value for option in chosen_anew if option.is_positive] == ["high_degree"]
    assert refused(with_positive, AGREEMENT_SCALE, ["dont_know"])[0] is Code.POSITIVE_WITHOUT_OPINION
