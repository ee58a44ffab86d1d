"""Asking: who is put on the list, the mails that go out, and the reminders."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsys.audit.actions import Actor, record
from eventsys.base import jobs
from eventsys.base.db import db
from eventsys.base.i18n import LANGUAGES, in_language, page_language, short_moment
from eventsys.base.ids import hash_of, new_code
from eventsys.base.refusals import Refusal
from eventsys.base.rendering import address_of, speaking
from eventsys.mail import actions as mail
from eventsys.surveys import asked, queries
from eventsys.surveys.models import Survey, SurveyAudience, SurveyInvitation
from eventsys.surveys.rules.answering import pages_of, shown_pages
from eventsys.surveys.rules.asking import FROM_DATA, ORGANISATIONS, Phase, phase_of, read_list, reminders_due
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import Audience
from eventsys.surveys.tokens import token_of

GO_ON = "surveys.go_on"
# A button that is pressed twice reminds once.
BETWEEN_REMINDERS = timedelta(days=1)
AT_ONCE = 50
POSTER_CODE, KIOSK_CODE = 10, 20


@dataclass(frozen=True, slots=True)
class Said:
    """What an organiser says of whom to ask: an audience, addresses where they come from a list, whether by name."""

    audience: Audience
    addresses: str = ""
    is_attributed: bool = False


def ask(survey: Survey, said: Said, *, by: Actor, now: datetime) -> int:
    """Put on the list whoever of an audience isn't there yet; mails go out as soon as the survey is open. Gives how many.

    Associations, restaurants and holders of passes come from the edition's data, requesters from `addresses`, visitors by
    the codes of a poster and a tablet. Refused: CLOSED, NOTHING_TO_ASK, NOT_BY_NAME, NOT_FROM_A_LIST, NOBODY_THERE,
    ANONYMITY_STAYS, what `read_list` refuses.
    """
    _refuse_closed(survey, now=now)
    _refuse_what_fits_not(survey, said)
    if not shown_pages(pages_of(queries.as_rules(survey.instrument), said.audience), {}):
        raise Refusal(Code.NOTHING_TO_ASK)
    row = _audience(survey, said.audience, is_attributed=said.is_attributed)
    made = _invitations(row, addresses=said.addresses)
    db.session.add_all(made)
    if made:
        jobs.after_commit(db.session(), GO_ON)
    record("surveys.asked", "survey", survey.code, by=by, now=now, detail=f"{said.audience.value}: {len(made)}")
    return len(made)


def _refuse_what_fits_not(survey: Survey, said: Said) -> None:
    """What is said beside the audience must belong to it, and somebody must be there to be asked."""
    if said.is_attributed and said.audience not in ORGANISATIONS:
        raise Refusal(Code.NOT_BY_NAME, field="is_attributed")
    if said.addresses.strip() and (said.audience in FROM_DATA or said.audience is Audience.VISITOR):
        raise Refusal(Code.NOT_FROM_A_LIST, field="addresses")
    is_first = said.audience in FROM_DATA and asked.audience_of(survey, said.audience) is None
    if is_first and could_be_asked(survey).get(said.audience) == 0:
        raise Refusal(Code.NOBODY_THERE, field="audience")


def could_be_asked(survey: Survey) -> dict[Audience, int | None]:
    """How many more of each audience that the instrument asks anything could be asked; None where it isn't known here."""
    instrument, found = queries.as_rules(survey.instrument), dict[Audience, int | None]()
    for audience in Audience:
        if not shown_pages(pages_of(instrument, audience), {}):
            continue
        organisations, emails = asked.known(survey, audience)
        if audience in ORGANISATIONS:
            found[audience] = sum(one.id not in organisations for one in asked.took_part(survey.edition, audience))
        elif audience in FROM_DATA:
            found[audience] = sum(one.email not in emails for one in asked.reachable(survey.edition, audience))
        else:
            found[audience] = None
    return found


def _audience(survey: Survey, audience: Audience, *, is_attributed: bool) -> SurveyAudience:
    row = asked.audience_of(survey, audience)
    if row is None:
        row = SurveyAudience(
            survey_id=survey.id, survey=survey, audience=audience, is_attributed=is_attributed, replaced=0
        )
        if audience is Audience.VISITOR:
            row.poster_code, row.kiosk_code = new_code(POSTER_CODE), new_code(KIOSK_CODE)
        db.session.add(row)
    elif row.is_attributed != is_attributed:
        # Those who were asked were told the other thing.
        raise Refusal(Code.ANONYMITY_STAYS)
    db.session.flush()
    return row


def _invitations(row: SurveyAudience, *, addresses: str) -> list[SurveyInvitation]:
    edition, audience = row.survey.edition, row.audience
    organisations, emails = asked.known(row.survey, audience)
    if audience in ORGANISATIONS:
        there = asked.took_part(edition, audience)
        return [_invitation(row, organisation_id=one.id) for one in there if one.id not in organisations]
    if audience is Audience.VISITOR:
        return []
    people = (
        asked.reachable(edition, audience)
        if audience in FROM_DATA
        else read_list(addresses, languages=tuple(LANGUAGES), default="da")
    )
    return [_invitation(row, email=one.email, language=one.language) for one in people if one.email not in emails]


def _invitation(
    row: SurveyAudience, *, organisation_id: int | None = None, email: str | None = None, language: str = "da"
) -> SurveyInvitation:
    key = secrets.token_hex(16)
    return SurveyInvitation(
        id=key,
        survey_id=row.survey_id,
        audience=row.audience,
        organisation_id=organisation_id,
        email=email,
        language=language,
        token_hash=hash_of(token_of(key)),
        reminders=0,
        is_spent=False,
    )


@dataclass(frozen=True, slots=True)
class Times:
    """When a survey opens and closes, and from when on those are reminded who haven't answered."""

    opens_at: datetime
    closes_at: datetime | None
    first_reminder_at: datetime | None = None
    second_reminder_at: datetime | None = None


def plan(survey: Survey, times: Times, *, by: Actor, now: datetime) -> None:
    """Say when; what is to close at a moment that is past closes now, and is rewritten after that.

    Refused: CLOSED for one whose figures are shown, ORDER_OF_TIMES, ORDER_OF_REMINDERS.
    """
    _refuse_closed(survey, now=now)
    if times.closes_at is not None and times.closes_at <= times.opens_at:
        raise Refusal(Code.ORDER_OF_TIMES, field="closes_at")
    first, second = times.first_reminder_at, times.second_reminder_at
    if second is not None and (first is None or second <= first):
        raise Refusal(Code.ORDER_OF_REMINDERS, field="second_reminder_at")
    survey.opens_at = times.opens_at
    survey.closes_at = None if times.closes_at is None else max(times.closes_at, now)
    survey.first_reminder_at, survey.second_reminder_at = first, second
    jobs.after_commit(db.session(), GO_ON)
    record("surveys.changed", "survey", survey.code, by=by, now=now)


def remind(survey: Survey, *, by: Actor, now: datetime) -> None:
    """Remind them now: the next reminder that isn't past is due from this moment on.

    Refused: NOT_OPEN, REMINDERS_USED, REMINDED_LATELY within a day of the first.
    """
    if phase_of(survey.opens_at, survey.closes_at, now=now) is not Phase.OPEN:
        raise Refusal(Code.NOT_OPEN)
    done = reminders_due(survey.first_reminder_at, survey.second_reminder_at, now=now)
    if done == 0:
        survey.first_reminder_at = now
    elif done == 1:
        if survey.first_reminder_at is not None and now - survey.first_reminder_at < BETWEEN_REMINDERS:
            raise Refusal(Code.REMINDED_LATELY)
        survey.second_reminder_at = now
    else:
        raise Refusal(Code.REMINDERS_USED)
    jobs.after_commit(db.session(), GO_ON)
    record("surveys.reminded", "survey", survey.code, by=by, now=now)


def go_on(survey: Survey, *, now: datetime) -> bool:
    """Mail the next invitations or reminders of an open survey; whether there were any."""
    invitations = asked.unmailed(survey, most=AT_ONCE)
    for invitation in invitations:
        _mail("surveys/invitation", invitation, survey, now=now)
        invitation.invited_at = now
    if invitations:
        return True
    due = reminders_due(survey.first_reminder_at, survey.second_reminder_at, now=now)
    since = (survey.first_reminder_at, survey.second_reminder_at)[due - 1] if due else None
    reminded = asked.unreminded(survey, due=due, since=since, most=AT_ONCE) if since is not None else ()
    for invitation in reminded:
        _mail("surveys/reminder", invitation, survey, now=now)
        invitation.reminders = due
    return bool(reminded)


def _mail(template: str, invitation: SurveyInvitation, survey: Survey, *, now: datetime) -> None:
    """To each contact of an organisation in that contact's language: whoever finishes first has answered for it."""
    organisation = invitation.organisation
    readers = (
        [(contact.email, contact.language) for contact in organisation.contacts]
        if organisation is not None
        else [(invitation.email or "", invitation.language)]
    )
    row = asked.audience_of(survey, invitation.audience)
    for email, language in readers:
        spoken = page_language(language)
        with speaking(spoken):
            until = short_moment(survey.closes_at) if survey.closes_at else ""
        mail.queue(
            template,
            to=email,
            language=spoken,
            now=now,
            about=f"survey:{survey.code}",
            edition=survey.edition,
            name=in_language(survey.instrument.name, spoken),
            organisation=organisation.name if organisation is not None else "",
            is_attributed=row is not None and row.is_attributed,
            link=address_of("surveys.answer", token=token_of(invitation.id), language=spoken),
            until=until,
        )


def _refuse_closed(survey: Survey, *, now: datetime) -> None:
    if phase_of(survey.opens_at, survey.closes_at, now=now) is Phase.CLOSED:
        raise Refusal(Code.CLOSED)
