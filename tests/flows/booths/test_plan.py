"""The street plan: proposing, taking over, what each reader sees, what is freed again."""

from __future__ import annotations

import json
import re
from datetime import datetime
from html import unescape

from flask import Flask
from sqlalchemy.orm import Session

from eventsys.applications.actions.decisions import announce, decide
from eventsys.applications.rules.states import Act, State
from eventsys.base import jobs
from eventsys.base.db import db
from eventsys.booths import actions, queries
from eventsys.booths.actions import proposing
from eventsys.booths.models import PlanState
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW
from tests.flows.applications.applicants import hold


def test_an_empty_street_says_what_to_do(client: CarefulClient, moment: datetime) -> None:
    edition = factories.edition()
    factories.sign_in(client, factories.organiser(edition))

    assert "No pitches yet" in client.get(f"/organise/{edition.slug}/booths").text


def test_a_proposal_is_a_draft_until_it_is_taken_over(app: Flask, client: CarefulClient, session: Session) -> None:
    edition = factories.edition()
    factories.street(edition)
    application = factories.application(edition, state=State.APPROVED, name="Nørrebro Kor")
    factories.sign_in(client, factories.organiser(edition))
    address = f"/organise/{edition.slug}/booths"

    client.post(f"{address}/propose")
    jobs.run_now(app, proposing.GO_ON)
    assert queries.pitches_of(edition) == {}
    assert "Proposal, version 1" in client.get(address).text
    assert "A1: Nørrebro Kor" not in client.get(f"/{edition.slug}/map").text

    assert client.get(f"{address}/publish").status_code == 200
    client.post(f"{address}/publish")
    assert queries.pitches_of(edition) == {application.id: [("A1", (1, 2))]}
    assert "A1: Nørrebro Kor" in client.get(f"/{edition.slug}/map").text


def test_nothing_to_propose_is_said_and_nothing_is_stored(client: CarefulClient) -> None:
    edition = factories.edition()
    factories.street(edition)
    factories.sign_in(client, factories.organiser(edition))

    page = client.post(f"/organise/{edition.slug}/booths/propose", follow_redirects=True)

    assert "Nobody has been told yet that they are in" in page.text
    assert queries.plan(edition, PlanState.DRAFT) is None


def test_a_staged_approval_gets_no_pitch(session: Session) -> None:
    edition = factories.edition()
    factories.street(edition)
    told = factories.application(edition, state=State.APPROVED)
    factories.application(edition, state=State.APPROVED, is_announced=False)

    _plan, proposal, _seconds = actions.propose(edition, by=BY, now=NOW)
    session.commit()

    assert list(proposal.pitches_of) == [told.reference]


def test_who_is_out_again_frees_the_pitch(session: Session) -> None:
    edition = factories.edition()
    factories.street(edition)
    application = factories.application(edition, state=State.APPROVED)
    actions.propose(edition, by=BY, now=NOW)
    actions.publish(edition, by=BY, now=NOW)
    session.commit()

    decide(application, Act.REOPEN, by=BY, now=NOW)
    decide(application, Act.REJECT, by=BY, now=NOW, note="No room.")
    assert queries.pitches_of(edition) != {}
    announce([application], by=BY, now=NOW)
    session.commit()

    assert queries.pitches_of(edition) == {}


def test_who_finds_no_pitch_is_listed_with_why(app: Flask, client: CarefulClient) -> None:
    edition = factories.edition()
    factories.street(edition, widths_m=[3])
    factories.application(edition, state=State.APPROVED, width_cm=900, name="De Brede")
    factories.sign_in(client, factories.organiser(edition))
    client.post(f"/organise/{edition.slug}/booths/propose")
    jobs.run_now(app, proposing.GO_ON)

    page = client.get(f"/organise/{edition.slug}/booths").text

    assert "De Brede" in page
    assert "No pitch is wide enough." in page


def test_a_new_plan_replaces_the_one_before(session: Session) -> None:
    edition = factories.edition()
    factories.street(edition)
    factories.application(edition, state=State.APPROVED)
    for _ in range(2):
        actions.propose(edition, by=BY, now=NOW)
        actions.publish(edition, by=BY, now=NOW)
        session.commit()

    published = queries.plan(edition, PlanState.PUBLISHED)
    superseded = queries.plan(edition, PlanState.SUPERSEDED)
    assert published is not None
    assert superseded is not None
    assert (published.version, superseded.version) == (2, 1)


def test_dry_run_of_an_import_changes_nothing(app: Flask, tmp_path: object) -> None:
    edition = factories.edition("dry")
    file = "examples/taste-the-world-2011/pitches.geojson"
    runner = app.test_cli_runner()

    dry = runner.invoke(args=["import", "pitches", file, "--edition", "dry", "--dry-run", "--format", "json"])
    assert json.loads(dry.output)["accepted"] == 112
    assert queries.pitches_on(edition) == []

    real = runner.invoke(args=["import", "pitches", file, "--edition", "dry", "--format", "json"])
    assert json.loads(real.output)["accepted"] == 112
    assert len(queries.pitches_on(edition)) == 112


def test_plan_page_asks_the_same_number_of_questions_for_one_and_three(
    client: CarefulClient, count_queries: list[str]
) -> None:
    counts = []
    for number in (1, 3):
        edition = factories.edition()
        factories.street(edition)
        for _ in range(number):
            factories.application(edition, state=State.APPROVED)
        actions.propose(edition, by=BY, now=NOW)
        actions.publish(edition, by=BY, now=NOW)
        factories.sign_in(client, factories.organiser(edition))
        count_queries.clear()
        assert client.get(f"/organise/{edition.slug}/booths").status_code == 200
        counts.append(len(count_queries))
        factories.sign_out(client)

    assert counts[0] == counts[1]


def test_a_plan_from_before_reasons_had_numbers_is_still_read(client: CarefulClient) -> None:
    edition = factories.edition()
    factories.street(edition)
    application = factories.application(edition, state=State.APPROVED, name="De Brede", width_cm=900)
    plan, _proposal, _seconds = actions.propose(edition, by=BY, now=NOW)
    plan.proposal = {**plan.proposal, "unplaced": [{"reference": application.reference, "reasons": ["width", "taken"]}]}
    db.session.commit()
    factories.sign_in(client, factories.organiser(edition))

    assert "No pitch is wide enough." in client.get(f"/organise/{edition.slug}/booths").text


def test_the_applicant_is_led_to_the_booth_on_the_public_map(client: CarefulClient, moment: datetime) -> None:
    edition = factories.edition()
    factories.street(edition)
    kor, other = (factories.application(edition, state=State.APPROVED, name=name) for name in ("Kor", "Klub"))
    hold(client, kor)
    before = client.get(f"/my/{kor.code}/").text
    assert "appear here as soon as they are ready" in before
    assert "public map" not in before
    actions.propose(edition, by=BY, now=NOW)
    actions.publish(edition, by=BY, now=NOW)
    db.session.commit()

    page = client.get(f"/my/{kor.code}/").text

    assert "Your booth and the passes of your crew are below, as far as they are ready." in page
    [(address, numbers)] = re.findall(r'href="([^"]+)">Your booth on the public map: (A\d)<', page)
    found = client.get(unescape(address)).text
    assert "1 booth found" in found
    assert f'id="booth-{kor.organisation.code}"' in found
    assert f'id="booth-{other.organisation.code}"' not in found
    assert f"{numbers}: Kor – Found" in found
