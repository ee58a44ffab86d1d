"""Taking a response in. It commits by itself: the written exception to "the view commits once".

By a link there are three transactions: the invitation is *reserved* for an hour, the response stored, the invitation
spent. None of them holds both an invitation and a response, so no transaction number ties the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CursorResult, delete, or_, update
from sqlalchemy.exc import IntegrityError

from eventsys.base import clock
from eventsys.base.db import db
from eventsys.surveys.models import (
    Answer,
    Attribution,
    Response,
    ResponseEntry,
    SurveyAudience,
    SurveyInvitation,
)
from eventsys.surveys.rules.instruments import BREAKDOWN_AUDIENCES, Breakdown
from eventsys.surveys.rules.values import AnswerValue, stored

RESERVED_FOR = timedelta(hours=1)


class Outcome(StrEnum):
    """How a response was taken: `stored` now or when it came first, `waiting` for one that is being stored, `spent` before."""

    STORED = "stored"
    WAITING = "waiting"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A response that is complete. `response_id` is the same for the same sheet, however often it is sent."""

    response_id: str
    language: str
    values: Mapping[str, AnswerValue]


def send_openly(asked: SurveyAudience, sheet: Sheet, *, now: datetime) -> Outcome:
    """Take in what somebody answered without an invitation: by a poster or on a tablet."""
    _store(asked, sheet, breakdowns={}, now=now)
    return Outcome.STORED


def send_by_invitation(asked: SurveyAudience, invitation: SurveyInvitation, sheet: Sheet, *, now: datetime) -> Outcome:
    """Take in what somebody answered by a link that is spent with it; where the audience is attributed, the latest counts."""
    token_hash, is_attributed = invitation.token_hash, asked.is_attributed
    breakdowns = _breakdowns(asked, invitation)
    organisation_id = invitation.organisation_id if is_attributed else None
    if not _reserve(token_hash, is_attributed=is_attributed, now=now):
        return _sent_before(token_hash, sheet)
    _store(asked, sheet, breakdowns=breakdowns, now=now, organisation_id=organisation_id)
    _spend(token_hash)
    return Outcome.STORED


def is_stored(response_id: str) -> bool:
    """Whether this very sheet was taken in."""
    return db.session.get(Response, response_id) is not None


def _reserve(token_hash: str, *, is_attributed: bool, now: datetime) -> bool:
    """Whether the invitation was free; then nobody else's answer goes in by it for an hour."""
    query = (
        update(SurveyInvitation)
        .where(
            SurveyInvitation.token_hash == token_hash,
            or_(SurveyInvitation.reserved_until.is_(None), SurveyInvitation.reserved_until <= now),
        )
        .values(reserved_until=now + RESERVED_FOR)
    )
    if not is_attributed:
        query = query.where(SurveyInvitation.is_spent.is_(False))
    taken = db.session.execute(query)
    db.session.commit()
    return isinstance(taken, CursorResult) and taken.rowcount == 1


def _sent_before(token_hash: str, sheet: Sheet) -> Outcome:
    """What became of the first sending: the same sheet counts once, also where the program stopped between two transactions."""
    if is_stored(sheet.response_id):
        _spend(token_hash)
        return Outcome.STORED
    is_spent = SurveyInvitation.is_spent
    spent = db.session.query(is_spent).filter(SurveyInvitation.token_hash == token_hash).scalar()
    return Outcome.SPENT if spent else Outcome.WAITING


def _store(
    asked: SurveyAudience,
    sheet: Sheet,
    *,
    breakdowns: dict[str, str],
    now: datetime,
    organisation_id: int | None = None,
) -> None:
    if is_stored(sheet.response_id):
        return  # The same sheet, sent again.
    survey = asked.survey
    ids = {item.key: item.id for item in survey.instrument.items}
    response = Response(
        id=sheet.response_id,
        survey_id=survey.id,
        audience=asked.audience.value,
        language=sheet.language,
        breakdowns=breakdowns,
        answered_on=clock.local(now).date(),
        entry=ResponseEntry.WEB,
    )
    try:
        if organisation_id is not None:
            _give_way(asked, organisation_id)
        db.session.add(response)
        db.session.flush()  # Answers refer to responses, and relate to nothing that would order the two.
        db.session.add_all(
            Answer(response_id=sheet.response_id, item_id=ids[key], value=stored(value))
            for key, value in sheet.values.items()
        )
        if organisation_id is not None:
            _attribute(asked, sheet, organisation_id)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        if not is_stored(sheet.response_id):
            raise
        # The same sheet was sent twice at once: it counts once.


def _give_way(asked: SurveyAudience, organisation_id: int) -> None:
    """An organisation's response under its name is replaced by its later one; the report says how many were."""
    earlier = (
        db.session.query(Attribution).filter_by(survey_id=asked.survey_id, organisation_id=organisation_id).first()
    )
    if earlier is None:
        return
    asked.replaced = SurveyAudience.replaced + 1  # Counted by the database: two may come at once.
    for table, column in (
        (Attribution, Attribution.response_id),
        (Answer, Answer.response_id),
        (Response, Response.id),
    ):
        db.session.execute(delete(table).where(column == earlier.response_id))
    db.session.expunge(earlier)


def _attribute(asked: SurveyAudience, sheet: Sheet, organisation_id: int) -> None:
    db.session.add(
        Attribution(
            response_id=sheet.response_id,
            survey_id=asked.survey_id,
            audience=asked.audience,
            is_attributed=True,
            organisation_id=organisation_id,
        )
    )


def _spend(token_hash: str) -> None:
    db.session.execute(
        update(SurveyInvitation)
        .where(SurveyInvitation.token_hash == token_hash)
        .values(is_spent=True, reserved_until=None)
    )
    db.session.commit()


def _breakdowns(asked: SurveyAudience, invitation: SurveyInvitation) -> dict[str, str]:
    """What the organisation itself stated, where the instrument declares that results are split by it."""
    minority = Breakdown.MINORITY_ASSOCIATION
    is_declared = minority.value in asked.survey.instrument.breakdowns
    stated = invitation.organisation.is_minority_association if invitation.organisation is not None else None
    if not is_declared or asked.audience not in BREAKDOWN_AUDIENCES[minority] or stated is None:
        return {}
    return {minority.value: "yes" if stated else "no"}
