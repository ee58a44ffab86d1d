"""Instruments: options, items, versions, in and out of JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eventsys.base.refusals import Refusal
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import (
    Audience,
    Breakdown,
    Instrument,
    InstrumentState,
    Item,
    ItemKind,
    edited,
    languages_of,
    missing_texts,
    next_version,
    published,
)
from eventsys.surveys.rules.options import AGREEMENT_SCALE, YES_NO

FESTIVAL = json.loads(
    (Path(__file__).parents[3] / "examples/taste-the-world-2011/instrument.json").read_text(encoding="utf-8")
)
WORDS = {"da": "Dansk", "en": "English"}
YES = {"value": "yes", "text": WORDS, "positive": True, "opinion": True}
NO = {"value": "no", "text": WORDS, "positive": False, "opinion": True}


def _item(**changed: object) -> dict[str, object]:
    return {"key": "again", "kind": "single", "text": WORDS, "options": [YES, NO], **changed}


def _instrument(*items: dict[str, object], **changed: object) -> Instrument:
    return Instrument.from_json({"key": "festival", "name": WORDS, "items": list(items), **changed})


def test_the_municipal_scale_has_its_five_answers() -> None:
    assert [option.text["da"] for option in AGREEMENT_SCALE] == [
        "i høj grad",
        "i nogen grad",
        "i mindre grad",
        "slet ikke",
        "ved ikke",
    ]
    assert [option.is_positive for option in AGREEMENT_SCALE] == [True, True, False, False, False]
    assert [option.is_opinion for option in AGREEMENT_SCALE] == [True, True, True, True, False]
    assert all(set(option.text) == {"da", "en", "ar"} for option in (*AGREEMENT_SCALE, *YES_NO))


def test_the_festival_asks_each_audience_its_items() -> None:
    instrument = published(Instrument.from_json(FESTIVAL))

    assert [item.key for item in instrument.items_for(Audience.ASSOCIATION)] == [
        "visible",
        "community",
        "again",
        "visitors_rating",
    ]
    assert [item.key for item in instrument.items_for(Audience.RESTAURANT)] == [
        "community",
        "again",
        "visitors_rating",
    ]
    assert instrument.items_for(Audience.VISITOR) == ()
    assert instrument.breakdowns == (Breakdown.MINORITY_ASSOCIATION,)
    assert languages_of(instrument) == ("ar", "da", "en")


def test_an_instrument_survives_json() -> None:
    instrument = Instrument.from_json(FESTIVAL)

    assert Instrument.from_json(json.loads(json.dumps(instrument.to_json()))) == instrument


def test_a_rating_goes_from_nought_to_ten_and_a_number_as_far_as_it_says() -> None:
    rating = Item.from_json(_item(kind="rating", options=[], highest=99))
    number = Item.from_json(_item(kind="number", options=[], lowest=1, highest=9))

    assert (rating.lowest, rating.highest) == (0, 10)
    assert (number.lowest, number.highest) == (1, 9)


def test_an_item_without_audiences_is_asked_of_all() -> None:
    assert all(Item.from_json(_item()).is_asked_of(audience) for audience in Audience)


def test_items_and_options_are_found_by_their_key() -> None:
    instrument = _instrument(_item())
    item = instrument.item("again")

    assert item is not None
    assert item.kind is ItemKind.SINGLE
    assert item.option("no") is not None
    assert (instrument.item("other"), item.option("other")) == (None, None)


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"key": "Again"}, Code.FIELD_WRONG, "items.key"),
        ({"kind": "picture"}, Code.FIELD_WRONG, "items.kind"),
        ({"text": {}}, Code.FIELD_WRONG, "items.text"),
        ({"options": "five_stars"}, Code.FIELD_WRONG, "items.options"),
        ({"options": [YES]}, Code.OPTIONS_MISSING, "items.options"),
        ({"options": []}, Code.OPTIONS_MISSING, "items.options"),
        ({"options": [YES, YES]}, Code.KEY_TWICE, "options.value"),
        ({"options": [YES, NO | {"value": "på"}]}, Code.FIELD_WRONG, "options.value"),
        ({"options": [YES, NO | {"colour": 1}]}, Code.FIELD_UNKNOWN, "options.colour"),
        ({"options": [YES | {"opinion": False}, NO]}, Code.POSITIVE_WITHOUT_OPINION, "options.positive"),
        ({"kind": "scale", "options": [NO, NO | {"value": "never"}]}, Code.NOTHING_POSITIVE, "items.options"),
        ({"kind": "text"}, Code.OPTIONS_NOT_WANTED, "items.options"),
        ({"kind": "number", "options": [], "lowest": 5, "highest": 4}, Code.RANGE_EMPTY, "items.highest"),
        ({"required": "yes"}, Code.FIELD_WRONG, "items.required"),
        ({"mood": "good"}, Code.FIELD_UNKNOWN, "items.mood"),
    ],
)
def test_an_item_that_means_nothing_is_refused(changed: dict[str, Any], code: Code, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        Item.from_json(_item(**changed))

    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"key": "the festival"}, Code.FIELD_WRONG, "key"),
        ({"version": 0}, Code.FIELD_WRONG, "version"),
        ({"items": [_item(), _item()]}, Code.KEY_TWICE, "items.key"),
        ({"breakdowns": ["minority_association"] * 2}, Code.KEY_TWICE, "breakdowns"),
        ({"breakdowns": ["faith"]}, Code.FIELD_WRONG, "breakdowns"),
        ({"colour": "red"}, Code.FIELD_UNKNOWN, "colour"),
        ({"name": None}, Code.FIELD_MISSING, "name"),
    ],
)
def test_an_instrument_that_means_nothing_is_refused(changed: dict[str, Any], code: Code, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        _instrument(_item(), **changed)

    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_published_version_never_changes() -> None:
    version = published(_instrument(_item()))

    assert version.state is InstrumentState.PUBLISHED
    for change in (lambda: published(version), lambda: edited(version, items=version.items, breakdowns=())):
        with pytest.raises(Refusal) as refused:
            change()
        assert refused.value.code is Code.PUBLISHED_NEVER_CHANGES


def test_a_draft_can_be_edited() -> None:
    draft = _instrument(_item())
    other = Item.from_json(_item(key="other"))

    assert edited(draft, items=(other,), breakdowns=()).items == (other,)


def test_the_next_version_is_a_draft_with_the_same_items() -> None:
    version = published(_instrument(_item()))
    draft = next_version(version)

    assert (draft.version, draft.state, draft.items) == (2, InstrumentState.DRAFT, version.items)
    with pytest.raises(Refusal) as refused:
        next_version(draft)
    assert refused.value.code is Code.NOT_PUBLISHED


def test_nothing_is_published_without_items_or_with_a_text_missing() -> None:
    danish_only = _item(options=[YES, NO | {"text": {"da": "nej"}}])

    with pytest.raises(Refusal) as empty:
        published(_instrument())
    with pytest.raises(Refusal) as lacking:
        published(_instrument(_item(key="first"), danish_only))

    assert empty.value.code is Code.NO_ITEMS
    assert (lacking.value.code, lacking.value.field) == (Code.TEXT_OF_LANGUAGE_MISSING, "again")
    assert lacking.value.values == {"language": "en"}
    assert missing_texts(_instrument(danish_only)) == (("again", "en"),)


def test_a_fingerprint_changes_with_the_words_and_not_with_the_state() -> None:
    draft = _instrument(_item())

    assert published(draft).fingerprint == draft.fingerprint
    assert _instrument(_item(text=WORDS | {"da": "Andet"})).fingerprint != draft.fingerprint
    assert len(draft.fingerprint) == 64
