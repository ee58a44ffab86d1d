"""Forms on paper that an organiser types in: taken in once each, and the last one taken back.

A response knows that it came on paper and on which day, until the night's rewrite. What can take it back is the key of the
sheet, which stands on the page that typed it in and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete, func, select, update

from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.organisations.models import Organisation
from eventsys.surveys import asked
from eventsys.surveys.models import (
    Answer,
    Attribution,
    Response,
    ResponseEntry,
    Survey,
    SurveyAudience,
    SurveyInvitation,
)
from eventsys.surveys.rules.asking import Phase, phase_of
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import Audience
from eventsys.surveys.rules.values import AnswerValue, stored
from eventsys.surveys.sending import is_stored


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it was typed: who filled it in, and what it states of an association; the organisation where its name stands on it."""

    audience: Audience
    language: str
    values: Mapping[str, AnswerValue]
    stated: dict[str, str] = field(default_factory=dict)
    organisation_id: int | None = None


def can_be_typed(survey: Survey, *, now: datetime) -> bool:
    """Whether forms are taken in: only while the survey is open. Figures are shown once it has closed, and what they change
    by would tell what stands on a single form.
    """
    return phase_of(survey.opens_at, survey.closes_at, now=now) is Phase.OPEN


def take_in(survey: Survey, response_id: str, form: Form, *, now: datetime) -> bool:
    """Take a form in; False where this very sheet is in already: it counts once.

    Refused: NOT_TYPED_NOW; of an audience that answers under its name ORGANISATION_MISSING, ORGANISATION_ANSWERED.
    """
    if is_stored(response_id):
        return False
    if not can_be_typed(survey, now=now):
        raise Refusal(Code.NOT_TYPED_NOW)
    row = _asked(survey, form.audience)
    organisation = _organisation(row, form.organisation_id) if row.is_attributed else None
    db.session.add(
        Response(
            id=response_id,
            survey_id=survey.id,
            audience=form.audience.value,
            language=form.language,
            breakdowns=form.stated,
            answered_on=clock.local(now).date(),
            entry=ResponseEntry.PAPER,
        )
    )
    db.session.flush()  # Answers refer to responses, and relate to nothing that would order the two.
    ids = {item.key: item.id for item in survey.instrument.items}
    db.session.add_all(
        Answer(response_id=response_id, item_id=ids[key], value=stored(value)) for key, value in form.values.items()
    )
    if organisation is not None:
        _put_name(row, response_id, organisation)
    return True


def take_back(survey: Survey, response_id: str, *, now: datetime) -> bool:
    """Take the sheet back that only its page can name; False where it isn't there. Refused: NOT_TYPED_NOW."""
    if not can_be_typed(survey, now=now):
        raise Refusal(Code.NOT_TYPED_NOW)
    kept = db.session.scalar(
        select(Response.id).where(
            Response.id == response_id, Response.survey_id == survey.id, Response.entry == ResponseEntry.PAPER
        )
    )
    if kept is None:
        return False
    named = db.session.get(Attribution, response_id)
    if named is not None:
        _spend(survey, named.organisation_id, is_spent=False)
        db.session.delete(named)
        db.session.flush()
    db.session.execute(delete(Answer).where(Answer.response_id == response_id))
    db.session.execute(delete(Response).where(Response.id == response_id))
    return True


def typed(survey: Survey, *, on: date | None = None) -> int:
    """How many forms were typed in: on a day, or in all."""
    query = select(func.count()).where(Response.survey_id == survey.id, Response.entry == ResponseEntry.PAPER)
    return db.session.scalar(query if on is None else query.where(Response.answered_on == on)) or 0


def on_paper(survey: Survey) -> dict[str, int]:
    """How many forms of each audience were typed in."""
    query = (
        select(Response.audience, func.count())
        .where(Response.survey_id == survey.id, Response.entry == ResponseEntry.PAPER)
        .group_by(Response.audience)
    )
    return dict(db.session.execute(query).all())


def _asked(survey: Survey, audience: Audience) -> SurveyAudience:
    """That the audience is asked, also where paper is the first to ask it: its form said who sees the answers."""
    row = asked.audience_of(survey, audience)
    if row is None:
        row = SurveyAudience(survey_id=survey.id, survey=survey, audience=audience, is_attributed=False, replaced=0)
        db.session.add(row)
        db.session.flush()
    return row


def organisations_to_choose(survey: Survey, audience: Audience) -> Sequence[Organisation]:
    """Whose name may stand on a form; none where forms bear no name."""
    row = asked.audience_of(survey, audience)
    return asked.organisations_of(survey, audience) if row is not None and row.is_attributed else ()


def _organisation(row: SurveyAudience, organisation_id: int | None) -> Organisation:
    """The one that is meant, when no answer stands under its name yet."""
    there = organisations_to_choose(row.survey, row.audience)
    organisation = next((one for one in there if one.id == organisation_id), None)
    if organisation is None:
        raise Refusal(Code.ORGANISATION_MISSING, field="organisation")
    if any(one.organisation_id == organisation.id for one in asked.attributed(row.survey)):
        raise Refusal(Code.ORGANISATION_ANSWERED, field="organisation", organisation=organisation.name)
    return organisation


def _put_name(row: SurveyAudience, response_id: str, organisation: Organisation) -> None:
    db.session.add(
        Attribution(
            response_id=response_id,
            survey_id=row.survey_id,
            audience=row.audience,
            is_attributed=True,
            organisation_id=organisation.id,
        )
    )
    _spend(row.survey, organisation.id, is_spent=True)


def _spend(survey: Survey, organisation_id: int, *, is_spent: bool) -> None:
    """An organisation that answers under its name isn't reminded once its form is in."""
    db.session.execute(
        update(SurveyInvitation)
        .where(SurveyInvitation.survey_id == survey.id, SurveyInvitation.organisation_id == organisation_id)
        .values(is_spent=is_spent, reserved_until=None)
    )
