"""Reading applications: one, all of an edition, those under review, their history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, exists, func, or_, select

from eventsys.accounts.models import User
from eventsys.applications.models import ApplicantLink, Application, Transition
from eventsys.applications.rules.completeness import Told
from eventsys.applications.rules.states import DONE, OPEN, State
from eventsys.audit.models import AuditEntry
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.rules.names import name_key

IS_STAGED = Application.state != Application.announced_state
OF_APPLICATION = (
    "code", "reference", "state", "announced_state", "submitted_at", "width_cm", "power_watts", "sells_food",
)  # fmt: skip


def find(code: str, *, is_locked: bool = False) -> Application | None:
    """The application with this code, if there is one; locked until the transaction ends for who means to change it."""
    query = select(Application).where(Application.code == code)
    return db.session.scalar(query.with_for_update(of=Application) if is_locked else query)


def find_in(edition: Edition, code: str, *, is_locked: bool = False) -> Application | None:
    """An edition's application with this code; locked until the transaction ends for who means to decide on it."""
    query = select(Application).where(Application.edition_id == edition.id, Application.code == code)
    return db.session.scalar(query.with_for_update(of=Application) if is_locked else query)


def all_of(edition: Edition) -> Sequence[Application]:
    """Every application of an edition, drafts too, in order of their references."""
    return db.session.scalars(
        select(Application).where(Application.edition_id == edition.id).order_by(Application.reference)
    ).all()


def approved_of(edition: Edition) -> Sequence[Application]:
    """Those that are in, as everybody was told: what booths, passes, catalogue and survey start from. By reference."""
    return db.session.scalars(
        select(Application)
        .where(Application.edition_id == edition.id, Application.announced_state == State.APPROVED)
        .order_by(Application.reference)
    ).all()


PAGE_SIZE = 50


class Sort(StrEnum):
    """In which order the review list stands."""

    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"
    REFERENCE = "reference"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the review list is narrowed to. `text` is looked for in reference, names and mail address."""

    state: State | None = None
    kind: Kind | None = None
    text: str = ""
    is_staged: bool = False
    sort: Sort = Sort.NEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the review list."""

    code: str
    reference: str
    name: str
    native_name: str
    kind: Kind
    state: State
    announced_state: State
    submitted_at: datetime | None
    width_cm: int | None
    power_watts: int | None
    sells_food: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of the review list: which page of how many, and how many lines there are in all."""

    rows: list[Row]
    number: int
    pages: int
    total: int


def page_of(edition: Edition, choice: Choice, *, number: int) -> Page:
    """A page of the review list; a number outside the list gives its first or last page."""
    chosen = _chosen(edition, choice)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, number), pages)
    listed = chosen.order_by(*_order(choice.sort)).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return Page([Row(**row) for row in db.session.execute(listed).mappings()], number, pages, total)


def _chosen(edition: Edition, choice: Choice) -> Select[Any]:
    query = (
        select(*(getattr(Application, name) for name in OF_APPLICATION))
        .add_columns(Organisation.name, Organisation.native_name, Organisation.kind)
        .join(Organisation, Application.organisation_id == Organisation.id)
        .where(Application.edition_id == edition.id)
    )
    if choice.state is not None:
        query = query.where(Application.state == choice.state)
    if choice.kind is not None:
        query = query.where(Organisation.kind == choice.kind)
    if choice.is_staged:
        query = query.where(IS_STAGED)
    for word in choice.text.split():
        query = query.where(
            or_(
                Organisation.name_key.contains(name_key(word) or word, autoescape=True),
                Organisation.native_name.icontains(word, autoescape=True),
                Application.reference.icontains(word, autoescape=True),
                Application.email.icontains(word, autoescape=True),
            )
        )
    return query


def _order(sort: Sort) -> tuple[Any, ...]:
    return {
        Sort.NEWEST: (Application.submitted_at.desc().nulls_last(), Application.id.desc()),
        Sort.OLDEST: (Application.submitted_at.asc().nulls_last(), Application.id),
        Sort.NAME: (Organisation.name_key, Application.id),
        Sort.REFERENCE: (Application.reference,),
        Sort.CHANGED: (Application.changed_at.desc(), Application.id.desc()),
    }[sort]


def counts_of(edition: Edition) -> dict[tuple[State, Kind], int]:
    """How many applications of an edition stand where, by state and kind."""
    counted = db.session.execute(
        select(Application.state, Organisation.kind, func.count())
        .join(Organisation, Application.organisation_id == Organisation.id)
        .where(Application.edition_id == edition.id)
        .group_by(Application.state, Organisation.kind)
    )
    return {(state, kind): number for state, kind, number in counted}


def staged_count_of(edition: Edition) -> int:
    """How many decisions are staged and not yet told."""
    query = select(func.count()).select_from(Application).where(Application.edition_id == edition.id, IS_STAGED)
    return db.session.scalar(query) or 0


def next_waitlist_rank(application: Application) -> int:
    """The rank behind everybody who waits for a place of the same kind at the same edition."""
    last = db.session.scalar(
        select(func.max(Application.waitlist_rank))
        .join(Application.organisation)
        .where(
            Application.edition_id == application.edition_id,
            Organisation.kind == application.organisation.kind,
        )
    )
    return (last or 0) + 1


def submitted_of(edition: Edition) -> Sequence[Application]:
    """Those that wait for a decision, the first sent first; locked for who means to decide."""
    return db.session.scalars(
        select(Application)
        .where(Application.edition_id == edition.id, Application.state == State.SUBMITTED)
        .order_by(Application.submitted_at, Application.reference)
        .with_for_update(of=Application)
    ).all()


def staged_of(edition: Edition, *, is_locked: bool = False) -> Sequence[Application]:
    """Those with a decision that nobody outside the team was told yet, by outcome and reference."""
    query = (
        select(Application)
        .where(Application.edition_id == edition.id, IS_STAGED)
        .order_by(Application.state, Application.reference)
    )
    return db.session.scalars(query.with_for_update(of=Application) if is_locked else query).all()


def by_reference(edition: Edition) -> dict[str, Application]:
    """Every application of an edition under its reference."""
    return {application.reference: application for application in all_of(edition)}


def is_reference_taken(edition: Edition, reference: str) -> bool:
    """Whether an application of the edition has this reference."""
    found = exists().where(Application.edition_id == edition.id, Application.reference == reference)
    return bool(db.session.scalar(select(found)))


def open_of(organisation: Organisation, edition: Edition) -> Application | None:
    """The one application of an organisation that is neither rejected nor withdrawn, if it has one."""
    return db.session.scalar(
        select(Application).where(
            Application.edition_id == edition.id,
            Application.organisation_id == organisation.id,
            Application.state.in_(OPEN),
        )
    )


def has_confirmed(organisation: Organisation) -> bool:
    """Whether an organisation has, in any edition, an application whose mail address is known to be theirs."""
    confirmed = exists().where(
        Application.organisation_id == organisation.id, Application.email_confirmed_at.is_not(None)
    )
    return bool(db.session.scalar(select(confirmed)))


def reached_by(email: str, *, since: datetime) -> Sequence[Application]:
    """Applications that are written to at a mail address, of editions that begin after a moment; the newest first."""
    return db.session.scalars(
        select(Application)
        .join(Application.edition)
        .where(Application.email == email, Edition.starts_on >= since.date())
        .order_by(Application.id.desc())
    ).all()


def link(token_hash: str, *, now: datetime) -> ApplicantLink | None:
    """A mailed link that still opens."""
    return db.session.scalar(
        select(ApplicantLink).where(ApplicantLink.token_hash == token_hash, ApplicantLink.expires_at > now)
    )


def get(application_id: int) -> Application:
    """The application with this key, which is known to be there."""
    return db.session.get_one(Application, application_id)


def history_of(application: Application) -> Sequence[Transition]:
    """The steps of an application, the first one first."""
    return db.session.scalars(
        select(Transition).where(Transition.application_id == application.id).order_by(Transition.id)
    ).all()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that happened to an application: what (`applications.changed`), to which fields, with which words."""

    at: datetime
    actor: str
    user_name: str
    act: str
    detail: str
    note: str


def story_of(application: Application) -> list[Entry]:
    """All that happened to an application, the first thing first."""
    entries = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_kind == "application", AuditEntry.subject_code == application.code)
        .order_by(AuditEntry.id)
    ).all()
    notes = {(step.at, f"applications.{DONE[step.act]}"): step.note for step in history_of(application)}
    keys = [int(key) for entry in entries for kind, _, key in [entry.actor.partition(":")] if kind == "user"]
    names = {
        f"user:{key}": name for key, name in db.session.execute(select(User.id, User.name).where(User.id.in_(keys)))
    }
    return [
        Entry(
            at=entry.at,
            actor=entry.actor.partition(":")[0],
            user_name=names.get(entry.actor, ""),
            act=entry.act,
            detail=entry.detail,
            note=notes.get((entry.at, entry.act), ""),
        )
        for entry in entries
    ]


def told_note_of(application: Application) -> str:
    """The words that came with what was last told, not those of a decision that is still staged."""
    note = db.session.scalar(
        select(Transition.note)
        .where(Transition.application_id == application.id, Transition.to_state == application.announced_state)
        .order_by(Transition.id.desc())
        .limit(1)
    )
    return note or ""


def has_namesake(application: Application) -> bool:
    """Whether another organisation with the same folded name has sent an application that is still open."""
    other = (
        select(func.count())
        .select_from(Application)
        .join(Application.organisation)
        .where(
            Application.edition_id == application.edition_id,
            Application.id != application.id,
            Organisation.name_key == application.organisation.name_key,
            Application.state.in_(OPEN),
            Application.state != State.DRAFT,
        )
    )
    return bool(db.session.scalar(other))


def told_by(application: Application) -> Told:
    """What an application tells, as the rules about completeness read it."""
    return Told(
        kind=application.organisation.kind,
        name=application.organisation.name,
        days=application.days,
        crew=application.crew,
        width_cm=application.width_cm,
        power_watts=application.power_watts,
        sells_food=application.sells_food,
        cuisine=application.cuisine,
        allergens=application.allergens,
        food_registration=application.food_registration,
        uses_gas=application.uses_gas,
        uses_open_fire=application.uses_open_fire,
        has_about=any(application.about.values()),
        has_consented=application.consented_at is not None,
    )
