"""The steps of the sign-up: each is kept when it is sent, and half of one is kept too."""

from __future__ import annotations

import re
from typing import Any

import pytest

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.questions.rules.types import QuestionType
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import START, begin, fill_in, mailed_link, mails, post, ticket

pytestmark = pytest.mark.usefixtures("moment")


def test_every_step_is_kept(client: CarefulClient) -> None:
    application = begin(client, factories.edition())

    fill_in(client, application)

    db.session.refresh(application)
    assert (application.days, application.crew) == (0b11, 4)
    assert (application.width_cm, application.power_watts, application.sells_food) == (450, 2300, True)
    assert application.needs_three_phase is False
    assert (application.cuisine, application.allergens) == ("Kage", [])
    assert application.about == {"en": "We sing."}
    assert application.state is State.DRAFT


def test_steps_lead_to_the_next_and_skip_food_without_food(client: CarefulClient) -> None:
    application = begin(client, factories.edition())
    ways = [
        ("organisation", {"name": "Kor"}),
        ("days", {}),
        ("booth", {}),
        ("visitors", {}),
        ("wishes", {}),
    ]

    locations = [post(client, application, step, **data).location for step, data in ways]

    assert locations == [
        f"/my/{application.code}/{step}" for step in ("days", "booth", "visitors", "wishes", "documents")
    ]
    assert post(client, application, "booth", sells_food="y").location == f"/my/{application.code}/food"


def test_a_page_that_is_none_of_the_steps_counts_none(client: CarefulClient) -> None:
    application = begin(client, factories.edition())

    assert "Step 4 of" in client.get(f"/my/{application.code}/visitors").text
    assert "Step 0 of" not in client.get(f"/my/{application.code}/food").text, (
        "nothing is sold: reached by the way back"
    )


def test_going_on_later_keeps_the_step_too(client: CarefulClient) -> None:
    application = begin(client, factories.edition())

    response = post(client, application, "days", crew="7", later="1")

    assert response.location == f"/my/{application.code}/"
    db.session.refresh(application)
    assert (application.days, application.crew) == (0, 7)


def test_organisation_and_contact_are_kept(client: CarefulClient) -> None:
    application = begin(client, factories.edition())

    post(
        client,
        application,
        "organisation",
        name="Nørrebro Kor",
        native_name="جوقة نوريبرو",
        cvr="DK 97 84 75 84",
        area="Nørrebro",
        is_minority_association="yes",
        contact_name="Amal",
        phone="27 47 59 23",
    )

    db.session.refresh(application.organisation)
    organisation = application.organisation
    assert (organisation.native_name, organisation.cvr) == ("جوقة نوريبرو", "97847584")
    assert organisation.is_minority_association is True
    [contact] = organisation.contacts
    assert (contact.name, contact.phone, contact.is_primary) == ("Amal", "+4527475923", True)
    page = client.get(f"/my/{application.code}/organisation").text
    assert 'value="97847584"' in page
    assert 'value="+4527475923"' in page


def test_saying_nothing_about_minority_is_kept_as_nothing(client: CarefulClient) -> None:
    application = begin(client, factories.edition())
    post(client, application, "organisation", name="Kor", is_minority_association="no")
    db.session.refresh(application.organisation)
    assert application.organisation.is_minority_association is False

    post(client, application, "organisation", name="Kor", is_minority_association="")

    db.session.refresh(application.organisation)
    assert application.organisation.is_minority_association is None


def test_no_allergens_chosen_is_never_none(client: CarefulClient) -> None:
    application = begin(client, factories.edition(), kind="restaurant")

    post(client, application, "food", cuisine="Suppe")
    db.session.refresh(application)
    assert application.allergens is None
    post(client, application, "food", cuisine="Suppe", allergens=["milk", "celery"], dietary=["halal"])
    db.session.refresh(application)
    assert (application.allergens, application.dietary) == (["milk", "celery"], ["halal"])


def test_text_in_a_language_of_ones_own(client: CarefulClient) -> None:
    application = begin(client, factories.edition())

    post(client, application, "visitors", about_da="Vi synger.", own_language="so", about_own="Waan heesnaa.")

    db.session.refresh(application)
    assert application.about == {"da": "Vi synger.", "so": "Waan heesnaa."}
    page = client.get(f"/my/{application.code}/visitors").text
    assert '<option selected value="so">Somali</option>' in page


@pytest.mark.parametrize(
    ("step", "typed", "sentence"),
    [
        ("organisation", {"name": ""}, "This is empty. Fill it in."),
        ("organisation", {"name": "Kor", "cvr": "12345678"}, "“12345678” is not a CVR number."),
        ("organisation", {"name": "Kor", "phone": "kom forbi"}, "“kom forbi” is not a phone number."),
        ("organisation", {"name": "Kor", "is_minority_association": "maybe"}, "Choose one of the answers."),
        ("days", {"days": ["3"]}, "Choose one of the answers."),
        ("days", {"crew": "talrige"}, "“talrige” is not a number that fits here. Write it in digits, such as 4."),
        ("days", {"crew": "-1"}, "-1 is below zero."),
        ("days", {"crew": "2,5"}, "“2,5” is not a number that fits here."),
        ("days", {"crew": "1000"}, "1000 is more than the most there can be, 500."),
        ("days", {"crew": "1.000"}, "“1.000” is not a number that fits here."),
        ("booth", {"power_kw": "9500 W"}, "“9500 W” is not a number that fits here. Write it in digits, such as 9.5."),
        ("booth", {"width_m": "77"}, "Choose one of the answers."),
        ("booth", {"power_kw": "1.000.000"}, "“1.000.000” is not a number that fits here."),
        ("food", {"allergens": ["none", "milk"]}, "Choose either allergens or that it contains none of them"),
        ("food", {"allergens": ["glue"]}, "Choose one of the answers."),
        ("visitors", {"about_da": "x" * 2001}, "This is too long: use at most 2000 characters."),
        ("visitors", {"about_own": "Waan heesnaa."}, "Choose the language of this text."),
        ("visitors", {"own_language": "<b>"}, "Choose one of the answers."),
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(
    client: CarefulClient, step: str, typed: dict[str, Any], sentence: str
) -> None:
    application = begin(client, factories.edition())
    before = everything_of(application)

    response = post(client, application, step, **typed)

    assert response.status_code == 422
    assert sentence in response.text
    for value in typed.values():
        if isinstance(value, str) and value and step in {"days", "visitors"} and "own_language" not in typed:
            assert value in response.text
    assert everything_of(application) == before


def everything_of(application: Application) -> list[Any]:
    db.session.expire_all()
    columns = Application.__table__.columns
    return [getattr(application, column.key) for column in columns] + [application.organisation.name]


def test_arabic_digits_and_comma_are_numbers(client: CarefulClient) -> None:
    application = begin(client, factories.edition())

    post(client, application, "days", crew="١٢")
    post(client, application, "booth", power_kw="٢٫٥")

    db.session.refresh(application)
    assert (application.crew, application.power_watts) == (12, 2500)


def test_number_of_another_organisation_is_refused_gently(client: CarefulClient) -> None:
    factories.organisation("Den anden", cvr="97847584")
    application = begin(client, factories.edition())

    response = post(client, application, "organisation", name="Kor", cvr="97847584")

    assert response.status_code == 422
    assert "An organisation with the number 97847584 has signed up before." in response.text
    assert "alert-error" not in response.text
    assert "Den anden" not in response.text


def test_appliances_add_up_and_bring_three_phases(client: CarefulClient) -> None:
    application = begin(client, factories.edition())

    post(client, application, "booth", appliance_kettle="1", appliance_large_oven="1")
    db.session.refresh(application)
    assert (application.power_watts, application.needs_three_phase) == (11_000, True)
    assert "1 × kettle" in client.get(f"/my/{application.code}/check").text

    for count in ("51", "1,5", "x"):
        response = post(client, application, "booth", appliance_kettle=count)
        assert response.status_code == 422
        assert response.text.count("Write how many: 0 to 50.") == 2, "by the field and at the top, once each"

    post(client, application, "booth", power_kw="2,5", appliance_kettle="", appliance_large_oven="")
    db.session.refresh(application)
    assert (application.power_watts, application.appliances) == (2500, [])


def test_declarations_and_wishes_are_kept(client: CarefulClient) -> None:
    application = begin(client, factories.edition())

    booth = {"has_children_activities": "y", "declares_background_checks": "y", "has_liability_insurance": "no"}
    post(client, application, "booth", **booth)
    post(client, application, "wishes", near_wish="Somalisk Kor", apart_wish="the stage")
    db.session.refresh(application)

    assert (application.declares_background_checks, application.has_liability_insurance) == (True, False)
    assert (application.near_wish, application.apart_wish) == ("Somalisk Kor", "the stage")
    page = client.get(f"/my/{application.code}/check").text
    assert "Somalisk Kor" in page


def test_own_figure_beside_appliances_is_refused_not_dropped(client: CarefulClient) -> None:
    application = begin(client, factories.edition())
    post(client, application, "booth", appliance_kettle="1", appliance_fridge="2")

    response = post(client, application, "booth", power_kw="6", appliance_kettle="1", appliance_fridge="2")

    assert response.status_code == 422
    assert "You wrote 6 kW, but your appliances add up to 2.4 kW." in response.text
    assert 'value="6"' in response.text
    assert (
        post(client, application, "booth", power_kw="2.4", appliance_kettle="2", appliance_fridge="").status_code == 302
    ), "the old sum"
    db.session.refresh(application)
    assert application.power_watts == 4000


def test_numbers_are_written_as_the_language_writes_them(client: CarefulClient) -> None:
    application = begin(client, factories.edition())
    post(client, application, "booth", power_kw="2,3")
    pages = {}
    for language in ("da", "en", "ar"):
        client.get(f"/language/{language}")
        pages[language] = client.get(f"/my/{application.code}/booth").text

    assert [language for language in pages if 'value="2,3"' in pages[language]] == ["da"]
    assert [language for language in pages if 'value="2.3"' in pages[language]] == ["en", "ar"]
    assert "A kettle takes 2, a fridge 0.2, a large oven 9." in pages["en"]
    assert "2000 W each" in pages["en"]


def test_what_a_step_left_open_is_said_on_the_way(client: CarefulClient) -> None:
    application = begin(client, factories.edition())

    response = client.post(f"/my/{application.code}/days", data={"crew": "4"}, follow_redirects=True)

    assert "Not told yet, and needed before you send: The days on which you take part." in response.text
    done = client.post(f"/my/{application.code}/days", data={"days": ["1"], "crew": "4"}, follow_redirects=True)
    assert "Not told yet" not in done.text


def test_what_is_put_right_from_the_last_page_leads_back_to_it(client: CarefulClient) -> None:
    application = begin(client, factories.edition())
    assert f'href="/my/{application.code}/booth?to=check"' in client.get(f"/my/{application.code}/check").text

    response = client.post(f"/my/{application.code}/booth?to=check", data={"width_m": "300", "power_kw": "0"})

    assert response.location == f"/my/{application.code}/check"
    assert "Save and go back to sending" in client.get(f"/my/{application.code}/days?to=check").text


def test_the_page_after_a_step_says_to_the_browser_that_it_is_saved(client: CarefulClient) -> None:
    application = begin(client, factories.edition())
    mark = f'data-saved="/my/{application.code}/days"'

    refused = post(client, application, "days", crew="many")
    after = client.post(f"/my/{application.code}/days", data={"days": ["1"], "crew": "4"}, follow_redirects=True)

    assert mark not in refused.text
    assert mark in after.text
    assert mark not in client.get(f"/my/{application.code}/booth").text, "said once"


def test_the_reader_s_own_language_is_asked_for_first_and_chosen(client: CarefulClient) -> None:
    application = begin(client, factories.edition())
    client.get("/language/ar")

    page = client.get(f"/my/{application.code}/visitors").text

    assert page.index('name="about_own"') < page.index('name="about_da"')
    assert re.search(r'<option selected value="ar">', page)
    post(client, application, "visitors", about_own="نغنّي.", own_language="ar")
    db.session.refresh(application)
    assert application.about == {"ar": "نغنّي."}
    client.get("/language/en")
    again = client.get(f"/my/{application.code}/visitors").text
    assert again.index('name="about_da"') < again.index('name="about_own"')


def test_a_mail_that_must_be_opened_is_told_of_until_it_is(client: CarefulClient) -> None:
    edition = factories.edition()
    data = {**START, "ticket": ticket(client, edition)}

    begun = client.post(f"/{edition.slug}/apply", data=data, follow_redirects=True)

    assert "We have sent a mail to kor@example.org. Open its link before you send the application" in begun.text
    code = begun.request.path.split("/")[2]
    said = "Open the link in it before you send the application."
    assert said in client.get(f"/my/{code}/days").text
    client.get(mailed_link(mails()[0]))
    assert said not in client.get(f"/my/{code}/days").text


def test_more_questions_are_done_when_one_is_answered(client: CarefulClient) -> None:
    edition = factories.edition()
    question = factories.question(edition, "Telt?", type=QuestionType.YES_NO)
    application = begin(client, edition)
    step = rf'<li class="step-(\w+)">\s*<a href="/my/{application.code}/questions">'

    assert re.findall(step, client.get(f"/my/{application.code}/days").text) == ["ahead", "ahead"]
    post(client, application, "questions", **{f"q_{question.code}": "no"})

    assert re.findall(step, client.get(f"/my/{application.code}/days").text) == ["done", "done"]
