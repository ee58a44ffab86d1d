"""Notifications of mails that came back, as mail servers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.mail.rules.bounces import Bounce, read_bounce

# As Postfix writes it (RFC 3464, appendix E has the same parts).
FAILED = b"""From: MAILER-DAEMON@mail.example.dk
To: fest@example.dk
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.dk
Arrival-Date: Mon, 2 Mar 2026 12:00:00 +0000 (UTC)

Final-Recipient: rfc822; gone@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <gone@example.org>: Recipient address
    rejected: User unknown

--b1
Content-Type: message/rfc822

Message-ID: <abc123@eventsys>
Subject: =?utf-8?q?Din_ans=C3=B8gning?=
To: gone@example.org

Hej

--b1--
"""
SAID = "smtp; 550 5.1.1 <gone@example.org>: Recipient address rejected: User unknown"


def test_a_failure_is_read_with_its_reason() -> None:
    assert read_bounce(FAILED) == Bounce("<abc123@eventsys>", SAID)


def test_the_head_alone_is_enough() -> None:
    head = FAILED.replace(b"Content-Type: message/rfc822", b"Content-Type: text/rfc822-headers")
    assert read_bounce(head) == Bounce("<abc123@eventsys>", SAID)


@pytest.mark.parametrize(
    "other",
    [
        FAILED.replace(b"Action: failed", b"Action: delayed"),
        FAILED.replace(b"Action: failed", b"Action: delivered"),
        FAILED.replace(b"Message-ID: <abc123@eventsys>\n", b""),
        FAILED.replace(b"multipart/report", b"multipart/mixed"),
        b"Subject: Re: Hello\n\nI am on holiday.",
        b"",
    ],
)
def test_other_mails_say_nothing(other: bytes) -> None:
    assert read_bounce(other) is None


@given(st.binary(max_size=300), st.integers(0, len(FAILED)))
def test_broken_ones_never_stop_the_reading(noise: bytes, place: int) -> None:
    read_bounce(FAILED[:place] + noise + FAILED[place:])
    read_bounce(noise)
