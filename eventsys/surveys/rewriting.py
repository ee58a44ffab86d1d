"""Rewriting: all responses, and apart from them all invitations, laid down anew in the order of their random keys.

Before it, whoever has the raw database could put answers and spent links side by side by the place of a row on the disk, or
by the number of the transaction that wrote it. After it each table is one transaction's work in an order that means
nothing. Each of the two is a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from eventsys.base import clock
from eventsys.base.db import db
from eventsys.surveys.models import Response, ResponseEntry, Survey, SurveyAudience, SurveyInvitation
from eventsys.surveys.rules.asking import Phase, phase_of
from eventsys.surveys.rules.disclosure import UNDETERMINED, languages_let_go

# From when on the night's rewrite is due, on Copenhagen's clocks.
AT_NIGHT = time(3, 30)
# What was being stored when a survey closed has arrived by then.
AFTER_CLOSING = timedelta(minutes=2)
PATIENCE_S = 3
# What respondents filled in themselves, on a screen or on paper; files bring what was blurred or counted elsewhere.
THEIR_OWN = (ResponseEntry.WEB, ResponseEntry.PAPER)
# Parents before those that refer to them.
RESPONSES = ("response", "answer", "attribution")
INVITATIONS = ("survey_invitation",)
KEYS = {
    "response": "id",
    "answer": "response_id, item_id",
    "attribution": "response_id",
    "survey_invitation": "id",
}


def due(now: datetime) -> Sequence[Survey]:
    """Surveys to be rewritten for: open ones once a night, closed ones once more after their end."""
    asked = select(SurveyAudience.survey_id)
    surveys = db.session.scalars(select(Survey).where(Survey.id.in_(asked), Survey.opens_at <= now)).all()
    return [survey for survey in surveys if _is_due(survey, now)]


def _is_due(survey: Survey, now: datetime) -> bool:
    last = survey.rewritten_at or survey.opens_at
    if survey.closes_at is not None and phase_of(survey.opens_at, survey.closes_at, now=now) is Phase.CLOSED:
        until = survey.closes_at + AFTER_CLOSING
        return until <= now and (survey.rewritten_at is None or last < until)
    return last < _night_before(now)


def _night_before(now: datetime) -> datetime:
    """The last time that it was the hour of rewriting."""
    here = clock.local(now)
    tonight = datetime.combine(here.date(), AT_NIGHT)
    return clock.from_local(tonight if tonight <= here.replace(tzinfo=None) else tonight - timedelta(days=1))


def rewrite(surveys: Sequence[Survey], *, now: datetime) -> None:
    """Rewrite both for these surveys' sake. It commits by itself, twice."""
    keys = [survey.id for survey in surveys]
    closed = [s.id for s in surveys if phase_of(s.opens_at, s.closes_at, now=now) is Phase.CLOSED]
    with _overwriting():
        _blur_days(keys, closed=closed, today=clock.local(now).date())
        _blur_languages(closed)
        _lay_down(RESPONSES)
        db.session.commit()
        _level(keys)
        _lay_down(INVITATIONS)
        db.session.execute(update(Survey).where(Survey.id.in_(keys)).values(rewritten_at=now))
        db.session.commit()


def _blur_days(keys: Sequence[int], *, closed: Sequence[int], today: date) -> None:
    """Beside the days of reminders, the day of a response would tell who answered before them."""
    for survey in db.session.scalars(select(Survey).where(Survey.id.in_(keys))):
        db.session.execute(
            update(Response)
            .where(Response.survey_id == survey.id, Response.entry == ResponseEntry.WEB)
            .values(answered_on=clock.local(survey.opens_at).date())
        )
        # Of forms on paper the day of typing tells who handed one in by then; the page counts those of today.
        before = date.max if survey.id in closed else today
        db.session.execute(
            update(Response)
            .where(
                Response.survey_id == survey.id, Response.entry == ResponseEntry.PAPER, Response.answered_on < before
            )
            .values(answered_on=clock.local(survey.opens_at).date())
        )  # fmt: skip


def _blur_languages(keys: Sequence[int]) -> None:
    """Once closed: a language that under five of an audience answered in is let go, as it may be one person's alone."""
    by_language = (
        select(Response.survey_id, Response.audience, Response.language, func.count())
        .where(Response.survey_id.in_(keys), Response.entry.in_(THEIR_OWN))
        .group_by(Response.survey_id, Response.audience, Response.language)
    )
    counted: dict[tuple[int, str], dict[str, int]] = {}
    for survey_id, audience, language, count in db.session.execute(by_language):
        counted.setdefault((survey_id, audience), {})[language] = count
    for (survey_id, audience), counts in counted.items():
        db.session.execute(
            update(Response)
            .where(
                Response.survey_id == survey_id, Response.audience == audience,
                Response.language.in_(languages_let_go(counts)), Response.entry.in_(THEIR_OWN),
            )
            .values(language=UNDETERMINED)
        )  # fmt: skip


def _level(keys: Sequence[int]) -> None:
    """All spent invitations look alike: how many reminders one took would tell when it was spent."""
    db.session.execute(
        update(SurveyInvitation)
        .where(SurveyInvitation.survey_id.in_(keys), SurveyInvitation.is_spent, SurveyInvitation.reminders > 0)
        .values(reminders=0)
    )
    db.session.execute(
        update(SurveyInvitation)
        .where(SurveyInvitation.is_spent, SurveyInvitation.reserved_until.is_not(None))
        .values(reserved_until=None)
    )


def _lay_down(tables: Sequence[str]) -> None:
    """Take all rows out and put them in again in the order of their keys.

    PostgreSQL gives an emptied table a new file; SQLite fills its pages anew, and overwrites what it lets go.
    """
    session = db.session()
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    names = ", ".join(tables)
    if is_postgresql:
        # Whoever waits for this lock waits in line before all who answer: rather try again in a minute.
        session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_S}s'"))
        session.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
    for table in tables:
        session.execute(text(f"CREATE TEMPORARY TABLE laid_{table} AS SELECT * FROM {table}"))
    if is_postgresql:
        session.execute(text(f"TRUNCATE {names}"))
    else:
        for table in reversed(tables):
            session.execute(text(f"DELETE FROM {table}"))
    for table in tables:
        _put_back(session, table)


def _put_back(session: Session, table: str) -> None:
    columns = ", ".join(column.name for column in db.metadata.tables[table].columns)
    session.execute(text(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM laid_{table} ORDER BY {KEYS[table]}"))
    session.execute(text(f"DROP TABLE laid_{table}"))


@contextmanager
def _overwriting() -> Iterator[None]:
    """Let SQLite overwrite what is deleted, on this connection, and empty its log afterwards. PostgreSQL needs neither."""
    session = db.session()
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        session.execute(text("PRAGMA secure_delete = ON"))
    try:
        yield
    finally:
        session.rollback()
        if is_sqlite:
            session.execute(text("PRAGMA secure_delete = OFF"))
            session.commit()


def empty_log() -> None:
    """SQLite's log of writes still has the pages as they were: it is taken over into the file and emptied."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is not None and not raw.in_transaction:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
