"""Figures of a panel: out of how many, and which audiences are never added up."""

from __future__ import annotations

from dataclasses import replace

from eventsys.surveys.rules.figures import PanelKind, Who, figures_of, is_same_item, is_worded_alike
from eventsys.surveys.rules.instruments import Audience, Item, ItemKind, ShownIf
from eventsys.surveys.rules.options import AGREEMENT_SCALE, YES_NO
from eventsys.surveys.rules.splits import Given

WORDS = {"da": "Ord", "en": "Words"}
AGAIN = Item("again", ItemKind.SINGLE, WORDS, YES_NO)
WHY = Item("which", ItemKind.SINGLE, WORDS, YES_NO, shown_if=ShownIf("again", ("no",)))


def given(audience: str, value: str, count: int) -> Given:
    return Given(audience, "", "da", value, count)


def test_panels_are_told_apart() -> None:
    who = [
        Who(Audience.ASSOCIATION, 30, 12), Who(Audience.RESTAURANT, 10, 8), Who(Audience.CREW, None, 9),
        Who(Audience.REQUESTER, 5, 6), Who(Audience.VISITOR, None, 40),
    ]  # fmt: skip
    answers = {"again": [given(one.audience.value, "yes", one.responses) for one in who]}
    found = {one.panel: one for one in figures_of(AGAIN, who, answers, before=None)}

    assert (found[PanelKind.KNOWN].population, found[PanelKind.KNOWN].result.positive) == (40, 20)
    assert found[PanelKind.UNKNOWN].audiences == (Audience.REQUESTER, Audience.CREW) or found[
        PanelKind.UNKNOWN
    ].audiences == (Audience.CREW, Audience.REQUESTER), "more answers than members: nobody knows how many there are"
    assert found[PanelKind.SELF_SELECTED].result.answers == 40


def test_silent_audience_counts_among_those_who_could_answer() -> None:
    who = [Who(Audience.ASSOCIATION, 30, 12), Who(Audience.RESTAURANT, 10, 0)]
    figures = figures_of(AGAIN, who, {"again": [given("association", "yes", 12)]}, before=None)[0]

    assert figures.population == 40
    # By hand: C(30,12)/C(40,12) = 0.0155 and C(31,12)/C(40,12) = 0.0253.
    assert figures.interval(12).members == (31, 40)
    assert figures.bounds(12) is not None


def test_those_who_were_not_asked_leave_the_population() -> None:
    who = [Who(Audience.ASSOCIATION, 30, 20)]
    answers = {
        "again": [given("association", "yes", 12), given("association", "no", 7)],
        "which": [given("association", "yes", 6)],
    }
    figures = figures_of(WHY, who, answers, before=AGAIN)[0]

    assert (figures.screened_out, figures.result.missing, figures.eligible) == (13, 1, 17)


def test_file_that_answers_what_it_was_not_asked_leaves_nothing_blank() -> None:
    figures = figures_of(WHY, [Who(Audience.CREW, None, 9)], {"which": [given("crew", "yes", 9)]}, before=AGAIN)[0]

    assert (figures.screened_out, figures.result.missing) == (0, 0)


def test_audience_without_responses_has_no_figures() -> None:
    assert figures_of(AGAIN, [Who(Audience.ASSOCIATION, 30, 0)], {}, before=None) == ()


def test_same_item_has_the_same_answers_to_choose_from() -> None:
    assert is_same_item(AGAIN, replace(AGAIN, text={"da": "Andre ord"}))
    assert not is_same_item(AGAIN, replace(AGAIN, options=AGREEMENT_SCALE))
    assert not is_same_item(
        AGAIN, replace(AGAIN, options=(*YES_NO[:1], replace(YES_NO[1], is_positive=True), YES_NO[2]))
    )


def test_wording_is_compared_in_the_languages_that_both_speak() -> None:
    assert is_worded_alike(AGAIN, replace(AGAIN, text={"da": " ord", "ar": "كلمات"}))
    assert not is_worded_alike(AGAIN, replace(AGAIN, text={"da": "Ord", "en": "Other words"}))
    assert not is_worded_alike(AGAIN, replace(AGAIN, text={"ar": "كلمات"}))
