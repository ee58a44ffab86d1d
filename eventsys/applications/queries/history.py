"""What happened to an application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventsys.accounts.models import User
from eventsys.applications.models import Amendment, Application, Revision, Tag, Transition
from eventsys.applications.rules.states import DONE
from eventsys.audit.models import AuditEntry
from eventsys.base.db import db


def history_of(application: Application) -> Sequence[Transition]:
    """The steps of an application, the first one first."""
    return db.session.scalars(
        select(Transition).where(Transition.application_id == application.id).order_by(Transition.id)
    ).all()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that happened to an application: what (`applications.changed`), to which fields, with which words."""

    at: datetime
    # `user`, `applicant` …; `by` names the one (`user:3`).
    actor: str
    by: str
    user_name: str
    act: str
    detail: str
    note: str
    # Where it led from one state to another, and what the team kept to itself.
    step: Transition | None
    # Which tag, or whom of the team it was about.
    about: str


WITH_TAG = frozenset({"applications.tag_added", "applications.tag_removed"})
WITH_REVIEWER = frozenset({"applications.reviewer_assigned", "applications.reviewer_removed"})


def story_of(application: Application) -> list[Entry]:
    """All that happened to an application, the first thing first."""
    entries = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_kind == "application", AuditEntry.subject_code == application.code)
        .order_by(AuditEntry.id)
    ).all()
    taken = {(step.at, f"applications.{DONE[step.act]}"): step for step in history_of(application)}
    notes = {key: step.note for key, step in taken.items()}
    amendments = db.session.scalars(select(Amendment).where(Amendment.application_id == application.id))
    notes |= {(one.closed_at, f"applications.amendment_{one.outcome}"): one.note for one in amendments if one.closed_at}
    named = _named_in(application, entries)
    keys = [int(key) for entry in entries for kind, _, key in [entry.actor.partition(":")] if kind == "user"]
    names = {
        f"user:{key}": name for key, name in db.session.execute(select(User.id, User.name).where(User.id.in_(keys)))
    }
    return [
        Entry(
            at=entry.at,
            actor=entry.actor.partition(":")[0],
            by=entry.actor,
            user_name=names.get(entry.actor, ""),
            act=entry.act,
            detail=entry.detail,
            note=notes.get((entry.at, entry.act), ""),
            step=taken.get((entry.at, entry.act)),
            about=_about(entry, named),
        )
        for entry in entries
    ]


def changed_since(application: Application, moment: datetime | None) -> frozenset[str]:
    """The fields that the applicant has changed after a moment; none where there is no moment."""
    if moment is None:
        return frozenset()
    details = db.session.scalars(
        select(AuditEntry.detail).where(
            AuditEntry.subject_kind == "application",
            AuditEntry.subject_code == application.code,
            AuditEntry.act == "applications.changed",
            AuditEntry.at > moment,
        )
    )
    return frozenset(field for detail in details for field in detail.split(", "))


def _named_in(application: Application, entries: Sequence[AuditEntry]) -> dict[str, str]:
    """The names behind what entries are about: tags by their codes, people by their keys."""
    tags = db.session.execute(select(Tag.code, Tag.name).where(Tag.edition_id == application.edition_id))
    people = [int(entry.detail) for entry in entries if entry.act in WITH_REVIEWER and entry.detail.isdecimal()]
    users = db.session.execute(select(User.id, User.name).where(User.id.in_(people)))
    return {row[0]: row[1] for row in tags} | {str(key): name for key, name in users}


def _about(entry: AuditEntry, named: Mapping[str, str]) -> str:
    return named.get(entry.detail, "") if entry.act in WITH_TAG | WITH_REVIEWER else ""


def revisions_of(application: Application) -> dict[datetime, list[dict[str, Any]]]:
    """What an applicant changed after sending: field → before and after, as the database holds them; by the moment, in their order."""
    revisions = db.session.scalars(
        select(Revision).where(Revision.application_id == application.id).order_by(Revision.id)
    )
    found: dict[datetime, list[dict[str, Any]]] = {}
    for revision in revisions:
        found.setdefault(revision.at, []).append(revision.changes)
    return found
