"""A reviewer's opinion: kept, changed, read by those who may; a conflict of interest keeps out of the decision."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.accounts.models import User
from eventsys.accounts.rules import Role
from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.audit.models import AuditEntry
from eventsys.editions.models import Edition
from eventsys.reviews import actions, queries
from eventsys.reviews.actions import Judged
from eventsys.reviews.models import Criterion, Review
from eventsys.reviews.rules.recommendations import Recommendation
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def edition() -> Edition:
    return factories.edition("fest", number=7)


@pytest.fixture
def reviewer(client: CarefulClient, edition: Edition) -> User:
    made = factories.team_member(edition, Role.REVIEWER, name="Rita Reviewer")
    factories.sign_in(client, made)
    return made


def criterion(edition: Edition, session: Session, name: str = "Fits the theme", weight: int = 1) -> Criterion:
    said = Judged(label={"da": name, "en": name}, help={}, kind=None, weight=weight)
    made = actions.add_criterion(edition, said, by=factories.BY, now=factories.NOW)
    session.commit()
    return made


def address(application: Application) -> str:
    return f"/organise/fest/applications/{application.code}"


def test_review_is_kept_and_changed(client: CarefulClient, session: Session, edition: Edition, reviewer: User) -> None:
    theme, new = criterion(edition, session), criterion(edition, session, "Nobody else offers it", weight=3)
    application = factories.application(edition, name="Kor")

    first = {"recommendation": "approve", f"score_{theme.code}": "5", f"score_{new.code}": "1", "comment": "Good."}
    response = client.post(f"{address(application)}/review", data=first)

    assert response.location == f"{address(application)}?said=reviews#reviews"
    kept = queries.review_by(reviewer, application)
    assert kept is not None
    assert (kept.recommendation, kept.scores) == (Recommendation.APPROVE, {theme.code: 5, new.code: 1})
    page = client.get(address(application)).text
    assert "Good." in page
    table = page[page.index("Scores by criterion") :]
    assert re.findall(r"<bdi>([^<]*)</bdi>", table[: table.index("</table>")]) == [
        "Fits the theme", "5", "Nobody else offers it (weight 3)", "1", "All, by weight", "2",
    ]  # fmt: skip

    client.post(f"{address(application)}/review", data={"recommendation": "reject"})
    assert session.scalars(select(Review.recommendation)).all() == [Recommendation.REJECT]
    acts = session.scalars(select(AuditEntry.act).where(AuditEntry.act.startswith("reviews.reviewed"))).all()
    assert len(acts) == 2


def test_empty_review_says_what_to_do_and_keeps_nothing(
    client: CarefulClient, session: Session, edition: Edition, reviewer: User
) -> None:
    application = factories.application(edition)

    response = client.post(f"{address(application)}/review", data={"recommendation": ""})

    assert response.status_code == 422
    assert "Choose a recommendation, give a score, or write something." in response.text
    assert session.scalars(select(Review)).all() == []


@pytest.mark.parametrize("score", ["0", "6", "x", "-1"])
def test_forged_score_counts_as_none(
    client: CarefulClient, session: Session, edition: Edition, reviewer: User, score: str
) -> None:
    theme, application = criterion(edition, session), factories.application(edition)

    client.post(f"{address(application)}/review", data={"comment": "Hm.", f"score_{theme.code}": score})

    kept = queries.review_by(reviewer, application)
    assert kept is not None
    assert kept.scores == {}


def test_drafts_are_not_reviewed(client: CarefulClient, edition: Edition, reviewer: User) -> None:
    application = factories.application(edition, state=State.DRAFT)

    response = client.post(f"{address(application)}/review", data={"recommendation": "approve"})

    assert response.status_code == 422
    assert queries.review_by(reviewer, application) is None


def test_others_are_read_after_the_own_one(client: CarefulClient, edition: Edition, reviewer: User) -> None:
    application = factories.application(edition)
    other = factories.team_member(edition, Role.REVIEWER, name="Otto Other")
    said = actions.Opinion(recommendation=Recommendation.REJECT, scores={}, comment="Too loud for the street")
    actions.review(application, said, by=other, now=factories.NOW)
    factories.db.session.commit()

    before = client.get(address(application)).text
    assert "Too loud" not in before
    assert "1 review by somebody else" in before

    client.post(f"{address(application)}/review", data={"recommendation": "approve"})
    assert "Too loud" in client.get(address(application)).text


def test_who_is_too_near_neither_recommends_nor_reads_nor_decides(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    organiser = factories.organiser(edition)
    factories.sign_in(client, organiser)
    application = factories.application(edition)
    other = factories.team_member(edition, Role.REVIEWER)
    opinion = actions.Opinion(recommendation=Recommendation.REJECT, scores={}, comment="Too loud for the street")
    actions.review(application, opinion, by=other, now=factories.NOW)
    session.commit()

    client.post(f"{address(application)}/review", data={"recommendation": "approve", "has_conflict": "y"})

    kept = queries.review_by(organiser, application)
    assert kept is not None
    assert (kept.has_conflict, kept.recommendation) == (True, None)
    page = client.get(address(application)).text
    assert "You have declared a conflict of interest here" in page
    assert "Too loud" not in page
    assert "/approve" not in page

    seen = application.changed_at.isoformat()
    response = client.post(f"{address(application)}/approve", data={"seen": seen})
    assert response.status_code == 422
    session.refresh(application)
    assert application.state is State.SUBMITTED


def test_what_is_announced_is_reviewed_no_more(client: CarefulClient, edition: Edition, reviewer: User) -> None:
    application = factories.application(edition, state=State.APPROVED)

    response = client.post(f"{address(application)}/review", data={"recommendation": "reject"})

    assert response.status_code == 422
    assert "not under review now" in response.text
