"""What organisers add to an application for each other: notes, tags, who is to look at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from eventsys.accounts.models import User
from eventsys.applications import queries
from eventsys.applications.models import Application, ApplicationTag, AssignedReviewer, Note, Tag
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.fields import LONGEST_TEXT, line_of
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.i18n import page_language
from eventsys.base.refusals import Refusal
from eventsys.base.rendering import address_of
from eventsys.editions.models import Edition
from eventsys.mail import actions as mail

LONGEST_TAG = 40
MOST_NAMES = 20


def write_note(application: Application, written: str, *, by: User, now: datetime) -> Note:
    """Keep a note for the team. Refusal: MISSING, TOO_LONG, CONTROL_CHARACTER."""
    text = line_of(written, "text", longest=LONGEST_TEXT)
    if not text:
        raise Refusal(Code.MISSING, field="text")
    note = Note(application_id=application.id, user_id=by.id, written_at=now, text=text)
    db.session.add(note)
    _record("applications.note_added", application, by=by, now=now)
    return note


def remove_note(application: Application, note: Note, *, by: User, now: datetime) -> None:
    """Take one's own note away. Refusal(NOT_YOURS)."""
    if note.user_id != by.id:
        raise Refusal(Code.NOT_YOURS)
    db.session.delete(note)
    _record("applications.note_removed", application, by=by, now=now)


def tag_called(edition: Edition, written: str) -> Tag:
    """The edition's tag with this name, made when there is none; small and large letters are one.

    Refusal: MISSING, TOO_LONG, CONTROL_CHARACTER.
    """
    name = line_of(written, "tag")
    if not name:
        raise Refusal(Code.MISSING, field="tag")
    if len(name) > LONGEST_TAG:
        raise Refusal(Code.TOO_LONG, field="tag", length=len(name), longest=LONGEST_TAG)
    tag = queries.tag_named(edition, name)
    if tag is None:
        tag = Tag(edition_id=edition.id, name=name)
        db.session.add(tag)
        db.session.flush()  # What is tagged needs its key.
    return tag


def add_tag(application: Application, tag: Tag, *, by: User, now: datetime) -> None:
    """Stick a tag on an application; once is enough."""
    if tag.id not in {stuck.id for stuck in queries.tags_of(application)}:
        db.session.add(ApplicationTag(application_id=application.id, tag_id=tag.id))
        _record("applications.tag_added", application, by=by, now=now, detail=tag.code)


def remove_tag(application: Application, tag: Tag, *, by: User, now: datetime) -> None:
    """Take a tag off an application; a tag that is left on none of them is offered no more, and the history knows it still."""
    db.session.execute(
        delete(ApplicationTag).where(ApplicationTag.application_id == application.id, ApplicationTag.tag_id == tag.id)
    )
    _record("applications.tag_removed", application, by=by, now=now, detail=tag.code)


def assign(application: Application, reviewer: User, *, by: User, now: datetime) -> bool:
    """Ask somebody of the team to look at an application; once is enough. Gives whether they weren't asked before."""
    is_new = reviewer.id not in {one.id for one in queries.reviewers_of(application)}
    if is_new:
        db.session.add(AssignedReviewer(application_id=application.id, user_id=reviewer.id))
        _record("applications.reviewer_assigned", application, by=by, now=now, detail=str(reviewer.id))
    return is_new


def tell_reviewer(reviewer: User, edition: Edition, names: Sequence[str], *, by: User, now: datetime) -> None:
    """Mail somebody what they are asked to look at, unless they ask themselves."""
    if names and reviewer.id != by.id:
        mail.queue(
            "applications/asked_to_look",
            to=reviewer.email,
            language=page_language(reviewer.language),
            now=now,
            about=f"edition:{edition.slug}",
            edition=edition,
            reviewer=reviewer,
            names=names[:MOST_NAMES],
            more=len(names[MOST_NAMES:]),
            link=address_of("applications.index", edition=edition, reviewer=reviewer.id),
        )


def unassign(application: Application, reviewer: User, *, by: User, now: datetime) -> None:
    """Ask somebody no longer."""
    db.session.execute(
        delete(AssignedReviewer).where(
            AssignedReviewer.application_id == application.id, AssignedReviewer.user_id == reviewer.id
        )
    )
    _record("applications.reviewer_removed", application, by=by, now=now, detail=str(reviewer.id))


def _record(act: str, application: Application, *, by: User, now: datetime, detail: str = "") -> None:
    record(act, "application", application.code, by=Actor("user", str(by.id)), now=now, detail=detail)
