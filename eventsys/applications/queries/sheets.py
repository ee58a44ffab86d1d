"""Spreadsheets that organisers brought in."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import literal, or_, select, union

from eventsys.applications.models import ApplicantLink, Application, ApplicationTag, AssignedReviewer, Note, SheetImport
from eventsys.applications.rules.own_columns import OwnColumn
from eventsys.applications.rules.sheets import ON_ITS_WAY, SheetState, Stays
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.base.i18n import in_language
from eventsys.editions.models import Edition
from eventsys.mail.models import Message
from eventsys.organisations.rules.names import name_key
from eventsys.questions import queries as questions
from eventsys.questions.models import Question


def sheets_of(edition: Edition, most: int = 10) -> Sequence[SheetImport]:
    """The latest spreadsheets of an edition."""
    return db.session.scalars(
        select(SheetImport).where(SheetImport.edition_id == edition.id).order_by(SheetImport.id.desc()).limit(most)
    ).all()


def sheet(edition: Edition, code: str, *, is_locked: bool = False) -> SheetImport | None:
    """One spreadsheet; locked until the transaction ends for who means to change it."""
    query = select(SheetImport).where(SheetImport.edition_id == edition.id, SheetImport.code == code)
    return db.session.scalar(query.with_for_update(of=SheetImport) if is_locked else query)


def next_sheet() -> SheetImport | None:
    """The oldest spreadsheet that is tried or on its way, in or out; locked for this worker where the database can."""
    return db.session.scalar(
        select(SheetImport)
        .where(SheetImport.state.in_(ON_ITS_WAY | {SheetState.TRYING}))
        .order_by(SheetImport.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=SheetImport)
    )


def columns_before(edition: Edition) -> dict[str, str]:
    """What the headings of the last spreadsheet that was taken in were, at this event's editions; empty ones left out."""
    last = db.session.scalar(
        select(SheetImport)
        .join(Edition, SheetImport.edition_id == Edition.id)
        .where(Edition.event_id == edition.event_id, SheetImport.state == SheetState.FINISHED)
        .order_by(SheetImport.id.desc())
        .limit(1)
    )
    return {heading: column for heading, column in (last.columns if last else {}).items() if column}


def stays_of(edition: Edition, codes: Sequence[str], *, judged: Collection[int]) -> dict[str, Stays]:
    """Which of the applications with these codes somebody has touched since they came in, and how.

    `judged` are the keys of those about which a later part keeps words.
    """
    team = union(*(select(part.application_id) for part in (Note, ApplicationTag, AssignedReviewer)))
    about = literal("application:") + Application.code
    rows = db.session.execute(
        select(
            Application.id, Application.code, Application.state, Application.announced_state,
            (Application.changed_at != Application.created_at).label("is_changed"),
            Application.id.in_(team).label("is_looked_at"),
            or_(
                Application.id.in_(select(ApplicantLink.application_id)), about.in_(select(Message.about))
            ).label("is_written_to"),
        ).where(Application.edition_id == edition.id, Application.code.in_(codes))
    )  # fmt: skip
    found: dict[str, Stays] = {}
    for row in rows:
        reasons = (
            (Stays.DECIDED, {row.state, row.announced_state} != {State.SUBMITTED}),
            (Stays.CHANGED, row.is_changed),
            (Stays.LOOKED_AT, row.is_looked_at or row.id in judged),
            (Stays.WRITTEN_TO, row.is_written_to),
        )
        why = next((reason for reason, holds in reasons if holds), None)
        if why is not None:
            found[row.code] = why
    return found


def own_columns_of(edition: Edition) -> dict[str, OwnColumn]:
    """The questions that an edition asks now as columns of a spreadsheet, by the names of the columns, in their order."""
    columns = [_own_column(one) for one in questions.questions_of(edition)]
    return {column.name: column for column in columns}


def _own_column(question: Question) -> OwnColumn:
    words = {option["key"]: [option["key"], *option["label"].values()] for option in question.options}
    return OwnColumn(
        version_id=question.id,
        asked=questions.asked(question),
        kind=question.kind,
        labels=tuple(question.label.values()),
        label=in_language(question.label),
        answers={name_key(word): key for key, said in words.items() for word in said},
        known=", ".join(in_language(option["label"]) for option in question.options),
    )
