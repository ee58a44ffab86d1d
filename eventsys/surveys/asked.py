"""Who can be asked, out of the edition's data; and of a survey, who was asked and how many have answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.gate import closings
from eventsys.gate.models import Admission
from eventsys.organisations.models import Organisation
from eventsys.passes.models import Bundle, Pass, Revocation
from eventsys.passes.rules.codec import PassKind
from eventsys.surveys.models import Attribution, Survey, SurveyAudience, SurveyInvitation
from eventsys.surveys.rules.asking import Asked
from eventsys.surveys.rules.instruments import Audience

PASSES = {
    Audience.CREW: PassKind.BOOTH_CREW,
    Audience.VOLUNTEER: PassKind.VOLUNTEER,
    Audience.GUEST: PassKind.GUEST,
}


@dataclass(frozen=True, slots=True)
class Asking:
    """What is known of how an audience was asked. `left_reserved`: a response began to be stored, and nothing more is known."""

    audience: Audience
    invited: int = 0
    mailed: int = 0
    reminded: int = 0
    spent: int = 0
    left_reserved: int = 0


def took_part(edition: Edition, audience: Audience) -> Sequence[Organisation]:
    """The organisations of a kind that took part: approved, and somebody of the crew was let in on an open day.

    Of closed days as they were frozen.
    """
    query = (
        select(Application)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .where(
            Application.edition_id == edition.id,
            Application.announced_state == State.APPROVED,
            Organisation.kind == audience.value,
        )
        .order_by(Organisation.name)
    )
    came = _came(edition)
    return [application.organisation for application in db.session.scalars(query) if application.id in came]


def _came(edition: Edition) -> set[int]:
    """The applications of whose crew somebody was let in."""
    closed = closings.closings_of(edition)
    open_days = {day.number for day in edition.open_days}
    running = sorted(open_days - closed.keys())
    live = db.session.scalars(
        select(Pass.application_id)
        .join(Admission, and_(Admission.pass_id == Pass.pass_id, Admission.edition_id == edition.id))
        .where(
            Pass.edition_id == edition.id,
            Pass.kind == PassKind.BOOTH_CREW.value,
            Admission.day_number.in_(running),
            Pass.application_id.is_not(None),
        )
        .distinct()
    )
    frozen = {key for number in closed.keys() & open_days for key in closed[number].figures.crews}
    return frozen | {key for key in live if key is not None}


def reachable(edition: Edition, audience: Audience) -> Sequence[Asked]:
    """The holders of passes of a kind who left a mail address; each address once, by the latest passes."""
    query = (
        select(Bundle)
        .join(Pass, Pass.bundle_id == Bundle.id)
        .outerjoin(Revocation, Revocation.pass_id == Pass.pass_id)
        .where(
            Pass.edition_id == edition.id,
            Pass.kind == PASSES[audience].value,
            Bundle.email != "",
            Revocation.pass_id.is_(None),
        )
        .order_by(Bundle.id)
    )
    found = {bundle.email: Asked(bundle.email, bundle.language) for bundle in db.session.scalars(query)}
    return sorted(found.values(), key=lambda asked: asked.email)


def audiences_of(survey: Survey) -> Sequence[SurveyAudience]:
    """The audiences that a survey asks, in the order in which they are named."""
    rows = db.session.scalars(select(SurveyAudience).where(SurveyAudience.survey_id == survey.id))
    order = list(Audience)
    return sorted(rows, key=lambda row: order.index(row.audience))


def audience_of(survey: Survey, audience: Audience) -> SurveyAudience | None:
    """One audience of a survey."""
    return audience_by_key(survey.id, audience)


def audience_by_key(survey_id: int, audience: Audience) -> SurveyAudience | None:
    """One audience of a survey, by the survey's key."""
    return db.session.get(SurveyAudience, (survey_id, audience))


def by_poster(code: str) -> SurveyAudience | None:
    """The audience that a poster's address leads to."""
    return db.session.scalar(select(SurveyAudience).where(SurveyAudience.poster_code == code))


def by_kiosk(code: str) -> SurveyAudience | None:
    """The audience that answers on the tablet with this address."""
    return db.session.scalar(select(SurveyAudience).where(SurveyAudience.kiosk_code == code))


def by_token_hash(token_hash: str) -> SurveyInvitation | None:
    """The invitation that a link belongs to."""
    return db.session.scalar(select(SurveyInvitation).where(SurveyInvitation.token_hash == token_hash))


def known(survey: Survey, audience: Audience) -> tuple[set[int], set[str]]:
    """Who is asked already: keys of organisations, and addresses."""
    rows = db.session.execute(
        select(SurveyInvitation.organisation_id, SurveyInvitation.email).where(
            SurveyInvitation.survey_id == survey.id, SurveyInvitation.audience == audience
        )
    ).all()
    return {key for key, _email in rows if key is not None}, {email for _key, email in rows if email}


def addresses_of(row: SurveyAudience) -> Sequence[Asked]:
    """Those of an audience who were asked by an address of their own."""
    query = select(SurveyInvitation).where(
        SurveyInvitation.survey_id == row.survey_id,
        SurveyInvitation.audience == row.audience,
        SurveyInvitation.email.is_not(None),
    )
    return [Asked(one.email or "", one.language) for one in db.session.scalars(query.order_by(SurveyInvitation.email))]


def askings(survey: Survey) -> Mapping[Audience, Asking]:
    """How each audience was asked, in counts."""
    one = SurveyInvitation
    rows = db.session.execute(
        select(
            one.audience,
            func.count(),
            func.count(one.invited_at),
            func.count().filter(one.reminders > 0),
            func.count().filter(one.is_spent),
            func.count().filter(one.reserved_until.is_not(None), one.is_spent.is_(False)),
        )
        .where(one.survey_id == survey.id)
        .group_by(one.audience)
    )
    return {row[0]: Asking(*row) for row in rows}


def organisations_of(survey: Survey, audience: Audience) -> Sequence[Organisation]:
    """The organisations that were asked, by name; nothing of who of them has answered."""
    return db.session.scalars(
        select(Organisation)
        .join(SurveyInvitation, SurveyInvitation.organisation_id == Organisation.id)
        .where(SurveyInvitation.survey_id == survey.id, SurveyInvitation.audience == audience)
        .order_by(Organisation.name)
    ).all()


def attributed(survey: Survey) -> Sequence[Attribution]:
    """The responses that stand under an organisation's name."""
    rows = db.session.scalars(select(Attribution).where(Attribution.survey_id == survey.id)).all()
    return sorted(rows, key=lambda row: row.organisation.name)


def unmailed(survey: Survey, *, most: int) -> Sequence[SurveyInvitation]:
    """Invitations that haven't gone out yet."""
    return db.session.scalars(
        select(SurveyInvitation)
        .where(SurveyInvitation.survey_id == survey.id, SurveyInvitation.invited_at.is_(None))
        .order_by(SurveyInvitation.id)
        .limit(most)
    ).all()


def unreminded(survey: Survey, *, due: int, since: datetime, most: int) -> Sequence[SurveyInvitation]:
    """Unspent invitations with fewer reminders than are due, that went out before the latest of those was planned."""
    return db.session.scalars(
        select(SurveyInvitation)
        .where(
            SurveyInvitation.survey_id == survey.id,
            SurveyInvitation.invited_at < since,
            SurveyInvitation.reminders < due,
            SurveyInvitation.is_spent.is_(False),
        )
        .order_by(SurveyInvitation.id)
        .limit(most)
    ).all()


def running(now: datetime) -> Sequence[Survey]:
    """The surveys that are open now."""
    return db.session.scalars(
        select(Survey).where(Survey.opens_at <= now, (Survey.closes_at.is_(None)) | (Survey.closes_at > now))
    ).all()
