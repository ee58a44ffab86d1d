"""Mails about an application, each with a link of its own that opens it on any device."""

from __future__ import annotations

from datetime import datetime, timedelta

from eventsys.applications.models import ApplicantLink, Application
from eventsys.base.db import db
from eventsys.base.i18n import page_language
from eventsys.base.ids import hash_of, new_token
from eventsys.base.rendering import address_of
from eventsys.mail import actions as mail

LINK_LASTS = timedelta(days=60)
AFTER_LAST_DAY = timedelta(days=14)


def new_link(application: Application, *, now: datetime) -> str:
    """The address that opens an application: for sixty days, and until two weeks after the edition's last day."""
    token = new_token()
    last_day = max((day.closes_at for day in application.edition.days), default=now)
    db.session.add(
        ApplicantLink(
            application_id=application.id,
            token_hash=hash_of(token),
            created_at=now,
            expires_at=max(now + LINK_LASTS, last_day + AFTER_LAST_DAY),
        )
    )
    return address_of("applications.open_link", token=token)


def write(
    template: str, application: Application, *, now: datetime, note: str = "", until: datetime | None = None
) -> None:
    """Queue the mail `templates/mail/applications/<template>.txt` to the applicant, in a language of theirs."""
    mail.queue(
        f"applications/{template}",
        to=application.email,
        language=page_language(application.language),
        now=now,
        about=f"application:{application.code}",
        application=application,
        organisation=application.organisation,
        edition=application.edition,
        link=new_link(application, now=now),
        note=note,
        until=until,
    )
