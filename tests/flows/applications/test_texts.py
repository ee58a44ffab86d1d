"""Every code, state and act of the feature has its words, and every sentence can be filled."""

from __future__ import annotations

import re
from collections.abc import Collection

import pytest
from flask import Flask
from flask_babel import force_locale

from eventsys.applications import texts
from eventsys.applications.rules import fields, steps
from eventsys.applications.rules.appliances import BY_KEY
from eventsys.applications.rules.batches import BatchAct, BatchState
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.completeness import Doubt, Missing
from eventsys.applications.rules.listing import COLUMNS, Wants
from eventsys.applications.rules.parts import AllergenStatement, AttachmentPurpose
from eventsys.applications.rules.states import Act, State
from eventsys.files.rules.codes import Code as FileCode
from eventsys.organisations import texts as organisation_texts
from eventsys.organisations.rules.codes import Code as OrganisationCode
from eventsys.organisations.rules.kinds import Kind
from eventsys.questions.rules.codes import Code as QuestionCode


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (texts.TEXTS, [*Code, *OrganisationCode, *FileCode, *QuestionCode]),
        (texts.STATES, State),
        (texts.NEXT, State),
        (texts.TONES, State),
        (texts.ACTS, Act),
        (texts.STEPS, steps.Step),
        (texts.MISSING, Missing),
        (texts.DOUBTS, Doubt),
        (texts.ALLERGENS, fields.ALLERGENS),
        (texts.DIETS, fields.DIETS),
        (texts.APPLIANCES, BY_KEY),
        (texts.STATEMENTS, AllergenStatement),
        (texts.PURPOSES, AttachmentPurpose),
        (texts.FIELDS, steps.ASKED_OF),
        (texts.BATCH_ACTS, BatchAct),
        (texts.BATCH_STATES, BatchState),
        (texts.COLUMN_WORDS, COLUMNS),
        (texts.WANTS, Wants),
        (organisation_texts.TEXTS, OrganisationCode),
        (organisation_texts.KINDS, Kind),
        (organisation_texts.KINDS_OF_MANY, Kind),
    ],
)
def test_nothing_is_without_words(words: Collection[str], keys: Collection[str]) -> None:
    assert set(words) == set(keys)


def test_codes_of_features_that_are_told_together_differ() -> None:
    values = [*Code, *OrganisationCode, *FileCode]
    assert len({str(value) for value in values}) == len(values)


def test_sentences_end_and_say_what_to_do(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        for code, sentence in texts.TEXTS.items():
            assert re.search(r"[.)]$", str(sentence)), code
            assert str(sentence)[0].isupper() or str(sentence)[0] in "“%", code
