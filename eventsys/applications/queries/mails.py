"""The mails of an edition's applications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, literal, or_, select

from eventsys.applications.models import Application
from eventsys.applications.rules.searching import searched
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.mail.models import Message, MessageState

MAILS_A_PAGE = 50
_ABOUT = literal("application:") + Application.code


@dataclass(frozen=True, slots=True)
class MailPage:
    """Some mails, each with its application: which page of how many, and how many mails there are in all."""

    rows: list[tuple[Message, Application]]
    number: int
    pages: int
    total: int


def mails_of(edition: Edition, *, state: MessageState | None = None, text: str = "", number: int = 1) -> MailPage:
    """The mails about an edition's applications, the latest first; `text` is looked for in address and subject."""
    chosen = (
        select(Message, Application)
        .join(Application, Message.about == _ABOUT)
        .where(Application.edition_id == edition.id)
    )
    if state is not None:
        chosen = chosen.where(Message.state == state)
    if text:
        chosen = chosen.where(
            or_(Message.recipient.icontains(text, autoescape=True), Message.subject.icontains(text, autoescape=True))
        )
    total = db.session.scalar(select(func.count()).select_from(chosen.with_only_columns(Message.id).subquery())) or 0
    pages = max(1, -(-total // MAILS_A_PAGE))
    number = min(max(1, number), pages)
    listed = chosen.order_by(Message.id.desc()).limit(MAILS_A_PAGE).offset((number - 1) * MAILS_A_PAGE)
    return MailPage([(row[0], row[1]) for row in db.session.execute(listed)], number, pages, total)


def mail_counts(edition: Edition) -> dict[MessageState, int]:
    """How many mails about an edition's applications stand where."""
    counted = db.session.execute(
        select(Message.state, func.count())
        .join(Application, Message.about == _ABOUT)
        .where(Application.edition_id == edition.id)
        .group_by(Message.state)
    )
    return {row[0]: row[1] for row in counted}


def mail_of(edition: Edition, code: str) -> tuple[Message, Application] | None:
    """One mail about an application of an edition."""
    row = db.session.execute(
        select(Message, Application)
        .join(Application, Message.about == _ABOUT)
        .where(Application.edition_id == edition.id, Message.code == code)
    ).first()
    return (row[0], row[1]) if row else None


def examples_of(edition: Edition, *, named: str = "", most: int = 30) -> Sequence[Application]:
    """Applications to look at a mail with: the latest of an edition, of those with these words where some are given."""
    query = select(Application).where(Application.edition_id == edition.id).order_by(Application.id.desc()).limit(most)
    for word in searched(named):
        query = query.where((literal(" ") + Application.search_text).contains(word, autoescape=True))
    return db.session.scalars(query).all()
