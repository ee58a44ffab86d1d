"""What an applicant does with the whole: start, come back, send, withdraw. What the steps tell is kept by `keeping`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eventsys.applications import panels, queries, signals
from eventsys.applications.actions import amendments, letters, places, steps
from eventsys.applications.actions.keeping import check_may_change, is_call_open, is_over
from eventsys.applications.models import ApplicantLink, Application
from eventsys.applications.rules import completeness
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.completeness import Missing
from eventsys.applications.rules.fields import email_of, name_of
from eventsys.applications.rules.references import form_of
from eventsys.applications.rules.states import Act, State, after
from eventsys.audit.actions import Actor, record
from eventsys.base import counters
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.organisations import actions as organisations
from eventsys.organisations import queries as known_organisations
from eventsys.organisations.actions import Facts
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.rules.names import name_key

MOST_LINKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What somebody says first."""

    kind: Kind
    name: str
    email: str
    language: str
    # They say that they are somebody else than who has a name like theirs.
    is_another: bool = False


@dataclass(frozen=True, slots=True)
class Started:
    """The application, and whether this browser may go on before the mailed link is opened."""

    application: Application
    may_go_on: bool


def start(edition: Edition, said: Start, *, code: str, by: Actor, now: datetime) -> Started:
    """Begin an application under a code that the browser was given with the form, and mail its link.

    Pressed twice, the same application comes back. An organisation that we know is opened to the addresses that
    we reach it by, and to them by the mailed link alone. Refusal: CALL_CLOSED, MISSING, TOO_LONG, EMAIL_WRONG,
    KNOWN_ALREADY when somebody else signed up under a name like it, unless this `is_another`.
    """
    email, name = email_of(said.email), name_of(said.name)
    again = queries.find(code)
    if again is not None and again.edition_id == edition.id and again.email == email:
        return Started(again, may_go_on=not queries.has_confirmed(again.organisation))
    if not is_call_open(edition, now=now):
        raise Refusal(Code.CALL_CLOSED)
    known = queries.known_like(name_key(name), said.kind)
    organisation = next((one for one in known if known_organisations.is_reached_by(one, email)), None)
    if organisation is None and known and not said.is_another:
        raise Refusal(Code.KNOWN_ALREADY, field="name")
    application = queries.open_of(organisation, edition) if organisation else None
    if application is None:
        of = organisation or organisations.create(Facts(name=name), kind=said.kind, by=by, now=now)
        organisations.reach(of, email, language=said.language)
        application = begin(edition, of, email=email, language=said.language, code=code, by=by, now=now)
    letters.write("link", application, to=email, now=now)
    return Started(application, may_go_on=organisation is None)


def begin(
    edition: Edition, organisation: Organisation, *, email: str, language: str, code: str, by: Actor, now: datetime
) -> Application:
    """An empty draft, which is written to at this address."""
    application = Application(
        code=code,
        reference=_next_reference(edition),
        edition=edition,
        organisation=organisation,
        state=State.DRAFT,
        announced_state=State.DRAFT,
        email=email,
        language=language,
        sells_food=organisation.kind is Kind.RESTAURANT,
        created_at=now,
        changed_at=now,
    )
    db.session.add(application)
    db.session.flush()  # The link needs its key.
    record("applications.started", "application", code, by=by, now=now)
    return application


def _next_reference(edition: Edition) -> str:
    """A free number, written as the edition's others are: the first one gives the form."""
    form = form_of(queries.first_reference_of(edition), number=edition.number)
    while True:
        reference = form.written(counters.take(f"applications:{edition.id}"))
        if not queries.is_reference_taken(edition, reference):
            return reference


def confirm(link: ApplicantLink, *, now: datetime) -> Application:
    """Take it that whoever opened a mailed link reads the address that it went to, and no other."""
    application = queries.get(link.application_id)
    if application.email_confirmed_at is None and link.email == application.email:
        application.email_confirmed_at = now
        by = Actor("applicant", application.code)
        record("applications.address_confirmed", "application", application.code, by=by, now=now)
    return application


def send_link(application: Application, *, now: datetime, email: str = "") -> None:
    """Mail a link once more; to another address as long as the first one isn't confirmed. Refusal(EMAIL_WRONG)."""
    if email and application.email_confirmed_at is None:
        application.email = email_of(email)
        # A link that went elsewhere must not vouch for this address.
        letters.forget_links(application)
        organisations.reach(application.organisation, application.email, language=application.language)
    letters.write("link", application, now=now)


def send_lost_links(email: str, *, now: datetime) -> None:
    """Mail a link for each application that an address may open, if there is any; of many, for the newest. Refusal(EMAIL_WRONG).

    One whose event is over is opened too, to be read.
    """
    to = email_of(email)
    for application in queries.reached_by(to, most=MOST_LINKS):
        letters.write("link", application, to=to, now=now)


def submit(application: Application, *, has_consented: bool, by: Actor, now: datetime, answer: str = "") -> None:
    """Send an application, or send it again after changes with an `answer` to what was asked; a receipt goes by mail.

    Refusal: NOT_NOW, CALL_CLOSED, CONSENT_MISSING, ADDRESS_UNCONFIRMED, INCOMPLETE.
    """
    to = after(application.announced_state, Act.SUBMIT)
    check_may_change(application, now=now)
    if has_consented and application.consented_at is None:
        application.consented_at = now
    lacks = completeness.missing(queries.told_by(application))
    if Missing.CONSENT in lacks:
        raise Refusal(Code.CONSENT_MISSING, field="consent")
    if application.email_confirmed_at is None:
        raise Refusal(Code.ADDRESS_UNCONFIRMED)
    if lacks:
        raise Refusal(Code.INCOMPLETE)
    application.submitted_at = application.submitted_at or now
    steps.unstage(application, by=by, now=now)
    steps.take(application, Act.SUBMIT, to=to, by=by, now=now, note=answer.strip())
    steps.tell(application, note="", now=now)
    application.decided_at = application.announced_at = None
    application.decision_note = ""
    letters.write("submitted", application, now=now)


def may_restore(application: Application) -> bool:
    """Whether a withdrawal may still be undone: the application had been sent, and the booths aren't published yet."""
    try:
        _check_may_restore(application)
    except Refusal:
        return False
    return True


def restore(application: Application, *, by: Actor, now: datetime) -> bool | None:
    """Undo a withdrawal: back under review, as a place may be somebody else's by now; with the change that was asked for then.

    Whether that change holds now; None where none was asked for. Refusal: NOT_NOW, TOO_LATE_TO_RETURN, HAS_OPEN_APPLICATION.
    """
    _check_may_restore(application)
    steps.take(application, Act.REOPEN, to=State.SUBMITTED, by=by, now=now, done="restored")
    steps.tell(application, note="", now=now)
    application.decided_at = application.announced_at = None
    has_change = amendments.take_up(application, by=by, now=now)
    letters.write("restored", application, now=now)
    return has_change


def _check_may_restore(application: Application) -> None:
    if application.announced_state is not State.WITHDRAWN or application.submitted_at is None:
        raise Refusal(Code.NOT_NOW)
    if panels.is_settled(application.edition):
        raise Refusal(Code.TOO_LATE_TO_RETURN)
    other = queries.open_of(application.organisation, application.edition)
    if other is not None and other is not application:
        raise Refusal(Code.HAS_OPEN_APPLICATION, other=other.reference)


def withdraw(application: Application, *, reason: str, by: Actor, now: datetime) -> None:
    """Take an application back, whatever is decided; what hangs on it goes too. Refusal(NOT_NOW), also once all is over."""
    to = after(application.announced_state, Act.WITHDRAW)
    if is_over(application.edition, now=now):
        raise Refusal(Code.NOT_NOW)
    places.drop_offer(application, by=by, now=now)
    steps.unstage(application, by=by, now=now)
    steps.take(application, Act.WITHDRAW, to=to, by=by, now=now, note=reason)
    steps.tell(application, note="", now=now)
    amendments.settle(application, by=by, now=now)
    letters.write("withdrawn", application, now=now)
    signals.withdrawn.send(application, by=by, now=now)
