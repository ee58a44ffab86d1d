"""Mails whose words organisers may change: which there are, and what must and may stand in them."""

from __future__ import annotations

import re
from typing import NamedTuple

from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.fields import line_of
from eventsys.base.refusals import Refusal


class Letter(NamedTuple):
    """One of the mails, in one language."""

    template: str
    language: str


class Words(NamedTuple):
    """What a mail says."""

    subject: str
    text: str


LONGEST_MAIL = 6_000
PLACEHOLDER = re.compile(r"\{([^{}\n]{0,40})\}")
ALWAYS = ("organisation", "reference", "edition", "link")
# Each mail, and what its words must hold beside what they may.
NEEDED: dict[str, tuple[str, ...]] = {
    "link": ("link",),
    "submitted": ("link",),
    "changes_requested": ("note", "link"),
    "waitlisted": (),
    "offered": ("until", "link"),
    "offer_retracted": ("note",),
    "offer_expired": (),
    "approved": ("link",),
    "rejected": ("note",),
    "reopened": (),
    "amendment_accepted": (),
    "amendment_declined": ("note",),
    "withdrawn": (),
    "restored": (),
    "access_granted": ("link",),
}
WITH_NOTE = frozenset(
    {"changes_requested", "waitlisted", "offer_retracted", "approved", "rejected", "reopened", "amendment_accepted", "amendment_declined"}
)  # fmt: skip


def placeholders_of(template: str) -> tuple[str, ...]:
    """What may stand in braces in a mail's words, and is filled in when it goes."""
    more = (*(("note",) if template in WITH_NOTE else ()), *(("until",) if "until" in NEEDED[template] else ()))
    return (*ALWAYS, *more)


def check_wording(template: str, words: Words) -> Words:
    """The words as they are kept.

    Refused, by field: MISSING, TOO_LONG, CONTROL_CHARACTER, PLACEHOLDER_UNKNOWN, PLACEHOLDER_NEEDED.
    """
    kept = Words(line_of(words.subject, "subject"), line_of(words.text, "text", longest=LONGEST_MAIL))
    for field, written in kept._asdict().items():
        if not written:
            raise Refusal(Code.MISSING, field=field)
        for found in PLACEHOLDER.findall(written):
            if found not in placeholders_of(template):
                known = ", ".join(f"{{{one}}}" for one in placeholders_of(template))
                raise Refusal(Code.PLACEHOLDER_UNKNOWN, field=field, value=f"{{{found}}}", known=known)
    for needed in NEEDED[template]:
        if f"{{{needed}}}" not in kept.text:
            raise Refusal(Code.PLACEHOLDER_NEEDED, field="text", value=f"{{{needed}}}")
    return kept
