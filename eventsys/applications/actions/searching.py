"""Keeping the words by which an application is found beside it, whenever what they come from changes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from eventsys.applications import queries
from eventsys.applications.models import Application, Dish
from eventsys.applications.rules.searching import search_text
from eventsys.base.db import db
from eventsys.organisations.models import Contact, Organisation


def refresh(application: Application, organisation: Organisation) -> None:
    """Write the search text anew. Persons' names and numbers are in it, so it is kept no longer than they are."""
    people = [word for contact in organisation.contacts for word in (contact.name, contact.email, contact.phone)]
    may_have_dishes = bool(application.sells_food) and inspect(application).has_identity
    # What isn't given yet is None here: defaults come with the first flush.
    application.search_text = search_text(
        (
            application.reference, organisation.name, organisation.native_name, organisation.cvr, organisation.area,
            application.email, *people, application.cuisine, application.food_registration,
            *(application.about or {}).values(), application.near_wish, application.apart_wish,
            *(dish.name for dish in (queries.dishes_of(application) if may_have_dishes else ())),
        )
    )  # fmt: skip


def _of(changed: Any) -> list[tuple[Application, Organisation]]:
    """The applications whose words a changed row belongs to."""
    if isinstance(changed, Application):
        # A row that is not stored yet may know its organisation by the key alone.
        known = changed.__dict__.get("organisation") or db.session.get(Organisation, changed.organisation_id)
        return [(changed, known)] if known is not None else []
    if isinstance(changed, Dish):
        application = db.session.get(Application, changed.application_id)
        return _of(application) if application is not None else []
    if isinstance(changed, Contact):
        changed = db.session.get(Organisation, changed.organisation_id) if changed.organisation_id else None
    if isinstance(changed, Organisation) and changed.id is not None:
        return [(application, changed) for application in queries.every_of(changed)]
    return []


def _before_flush(session: Session, _context: object, _instances: object) -> None:
    changed = [
        row for row in (*session.new, *session.dirty) if isinstance(row, Application | Dish | Contact | Organisation)
    ]
    with session.no_autoflush:
        found = {
            id(application): (application, organisation) for row in changed for application, organisation in _of(row)
        }
        for application, organisation in found.values():
            refresh(application, organisation)


event.listen(Session, "before_flush", _before_flush)
