"""Questions of an edition: written by organisers, answered in the sign-up, never changed under an answer."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from eventsys.applications import queries as applications
from eventsys.applications.actions import answers as sent_answers
from eventsys.applications.actions import steps
from eventsys.applications.models import Application
from eventsys.applications.rules.states import Act, State
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.questions import queries
from eventsys.questions.models import Question
from eventsys.questions.shown import answers_form
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import begin, fill_in, hold, post

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/questions"
TENT = {"label_da": "Har I eget telt?", "label_en": "Your own tent?", "type": "yes_no", "is_required": "y"}
WIDE = {"label_da": "Hvor bredt?", "label_en": "How wide is it?", "type": "number", "is_required": "y"}


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    return made


def add(client: CarefulClient, edition: Edition, **said: Any) -> Question:
    response = client.post(f"{PAGE}/add", data=said)
    assert response.status_code == 302, response.text
    return queries.questions_of(edition)[-1]


def two(client: CarefulClient, edition: Edition) -> tuple[Question, Question]:
    tent = add(client, edition, **TENT)
    return tent, add(client, edition, **WIDE, condition=f"{tent.key}=yes")


def answers(application: Application) -> dict[str, Any]:
    return {one.question.label["en"]: one.answer["value"] for one in applications.question_answers_of(application)}


def test_questions_are_listed_moved_and_previewed(client: CarefulClient, edition: Edition) -> None:
    assert "No questions yet" in client.get(PAGE).text
    tent, wide = two(client, edition)

    page = client.get(PAGE).text
    assert "Your own tent?" in page
    assert "How wide is it?" in page
    moved = client.post(f"{PAGE}/{wide.code}/up", follow_redirects=True).text
    assert "A question comes after the one whose answers show it: “How wide is it?”." in moved
    assert list(queries.questions_of(edition)) == [tent, wide]
    assert "Har I eget telt?" in client.get(f"{PAGE}/preview?language=da").text
    assert "Your own tent?" in client.get(f"{PAGE}/preview?language=en").text
    assert "Your own tent?" in client.get(f"{PAGE}/preview?language=ar").text


def test_depended_on_question_stays_and_others_come_back(client: CarefulClient, edition: Edition) -> None:
    tent, wide = two(client, edition)

    refused = client.post(f"{PAGE}/{tent.code}/retire", follow_redirects=True).text
    assert "These are shown only after certain answers to this question: “How wide is it?”." in refused
    assert len(queries.questions_of(edition)) == 2
    page = client.get(client.post(f"{PAGE}/{wide.code}/retire").location).text
    assert f"{wide.code}/restore" in page
    assert list(queries.questions_of(edition)) == [tent]
    client.post(f"{PAGE}/{wide.code}/restore")
    assert list(queries.questions_of(edition)) == [tent, wide]


def test_choices_need_two_and_what_was_written_stays(client: CarefulClient, edition: Edition) -> None:
    said = {**TENT, "type": "one_of", "options-0-da": "Rød", "options-0-en": "Red", "help_en": "As seen"}
    response = client.post(f"{PAGE}/add", data=said)
    assert response.status_code == 422
    assert "Write at least two answers" in response.text
    assert "As seen" in response.text

    one = add(client, edition, **said, **{"options-1-da": "Blå", "options-1-en": "Blue"})
    assert [option["label"]["en"] for option in one.options] == ["Red", "Blue"]
    assert 'value="Blå"' in client.get(f"{PAGE}/{one.code}").text


@pytest.mark.parametrize("condition", [["x=yes"], ["x"], ["x=yes", "y=no"]])
def test_forged_conditions_are_refused(client: CarefulClient, edition: Edition, condition: list[str]) -> None:
    assert client.post(f"{PAGE}/add", data={**TENT, "condition": condition}).status_code == 422
    assert list(queries.questions_of(edition)) == []


def test_applicant_answers_and_hidden_ones_are_not_kept(client: CarefulClient, edition: Edition) -> None:
    tent, wide = two(client, edition)
    application = begin(client, edition)
    fill_in(client, application)

    assert "Answers under" in client.get(f"/my/{application.code}/check").text
    assert "Only if you answered" in client.get(f"/my/{application.code}/questions").text
    data = {f"q_{tent.code}": "yes", f"q_{wide.code}": "broad"}
    response = post(client, application, "questions", **data)
    assert response.status_code == 422
    assert "Write a number" in response.text
    assert 'value="broad"' in response.text

    data[f"q_{wide.code}"] = "3,5"
    assert post(client, application, "questions", **data).location.endswith("/check")
    assert answers(application) == {"Your own tent?": True, "How wide is it?": 3.5}
    assert "Answers under" not in client.get(f"/my/{application.code}/check").text

    data[f"q_{tent.code}"] = "no"
    post(client, application, "questions", **data)
    assert answers(application) == {"Your own tent?": False}
    assert "Answers under" not in client.get(f"/my/{application.code}/check").text


def test_bad_input_ends_in_a_message(client: CarefulClient, edition: Edition) -> None:
    tent = add(client, edition, **TENT)
    text = add(client, edition, **{**WIDE, "type": "long_text"})
    application = begin(client, edition)

    assert post(client, application, "questions", **{f"q_{tent.code}": "forged"}).status_code == 422
    assert post(client, application, "questions", **{f"q_{text.code}": "a" * 300_000}).status_code == 422
    assert post(client, application, "questions", **{f"q_{text.code}": "a\x00b"}).status_code == 302
    assert answers(application) == {"How wide is it?": "ab"}


def test_change_under_an_answer_makes_a_version(client: CarefulClient, edition: Edition) -> None:
    tent = add(client, edition, **TENT)
    application = begin(client, edition)
    post(client, application, "questions", **{f"q_{tent.code}": "yes"})

    client.post(f"{PAGE}/{tent.code}", data={**TENT, "label_ar": "خيمة؟"})
    assert list(queries.questions_of(edition)) == [tent]
    client.post(f"{PAGE}/{tent.code}", data={**TENT, "label_en": "A tent?"})

    [newer] = queries.questions_of(edition)
    assert (newer.version, newer.key, newer.label["en"]) == (2, tent.key, "A tent?")
    assert tent.label["en"] == "Your own tent?"
    assert answers(application) == {"Your own tent?": True}
    assert "Answers under" in client.get(f"/my/{application.code}/check").text
    assert "checked" in client.get(f"/my/{application.code}/questions").text
    assert client.get(f"{PAGE}/{tent.code}").status_code == 302


def test_sent_application_keeps_what_it_was_asked(client: CarefulClient, edition: Edition) -> None:
    tent = add(client, edition, **TENT)
    application = factories.application(edition, state=State.SUBMITTED)
    hold(client, application)
    assert list(applications.questions_put_to(application)) == [tent]
    assert client.get(f"/organise/fest/applications/{application.code}").status_code == 200


def test_sent_again_it_shows_the_version_that_was_answered_last(client: CarefulClient, edition: Edition) -> None:
    now = clock.now()
    application = factories.application(edition, state=State.SUBMITTED)
    tent = add(client, edition, **TENT)
    tent.created_at = now + timedelta(hours=1)
    assert list(applications.questions_put_to(application)) == []

    by = Actor("applicant", application.code)
    steps.take(application, Act.REQUEST_CHANGES, to=State.CHANGES_REQUESTED, by=by, now=now)
    steps.take(application, Act.SUBMIT, to=State.SUBMITTED, by=by, now=now + timedelta(hours=2))
    assert list(applications.questions_put_to(application)) == [tent]


def test_questions_are_copied_with_their_conditions(client: CarefulClient, edition: Edition) -> None:
    tent, wide = two(client, edition)
    other = factories.edition("next", number=8)
    team = factories.organiser(other)
    assert "Copy from another edition" not in client.get(PAGE).text
    factories.sign_out(client)
    factories.sign_in(client, team)
    assert client.post("/organise/next/questions/copy", data={"edition": "fest"}).status_code == 404, "not theirs"
    factories.sign_out(client)
    factories.sign_in(client, factories.administrator())

    copied = client.post("/organise/next/questions/copy", data={"edition": "fest"}, follow_redirects=True)

    assert "2 questions are copied." in copied.text
    first, second = queries.questions_of(other)
    assert [one.label["en"] for one in (first, second)] == ["Your own tent?", "How wide is it?"]
    assert second.shown_if == {"key": first.key, "answers": ["yes"]}
    assert {first.key, second.key}.isdisjoint({tent.key, wide.key})


def test_a_condition_on_a_question_for_others_is_refused(client: CarefulClient, edition: Edition) -> None:
    tent = add(client, edition, **TENT, kind="restaurant")

    response = client.post(f"{PAGE}/add", data={**WIDE, "condition": [f"{tent.key}=yes"]})

    assert response.status_code == 422
    assert "put to all who are asked this one" in response.text
    assert (
        client.post(f"{PAGE}/add", data={**WIDE, "kind": "restaurant", "condition": [f"{tent.key}=yes"]}).status_code
        == 302
    )


def test_what_hangs_on_another_says_so_to_the_page(client: CarefulClient, edition: Edition) -> None:
    tent, wide = two(client, edition)

    page = client.get(f"{PAGE}/preview").text

    assert f'<div data-shown-if="q_{tent.code}" data-answers="yes">' in page
    assert page.index("data-shown-if") < page.index(f'name="q_{wide.code}"')


def test_an_answer_to_words_that_changed_since_is_asked_anew(client: CarefulClient, edition: Edition) -> None:
    tent = add(client, edition, **TENT)
    application = begin(client, edition)
    page = client.get(f"/my/{application.code}/questions").text
    shape = re.search(r'name="shape" value="(\w+)"', page)
    assert shape
    client.post(f"{PAGE}/{tent.code}", data={**TENT, "label_en": "No tent?", "label_da": "Intet telt?"})

    given = {f"q_{tent.code}": "yes", "shape": shape[1]}
    refused = post(client, application, "questions", **given)

    assert refused.status_code == 422
    assert "We have changed this page since you opened it" in refused.text
    assert "No tent?" in refused.text
    assert answers(application) == {}


def test_who_sent_while_a_question_was_away_was_not_asked(client: CarefulClient, edition: Edition) -> None:
    tent = add(client, edition, **TENT)
    before, between, after = (factories.application(edition, state=State.SUBMITTED) for _ in range(3))
    now = clock.now()
    for application, hours in ((before, 0), (between, 2), (after, 4)):
        application.submitted_at = now + timedelta(hours=hours)
    with clock.standing_at(now + timedelta(hours=1)):
        client.post(f"{PAGE}/{tent.code}/retire")
    with clock.standing_at(now + timedelta(hours=3)):
        client.post(f"{PAGE}/{tent.code}/restore")

    put = [list(applications.questions_put_to(one)) for one in (before, between, after)]

    assert put == [[tent], [], [tent]]
    assert list(queries.questions_of(edition)) == [tent]


def test_who_has_sent_already_is_counted_and_a_new_version_forgets_no_answers(
    client: CarefulClient, edition: Edition
) -> None:
    tent = add(client, edition, **TENT)
    sent = factories.application(edition, name="Kor")
    sent_answers.replace({tent.id: True}, of=sent)
    db.session.commit()

    client.post(f"{PAGE}/{tent.code}", data={**TENT, "label_en": "A tent of your own?"})

    assert "1 application is sent already" in client.get(f"{PAGE}/add").text
    page = client.get(PAGE).text
    assert "version 2" in page
    assert f'answer={tent.key}">1</a>' in page


def test_rows_of_answers_are_added_and_taken_away_before_the_question_is_kept(
    client: CarefulClient, edition: Edition
) -> None:
    rows = {"options-0-da": "Rød", "options-0-en": "Red", "options-1-da": "Blå", "options-2-en": "Green"}
    said = {**TENT, "type": "one_of", "help_en": "As seen", **rows}

    added = client.post(f"{PAGE}/add", data={**said, "add_row": "1"})
    taken = client.post(f"{PAGE}/add", data={**said, "remove_row": "options-1"})
    forged = client.post(f"{PAGE}/add", data={**said, "remove_row": "options-99\x00"})

    assert [added.status_code, taken.status_code, forged.status_code] == [200, 200, 200]
    assert 'name="options-3-da"' in added.text
    assert added.text.count("autofocus") == 1
    for page, kept in ((added.text, True), (taken.text, False), (forged.text, True)):
        assert "As seen" in page
        assert 'value="Red"' in page
        assert 'value="Green"' in page
        assert ('value="Blå"' in page) is kept
        assert "Something needs to be put right" not in page
    assert list(queries.questions_of(edition)) == []


def test_a_question_has_thirty_answers_and_no_more(client: CarefulClient, edition: Edition) -> None:
    said = {**TENT, "type": "one_of"}
    for number in range(29):
        said |= {f"options-{number}-da": f"Nr. {number}", f"options-{number}-en": f"No. {number}"}
    one = add(client, edition, **said)

    assert 'name="options-29-da"' in client.get(f"{PAGE}/{one.code}").text
    full = client.post(f"{PAGE}/{one.code}", data={**said, "options-29-da": "", "add_row": "1"})

    assert full.status_code == 200
    assert 'name="options-30-da"' not in full.text
    assert '<div class="button-row" hidden>' in full.text


COLOUR = {
    "label_da": "Farve?", "label_en": "Which colour?", "type": "one_of",
    "options-0-da": "Rød", "options-0-en": "Red", "options-1-da": "Blå", "options-1-en": "Blue",
    "options-2-da": "Grøn", "options-2-en": "Green",
}  # fmt: skip


def hanging_on_red(client: CarefulClient, edition: Edition) -> tuple[Question, dict[str, str]]:
    """A question about colours on which two others hang, and what its form says."""
    colour = add(client, edition, **COLOUR)
    red = colour.options[0]["key"]
    for name in ("How red?", "Why red?"):
        add(client, edition, label_da=name, label_en=name, type="short_text", condition=f"{colour.key}={red}")
    return colour, COLOUR | {f"options-{place}-key": one["key"] for place, one in enumerate(colour.options)}


@pytest.mark.parametrize("is_answered", [False, True])
def test_who_changes_what_others_hang_on_is_told_which(
    client: CarefulClient, edition: Edition, *, is_answered: bool
) -> None:
    colour, form = hanging_on_red(client, edition)
    if is_answered:
        sent_answers.replace({colour.id: form["options-0-key"]}, of=factories.application(edition))
        db.session.commit()
    said = "answers that this question would no longer have: “How red?” and “Why red?”."

    typed = client.post(f"{PAGE}/{colour.code}", data=form | {"type": "short_text", "help_en": "Look at it"})
    without_red = client.post(f"{PAGE}/{colour.code}", data=form | {"options-0-da": "", "options-0-en": ""})
    for_some = client.post(f"{PAGE}/{colour.code}", data=form | {"kind": "restaurant"})

    assert [typed.status_code, without_red.status_code, for_some.status_code] == [422, 422, 422]
    assert said in typed.text.split('id="type-error"')[1][:400]
    assert "Look at it" in typed.text
    assert said in without_red.text.split('id="options-error"')[1][:400]
    assert "“How red?” and “Why red?”" in for_some.text.split('id="kind-error"')[1][:400]
    assert [one.version for one in queries.questions_of(edition)] == [1, 1, 1]
    assert colour.type == "one_of"
    kept = client.post(f"{PAGE}/{colour.code}", data=form | {"options-2-da": "", "options-2-en": ""})
    assert kept.status_code == 302, "what nothing hangs on may go"


def test_what_is_asked_again_needs_what_it_hangs_on(client: CarefulClient, edition: Edition) -> None:
    tent, wide = two(client, edition)
    client.post(f"{PAGE}/{wide.code}/retire")
    client.post(f"{PAGE}/{tent.code}/retire")

    refused = client.post(f"{PAGE}/{wide.code}/restore", follow_redirects=True).text

    assert "only after certain answers to “Your own tent?”, which is asked no more" in refused
    assert list(queries.questions_of(edition)) == []


def test_no_form_has_what_hangs_on_a_later_question(client: CarefulClient, edition: Edition) -> None:
    wide = add(client, edition, **WIDE)
    sent = factories.application(edition, state=State.SUBMITTED)
    hold(client, sent)
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        tent = add(client, edition, **TENT)
        client.post(f"{PAGE}/{tent.code}/up")
        changed = client.post(f"{PAGE}/{wide.code}", data={**WIDE, "condition": f"{tent.key}=yes"})

    assert changed.status_code == 302
    put = applications.questions_put_to(sent)
    assert list(put) == [wide]
    assert answers_form(put, {}).hanging_fields() == []


def test_pressing_twice_asks_once(client: CarefulClient, edition: Edition) -> None:
    for _press in range(2):
        assert client.post(f"{PAGE}/add", data=COLOUR).status_code == 302
    client.post(f"{PAGE}/add", data=COLOUR | {"options-2-en": "Dark green"})

    assert [len(one.options) for one in queries.questions_of(edition)] == [3, 3]


def test_two_windows_the_second_is_told_and_nothing_is_written_over(client: CarefulClient, edition: Edition) -> None:
    tent = add(client, edition, **TENT)
    stamp = re.search(r'name="seen"[^>]*value="(\w+)"', client.get(f"{PAGE}/{tent.code}").text)
    assert stamp
    client.post(f"{PAGE}/{tent.code}", data={**TENT, "label_en": "A tent?", "seen": stamp[1]})

    mine = {**TENT, "label_en": "Any tent?"}
    # A row that is added meanwhile doesn't make it seen.
    client.post(f"{PAGE}/{tent.code}", data={**mine, "seen": stamp[1], "add_row": "1"})
    second = client.post(f"{PAGE}/{tent.code}", data={**mine, "seen": stamp[1]})

    assert second.status_code == 422
    assert "Somebody has changed this question since you opened it." in second.text
    assert 'value="Any tent?"' in second.text
    assert tent.label["en"] == "A tent?"
    newer = re.search(r'name="seen"[^>]*value="(\w+)"', second.text)
    assert newer
    assert newer[1] != stamp[1]
    assert client.post(f"{PAGE}/{tent.code}", data={**mine, "seen": newer[1]}).status_code == 302
    assert tent.label["en"] == "Any tent?"


def test_a_question_that_went_meanwhile_keeps_what_was_typed(client: CarefulClient, edition: Edition) -> None:
    tent = add(client, edition, **TENT)
    client.post(f"{PAGE}/{tent.code}/retire")

    late = client.post(f"{PAGE}/{tent.code}", data={**TENT, "label_en": "Any tent?"})

    assert late.status_code == 422
    assert "or it is asked no more" in late.text
    assert 'value="Any tent?"' in late.text
