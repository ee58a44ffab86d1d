"""Changes after an approval: what doesn't decide holds at once, the rest waits for an organiser."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest

from eventsys.applications import queries
from eventsys.applications.actions import amendments, decisions, drafts
from eventsys.applications.models import Application
from eventsys.applications.rules.parts import AmendmentOutcome
from eventsys.applications.rules.states import Act, State
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.passes.queries import crew_passes_of
from tests import factories, files
from tests.client import CarefulClient
from tests.flows.applications.applicants import hold, mails, post

pytestmark = pytest.mark.usefixtures("moment")


def approved(client: CarefulClient, edition: Edition | None = None, **told: Any) -> Application:
    """An application that was told to be in, with passes for its crew, opened in this browser."""
    edition = edition or factories.edition("fest", number=7)
    application = factories.application(edition, days=0b11, crew=2, width_cm=300, **told)
    at = {"by": factories.BY, "now": factories.NOW}
    decisions.decide(application, Act.APPROVE, **at)
    decisions.announce([application], **at)
    db.session.commit()
    hold(client, application)
    return application


def said_on(client: CarefulClient, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(path).text))


def answer(client: CarefulClient, application: Application, how: str, note: str = "", seen: str = "") -> Any:
    """What an organiser, who is signed in, answers to the change."""
    data = {"change-note": note, "change-seen": seen or application.changed_at.isoformat()}
    return client.post(f"/organise/fest/applications/{application.code}/{how}-change", data=data)


def test_texts_and_crew_hold_at_once_and_the_passes_follow(client: CarefulClient) -> None:
    application = approved(client)

    assert post(client, application, "visitors", about_en="We sing louder.").status_code == 302
    assert post(client, application, "days", days=["1", "2"], crew="3").status_code == 302

    assert application.about["en"] == "We sing louder."
    assert application.crew == 3
    assert len(crew_passes_of(application)) == 3
    assert queries.open_amendment(application) is None
    assert application.state is State.APPROVED


def test_what_was_decided_on_waits_and_is_shown_before_and_after(client: CarefulClient) -> None:
    application = approved(client)

    saved = client.post(f"/my/{application.code}/days", data={"days": ["2"], "crew": "4"}, follow_redirects=True)
    post(client, application, "booth", width_m="450", power_kw="0")

    assert "we look at it first" in saved.text
    assert (application.days, application.crew, application.width_cm) == (0b11, 4, 300)
    status = said_on(client, f"/my/{application.code}/")
    assert "You asked to change what we agreed on" in status
    assert "Width 3 m 4.5 m" in status
    assert "Days 1 and 2 2" in status
    factories.sign_in(client, factories.organiser(application.edition))
    listed = client.get("/organise/fest/applications").text
    assert "1 who is in asks for a change." in listed
    assert application.organisation.name in client.get("/organise/fest/applications?amended=1").text
    shown = said_on(client, f"/organise/fest/applications/{application.code}")
    assert "Width 3 m 4.5 m" in shown


def test_the_form_shows_what_is_asked_for(client: CarefulClient) -> None:
    application = approved(client)

    post(client, application, "booth", width_m="450", power_kw="0")

    page = client.get(f"/my/{application.code}/booth").text
    [chosen] = re.findall(r'<input checked[^>]*name="width_m"[^>]*>', page)
    assert 'value="450"' in chosen


def test_agreeing_makes_it_hold_and_mails(client: CarefulClient) -> None:
    application = approved(client)
    post(client, application, "days", days=["2"], crew="2")
    factories.sign_in(client, factories.organiser(application.edition))

    response = answer(client, application, "accept", "See you on Sunday.")

    assert response.status_code == 302
    assert application.days == 0b10
    assert {pass_.days for pass_ in crew_passes_of(application)} == {0b10}
    mail = mails()[-1]
    assert "See you on Sunday." in mail.text
    shown = said_on(client, f"/organise/fest/applications/{application.code}")
    assert "agreed to the change Days: 1 and 2 → 2 See you on Sunday." in shown
    assert "We agreed to your change" in client.get(f"/my/{application.code}/").text


def test_declining_needs_words_and_changes_nothing(client: CarefulClient) -> None:
    application = approved(client)
    post(client, application, "booth", width_m="900", power_kw="0")
    factories.sign_in(client, factories.organiser(application.edition))

    assert answer(client, application, "decline").status_code == 422
    assert answer(client, application, "decline", "The street is full.").status_code == 302

    assert application.width_cm == 300
    assert "The street is full." in mails()[-1].text
    status = client.get(f"/my/{application.code}/").text
    assert "We didn't agree to your change" in status
    assert "The street is full." in status


def test_putting_it_back_ends_the_wish(client: CarefulClient) -> None:
    application = approved(client)
    post(client, application, "booth", width_m="450", power_kw="0")
    post(client, application, "days", days=["2"], crew="2")

    post(client, application, "booth", width_m="300", power_kw="0")

    left = queries.open_amendment(application)
    assert left is not None
    assert set(left.changes) == {"days"}
    post(client, application, "days", days=["1", "2"], crew="2")
    assert queries.open_amendment(application) is None
    last = queries.last_amendment(application)
    assert last is not None
    assert last.outcome is AmendmentOutcome.RETRACTED


def test_the_applicant_takes_it_back(client: CarefulClient) -> None:
    application = approved(client)
    post(client, application, "days", days=["2"], crew="2")

    client.post(f"/my/{application.code}/retract-change")
    again = client.post(f"/my/{application.code}/retract-change", follow_redirects=True)

    assert queries.open_amendment(application) is None
    assert application.days == 0b11
    assert "There is no change to agree to any more." in again.text


def test_an_answer_to_an_older_wish_is_refused(client: CarefulClient) -> None:
    application = approved(client)
    post(client, application, "days", days=["2"], crew="2")
    seen = application.changed_at.isoformat()
    with clock.standing_at(factories.NOW + timedelta(minutes=5)):
        post(client, application, "days", days=["1"], crew="2")
        factories.sign_in(client, factories.organiser(application.edition))

        response = answer(client, application, "accept", seen=seen)

    assert response.status_code == 409
    assert "changed since you opened" in response.text
    assert application.days == 0b11


def test_a_name_and_a_company_number_wait_too(client: CarefulClient) -> None:
    factories.organisation("Other", cvr="25313763")
    application = approved(client)
    name = application.organisation.name

    taken = post(client, application, "organisation", name="New name", cvr="25313763")
    post(client, application, "organisation", name="New name", area="Nørrebro")
    assert taken.status_code == 422
    assert (application.organisation.name, application.organisation.area) == (name, "Nørrebro")
    assert 'value="New name"' in client.get(f"/my/{application.code}/organisation").text

    amendments.accept(application, note="", by=factories.BY, now=factories.NOW)
    assert application.organisation.name == "New name"


def test_what_food_holds_is_never_held_back(client: CarefulClient) -> None:
    application = approved(client, sells_food=True, cuisine="Cake", allergens=["milk"])

    post(client, application, "food", cuisine="Soup", allergens=["milk", "nuts"], food_registration="1234")

    assert application.allergens == ["milk", "nuts"]
    assert application.cuisine == "Cake"
    amendment = queries.open_amendment(application)
    assert amendment is not None
    assert set(amendment.changes) == {"cuisine", "food_registration"}


def test_starting_to_sell_food_says_what_else_is_needed(client: CarefulClient) -> None:
    application = approved(client, allergens=None)

    post(client, application, "booth", width_m="300", power_kw="0", sells_food="y")

    status = client.get(f"/my/{application.code}/").text
    assert "Before we can agree, we still need:" in status
    assert "What food you sell or serve" in status
    assert client.get(f"/my/{application.code}/food").status_code == 200


def test_reopened_it_is_read_as_the_applicant_wants_it(client: CarefulClient) -> None:
    application = approved(client)
    post(client, application, "days", days=["2"], crew="2")
    at = {"by": factories.BY, "now": factories.NOW}

    decisions.decide(application, Act.REOPEN, **at)
    assert application.days == 0b11, "nothing is told yet"
    decisions.announce([application], **at)

    assert application.days == 0b10
    assert queries.open_amendment(application) is None


def test_withdrawing_ends_it(client: CarefulClient) -> None:
    application = approved(client)
    post(client, application, "days", days=["2"], crew="2")

    drafts.withdraw(application, reason="", by=factories.BY, now=factories.NOW)

    assert queries.open_amendment(application) is None
    assert application.days == 0b11


def withdraw_and_undo(client: CarefulClient, application: Application) -> str:
    """The page after an application was withdrawn, and that undone an hour later."""
    client.post(f"/my/{application.code}/withdraw", data={})
    with clock.standing_at(factories.NOW + timedelta(hours=1)):
        return client.post(f"/my/{application.code}/restore", follow_redirects=True).text


def test_undoing_a_withdrawal_takes_up_what_was_asked_for(client: CarefulClient) -> None:
    application = approved(client, name="Kor")
    post(client, application, "days", days=["2"], crew="2")
    post(client, application, "organisation", name="Koret")

    back = withdraw_and_undo(client, application)

    assert "The change that you had asked for is part of it now." in back
    assert (application.state, application.days) == (State.SUBMITTED, 0b10)
    assert application.organisation.name == "Koret"
    assert queries.open_amendment(application) is None
    factories.sign_in(client, factories.organiser(application.edition))
    assert "Days: 1 and 2 → 2" in said_on(client, f"/organise/fest/applications/{application.code}")


def test_a_number_that_somebody_else_has_by_then_stays_theirs(client: CarefulClient) -> None:
    application = approved(client)
    post(client, application, "organisation", name="Koret", cvr="25313763")
    factories.organisation("Andre", cvr="25313763")

    back = withdraw_and_undo(client, application)

    assert "another organisation has the CVR number by now" in back
    assert application.state is State.SUBMITTED
    assert application.organisation.name != "Koret"


def test_what_was_taken_back_before_stays_so(client: CarefulClient) -> None:
    application = approved(client)
    with clock.standing_at(factories.NOW - timedelta(hours=1)):
        post(client, application, "days", days=["2"], crew="2")
        client.post(f"/my/{application.code}/retract-change")

    back = withdraw_and_undo(client, application)

    assert "The change that you had asked for" not in back
    assert application.days == 0b11


def test_after_the_last_day_nothing_changes(client: CarefulClient) -> None:
    application = approved(client)

    with clock.standing_at(application.edition.days[-1].closes_at):
        response = post(client, application, "days", days=["2"], crew="9")
        assert client.get(f"/my/{application.code}/days").status_code == 302

    assert response.status_code == 422
    assert application.crew == 2


def test_a_waitlisted_one_may_change_until_the_call_closes(client: CarefulClient) -> None:
    application = factories.application(factories.edition("fest"), state=State.WAITLISTED)
    hold(client, application)

    assert post(client, application, "days", days=["2"], crew="5").status_code == 302

    assert application.crew == 5


def test_only_organisers_answer(client: CarefulClient) -> None:
    application = approved(client)
    post(client, application, "days", days=["2"], crew="2")

    assert answer(client, application, "accept").status_code == 403

    assert application.days == 0b11


def test_who_is_in_leaves_nothing_open_that_must_be_told(client: CarefulClient) -> None:
    application = approved(client)

    emptied = post(client, application, "days", days=["1", "2"], crew="")

    assert emptied.status_code == 422
    assert "You take part, so this" in emptied.text
    assert len(crew_passes_of(application)) == 2


def test_documents_are_added_and_none_that_was_approved_is_removed(client: CarefulClient) -> None:
    application = approved(client)
    for purpose in ("insurance", "logo"):
        data = {"purpose": purpose, "file": (io.BytesIO(files.picture()), "one.jpg")}
        client.post(f"/my/{application.code}/documents", data=data, content_type="multipart/form-data")
    assert len(queries.attachments_of(application)) == 2

    for attachment in queries.attachments_of(application):
        client.post(f"/my/{application.code}/documents/{attachment.file.code}/remove")

    assert [one.purpose.value for one in queries.attachments_of(application)] == ["insurance"]
    assert "You were approved with this document." in client.get(f"/my/{application.code}/documents").text


def test_answers_wait_question_by_question(client: CarefulClient) -> None:
    edition = factories.edition("fest", number=7)
    tent = factories.question(edition, "Your own tent?")
    application = approved(client, edition)
    assert post(client, application, "questions", **{f"q_{tent.code}": "yes"}).status_code == 302

    assert "Your own tent? – Yes" in said_on(client, f"/my/{application.code}/")
    assert queries.answers_by_question(application) == {}
    amendments.accept(application, note="", by=factories.BY, now=factories.NOW)

    assert queries.answers_by_question(application) == {tent.id: True}
