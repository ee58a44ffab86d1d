"""What the API tells a phone, as plain objects."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from eventsys.base.clock import local
from eventsys.base.i18n import in_language, long_date
from eventsys.base.refusals import Refusal
from eventsys.booths.queries import arrivals as booths
from eventsys.editions import queries as editions
from eventsys.editions.models import Edition, Gate
from eventsys.gate import caches, messages, queries
from eventsys.gate import history as histories
from eventsys.gate.messages import Noted
from eventsys.gate.models import Device, GateLink, GateMessage
from eventsys.gate.rules.admissions import Counts
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.gates import ANY_KIND, rules_now
from eventsys.gate.rules.intake import Result, Status
from eventsys.gate.scanner_texts import verdict_texts
from eventsys.passes import queries as passes
from eventsys.passes.rules.codec import PassKind
from eventsys.passes.rules.training import training_keys, training_pass

# The third number is younger than the others: phones may come with a cursor of two.
CURSOR = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})(?:\.([0-9]{1,9}))?")
MOST_CHANGES = 10_000


def moment(at: datetime) -> str:
    """A moment as the API writes it: ISO 8601 in UTC, with Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def invitation(link: GateLink) -> dict[str, Any]:
    """Where a link leads: what a phone asks with before it leaves another gate."""
    return {
        "gate": {"code": link.gate.code, "name": in_language(link.gate.name)},
        "edition": _edition(queries.edition_of(link)),
    }


def enrolment(device: Device, *, token: str) -> dict[str, Any]:
    """What a phone keeps of its enrolment."""
    return {
        "token": token,
        "device": device.code,
        "role": device.role.value,
        "gate": {"code": device.gate.code, "name": in_language(device.gate.name)},
        "edition": _edition(queries.edition_of(device)),
        "valid_from": moment(device.valid_from),
        "valid_until": moment(device.valid_until),
    }


def manifest(device: Device) -> dict[str, Any]:
    """What a phone needs to decide by itself, in the language of the moment; `server_time` comes on top."""
    edition, gate = queries.edition_of(device), device.gate
    return {
        "edition": _edition(edition),
        "days": _days(edition),
        "gate": {
            "code": gate.code,
            "name": in_language(gate.name),
            **_rules(edition, gate),
            "let_in_on_cannot_decide": gate.lets_in_undecided,
        },
        "gates": {other.code: in_language(other.name) for other in editions.gates_of(edition)},
        "device": {
            "code": device.code,
            "role": device.role.value,
            "valid_from": moment(device.valid_from),
            "valid_until": moment(device.valid_until),
        },
        "keys": {str(key_id): digits for key_id, digits in passes.verifying_keys().items()},
        "training": {
            "keys": {str(key_id): digits for key_id, digits in training_keys().items()},
            "pass": training_pass(edition.number),
        },
        "verdicts": verdict_texts(),
        "arrivals": _arrivals(edition),
    }


def _rules(edition: Edition, gate: Gate) -> dict[str, Any]:
    """The rule that counts now for each day that has one; `kinds` is all that the gate takes on any day."""
    rules = rules_now(queries.rules_of(gate))
    ruled = [rules.get(day.number, ANY_KIND) for day in edition.days] or [ANY_KIND]
    return {
        "kinds": _values(frozenset().union(*(rule.kinds for rule in ruled))),
        "rules": [
            {
                "day": day,
                "kinds": _values(rule.kinds),
                "open": rule.is_open,
                "opens_at": moment(rule.opens_at) if rule.opens_at else None,
                "closes_at": moment(rule.closes_at) if rule.closes_at else None,
            }
            for day, rule in rules.items()
        ],
    }


def _values(kinds: Iterable[PassKind]) -> list[int]:
    return sorted(kind.value for kind in kinds)


def _arrivals(edition: Edition) -> list[dict[str, Any]]:
    """Vehicles that are expected: number of the pitch, what it is, from when to when; no name, no plate."""
    return [
        {
            "pitches": list(one.numbers),
            "vehicle": one.kind.value if one.kind else None,
            "from": moment(one.slot.starts_at),
            "until": moment(one.slot.ends_at),
        }
        for one in booths.expected_at(edition)
    ]


def fingerprint(told: dict[str, Any]) -> str:
    """The entity tag of an answer."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def _edition(edition: Edition) -> dict[str, Any]:
    return {"slug": edition.slug, "number": edition.number, "name": in_language(edition.name)}


def _days(edition: Edition) -> list[dict[str, Any]]:
    by_number = {day.number: day for day in edition.days}
    return [
        {
            "number": window.number,
            "name": long_date(local(window.opens_at).date()),
            "opens_at": moment(window.opens_at),
            "closes_at": moment(by_number[window.number].closes_at),
            "window_from": moment(window.opens_at),
            "window_until": moment(window.until),
        }
        for window in caches.ground_of(edition.id).days
    ]


def changes(device: Device, *, cursor: str, now: datetime) -> dict[str, Any]:
    """What was revoked, admitted and taken back since a cursor, everything for an empty one, and the messages that stand.

    Refusal(CURSOR_MALFORMED).
    """
    found = CURSOR.fullmatch(cursor or "0.0")
    if found is None:
        raise Refusal(Code.CURSOR_MALFORMED, field="cursor")
    edition = queries.edition_of(device)
    gates = caches.ground_of(edition.id).gates
    since = queries.Cursor(*(int(number or 0) for number in found.groups()))
    news = queries.changes(edition, since=since, most=MOST_CHANGES)
    return {
        "cursor": ".".join(map(str, news.cursor)),
        "revoked": list(news.revoked),
        "admitted": [
            {
                "pass_id": admission.pass_id,
                "day": admission.day_number,
                "at": moment(admission.last_at),
                "gate": gates[admission.last_gate_id],
                "inside": admission.is_inside,
            }
            for admission in news.admitted
        ],
        "taken_back": [
            {
                "scan_id": taken.scan_id,
                "pass_id": taken.pass_id,
                "day": taken.day_number,
                "admitted": taken.is_admitted,
            }
            for taken in news.taken_back
        ],
        "more": news.has_more,
        "messages": [_message(message) for message in messages.standing_for(device, now=now)],
    }


def _message(message: GateMessage) -> dict[str, Any]:
    return {
        "code": message.code,
        "text": message.text,
        "gate": message.gate.code if message.gate else None,
        "sent_at": moment(message.sent_at),
    }


def noted(answers: Sequence[Noted]) -> list[dict[str, Any]]:
    """The answer to each receipt, in the order of sending."""
    return [
        {
            "message": answer.receipt.message,
            "kind": answer.receipt.kind.value,
            "status": answer.status.value,
            "reason": Code.MESSAGE_UNKNOWN.value if answer.status is Status.REFUSED else None,
        }
        for answer in answers
    ]


def results(answers: Sequence[Result]) -> list[dict[str, Any]]:
    """The answer to each scan of a batch."""
    return [
        {
            "scan_id": answer.scan_id,
            "status": answer.status.value,
            "verdict": answer.verdict.value if answer.verdict else None,
            "reason": answer.reason.value if answer.reason else None,
            "field": answer.field,
        }
        for answer in answers
    ]


def status(device: Device, *, now: datetime) -> dict[str, Any]:
    """The counts of the day that runs now, at this gate and over all; zeros outside every day's window."""
    edition = queries.edition_of(device)
    day = queries.day_now(edition, now=now)
    here = queries.counts_of_gate(device.gate, day=day.number) if day else Counts()
    whole = queries.counts_by_day(edition).get(day.number, Counts()) if day else Counts()
    return {
        "gate": {"admitted": here.admitted, "tallied_in": here.tallied_in, "tallied_out": here.tallied_out},
        "edition": {"visits_today": whole.visits, "inside_now": whole.inside, "capacity": edition.capacity},
    }


def history(device: Device, *, pass_id: str) -> dict[str, Any]:
    """What the log holds of a pass, the latest scan first. Refusal(SUPERVISOR_ONLY)."""
    found = histories.of_pass(device, pass_id)
    return {
        "pass": found.facts
        and {
            "kind": found.facts.kind.value,
            "days": found.facts.days,
            "revoked": found.facts.revoked_at is not None,
        },
        "scans": [
            {
                "scan_id": scan.scan_id,
                "at": moment(scan.at),
                "gate": scan.gate,
                "direction": scan.direction,
                "verdict": scan.verdict.value if scan.verdict else None,
                "let_in": scan.let_in,
                "taken_back": scan.is_taken_back,
            }
            for scan in found.scans
        ],
    }
