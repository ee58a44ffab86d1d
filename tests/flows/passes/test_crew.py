"""The passes of a crew: issued when it is told that it is in, shown behind its link, ended when it is out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.applications.access import SESSION_KEY
from eventsys.applications.actions import decisions, drafts
from eventsys.applications.models import Application
from eventsys.applications.rules.states import Act, State
from eventsys.base.refusals import Refusal
from eventsys.editions import actions as edition_actions
from eventsys.passes import actions, queries
from eventsys.passes.actions import inviting
from eventsys.passes.models import Pass, Revocation
from eventsys.passes.rules.codec import PassFields, PassKind, parse
from eventsys.passes.rules.short_code import to_short_code
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW

pytestmark = pytest.mark.usefixtures("moment")


def hold(client: CarefulClient, application: Application) -> None:
    with client.session_transaction() as cookie:
        cookie[SESSION_KEY] = [application.code]


def approve(application: Application, session: Session) -> None:
    decisions.decide(application, Act.APPROVE, by=BY, now=NOW)
    decisions.announce([application], by=BY, now=NOW)
    session.commit()


def test_announcing_an_approval_issues_a_pass_for_each_of_the_crew(session: Session) -> None:
    edition = factories.edition(number=4711)
    opens = edition.days[0].opens_at - timedelta(days=1)
    edition_actions.add_build_up_day(edition, opens_at=opens, closes_at=opens + timedelta(hours=8))
    application = factories.application(edition, crew=3, days=0b10)

    approve(application, session)

    issued = queries.crew_passes_of(application)
    keys = {key: bytes.fromhex(digits) for key, digits in queries.verifying_keys().items()}
    assert [parse(each.text, keys).fields for each in issued] == [
        PassFields(PassKind.BOOTH_CREW, each.key_id, 4711, each.pass_id, 0b110) for each in issued
    ]
    assert len({each.pass_id for each in issued}) == 3


def test_deciding_alone_issues_nothing(session: Session) -> None:
    application = factories.application(factories.edition())

    decisions.decide(application, Act.APPROVE, by=BY, now=NOW)
    session.commit()

    assert queries.crew_passes_of(application) == []
    with pytest.raises(Refusal, match="not_approved"):
        actions.issue_crew_passes(application, by=BY, now=NOW)


def test_issuing_again_brings_crew_and_days_up_to_date(session: Session) -> None:
    application = factories.application(factories.edition(), state=State.APPROVED, crew=3, days=0b11)
    actions.issue_crew_passes(application, by=BY, now=NOW)
    session.commit()
    first = {each.pass_id for each in queries.crew_passes_of(application)}

    assert actions.issue_crew_passes(application, by=BY, now=NOW) == []
    application.crew = 4
    [one_more] = actions.issue_crew_passes(application, by=BY, now=NOW)
    application.crew = 2
    actions.issue_crew_passes(application, by=BY, now=NOW)
    kept = {each.pass_id for each in queries.crew_passes_of(application)}
    application.days = 0b01
    actions.issue_crew_passes(application, by=BY, now=NOW)
    session.commit()

    assert one_more.pass_id not in first
    assert kept < first
    assert [each.days for each in queries.crew_passes_of(application)] == [0b01, 0b01]
    seqs = session.scalars(select(Revocation.seq).order_by(Revocation.seq)).all()
    assert seqs == [1, 2, 3, 4]


@pytest.mark.parametrize("way", ["withdrawn", "rejected"])
def test_who_is_out_again_loses_the_passes(session: Session, way: str) -> None:
    application = factories.application(factories.edition(), crew=2)
    approve(application, session)

    if way == "withdrawn":
        drafts.withdraw(application, reason="", by=BY, now=NOW)
    else:
        for act in (Act.REOPEN, Act.REJECT):
            decisions.decide(application, act, by=BY, now=NOW, note="No room.")
        decisions.announce([application], by=BY, now=NOW)
    session.commit()

    assert queries.crew_passes_of(application) == []
    assert session.scalars(select(Revocation.reason)).all() == [way, way]


def test_page_shows_each_pass_with_its_short_code_and_days(client: CarefulClient, session: Session) -> None:
    application = factories.application(factories.edition(), crew=2, days=0b01)
    approve(application, session)
    hold(client, application)

    status = client.get(f"/my/{application.code}/?language=en").text
    page = client.get(f"/my/{application.code}/passes?language=en").text

    assert f"/my/{application.code}/passes" in status
    assert page.count('class="qr"') == 2
    assert page.count("Saturday 29 August 2026") == 2
    assert all(to_short_code(each.pass_id) in page for each in session.scalars(select(Pass)))


def test_page_without_passes_says_when_they_come(client: CarefulClient) -> None:
    application = factories.application(factories.edition())
    hold(client, application)

    assert "No passes yet" in client.get(f"/my/{application.code}/passes?language=en").text
    assert f"/my/{application.code}/passes" not in client.get(f"/my/{application.code}/").text


def test_nobody_else_sees_them(client: CarefulClient, session: Session) -> None:
    application, other = (factories.application(factories.edition(), crew=1) for _ in range(2))
    approve(application, session)
    approve(other, session)
    [mine], [theirs] = queries.crew_passes_of(application), queries.crew_passes_of(other)
    hold(client, application)

    assert client.get(f"/my/{application.code}/passes/{to_short_code(mine.pass_id)}").status_code == 200
    assert client.get(f"/my/{other.code}/passes").status_code == 403
    assert client.get(f"/my/{application.code}/passes/{to_short_code(theirs.pass_id)}").status_code == 404
    assert client.get(f"/my/{application.code}/passes/nonsense").status_code == 404


def test_numbers_stay_and_the_page_tells_what_was_replaced_and_withdrawn(
    client: CarefulClient, session: Session
) -> None:
    application = factories.application(factories.edition(), crew=4)
    approve(application, session)
    hold(client, application)
    page = f"/my/{application.code}/passes"
    assert "Some passes have changed" not in client.get(page).text
    _first, second, third, _fourth = queries.crew_passes_of(application)

    new = actions.reissue(third, by=BY, now=NOW)
    actions.revoke(second, reason="lost", by=BY, now=NOW)
    session.commit()

    assert [one.number for one in queries.crew_passes_of(application)] == [1, 3, 4]
    assert new.number == 3
    told = client.get(page).text
    assert "Pass 3 was replaced on" in told
    assert "Pass 2 was withdrawn on" in told
    alone = client.get(f"{page}/{to_short_code(new.pass_id)}")
    assert "Pass 3" in alone.text


def test_a_pass_for_one_more_takes_the_lowest_number_that_is_free(session: Session) -> None:
    application = factories.application(factories.edition(), state=State.APPROVED, crew=3, days=0b11)
    actions.issue_crew_passes(application, by=BY, now=NOW)
    actions.revoke(queries.crew_passes_of(application)[1], reason="lost", by=BY, now=NOW)
    application.crew = 4

    actions.issue_crew_passes(application, by=BY, now=NOW)
    session.commit()

    assert [one.number for one in queries.crew_passes_of(application)] == [1, 2, 3, 4]


def test_passes_of_other_days_keep_the_numbers_of_those_who_have_one(session: Session) -> None:
    application = factories.application(factories.edition(), state=State.APPROVED, crew=3, days=0b11)
    actions.issue_crew_passes(application, by=BY, now=NOW)
    given = inviting.give(queries.crew_passes_of(application)[2], name="Amina", email="", language="da", by=BY, now=NOW)
    application.days = 0b01

    actions.issue_crew_passes(application, by=BY, now=NOW)
    session.commit()

    passes = queries.crew_passes_of(application)
    assert [(one.number, one.bearer_name) for one in passes] == [(1, ""), (2, ""), (3, "Amina")]
    assert given.pass_id not in {one.pass_id for one in passes}
