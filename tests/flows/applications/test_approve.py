"""`flask applications approve`: every submitted one, announced at once, nobody else's staged decisions."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from eventsys.applications import queries
from eventsys.applications.rules.states import Act, State
from eventsys.audit.models import AuditEntry
from eventsys.base.db import db
from tests import factories
from tests.flows.applications.applicants import mails

pytestmark = pytest.mark.usefixtures("moment")


def test_every_submitted_one_is_approved_and_told(app: Flask) -> None:
    edition = factories.edition("fest")
    first, second = factories.application(edition), factories.application(edition)
    others = [
        factories.application(edition, state=state)
        for state in (State.DRAFT, State.WAITLISTED, State.REJECTED, State.WITHDRAWN)
    ]
    staged = factories.application(edition, state=State.REJECTED, is_announced=False)
    reopened = factories.application(edition, announced_state=State.REJECTED)
    elsewhere = factories.application(factories.edition("other"))
    before = [other.state for other in others]

    result = app.test_cli_runner().invoke(
        args=["applications", "approve", "--edition", "fest", "--all", "--format", "json"]
    )

    assert result.exit_code == 0, result.output
    assert json.loads(result.output) == {"edition": "fest", "approved": 2}
    db.session.expire_all()
    for application in (first, second):
        assert (application.state, application.announced_state) == (State.APPROVED, State.APPROVED)
        assert application.announced_at == factories.NOW
    assert [other.state for other in others] == before
    assert staged.announced_state is State.SUBMITTED
    assert (reopened.state, reopened.announced_state) == (State.SUBMITTED, State.REJECTED)
    assert elsewhere.state is State.SUBMITTED
    assert sorted(mail.recipient for mail in mails()) == sorted([first.email, second.email])
    [step] = queries.history_of(first)
    assert (step.act, step.actor) == (Act.APPROVE, "command")


def test_second_run_approves_nobody(app: Flask) -> None:
    factories.application(factories.edition("fest"))
    run = app.test_cli_runner().invoke
    run(args=["applications", "approve", "--edition", "fest", "--all"])
    entries = db.session.query(AuditEntry).count()

    result = run(args=["applications", "approve", "--edition", "fest", "--all"])

    assert "0 applications approved and announced." in result.output
    assert (len(mails()), db.session.query(AuditEntry).count()) == (1, entries)


def test_all_must_be_said(app: Flask) -> None:
    application = factories.application(factories.edition("fest"))

    result = app.test_cli_runner().invoke(args=["applications", "approve", "--edition", "fest"])

    assert result.exit_code == 2
    db.session.expire_all()
    assert application.state is State.SUBMITTED
