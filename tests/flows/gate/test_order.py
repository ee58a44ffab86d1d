"""Whatever the order, the batches and the repetitions in which scans arrive, the caches are the fold of the set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from eventsys.base.db import db
from eventsys.editions.models import Edition, Gate
from eventsys.gate import actions, caches, ruling
from eventsys.gate.models import Device
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.fold import fold
from eventsys.gate.rules.gates import GateRule, RuleSince
from eventsys.gate.rules.scans import Direction, PassFacts, ScanRecord
from eventsys.gate.ruling import Wanted
from eventsys.passes import actions as pass_actions
from eventsys.passes.rules.codec import PassKind
from tests import factories
from tests.factories import OPEN

LATE = OPEN + timedelta(hours=30)
REVOKED = OPEN + timedelta(minutes=10)
REOPENED = OPEN + timedelta(minutes=22)


@dataclass(frozen=True)
class Attempt:
    """What one phone noted: who (a pass by its place, a tally, a foreign code, or the attempt that it takes back)."""

    gate: int
    minute: int
    direction: str
    what: str
    which: int
    let_in: bool


attempts = st.builds(
    Attempt,
    gate=st.integers(0, 1),
    minute=st.sampled_from([*range(0, 40, 4), 24 * 60, 24 * 60 + 5]),
    direction=st.sampled_from(["in", "in", "out"]),
    what=st.sampled_from(["pass", "pass", "pass", "tally", "code", "void"]),
    which=st.sampled_from([0, 0, 0, 1, 2, 3, 4]),
    let_in=st.booleans(),
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Attempt], list[list[int]]]:
    """A history, and the batches in which it is sent: places in the history, shuffled, some of them again."""
    history = draw(st.lists(attempts, min_size=1, max_size=14))
    order = draw(st.permutations(range(len(history))))
    again = draw(st.lists(st.sampled_from(order), max_size=6))
    queue, batches = [*order, *again], []
    while queue:
        size = draw(st.integers(1, len(queue)))
        batches.append(queue[:size])
        queue = queue[size:]
    return history, batches


def body_of(attempt: Attempt, ids: list[str], pass_ids: list[str], *, place: int) -> dict[str, Any]:
    named: dict[str, object] = {
        "pass": {"pass_id": pass_ids[attempt.which]},
        "tally": {"tally": attempt.which - 2 or 5},
        "code": {"code_hash": "ab" * 32},
        "void": {"voids": ids[attempt.which % len(ids)]},
    }[attempt.what]
    at = OPEN + timedelta(minutes=attempt.minute)
    said = factories.scan(at=at, direction=attempt.direction, let_in=attempt.let_in, **named)  # type: ignore[arg-type]
    return said | {"scan_id": ids[place]}


def record_of(said: dict[str, Any], gate: str) -> ScanRecord:
    return ScanRecord(
        scan_id=said["scan_id"],
        corrected_at=datetime.fromisoformat(said["captured_at"]),
        gate=gate,
        direction=Direction(said["direction"]),
        pass_id=said.get("pass_id"),
        tally=said.get("tally"),
        voids=said.get("voids"),
        let_in=said["let_in"],
    )


@dataclass(frozen=True)
class Scene:
    """An edition with a phone at each of two gates (S is shut on day 1 for a while), and five pass ids: three of its own, one never issued, one foreign."""

    edition: Edition
    phones: list[Device]
    pass_ids: list[str]
    facts: dict[str, PassFacts]
    rules: dict[str, list[RuleSince]]


@pytest.fixture
def scene(session: Session) -> Scene:
    edition = factories.edition()
    gates = [factories.gate(edition, code=code) for code in ("N", "S")]
    [valid] = factories.passes(edition)
    [second_day] = factories.passes(edition, kind=PassKind.GUEST, days=[2])
    [revoked] = factories.passes(edition, kind=PassKind.VOLUNTEER)
    [foreign] = factories.passes(factories.edition())
    pass_actions.revoke(revoked, reason="lost", by=factories.BY, now=REVOKED)
    session.commit()
    facts = {
        valid.pass_id: PassFacts(PassKind.VISITOR, 0b11),
        second_day.pass_id: PassFacts(PassKind.GUEST, 0b10),
        revoked.pass_id: PassFacts(PassKind.VOLUNTEER, 0b11, revoked_at=REVOKED),
        foreign.pass_id: PassFacts(PassKind.VISITOR, 0b11, is_of_other_edition=True),
    }
    phones = [factories.device(gate, role=DeviceRole.SUPERVISE).device for gate in gates]
    return Scene(edition, phones, [*facts, "00000000000000aa"], facts, _ruled(edition, gates[1]))


def _ruled(edition: Edition, gate: Gate) -> dict[str, list[RuleSince]]:
    """Shut on day 1 from the first revocation on, and open for crews and visitors twelve minutes later."""
    shut, again = Wanted(frozenset(), is_open=False), Wanted(frozenset({PassKind.BOOTH_CREW, PassKind.VISITOR}))
    for wanted, since in ((shut, REVOKED), (again, REOPENED)):
        assert ruling.set_rule(edition, gate, wanted, days=[1], by=factories.BY, now=since) == [1]
    db.session.commit()
    some = frozenset({PassKind.BOOTH_CREW, PassKind.VISITOR})
    shut_rule = GateRule(frozenset(PassKind), is_open=False)
    return {"S": [RuleSince(1, REVOKED, shut_rule), RuleSince(1, REOPENED, GateRule(some))]}


@given(histories())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_caches_are_the_fold_of_the_set(
    session: Session, scene: Scene, told: tuple[list[Attempt], list[list[int]]]
) -> None:
    history, batches = told
    ids = [factories.scan(at=OPEN)["scan_id"] for _ in history]
    bodies = [body_of(attempt, ids, scene.pass_ids, place=place) for place, attempt in enumerate(history)]
    ground = caches.ground_of(scene.edition.id)
    records = [record_of(said, "NS"[attempt.gate]) for said, attempt in zip(bodies, history, strict=True)]
    wanted = fold(records, scene.facts, days=ground.days, gates=scene.rules)

    with session.begin_nested() as example:
        for batch in batches:
            for number, phone in enumerate(scene.phones):
                mine = [bodies[place] for place in batch if history[place].gate == number]
                actions.record_scans(phone, mine, now=LATE)
        found = caches.cached_fold(ground)
        differences = actions.rebuild(scene.edition, is_check=True)
        example.rollback()

    assert found.admissions == wanted.admissions
    assert found.counts == wanted.counts
    assert sorted(found.duplicates, key=lambda one: (one.at, one.scan_id)) == wanted.duplicates
    assert sorted(found.let_in, key=lambda one: (one.at, one.scan_id)) == wanted.let_in
    assert differences == []
