"""Saved views of the review list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from eventsys.accounts.models import User
from eventsys.applications.models import SavedView
from eventsys.applications.rules.codes import Code
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition

LONGEST_NAME = 80


def save_view(
    edition: Edition, name: str, choice: Mapping[str, str], *, owner: User | None, by: Actor, now: datetime
) -> SavedView:
    """Keep what the list is narrowed to under a name, for one person or (without owner) for the team.

    Refusal: MISSING, TOO_LONG.
    """
    if not name:
        raise Refusal(Code.MISSING, field="name")
    if len(name) > LONGEST_NAME:
        raise Refusal(Code.TOO_LONG, field="name", length=len(name), longest=LONGEST_NAME)
    view = SavedView(edition_id=edition.id, user_id=owner.id if owner else None, name=name, choice=dict(choice))
    db.session.add(view)
    db.session.flush()  # The audit entry names its code.
    record("applications.view_saved", "view", view.code, by=by, now=now)
    return view


def remove_view(view: SavedView, *, by: Actor, now: datetime) -> None:
    """Forget a saved view; the applications in it are untouched."""
    db.session.delete(view)
    record("applications.view_removed", "view", view.code, by=by, now=now)
