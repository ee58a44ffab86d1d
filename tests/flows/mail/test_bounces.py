"""`flask mail bounces` marks the mail that came back."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from eventsys.base.db import db
from eventsys.mail import actions
from eventsys.mail.models import MessageState
from tests import factories
from tests.rules.mail.test_bounces import FAILED, SAID

pytestmark = pytest.mark.usefixtures("moment")


def test_a_mail_that_came_back_is_marked_once(app: Flask, tmp_path: Path) -> None:
    message = actions.queue_text("Hej", "Hej", to="gone@example.org", language="da", now=factories.NOW)
    message.state, message.sent_at = MessageState.SENT, factories.NOW
    db.session.commit()
    returned = FAILED.replace(b"<abc123@eventsys>", message.message_id.encode())
    file = tmp_path / "bounce.eml"
    file.write_bytes(returned)

    first = app.test_cli_runner().invoke(args=["mail", "bounces", str(file)])
    piped = app.test_cli_runner().invoke(args=["mail", "bounces"], input=returned)

    assert "1 of 1 marked" in first.output
    assert "0 of 1 marked" in piped.output
    assert message.state is MessageState.BOUNCED
    assert message.trouble == SAID


def test_somebody_elses_mail_marks_nothing(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "other.eml"
    file.write_bytes(FAILED)

    assert "0 of 1 marked" in app.test_cli_runner().invoke(args=["mail", "bounces", str(file)]).output
