"""Documents and logos of an application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from eventsys.applications import queries
from eventsys.applications.actions import keeping
from eventsys.applications.models import Application, Attachment
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.parts import MOST_ATTACHMENTS, AttachmentPurpose
from eventsys.applications.rules.states import State
from eventsys.audit.actions import Actor
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.files import actions as files


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came: its content, and what it was called where it came from."""

    content: bytes
    name: str


def attach(
    application: Application,
    sent: Sent,
    purpose: AttachmentPurpose,
    *,
    folder: Path,
    expires_on: date | None,
    by: Actor,
    now: datetime,
) -> Attachment:
    """Keep a document; a logo takes the place of an earlier one.

    Refusal: CALL_CLOSED, NOT_NOW, TOO_MANY_DOCUMENTS, and those of `files`.
    """
    keeping.note_documents(application, by=by, now=now)
    there = queries.attachments_of(application)
    is_logo = purpose is AttachmentPurpose.LOGO
    if len(there) >= MOST_ATTACHMENTS:
        raise Refusal(Code.TOO_MANY_DOCUMENTS, field="file", most=MOST_ATTACHMENTS)
    stored = files.store(sent.content, sent.name, folder=folder, now=now, must_be_picture=is_logo)
    for earlier in there:
        if is_logo and earlier.purpose is AttachmentPurpose.LOGO:
            _remove(earlier, folder=folder)
    added = Attachment(application_id=application.id, file=stored, purpose=purpose, expires_on=expires_on, added_at=now)
    db.session.add(added)
    return added


def detach(application: Application, attachment: Attachment, *, folder: Path, by: Actor, now: datetime) -> None:
    """Remove a document for good; who is in may remove only the logo. Refusal: CALL_CLOSED, NOT_NOW, DOCUMENT_DECIDED."""
    keeping.note_documents(application, by=by, now=now)
    if application.announced_state is State.APPROVED and attachment.purpose is not AttachmentPurpose.LOGO:
        raise Refusal(Code.DOCUMENT_DECIDED)
    _remove(attachment, folder=folder)


def _remove(attachment: Attachment, *, folder: Path) -> None:
    stored = attachment.file
    db.session.delete(attachment)
    db.session.flush()  # The file goes after what refers to it.
    files.remove(stored, folder=folder)
