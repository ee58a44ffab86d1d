"""Saved views of the review list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from eventsys.accounts.models import User
from eventsys.applications import queries
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

    Refusal: MISSING, TOO_LONG, NAME_TWICE (of two with one name nobody knows which is which).
    """
    if not name:
        raise Refusal(Code.MISSING, field="name")
    if len(name) > LONGEST_NAME:
        raise Refusal(Code.TOO_LONG, field="name", length=len(name), longest=LONGEST_NAME)
    known = queries.views_of(edition, owner) if owner else queries.shared_views_of(edition)
    if any(one.name.casefold() == name.casefold() for one in known):
        raise Refusal(Code.NAME_TWICE, field="name", name=name)
    view = SavedView(edition_id=edition.id, user_id=owner.id if owner else None, name=name, choice=dict(choice))
    db.session.add(view)
    db.session.flush()  # The audit entry names its code.
    record("applications.view_saved", "view", view.code, by=by, now=now)
    return view


def remove_view(view: SavedView, *, is_organiser: bool, by: Actor, now: datetime) -> None:
    """Forget a saved view; the applications in it are untouched. Refusal(NOT_YOURS): the team's views are the organisers'."""
    if view.user_id is None and not is_organiser:
        raise Refusal(Code.NOT_YOURS)
    db.session.delete(view)
    record("applications.view_removed", "view", view.code, by=by, now=now)
