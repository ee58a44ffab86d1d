"""A survey that is open as of NOW, somebody who is asked, and what a respondent does."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.mail.models import Message
from eventsys.organisations.models import Organisation
from eventsys.surveys import actions, asking
from eventsys.surveys.models import Answer, Response, ResponseEntry, Survey, SurveyAudience, SurveyInvitation
from eventsys.surveys.rules.instruments import Audience, Instrument
from eventsys.surveys.tokens import token_of
from tests import factories
from tests.factories import BY, NOW

TEXTS = {"da": "Spørgsmål", "en": "Question", "ar": "سؤال"}
ITEMS: list[dict[str, Any]] = [
    {"key": "community", "kind": "scale", "text": TEXTS, "options": "agreement_scale", "required": True},
    {"key": "again", "kind": "single", "text": TEXTS, "options": "yes_no"},
    {"key": "why", "kind": "text", "text": TEXTS, "shown_if": {"item": "again", "values": ["no"]}},
    {"key": "people", "kind": "number", "text": TEXTS, "highest": 500},
]


def survey(
    edition: Edition, *, key: str = "asked", items: list[dict[str, Any]] | None = None, breakdowns: tuple[str, ...] = ()
) -> Survey:
    """An instrument put to an edition, open for a week more."""
    draft = Instrument.from_json({"key": key, "name": TEXTS, "items": items or ITEMS, "breakdowns": list(breakdowns)})
    instrument = actions.publish_instrument(draft, by=BY, now=NOW)
    made = actions.open_survey(
        edition, instrument, opens_at=NOW - timedelta(days=2), closes_at=NOW + timedelta(days=7), by=BY, now=NOW
    )
    db.session.commit()
    return made


def took_part(edition: Edition, name: str = "", *, on: int = 1, **more: Any) -> Organisation:
    """An association that was approved and whose crew was let in."""
    from eventsys.applications.rules.states import State
    from eventsys.gate.models import Admission, Gate
    from eventsys.passes.rules.codec import PassKind

    application = factories.application(edition, of=factories.organisation(name, **more), state=State.APPROVED)
    made = factories.passes(edition, kind=PassKind.BOOTH_CREW, application=application)[0]
    gate = db.session.scalar(select(Gate).where(Gate.edition_id == edition.id)) or factories.gate(edition)
    last = db.session.scalar(select(func.max(Admission.seq)).where(Admission.edition_id == edition.id)) or 0
    db.session.add(
        Admission(
            edition_id=edition.id, day_number=on, pass_id=made.pass_id, kind=PassKind.BOOTH_CREW.value, is_inside=True,
            first_in_at=NOW, gate_id=gate.id, last_at=NOW, last_gate_id=gate.id, seq=last + 1,
        )
    )  # fmt: skip
    db.session.commit()
    return application.organisation


def ask(survey: Survey, *emails: str, audience: Audience = Audience.REQUESTER, **more: Any) -> list[str]:
    """The links of those who are asked: of a list, or of the edition's data."""
    asking.ask(survey, asking.Said(audience, "\n".join(emails), **more), by=BY, now=NOW)
    db.session.commit()
    rows = db.session.scalars(
        select(SurveyInvitation)
        .where(SurveyInvitation.survey_id == survey.id, SurveyInvitation.audience == audience)
        .order_by(SurveyInvitation.email)
    )
    return [f"/s/{token_of(row.id)}" for row in rows]


def door(survey: Survey) -> SurveyAudience:
    """The visitors' poster and tablet."""
    asking.ask(survey, asking.Said(Audience.VISITOR), by=BY, now=NOW)
    db.session.commit()
    return db.session.get_one(SurveyAudience, (survey.id, Audience.VISITOR))


def given(survey: Survey) -> list[dict[str, str]]:
    """What the responses of a survey say, each by the items' keys."""
    keys = {item.id: item.key for item in survey.instrument.items}
    found: dict[str, dict[str, str]] = {
        key: {} for key in db.session.scalars(select(Response.id).where(Response.survey_id == survey.id))
    }
    for answer in db.session.scalars(select(Answer).where(Answer.response_id.in_(list(found)))):
        found[answer.response_id][keys[answer.item_id]] = answer.value
    return list(found.values())


def mails(about: Survey) -> list[Message]:
    """What was mailed about a survey."""
    return list(db.session.scalars(select(Message).where(Message.about == f"survey:{about.code}").order_by(Message.id)))


def link_in(message: Message) -> str:
    """The path of the link in a mail."""
    found = re.search(r"http://localhost(/s/\S+)", message.text)
    assert found is not None, message.text
    return found[1]


def respond(
    survey: Survey, *values: dict[str, str], audience: str = "requester", language: str = "da", stated: str = ""
) -> None:
    """Responses with these stored values by the items' keys, as if they had come by themselves."""
    ids = {item.key: item.id for item in survey.instrument.items}
    for given_values in values:
        key = secrets.token_hex(16)
        db.session.add(
            Response(
                id=key, survey_id=survey.id, audience=audience, language=language, answered_on=NOW.date(),
                breakdowns={"minority_association": stated} if stated else {}, entry=ResponseEntry.PAPER,
            )
        )  # fmt: skip
        db.session.flush()
        db.session.add_all(
            Answer(response_id=key, item_id=ids[name], value=value) for name, value in given_values.items()
        )
    db.session.commit()


def close(survey: Survey) -> Survey:
    """The survey as one that has closed."""
    survey.closes_at = NOW - timedelta(hours=1)
    db.session.commit()
    return survey
