"""Mails about an application, each with a link of its own that opens it on any device."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace

from sqlalchemy import delete, select

from eventsys.applications import panels
from eventsys.applications.models import ApplicantLink, Application
from eventsys.applications.rules.states import State
from eventsys.applications.rules.wordings import WITH_NOTE, Letter, Words
from eventsys.applications.texts import FIELDS
from eventsys.base.db import db
from eventsys.base.i18n import LANGUAGES, in_language, page_language, short_moment
from eventsys.base.ids import hash_of, new_token
from eventsys.base.rendering import address_of, speaking
from eventsys.editions.calendar import calendar_of
from eventsys.editions.models import Edition
from eventsys.editions.rules import day_numbers
from eventsys.mail import actions as mail
from eventsys.mail import queries as written_words
from eventsys.organisations.models import Organisation

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


def forget_links_to(organisation: Organisation, email: str) -> None:
    """Let somebody open an organisation's applications no more by what they were mailed, but for those written to them."""
    others = select(Application.id).where(Application.organisation_id == organisation.id, Application.email != email)
    db.session.execute(
        delete(ApplicantLink).where(ApplicantLink.email == email, ApplicantLink.application_id.in_(others))
    )


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
    """Queue a mail to the applicant, in a language of theirs: the organisers' words, else `templates/mail/applications/`.

    `to` is the address of somebody else at the organisation.
    """
    reader = to or application.email
    language = language_of(application, reader)
    link = new_link(application, to=reader, now=now)
    subject, text = composed(Letter(template, language), application, Told(link, note, until))
    message = mail.queue_text(
        subject, text, to=reader, language=language, now=now, about=f"application:{application.code}",
        template=f"applications/{template}",
    )  # fmt: skip
    if template in WITH_DATES:
        message.calendar = dates_of(application, now=now)


def language_of(application: Application, reader: str) -> str:
    """The language in which somebody at the organisation reads: of the application for whom it is written to."""
    contact = next((one for one in application.organisation.contacts if one.email == reader), None)
    is_other = contact is not None and reader != application.email
    return page_language(contact.language if contact is not None and is_other else application.language)


@dataclass(frozen=True, slots=True)
class Told:
    """What goes into a mail beside what the application tells."""

    link: str = "…"
    note: str = ""
    until: datetime | None = None


def composed(letter: Letter, application: Application, told: Told) -> Words:
    """Subject and text of a mail about an application."""
    template, language = letter
    wording = written_words.wording(scope_of(application.edition), template, language)
    if wording is None:
        values = {
            "application": application,
            "organisation": application.organisation,
            "edition": application.edition,
            "link": told.link,
            "note": told.note,
            "until": _until(told, language),
            "may_return": application.submitted_at is not None and not panels.is_settled(application.edition),
        }
        return Words(*mail.written(f"applications/{template}", language, **values))
    # What the organisers' words have no place for is told all the same.
    more = f"\n\n{told.note}" if template not in WITH_NOTE else ""
    return worded(Words(wording.subject, f"{wording.text}{more}"), application, language, told=told)


def worded(words: Words, application: Application, language: str, *, told: Told) -> Words:
    """The organisers' own words with what is in braces filled in."""
    values = {
        "organisation": application.organisation.name,
        "reference": application.reference,
        "edition": in_language(application.edition.name, language),
        "link": told.link,
        "note": told.note,
        "until": _until(told, language),
    }
    # An empty note leaves no hole.
    return Words(filled(words.subject, values), re.sub(r"\n{3,}", "\n\n", filled(words.text, values)).strip())


def _until(told: Told, language: str) -> str:
    with speaking(language):
        return short_moment(told.until) if told.until else "…"


def standard(letter: Letter, edition: Edition) -> Words:
    """The program's own words of a mail with braces where something is filled in: what organisers begin from."""
    names = dict.fromkeys(LANGUAGES, "{edition}")
    like_edition = SimpleNamespace(
        name=names, contact_email=edition.contact_email, call_closes_at=edition.call_closes_at
    )
    subject, text = mail.written(
        f"applications/{letter.template}",
        letter.language,
        application=SimpleNamespace(reference="{reference}", announced_state=State.DRAFT),
        organisation=SimpleNamespace(name="{organisation}"),
        edition=like_edition,
        link="{link}",
        note="{note}" if letter.template in WITH_NOTE else "",
        until="{until}",
        may_return=True,
    )
    return Words(subject, text)


def scope_of(edition: Edition) -> str:
    """Whose mails these are, as the words of their own are kept."""
    return f"edition:{edition.slug}"


def dates_of(application: Application, *, now: datetime) -> str:
    """The days on which an application takes part, as an iCalendar file in the applicant's language."""
    days = frozenset(day_numbers(application.days))
    with speaking(page_language(application.language)):
        return calendar_of(application.edition, days=days, now=now)


def preview(template: str, application: Application, *, note: str = "") -> tuple[str, str]:
    """Subject and text of a mail as it would go to the applicant, the link left out: nothing is queued, no link made."""
    return composed(Letter(template, page_language(application.language)), application, Told(note=note))


def without_links(text: str) -> str:
    """A mail's text as the team may read it: a link that opens an application, or lets somebody in, is for its reader alone."""
    base = address_of("applications.lost_link").removesuffix("link")
    return re.sub(rf"{re.escape(base)}(link|access)/\S+", rf"{base}\1/…", text)


def note_of(application: Application) -> str:
    """What is told with the decision that is staged or was told last: the note, then the fields that are asked for."""
    asked = application.asked if application.state is State.CHANGES_REQUESTED else {}
    with speaking(page_language(application.language)):
        fields = [f"– {FIELDS[field]}{f': {word}' if word else ''}" for field, word in asked.items()]
    return "\n\n".join(part for part in (application.decision_note, "\n".join(fields)) if part)
