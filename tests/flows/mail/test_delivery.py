"""The outbox: written with what it tells of, sent by the job, tried again, kept visible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from flask_mailman import EmailMultiAlternatives

from config import Config
from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.mail import actions, queries
from eventsys.mail.actions import DELIVER
from eventsys.mail.delivery import MOST_ATTEMPTS
from eventsys.mail.models import Message, MessageState


class Letterbox:
    """What a mail server was given; refuses while `is_full`."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.is_full = False
        self.unknown: set[str] = set()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.unknown:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.is_full:
            return "452 4.2.2 Mailbox full"
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"


@pytest.fixture
def letterbox(app: Flask) -> Iterator[Letterbox]:
    """A real mail server that the application sends to."""
    box = Letterbox()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    mailman, before = app.extensions["mailman"], app.config["EVENTSYS"]
    assert isinstance(before, Config)
    old = (mailman.server, mailman.port)
    mailman.server, mailman.port = "127.0.0.1", port
    app.config["EVENTSYS"] = replace(before, mail_server="127.0.0.1", mail_port=port)
    yield box
    app.config["EVENTSYS"] = before
    mailman.server, mailman.port = old
    controller.stop()


def write(moment: datetime, *, to: str = "reader@example.org", language: str = "da") -> Message:
    message = actions.queue_text("Emne på dansk", "Hej Åse\n\nhttp://localhost/", to=to, language=language, now=moment)
    db.session.commit()
    return message


def deliver(app: Flask) -> None:
    jobs.run_now(app, DELIVER)
    db.session.expire_all()  # The job has a session of its own.


def test_message_waits_until_the_job_sends_it(app: Flask, letterbox: Letterbox, moment: datetime) -> None:
    message = write(moment)
    assert message.state is MessageState.QUEUED

    deliver(app)

    [letter] = letterbox.letters
    assert (letter["To"], letter["Subject"]) == ("reader@example.org", "Emne på dansk")
    assert letter["Message-ID"] == message.message_id
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "Hej Åse" in text.get_content()
    assert 'lang="da"' in html.get_content()
    assert (message.state, message.sent_at, message.attempts) == (MessageState.SENT, moment, 1)


def test_message_is_sent_once(app: Flask, letterbox: Letterbox, moment: datetime) -> None:
    write(moment)
    deliver(app)
    deliver(app)

    assert len(letterbox.letters) == 1


def test_message_of_a_change_that_failed_is_never_sent(app: Flask, letterbox: Letterbox, moment: datetime) -> None:
    actions.queue_text("Lost", "Text", to="reader@example.org", language="en", now=moment)
    db.session.rollback()

    deliver(app)

    assert letterbox.letters == []


def test_trouble_is_kept_and_tried_again_later_and_later(app: Flask, letterbox: Letterbox, moment: datetime) -> None:
    message = write(moment)
    letterbox.is_full = True
    deliver(app)
    assert message.state is MessageState.QUEUED
    assert "Mailbox full" in message.trouble
    deliver(app)
    assert message.attempts == 1

    letterbox.is_full = False
    with clock.standing_at(moment + timedelta(seconds=30)):
        deliver(app)

    assert (message.state, message.trouble, message.attempts) == (MessageState.SENT, "", 2)
    assert len(letterbox.letters) == 1


def test_message_fails_in_the_end_and_says_so(app: Flask, letterbox: Letterbox, moment: datetime) -> None:
    message = write(moment)
    letterbox.is_full = True
    for _attempt in range(MOST_ATTEMPTS + 1):
        with clock.standing_at(message.try_after):
            deliver(app)

    assert (message.state, message.attempts) == (MessageState.FAILED, MOST_ATTEMPTS)
    assert message.sent_at is None


def test_address_that_takes_no_mail_is_told_at_once_and_not_tried_again(
    app: Flask, letterbox: Letterbox, moment: datetime
) -> None:
    message = write(moment, to="gone@example.org")
    letterbox.unknown.add("gone@example.org")

    deliver(app)
    with clock.standing_at(message.try_after):
        deliver(app)

    assert (message.state, message.attempts, message.sent_at) == (MessageState.BOUNCED, 1, None)
    assert "No such mailbox" in message.trouble


def test_dates_go_along_as_a_calendar(app: Flask, letterbox: Letterbox, moment: datetime) -> None:
    message = write(moment)
    message.calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    db.session.commit()

    deliver(app)

    [part] = letterbox.letters[0].iter_attachments()
    assert (part.get_content_type(), part.get_filename()) == ("text/calendar", "dates.ics")


PNG = b"\x89PNG\r\n\x1a\n the rest of a picture \x00\xff"


def test_a_picture_goes_along_inside_the_html_side(app: Flask, letterbox: Letterbox, moment: datetime) -> None:
    message = actions.queue_text(
        "Emne", "Hej\n\nKort: »A1« ved Åen\n\nFarvel", to="reader@example.org", language="da", now=moment
    )
    actions.illustrate(message, PNG, alt="Kort: »A1« ved Åen")
    message.calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    db.session.commit()

    deliver(app)

    [letter] = letterbox.letters
    assert [part.get_content_type() for part in letter.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
        "text/calendar",
    ]  # fmt: skip
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "Kort: »A1« ved Åen" in text.get_content()
    [picture] = [part for part in letter.walk() if part.get_content_type() == "image/png"]
    assert picture.get_payload(decode=True) == PNG
    assert picture.get_content_disposition() == "inline"
    assert f'<img src="cid:{picture["Content-ID"][1:-1]}" alt="Kort: »A1« ved Åen"' in html.get_content()
    assert [part.get_filename() for part in letter.iter_attachments()] == ["dates.ics"]


def test_the_same_mail_once_more_brings_its_picture(app: Flask, moment: datetime) -> None:
    message = write(moment)
    actions.illustrate(message, PNG, alt="Hej Åse")

    again = actions.again(message, to="other@example.org", now=moment)

    assert (again.picture, again.picture_alt) == (PNG, "Hej Åse")
    assert f"cid:{again.picture_id}" in again.html
    assert message.picture_id not in again.html


def test_nothing_is_locked_while_the_mail_server_is_slow(
    app: Flask, letterbox: Letterbox, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(moment)
    seen: list[bool] = []
    send = EmailMultiAlternatives.send

    def look(mail: EmailMultiAlternatives, *arguments: Any) -> Any:
        seen.append(db.session().in_transaction())
        return send(mail, *arguments)

    monkeypatch.setattr(EmailMultiAlternatives, "send", look)
    deliver(app)

    assert seen == [False]


def test_one_bad_address_does_not_stop_the_others(app: Flask, letterbox: Letterbox, moment: datetime) -> None:
    bad = write(moment, to="not an address at all\nBcc: x@example.org")
    good = write(moment)

    deliver(app)

    assert good.state is MessageState.SENT
    assert bad.state is not MessageState.SENT
    assert bad.trouble
    assert len(letterbox.letters) == 1


def test_without_a_mail_server_messages_are_caught(app: Flask, moment: datetime) -> None:
    message = write(moment)

    deliver(app)

    assert (message.state, message.sent_at) == (MessageState.CAUGHT, moment)


def test_right_to_left_languages_are_read_from_the_right(app: Flask, moment: datetime) -> None:
    assert 'dir="rtl"' in write(moment, language="ar").html
    assert 'dir="ltr"' in write(moment, language="da").html


def test_html_side_says_the_same_and_runs_nothing(app: Flask, moment: datetime) -> None:
    message = actions.queue_text(
        "<b>Subject</b>", "<script>alert(1)</script>", to="r@example.org", language="en", now=moment
    )

    assert "<script>" not in message.html
    assert "&lt;script&gt;" in message.html


def test_newest_are_found_by_reader_and_by_subject(app: Flask, moment: datetime) -> None:
    write(moment, to="a@example.org")
    last = write(moment, to="b@example.org")
    actions.queue_text("About", "Text", to="c@example.org", language="en", now=moment, about="application:K7QM2PXD")

    assert [m.recipient for m in queries.newest()] == ["c@example.org", "b@example.org", "a@example.org"]
    assert list(queries.newest(recipient="B@example.org ")) == [last]
    assert [m.recipient for m in queries.about("application:K7QM2PXD")] == ["c@example.org"]
