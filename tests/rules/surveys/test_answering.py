"""A questionnaire on a screen: pages, what hangs on an answer, and a form that is read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.surveys.rules.answering import MOST_ON_A_PAGE, is_shown, pages_of, read_form, shown_pages
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import Audience, Instrument

WORDS = {"da": "Dansk", "en": "English"}
KINDS = ("scale", "multiple", "rating", "number", "text")


def _item(key: str, kind: str = "single", **more: Any) -> dict[str, Any]:
    options = {"options": "agreement_scale" if kind == "scale" else "yes_no"} if kind in CHOICES else {}
    return {"key": key, "kind": kind, "text": WORDS, **options, **more}


CHOICES = {"scale", "single", "multiple"}


def _instrument(*items: dict[str, Any]) -> Instrument:
    return Instrument.from_json({"key": "festival", "name": WORDS, "items": list(items)})


def _if(key: str, *values: str) -> dict[str, Any]:
    return {"shown_if": {"item": key, "values": list(values)}}


CHAIN = _instrument(
    _item("a"), _item("b", **_if("a", "yes")), _item("c", "text", **_if("b", "no")), _item("d", "number")
)


def test_what_hangs_on_an_answer_stands_on_a_later_page() -> None:
    keys = [[item.key for item in page] for page in pages_of(CHAIN, Audience.CREW)]

    assert keys == [["a"], ["b"], ["c", "d"]]


def test_long_questionnaires_are_cut() -> None:
    long = _instrument(*(_item(f"q{number}") for number in range(MOST_ON_A_PAGE + 1)))

    assert [len(page) for page in pages_of(long, Audience.CREW)] == [MOST_ON_A_PAGE, 1]


def test_pages_that_ask_nothing_are_passed_over() -> None:
    pages = pages_of(CHAIN, Audience.CREW)
    shown = [[item.key for item in page] for _number, page in shown_pages(pages, {"a": "no"})]

    assert shown == [["a"], ["d"]]


def test_what_is_not_asked_is_dropped() -> None:
    reading = read_form(CHAIN.items, {"a": ["no"], "b": ["no"], "c": ["because"], "d": ["٤٢"]})

    assert reading.values == {"a": "no", "d": 42}


def test_required_only_where_it_is_asked() -> None:
    items = _instrument(_item("a"), _item("b", required=True, **_if("a", "yes"))).items

    assert read_form(items, {"a": ["no"]}).refused == {}
    assert read_form(items, {"a": ["yes"]}).refused["b"].code is Code.ANSWER_REQUIRED


def test_one_of_several_options_is_enough_to_ask_on() -> None:
    item = _instrument(_item("a", "multiple"), _item("b", **_if("a", "no"))).items[1]

    assert is_shown(item, {"a": ("yes", "no")})
    assert not is_shown(item, {"a": ("yes",)})


@pytest.mark.parametrize(
    "condition", [_if("later", "yes"), _if("self", "yes"), _if("a", "perhaps"), _if("a"), _if("words", "yes")]
)
def test_condition_on_what_cannot_be_answered_before_is_refused(condition: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        _instrument(_item("a"), _item("words", "text"), _item("self", **condition), _item("later"))
    assert refused.value.code is Code.SHOWN_IF_UNKNOWN


def test_condition_survives_json_and_changes_the_fingerprint() -> None:
    again = Instrument.from_json(CHAIN.to_json())
    plain = _instrument(_item("a"), _item("b"), _item("c", "text"), _item("d", "number"))

    assert again == CHAIN
    assert again.fingerprint != plain.fingerprint
    assert "shown_if" not in str(plain.to_json()), "versions from before conditions keep theirs"


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    items: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 20))):
        kind = draw(st.sampled_from(KINDS))
        before = [item for item in items if item["kind"] in CHOICES]
        condition = {}
        if before and draw(st.booleans()):
            on = draw(st.sampled_from(before))
            condition = _if(on["key"], "high_degree" if on["kind"] == "scale" else "yes")
        items.append(_item(f"q{number}", kind, required=draw(st.booleans()), **condition))
    return _instrument(*items)


written = st.lists(st.one_of(st.text(max_size=30), st.sampled_from(["yes", "no", "high_degree", "3", "٣"])), max_size=3)


@given(instruments(), st.data())
def test_any_form_of_any_questionnaire(instrument: Instrument, data: st.DataObject) -> None:
    pages = pages_of(instrument, Audience.VISITOR)
    form = data.draw(st.fixed_dictionaries({}, optional={item.key: written for item in instrument.items}))
    reading = read_form(instrument.items, form)

    assert [item for page in pages for item in page] == list(instrument.items), "all once, in their order"
    for page in pages:
        here = {item.key for item in page}
        assert not any(item.shown_if and item.shown_if.item in here for item in page)
        assert 1 <= len(page) <= MOST_ON_A_PAGE
    asked = {item.key for _number, page in shown_pages(pages, reading.values) for item in page}
    assert reading.values.keys() | reading.refused.keys() <= asked
    assert not reading.values.keys() & reading.refused.keys()
    needed = {item.key for item in instrument.items if item.is_required and item.key in asked}
    assert needed <= reading.values.keys() | reading.refused.keys()
