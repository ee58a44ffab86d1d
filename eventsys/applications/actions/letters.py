"""Mails about an application, each with a link of its own that opens it on any device."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from eventsys.applications.models import ApplicantLink, Application
from eventsys.base.db import db
from eventsys.base.i18n import in_language, page_language
from eventsys.base.ids import hash_of, new_token
from eventsys.base.rendering import address_of, speaking
from eventsys.editions.calendar import calendar_of
from eventsys.editions.rules import day_numbers
from eventsys.mail import actions as mail

LINK_LASTS = timedelta(days=60)
AFTER_LAST_DAY = timedelta(days=14)


def new_link(application: Application, *, to: str, now: datetime) -> str:
    """The address that opens an application, for mailing to one person.

    It opens for sixty days, and until two weeks after the edition's last day.
    """
    token = new_token()
    last_day = max((day.closes_at for day in application.edition.days), default=now)
    db.session.add(
        ApplicantLink(
            application_id=application.id,
            token_hash=hash_of(token),
            email=to,
            created_at=now,
            expires_at=max(now + LINK_LASTS, last_day + AFTER_LAST_DAY),
        )
    )
    return address_of("applications.open_link", token=token)


def forget_links(application: Application) -> None:
    """Let no link that was mailed so far open an application any more."""
    db.session.execute(delete(ApplicantLink).where(ApplicantLink.application_id == application.id))


# Mails that bring the dates along.
WITH_DATES = frozenset({"submitted", "approved"})
PLACEHOLDERS = ("organisation", "reference", "edition", "link")


def write_words(application: Application, subject: str, words: str, *, now: datetime) -> None:
    """Queue a mail with the team's own words. `{organisation}`, `{reference}`, `{edition}` and `{link}` are filled in."""
    language = page_language(application.language)
    values = {
        "organisation": application.organisation.name,
        "reference": application.reference,
        "edition": in_language(application.edition.name, language),
        "link": new_link(application, to=application.email, now=now) if "{link}" in subject + words else "",
    }
    mail.queue_text(
        filled(subject, values),
        filled(words, values),
        to=application.email,
        language=language,
        now=now,
        about=f"application:{application.code}",
        template="words",
    )


def filled(words: str, values: Mapping[str, str]) -> str:
    """A text with its placeholders filled in; what looks like one and isn't stays as it was written."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), words)


def write(
    template: str,
    application: Application,
    *,
    now: datetime,
    note: str = "",
    until: datetime | None = None,
    to: str = "",
) -> None:
    """Queue the mail `templates/mail/applications/<template>.txt` to the applicant, in a language of theirs.

    `to` is the address of somebody else at the organisation.
    """
    reader = to or application.email
    contact = next((one for one in application.organisation.contacts if one.email == to), None)
    message = mail.queue(
        f"applications/{template}",
        to=reader,
        language=page_language(contact.language if contact else application.language),
        now=now,
        about=f"application:{application.code}",
        **_values(application, link=new_link(application, to=reader, now=now), note=note, until=until),
    )
    if template in WITH_DATES:
        message.calendar = dates_of(application, now=now)


def dates_of(application: Application, *, now: datetime) -> str:
    """The days on which an application takes part, as an iCalendar file in the applicant's language."""
    days = frozenset(day_numbers(application.days))
    with speaking(page_language(application.language)):
        return calendar_of(application.edition, days=days, now=now)


def preview(template: str, application: Application, *, note: str = "") -> tuple[str, str]:
    """Subject and text of a mail as it would go to the applicant, the link left out: nothing is queued, no link made."""
    return mail.written(
        f"applications/{template}",
        page_language(application.language),
        **_values(application, link="…", note=note, until=None),
    )


def _values(application: Application, *, link: str, note: str, until: datetime | None) -> dict[str, Any]:
    return {
        "application": application,
        "organisation": application.organisation,
        "edition": application.edition,
        "link": link,
        "note": note,
        "until": until,
    }
