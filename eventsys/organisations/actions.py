"""Writing organisations: make one known, put its facts right, keep whom to reach there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.ids import new_code
from eventsys.base.refusals import Refusal
from eventsys.organisations import queries
from eventsys.organisations.models import Contact, Organisation
from eventsys.organisations.rules.codes import Code
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.rules.names import name_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an organisation tells of itself. `cvr` is eight digits or None, `is_minority_association` None when not stated."""

    name: str
    native_name: str = ""
    cvr: str | None = None
    area: str = ""
    is_minority_association: bool | None = None


def create(facts: Facts, *, kind: Kind, by: Actor, now: datetime) -> Organisation:
    """Make an organisation known. Refusal(CVR_TAKEN) when another one has its company number."""
    check_cvr(facts.cvr, of=None)
    organisation = Organisation(
        code=new_code(),
        kind=kind,
        name=facts.name,
        name_key=name_key(facts.name),
        native_name=facts.native_name,
        cvr=facts.cvr,
        area=facts.area,
        is_minority_association=facts.is_minority_association,
        created_at=now,
        contacts=[],
    )
    db.session.add(organisation)
    record("organisations.created", "organisation", organisation.code, by=by, now=now)
    return organisation


def change(organisation: Organisation, facts: Facts, *, by: Actor, now: datetime) -> list[str]:
    """Keep what it tells of itself now; returns the names of what changed. Refusal(CVR_TAKEN)."""
    check_cvr(facts.cvr, of=organisation)
    changed = [name for name in Facts.__slots__ if getattr(organisation, name) != getattr(facts, name)]
    for name in changed:
        setattr(organisation, name, getattr(facts, name))
    organisation.name_key = name_key(organisation.name)
    if changed:
        record("organisations.changed", "organisation", organisation.code, by=by, now=now, detail=", ".join(changed))
    return changed


def check_cvr(cvr: str | None, *, of: Organisation | None) -> None:
    """Refusal(CVR_TAKEN) when another organisation than this one has the company number."""
    if cvr is None:
        return
    holder = queries.by_cvr(cvr)
    if holder is not None and holder is not of:
        raise Refusal(Code.CVR_TAKEN, field="cvr", cvr=cvr)


def reach(organisation: Organisation, email: str, *, language: str, name: str = "", phone: str = "") -> Contact:
    """The person with this mail address (small letters), kept with the name and phone that are told; the first is primary."""
    contact = next((known for known in organisation.contacts if known.email == email), None)
    if contact is None:
        contact = Contact(email=email, name="", phone="", language=language, is_primary=not organisation.contacts)
        organisation.contacts.append(contact)
    contact.name, contact.phone, contact.language = name or contact.name, phone or contact.phone, language
    return contact


def forget(organisation: Organisation, contact: Contact) -> None:
    """Reach a person no longer. The first contact stays: somebody must be reached."""
    if not contact.is_primary:
        organisation.contacts.remove(contact)
        db.session.delete(contact)


def drop(organisation: Organisation, *, by: Actor, now: datetime) -> None:
    """Forget an organisation that nothing belongs to any more, with whom we reached there."""
    for contact in list(organisation.contacts):
        db.session.delete(contact)
    db.session.flush()
    db.session.delete(organisation)
    record("organisations.dropped", "organisation", organisation.code, by=by, now=now)
