"""Coming back: somebody new at an organisation that we know asks to be let in; last time's answers are taken over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask_babel import gettext

from eventsys.applications import queries
from eventsys.applications.actions import answers, drafts, keeping, letters, steps
from eventsys.applications.actions.drafts import Start
from eventsys.applications.models import AccessRequest, Application, Attachment, Dish
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.fields import email_of, name_of
from eventsys.applications.rules.parts import AccessOutcome
from eventsys.applications.rules.returning import TAKEN_OVER, still_holds
from eventsys.applications.rules.states import Act, State
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.i18n import page_language
from eventsys.base.ids import hash_of, new_code, new_token
from eventsys.base.refusals import Refusal
from eventsys.base.rendering import address_of, speaking
from eventsys.editions.models import Edition
from eventsys.files import actions as files
from eventsys.mail import actions as mail
from eventsys.organisations import actions as organisations
from eventsys.organisations import queries as known_organisations
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.names import name_key

REQUEST_LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: as what they call the organisation, the address to answer to, a language's code."""

    name: str
    email: str
    language: str


def ask(
    edition: Edition,
    organisation: Organisation,
    asker: Asker,
    *,
    by: Actor,
    now: datetime,
    draft: Application | None = None,
) -> None:
    """Ask the person known at an organisation to let somebody in, by a mailed link that answers once.

    Who asks is mailed that we have. Asked twice, the first mail counts. `draft` is what they have begun apart. Refusal(NOBODY_TO_ASK).
    """
    keeper = queries.keeper_of(organisation)
    if keeper is None:
        raise Refusal(Code.NOBODY_TO_ASK)
    asked = queries.open_request(edition, organisation, asker.email)
    if asked is not None and asked.expires_at > now:
        return
    token = new_token()
    if asked is None:
        asked = AccessRequest(edition=edition, organisation=organisation, email=asker.email)
        db.session.add(asked)
    asked.name, asked.language, asked.draft = asker.name, asker.language, draft
    asked.token_hash, asked.asked_at, asked.expires_at = hash_of(token), now, now + REQUEST_LASTS
    record("applications.access_asked", "organisation", organisation.code, by=by, now=now)
    _mail_both(asked, keeper, token=token, now=now)


def _mail_both(asked: AccessRequest, keeper: Application, *, token: str, now: datetime) -> None:
    """Tell who asks that we have asked, and ask the person known."""
    mail.queue(
        "applications/access_pending",
        to=asked.email,
        language=page_language(asked.language),
        now=now,
        name=asked.name,
        edition=asked.edition,
    )
    mail.queue(
        "applications/access_asked",
        to=keeper.email,
        language=page_language(keeper.language),
        now=now,
        about=f"application:{keeper.code}",
        application=keeper,
        organisation=asked.organisation,
        edition=asked.edition,
        asker=Asker(asked.name, asked.email, asked.language),
        link=address_of("applications.answer_access", token=token),
    )


def ask_by_name(edition: Edition, said: Start, *, by: Actor, now: datetime) -> bool:
    """Ask to be let in at the organisation whose name is like this one; False where there is none to ask, or no need."""
    email = email_of(said.email)
    known = queries.known_like(name_key(name_of(said.name)), said.kind)
    if not known or any(known_organisations.is_reached_by(one, email) for one in known):
        return False
    ask(edition, known[0], Asker(said.name, email, said.language), by=by, now=now)
    return True


def ask_by_number(application: Application, cvr: str, *, by: Actor, now: datetime) -> None:
    """Ask to be let in at the organisation that has a company number, with this draft. Refusal: CVR_FREE, NOBODY_TO_ASK."""
    known = known_organisations.by_cvr(cvr)
    if known is None or known is application.organisation or application.announced_state is not State.DRAFT:
        raise Refusal(Code.CVR_FREE, field="cvr")
    asker = Asker(application.organisation.name, application.email, application.language)
    ask(application.edition, known, asker, draft=application, by=by, now=now)


def grant(request: AccessRequest, *, now: datetime) -> Application:
    """Let somebody in: they are a contact from now on, and get a link to the organisation's application.

    Where it has none at the edition, what they have begun becomes it. Refusal(ANSWERED_ALREADY).
    """
    by = _answer(request, AccessOutcome.GRANTED, now=now)
    organisation, draft, note = request.organisation, request.draft, ""
    organisations.reach(organisation, request.email, language=request.language)
    application = queries.open_of(organisation, request.edition)
    if draft is not None and draft.state is not State.DRAFT:
        draft = None
    if application is None and draft is not None:
        application = _join(draft, organisation, by=by, now=now)
    elif application is None:
        application = drafts.begin(
            request.edition, organisation, email=request.email, language=request.language, code=new_code(), by=by, now=now
        )  # fmt: skip
    elif draft is not None:
        steps.take(draft, Act.WITHDRAW, to=State.WITHDRAWN, by=by, now=now)
        steps.tell(draft, note="", now=now)
        note = _put_aside(draft, request.language)
    letters.write("access_granted", application, to=request.email, now=now, note=note)
    return application


def _put_aside(draft: Application, language: str) -> str:
    with speaking(page_language(language)):
        said: str = gettext(
            "They have an application already. What you had begun yourself, number %(reference)s, is put aside; nothing of it was sent.",
            reference=draft.reference,
        )  # fmt: skip
    return said


def deny(request: AccessRequest, *, now: datetime) -> None:
    """Let nobody in, and tell them so. Refusal(ANSWERED_ALREADY)."""
    _answer(request, AccessOutcome.DENIED, now=now)
    mail.queue(
        "applications/access_denied",
        to=request.email,
        language=page_language(request.language),
        now=now,
        name=request.name,
        edition=request.edition,
    )


def _answer(request: AccessRequest, outcome: AccessOutcome, *, now: datetime) -> Actor:
    if request.answered_at is not None or request.expires_at <= now:
        raise Refusal(Code.ANSWERED_ALREADY)
    request.answered_at, request.outcome = now, outcome
    keeper = queries.keeper_of(request.organisation)
    by = Actor("applicant", keeper.code if keeper else "")
    record(f"applications.access_{outcome}", "organisation", request.organisation.code, by=by, now=now)
    return by


def _join(draft: Application, organisation: Organisation, *, by: Actor, now: datetime) -> Application:
    """Make a draft the organisation's own; the one under which it was begun goes where nothing else is its."""
    left = draft.organisation
    draft.organisation = organisation
    db.session.flush()
    if not queries.every_of(left):
        organisations.drop(left, by=by, now=now)
    record("applications.joined", "application", draft.code, by=by, now=now)
    return draft


@dataclass(frozen=True, slots=True)
class TakenOver:
    """From which application it comes, and the names of documents that would have come along but are lost."""

    earlier: Application
    lost: tuple[str, ...]


def take_over(application: Application, *, folder: Path, by: Actor, now: datetime) -> TakenOver:
    """Fill an empty draft with what the organisation told last time.

    Days, declarations and consent are asked anew; of documents the logo and what is valid to the end come along, and
    answers to the edition's own questions where the same was asked. Refusal: CALL_CLOSED, NOTHING_TO_TAKE_OVER.
    """
    keeping.check_may_change(application, now=now)
    earlier = queries.to_take_over(application)
    if earlier is None:
        raise Refusal(Code.NOTHING_TO_TAKE_OVER)
    for name in TAKEN_OVER:
        setattr(application, name, getattr(earlier, name))
    application.has_taken_part_before = earlier.announced_state is State.APPROVED
    for dish in queries.dishes_of(earlier):
        told = {name: getattr(dish, name) for name in ("position", "name", "allergens", "dietary")}
        db.session.add(Dish(application_id=application.id, **told))
    lost = _take_documents_over(application, earlier, folder=folder, now=now)
    answers.replace(answers.counted(queries.answers_as_of(earlier, application), of=application), of=application)
    application.changed_at = now
    record("applications.taken_over", "application", application.code, by=by, now=now, detail=earlier.reference)
    return TakenOver(earlier, tuple(lost))


def _take_documents_over(application: Application, earlier: Application, *, folder: Path, now: datetime) -> list[str]:
    """The logo and what is valid to the end; returns the names of those whose content is lost."""
    lost = []
    for one in queries.attachments_of(earlier):
        if still_holds(one.purpose, one.expires_on, until=application.edition.ends_on):
            copied = files.copy(one.file, folder=folder, now=now)
            if copied is None:
                lost.append(one.file.name)
                continue
            db.session.add(
                Attachment(
                    application_id=application.id, file=copied, purpose=one.purpose, expires_on=one.expires_on, added_at=now
                )
            )  # fmt: skip
    return lost
