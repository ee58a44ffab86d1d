"""Answering by a link: page by page, later on, sent twice, too late, too long, by name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from eventsys.base import clock
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.surveys import queries, sending
from eventsys.surveys.models import Attribution, Survey, SurveyAudience, SurveyDraft, SurveyInvitation
from eventsys.surveys.rules.instruments import Audience
from tests import factories
from tests.client import CarefulClient
from tests.flows.surveys import surveying

pytestmark = pytest.mark.usefixtures("moment")
HTML = 60_000


@pytest.fixture
def edition(app: Flask) -> Edition:
    return factories.edition("asked")


@pytest.fixture
def survey(edition: Edition) -> Survey:
    return surveying.survey(edition)


@pytest.fixture
def link(survey: Survey) -> str:
    return surveying.ask(survey, "noor@example.org")[0]


def is_spent() -> bool:
    db.session.expire_all()
    return db.session.scalars(select(SurveyInvitation)).one().is_spent


def test_page_by_page_to_thanks(client: CarefulClient, survey: Survey, link: str) -> None:
    first = client.get(link)
    on = client.post(link, data={"page": "1", "community": "high_degree", "again": "no", "on": "1"})
    second = client.get(on.location)
    back = client.post(link, data={"page": "2", "why": "Too <b>loud</b>", "people": "٧", "back": "1"})
    again = client.get(back.location).text
    end = client.post(link, data={"page": "2", "why": "Too <script>loud</script>", "people": "٧", "on": "1"})
    thanks = client.get(end.location).text

    assert "once the survey has closed" in first.text
    assert "never who answered what" in first.text
    assert 'name="why"' not in first.text
    assert 'name="why"' in second.text
    assert 'value="no" checked' in again
    assert "The link is used up." in thanks
    assert surveying.given(survey) == [
        {"community": "high_degree", "again": "no", "why": "Too <script>loud</script>", "people": "7"}
    ]
    assert is_spent()
    assert db.session.scalar(select(func.count()).select_from(SurveyDraft)) == 0
    assert len(first.data) < HTML
    assert len(second.data) < HTML


def test_what_hangs_on_an_answer_is_asked_then_alone(client: CarefulClient, survey: Survey, link: str) -> None:
    on = client.post(link, data={"page": "1", "community": "dont_know", "again": "yes"})

    assert 'name="why"' not in client.get(on.location).text
    client.post(link, data={"page": "2", "why": "nobody asked", "people": ""})
    assert surveying.given(survey) == [{"community": "dont_know", "again": "yes"}]


def test_half_finished_goes_on_on_the_same_device(client: CarefulClient, app: Flask, survey: Survey, link: str) -> None:
    client.get(link)
    kept = client.post(link, data={"page": "1", "community": "some_degree", "later": "1"})

    assert "It is kept on this device." in client.get(kept.location).text
    assert 'value="some_degree" checked' in client.get(link).text
    assert "checked" not in app.test_client().get(link).text, "another device knows nothing"
    assert surveying.given(survey) == []
    assert not is_spent()
    assert b"some_degree" not in db.session.scalars(select(SurveyDraft.content)).one()


def test_sent_twice_counts_once(client: CarefulClient, survey: Survey, link: str) -> None:
    key = client.get(link).headers["Set-Cookie"].partition("sheet=")[2].partition(";")[0]
    client.post(link, data={"page": "1", "community": "high_degree", "again": "yes"})
    whole = {"page": "2", "people": "3"}
    first = client.post(link, data=whole)
    client.set_cookie("sheet", key, path=link)
    second = client.post(link, data=whole)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.location == second.location
    assert len(surveying.given(survey)) == 1


def test_program_stops_between_storing_and_spending(
    client: CarefulClient, survey: Survey, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_hash: str) -> None:
        raise KeyboardInterrupt

    client.post(link, data={"page": "1", "community": "high_degree"})
    with monkeypatch.context() as patched:
        patched.setattr(sending, "_spend", stop)
        with pytest.raises(KeyboardInterrupt):
            client.post(link, data={"page": "2"})
    assert not is_spent()
    client.post(link, data={"page": "2"})

    assert len(surveying.given(survey)) == 1


def test_reserved_link_waits_an_hour_and_can_be_used_again(
    client: CarefulClient, survey: Survey, link: str, session: Session
) -> None:
    invitation = session.scalars(select(SurveyInvitation)).one()
    invitation.reserved_until = clock.now() + timedelta(minutes=59)
    session.commit()
    client.post(link, data={"page": "1", "community": "high_degree"})
    early = client.post(link, data={"page": "2"})
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        late = client.post(link, data={"page": "2"})

    assert early.status_code == 409
    assert "Still being stored" in early.text
    assert late.status_code == 302
    assert len(surveying.given(survey)) == 1


def test_spent_link_takes_nothing_more(client: CarefulClient, app: Flask, survey: Survey, link: str) -> None:
    client.post(link, data={"page": "1", "community": "high_degree"})
    client.post(link, data={"page": "2"})
    other = app.test_client()

    refused = other.post(link, data={"page": "2", "community": "not_at_all"})
    assert refused.status_code == 409
    assert "so what you sent now isn't stored" in refused.text
    assert len(surveying.given(survey)) == 1


def test_required_and_wrong_answers_are_named(client: CarefulClient, survey: Survey, link: str) -> None:
    missing = client.post(link, data={"page": "1", "again": "yes"})
    client.post(link, data={"page": "1", "community": "high_degree"})
    wrong = client.post(link, data={"page": "2", "people": "many"})
    forged = client.post(link, data={"page": "1", "community": "nonsense"})

    assert missing.status_code == wrong.status_code == forged.status_code == 422
    assert "This one needs an answer." in missing.text
    assert 'value="yes" checked' in missing.text
    assert "“many” is not a whole number." in wrong.text
    assert 'value="many"' in wrong.text
    assert surveying.given(survey) == []


def test_last_page_leads_back_to_what_was_skipped(client: CarefulClient, survey: Survey, link: str) -> None:
    skipped = client.post(link, data={"page": "2", "people": "3"})

    assert skipped.status_code == 422
    assert "This one needs an answer." in skipped.text
    assert surveying.given(survey) == []


def test_five_megabytes_of_text_are_given_back(client: CarefulClient, survey: Survey, link: str) -> None:
    client.post(link, data={"page": "1", "community": "high_degree", "again": "no"})
    text = "a" * 5_000_000
    long = client.post(link, data={"page": "2", "why": text})

    assert long.status_code == 422
    assert "at most 2000 can be kept" in long.text
    assert text in long.text
    assert surveying.given(survey) == []


def test_closed_survey_thanks_and_stores_nothing(
    client: CarefulClient, survey: Survey, link: str, session: Session
) -> None:
    client.get(link)
    survey.closes_at = clock.now()
    session.commit()
    late = client.post(link, data={"page": "1", "community": "high_degree"})

    assert late.status_code == 409
    assert "Thank you for answering. It came too late, so nothing of what you sent is stored." in late.text
    assert "The survey has closed" in client.get(link).text
    assert surveying.given(survey) == []


def test_not_open_yet_says_when(client: CarefulClient, survey: Survey, link: str, session: Session) -> None:
    survey.opens_at = clock.now() + timedelta(days=1)
    session.commit()

    assert "opens on" in client.get(link).text


def test_link_speaks_the_language_of_its_mail(app: Flask, link: str) -> None:
    arab = app.test_client()
    arab.environ_base.pop("HTTP_ACCEPT_LANGUAGE")
    page = arab.get(f"{link}?language=ar", follow_redirects=True).text

    assert 'dir="rtl"' in page
    assert "لا أعرف" in page


def test_unknown_link_is_not_there(client: CarefulClient) -> None:
    assert client.get("/s/nothing").status_code == 404
    assert client.get("/s/poster/nothing").status_code == 404
    assert client.get("/s/kiosk/nothing").status_code == 404


def test_by_name_says_so_and_the_latest_counts(client: CarefulClient, edition: Edition, survey: Survey) -> None:
    surveying.took_part(edition, "Jasmin")
    link = surveying.ask(survey, audience=Audience.ASSOCIATION, is_attributed=True)[0]
    page = client.get(link).text
    for value in ("high_degree", "not_at_all"):
        client.post(link, data={"page": "1", "community": value})
        client.post(link, data={"page": "2"})

    assert "Your answers are not anonymous: the organisers see what Jasmin answers, under its name" in page
    assert surveying.given(survey) == [{"community": "not_at_all"}]
    assert db.session.scalars(select(Attribution)).one().organisation.name == "Jasmin"
    assert db.session.get_one(SurveyAudience, (survey.id, Audience.ASSOCIATION)).replaced == 1


def test_breakdown_is_what_the_organisation_stated(client: CarefulClient, edition: Edition) -> None:
    survey = surveying.survey(edition, breakdowns=("minority_association",))
    surveying.took_part(edition, is_minority_association=True)
    link = surveying.ask(survey, audience=Audience.ASSOCIATION)[0]
    client.post(link, data={"page": "1", "community": "high_degree"})
    client.post(link, data={"page": "2"})

    assert queries.responses(survey, breakdowns={"minority_association": "yes"}) == 1


def test_poster_takes_one_answer_a_browser(client: CarefulClient, app: Flask, survey: Survey) -> None:
    address = f"/s/poster/{surveying.door(survey).poster_code}"
    for visitor in (client, app.test_client()):
        visitor.post(address, data={"page": "1", "community": "high_degree"})
        visitor.post(address, data={"page": "2"})
    again = client.post(address, data={"page": "1", "community": "not_at_all"})

    assert again.status_code == 409
    assert "Each browser can answer once." in client.get(address).text
    assert len(surveying.given(survey)) == 2
    assert queries.responses(survey, audiences=["visitor"]) == 2


def test_tablet_starts_over_by_itself(client: CarefulClient, survey: Survey) -> None:
    address = f"/s/kiosk/{surveying.door(survey).kiosk_code}"
    for _visitor in range(2):
        assert "Dansk" in client.get(address).text
        shown = client.get(f"{address}?page=1")
        assert "checked" not in shown.text
        assert shown.headers["Refresh"] == f"180; url={address}"
        on = client.post(address, data={"page": "1", "community": "high_degree"})
        assert client.get(on.location).headers["Refresh"].startswith("180;")
        done = client.post(address, data={"page": "2"})
        thanks = client.get(done.location)
        assert thanks.headers["Refresh"] == f"10; url={address}"

    client.get(f"{address}?page=1")
    client.post(address, data={"page": "1", "community": "high_degree"})
    client.get(address)
    assert "checked" not in client.get(f"{address}?page=1").text, "who walked away leaves nothing"
    assert len(surveying.given(survey)) == 2
