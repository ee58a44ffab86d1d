"""The words of mails as organisers want them, and the mails that went."""

from __future__ import annotations

from typing import Any

import pytest

from eventsys.applications.actions import decisions, letters
from eventsys.applications.models import Application
from eventsys.applications.rules.states import Act
from eventsys.applications.rules.wordings import NEEDED, Letter, check_wording
from eventsys.base.db import db
from eventsys.base.i18n import LANGUAGES
from eventsys.editions.models import Edition
from eventsys.mail.models import MessageState
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import mails

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/mail"
WORDS = {
    "subject": "Ja tak, {organisation}",
    "text": "I er med til {edition} ({reference}).\n\n{note}\n\n{link}\n\nHilsen os",
}


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", name="Fest", number=7)
    factories.sign_in(client, factories.organiser(made, email="olga@example.org"))
    return made


def approve(application: Application, note: str = "") -> None:
    decisions.decide(application, Act.APPROVE, by=factories.BY, now=factories.NOW, note=note)
    decisions.announce([application], by=factories.BY, now=factories.NOW)
    db.session.commit()


def change(client: CarefulClient, **said: str) -> Any:
    return client.post(f"{PAGE}/words/approved/en", data={**WORDS, **said})


def test_own_words_go_out_in_their_language_alone(client: CarefulClient, edition: Edition) -> None:
    assert change(client, keep="1").status_code == 302
    english, danish = (
        factories.application(edition, of=factories.organisation(name, language=language))
        for name, language in (("Kor", "en"), ("Klub", "da"))
    )

    approve(english)
    approve(danish, note="Husk telt.")

    assert mails()[-2].subject == "Ja tak, Kor"
    assert mails()[-2].text.startswith(f"I er med til Fest ({english.reference}).\n\nhttp://localhost/my/link/")
    assert mails()[-1].subject == "I er med: Fest"
    assert "your own" in client.get(f"{PAGE}/words").text


def test_an_open_page_keeps_what_is_wrong_and_says_why(client: CarefulClient, edition: Edition) -> None:
    response = change(client, text="Hej {navn}", keep="1")

    assert response.status_code == 422
    assert "{navn} is nothing that can be filled in" in response.text
    assert "Hej {navn}" in response.text
    assert "your own" not in client.get(f"{PAGE}/words").text


def test_it_is_looked_at_with_a_real_application_and_kept_only_when_asked(
    client: CarefulClient, edition: Edition
) -> None:
    factories.application(edition, name="Andre")
    chosen = factories.application(edition, name="Kor & Co")

    looked = change(client, look="1", about=chosen.code)

    assert "Ja tak, Kor &amp; Co" in looked.text
    assert f"({chosen.reference})" in looked.text
    assert "your own" not in client.get(f"{PAGE}/words").text


def test_words_in_another_script_leave_the_page_as_it_is(client: CarefulClient, edition: Edition) -> None:
    page = client.get(f"{PAGE}/words/approved/ar").text

    assert '<html lang="en" dir="ltr">' in page
    assert 'dir="rtl"' in page


def test_a_test_goes_to_oneself(client: CarefulClient, edition: Edition) -> None:
    factories.application(edition, name="Kor")

    change(client, test="1")

    [mail] = mails("olga@example.org")
    assert mail.subject == "Test: Ja tak, Kor"
    assert mail.about == ""
    assert "/my/link/" not in mail.text


def test_back_to_the_standard_words(client: CarefulClient, edition: Edition) -> None:
    change(client, keep="1")

    client.post(f"{PAGE}/words/approved/en/restore")
    application = factories.application(edition)
    approve(application)

    assert mails()[-1].subject == "You are in: Fest"
    assert "Back to the standard words" not in client.get(f"{PAGE}/words/approved/en").text


@pytest.mark.parametrize("path", ["words/plutonium/en", "words/approved/xx"])
def test_no_such_mail(client: CarefulClient, edition: Edition, path: str) -> None:
    assert client.get(f"{PAGE}/{path}").status_code == 404
    assert client.post(f"{PAGE}/{path}/restore").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", NEEDED)
def test_the_standard_words_may_be_kept_as_they_are(
    client: CarefulClient, edition: Edition, template: str, language: str
) -> None:
    standard = letters.standard(Letter(template, language), edition)

    assert check_wording(template, standard) == standard


def test_outbox_is_narrowed_and_tells_what_came_back(client: CarefulClient, edition: Edition) -> None:
    assert "No mails yet" in client.get(PAGE).text
    one, two = factories.application(edition, name="Kor"), factories.application(edition, name="Klub")
    elsewhere = factories.application(factories.edition("other"), name="Fremmed")
    for application in (one, two, elsewhere):
        approve(application)
    bounced = mails(two.email)[-1]
    bounced.state, bounced.trouble = MessageState.BOUNCED, "550 User unknown"
    db.session.commit()

    page = client.get(PAGE).text
    assert "Kor" in page
    assert "Fremmed" not in page
    narrowed = client.get(f"{PAGE}?state=bounced").text
    assert two.email in narrowed
    assert one.email not in narrowed
    assert one.email in client.get(f"{PAGE}?text={one.email}").text
    assert "Nothing fits this choice" in client.get(f"{PAGE}?text=plutonium").text
    shown = client.get(f"{PAGE}/{bounced.code}").text
    assert "550 User unknown" in shown
    assert "http://localhost/my/link/…" in shown


def test_a_mail_goes_again_to_the_address_of_today(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition)
    approve(application)
    [first] = mails(application.email)
    application.email = "new@example.org"
    db.session.commit()

    client.post(f"{PAGE}/{first.code}/again")

    [again] = mails("new@example.org")
    assert (again.subject, again.text, again.calendar) == (first.subject, first.text, first.calendar)
    assert again.message_id != first.message_id
    assert again.state is MessageState.QUEUED


def test_other_editions_mails_are_not_found(client: CarefulClient, edition: Edition) -> None:
    approve(factories.application(factories.edition("other")))

    assert client.get(f"{PAGE}/{mails()[-1].code}").status_code == 404
    assert client.post(f"{PAGE}/{mails()[-1].code}/again").status_code == 404
