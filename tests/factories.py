"""Valid objects for tests; what matters is said in the test. Everything returned is committed.

Each feature adds its own below the ones it builds on. Names are the models'; what an argument leaves out is
made up and valid. Test users all have PASSWORD.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from eventsys.accounts.actions import create_user
from eventsys.accounts.models import User
from eventsys.accounts.rules import Role
from eventsys.applications.models import Application
from eventsys.applications.rules.states import DECISIONS, State
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.ids import new_code, uuid7
from eventsys.booths import actions as booth_actions
from eventsys.booths.actions import arriving, placing
from eventsys.booths.models import Board, Pitch, Site
from eventsys.booths.rules.vehicles import VehicleKind
from eventsys.editions import actions as edition_actions
from eventsys.editions.models import Edition, Event, Gate
from eventsys.gate import actions as gate_actions
from eventsys.gate.actions import Enrolled, NewLink
from eventsys.gate.rules.devices import DeviceRole
from eventsys.organisations import actions as organisation_actions
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind
from eventsys.passes import actions as pass_actions
from eventsys.passes.models import Pass
from eventsys.passes.rules.codec import PassKind
from eventsys.questions import actions as question_actions
from eventsys.questions.models import Question
from eventsys.questions.rules.editing import Said
from eventsys.questions.rules.types import QuestionType
from tests.client import CarefulClient

PASSWORD = "fire røde æbler på række"
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BY = Actor("command")

_next = count(1)


def user(*, email: str = "", name: str = "Noor Hansen", language: str = "en", **more: Any) -> User:
    """Somebody who can sign in with PASSWORD and is on no team."""
    more.setdefault("password", PASSWORD)
    made = create_user(
        email or f"person{next(_next)}@example.org", name=name, language=language, by=BY, now=NOW, **more
    )
    db.session.commit()
    return made


def administrator(**more: Any) -> User:
    """Somebody who runs the installation."""
    return user(**{"name": "Astrid Administrator", "is_administrator": True, **more})


def team_member(edition: Edition, role: Role, **more: Any) -> User:
    """Somebody with a role at an edition."""
    made = user(**{"name": f"{role.value.capitalize()} Olsen", **more})
    edition_actions.add_to_team(edition, made, role=role, by=BY, now=NOW)
    db.session.commit()
    return made


def organiser(edition: Edition, **more: Any) -> User:
    """An organiser of an edition."""
    return team_member(edition, Role.ORGANISER, **more)


def sign_in(client: CarefulClient, who: User, *, password: str = PASSWORD) -> None:
    """Sign in by the form, as people do."""
    response = client.post("/account/login", data={"email": who.email, "password": password})
    assert response.status_code == 302, response.text


def sign_out(client: CarefulClient) -> None:
    """Sign out by the button."""
    client.post("/account/logout")


def event(*, name: str = "Taste the World", **more: Any) -> Event:
    """An event; the same one for the same name."""
    made = edition_actions.event_called(name, **more)
    db.session.commit()
    return made


def edition(
    slug: str = "",
    *,
    name: str = "Taste the World 2026",
    of: Event | None = None,
    starts_on: date = date(2026, 8, 29),
    day_count: int = 2,
    is_published: bool = True,
    call: tuple[datetime, datetime] | None = (NOW - timedelta(days=10), NOW + timedelta(days=60)),
    **more: Any,
) -> Edition:
    """A published edition of two days with an open call (as of NOW); `more` sets further columns."""
    made = edition_actions.create(
        slug or f"edition-{next(_next)}",
        event=of or edition_actions.event_called("Taste the World"),
        name=name,
        starts_on=starts_on,
        day_count=day_count,
        by=BY,
        now=NOW,
        number=more.pop("number", None),
    )
    if call is not None:
        edition_actions.open_call(made, opens_at=call[0], closes_at=call[1], by=BY, now=NOW)
    made.is_published = is_published
    for column, value in more.items():
        setattr(made, column, value)
    db.session.commit()
    return made


def gate(at: Edition, *, code: str = "north", name: Mapping[str, str] | None = None) -> Gate:
    """A gate of an edition."""
    made = edition_actions.add_gate(at, code=code, name=name or {"da": "Nordporten", "en": "North gate"})
    db.session.commit()
    return made


def organisation(
    name: str = "",
    *,
    kind: Kind = Kind.ASSOCIATION,
    cvr: str | None = None,
    email: str = "",
    language: str = "en",
    **more: Any,
) -> Organisation:
    """An organisation that is reached by one contact; `more` are further organisations.actions.Facts."""
    facts = organisation_actions.Facts(name=name or f"Foreningen {next(_next)}", cvr=cvr, **more)
    made = organisation_actions.create(facts, kind=kind, by=BY, now=NOW)
    organisation_actions.reach(made, email or f"contact{next(_next)}@example.org", language=language)
    db.session.commit()
    return made


# Enough of an answer to everything that must be told before sending.
TOLD: dict[str, Any] = {
    "days": 0b11,
    "crew": 4,
    "width_cm": 300,
    "power_watts": 0,
    "about": {"en": "Music and crafts."},
}


def application(
    at: Edition,
    *,
    of: Organisation | None = None,
    name: str = "",
    state: State = State.SUBMITTED,
    is_announced: bool = True,
    **more: Any,
) -> Application:
    """An application with everything told, sent at NOW; `is_announced=False` leaves a decision staged after `submitted`.

    `more` sets further columns, and `kind` that of the organisation.
    """
    kind = more.pop("kind", Kind.ASSOCIATION)
    whose = of or organisation(name, kind=kind)
    is_sent, is_decided = state is not State.DRAFT, state in DECISIONS
    made = Application(
        **{
            "code": new_code(),
            "reference": f"T-{next(_next):03d}",
            "edition_id": at.id,
            "organisation_id": whose.id,
            "state": state,
            "announced_state": state if is_announced else State.SUBMITTED,
            "email": whose.contacts[0].email,
            "language": whose.contacts[0].language,
            "email_confirmed_at": NOW,
            "sells_food": whose.kind is Kind.RESTAURANT,
            "consented_at": NOW if is_sent else None,
            "created_at": NOW,
            "changed_at": NOW,
            "submitted_at": NOW if is_sent else None,
            "decided_at": NOW if is_decided else None,
            "announced_at": NOW if is_decided and is_announced else None,
            "waitlist_rank": next(_next) if state is State.WAITLISTED else None,
            **TOLD,
            **({"cuisine": "Street food", "allergens": []} if whose.kind is Kind.RESTAURANT else {}),
            **more,
        }
    )
    db.session.add(made)
    db.session.commit()
    return made


def question(at: Edition, label: str, *, type: QuestionType = QuestionType.YES_NO, **more: Any) -> Question:  # noqa: A002 - the column's name
    """A question of an edition to everybody; nobody must answer it unless `more` says so."""
    said: dict[str, Any] = {"kind": None, "help": {}, "options": [], "is_required": False, "shown_if": {}, **more}
    made = question_actions.add(at, Said(type=type, label={"da": label, "en": label}, **said), by=BY, now=NOW)
    db.session.commit()
    return made


# The morning of an edition's first day, half an hour after its gates have opened.
OPEN = datetime(2026, 8, 29, 7, 30, tzinfo=UTC)


def passes(
    at: Edition, *, kind: PassKind = PassKind.VISITOR, days: Collection[int] = (1, 2), count: int = 1, **more: Any
) -> list[Pass]:
    """Signed passes of an edition, issued at NOW."""
    made = pass_actions.issue(at, kind, days=days, count=count, by=BY, now=NOW, **more)
    db.session.commit()
    return made


def gate_link(at: Gate, *, role: DeviceRole = DeviceRole.SCAN, most_devices: int = 5, **more: Any) -> NewLink:
    """A link for phones to a gate, made at OPEN and good for twelve hours."""
    hours = {"valid_from": OPEN, "valid_until": OPEN + timedelta(hours=12), "now": OPEN}
    made = gate_actions.make_link(at, role=role, most_devices=most_devices, by=BY, **hours | more)
    db.session.commit()
    return made


def device(at: Gate, *, role: DeviceRole = DeviceRole.SCAN, **more: Any) -> Enrolled:
    """A phone at a gate, enrolled at OPEN (or `now`) by a link of its own, with its token."""
    made = gate_actions.enrol(gate_link(at, role=role, **more).token, now=more.get("now", OPEN))
    db.session.commit()
    return made


def scan(*, at: datetime = OPEN, number: int | None = None, **said: Any) -> dict[str, Any]:
    """One attempt as a phone with a good clock tells it: a person counted in, unless `said` names something else."""
    entropy = (number or next(_next)).to_bytes(10, "big")
    named = said.keys() & {"pass_id", "code_hash", "tally", "voids"}
    return {
        "scan_id": str(uuid7(int(at.timestamp() * 1000), entropy)),
        "direction": "in",
        "captured_at": at.isoformat(),
        "clock_offset_ms": 0,
        "clock_doubt_ms": 40,
        "phone_verdict": None,
        "let_in": True,
        "entry": "camera",
        **({} if named else {"tally": 1}),
        **said,
    }


def street(at: Edition, *, widths_m: Collection[float] = (3, 3, 6), board_kw: int = 10) -> list[Pitch]:
    """Pitches A1, A2 … in a row, ten metres apart, on one board."""
    site = Site(edition_id=at.id, name="Gaden")
    db.session.add(site)
    db.session.flush()
    board = Board(site_id=site.id, code="EL1", capacity_watts=board_kw * 1000)
    db.session.add(board)
    db.session.flush()
    step = 0.00016  # About ten metres of longitude in Copenhagen.
    made = []
    for n, width in enumerate(widths_m):
        west, east, south, north = 12.55 + n * step, 12.55 + n * step + 0.00004, 55.69, 55.69003
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        made.append(
            Pitch(
                site_id=site.id,
                board_id=board.id,
                number=f"A{n + 1}",
                polygon=ring,
                width_cm=round(width * 100),
                depth_cm=300,
            )
        )
    db.session.add_all(made)
    db.session.commit()
    return made


def comes_by_vehicle(at: Edition, *, is_published: bool = True, email: str = "", **told: Any) -> Application:
    """A booth on A1 with a van that comes at six on each day, by a plan that counts or a draft."""
    [pitch] = street(at, widths_m=[3])
    pitch.side, pitch.along_cm, pitch.has_vehicle_access = "A", 0, True
    of = organisation(told.pop("name", ""), email=email)
    made = application(at, of=of, state=State.APPROVED, needs_vehicle_access=True, **told)
    placing.move(at, made, ["A1"], hand=placing.Hand(BY), now=NOW)
    arriving.set_kerb(
        at, "A", arriving.KerbSaid(2, is_entered_from_end=False, route={"en": "Over the bridge."}), by=BY, now=NOW
    )
    for day in at.days:
        start = clock.from_local(datetime.combine(clock.local(day.opens_at).date(), time(6)))
        said = arriving.SlotsSaid(day, start, start + timedelta(hours=1), minutes=15, most_vehicles=2)
        arriving.make_slots(at, "A", said, by=BY, now=NOW)
    arriving.set_vehicle(made, VehicleKind.VAN, by=BY, now=NOW)
    arriving.assign_times(at, by=BY, now=NOW)
    if is_published:
        booth_actions.publish(at, by=BY, now=NOW)
    db.session.commit()
    return made
