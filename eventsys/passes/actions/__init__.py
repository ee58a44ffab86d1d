"""Issuing, revoking and reissuing passes; making and turning their keys."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.audit.actions import Actor, record
from eventsys.base import counters
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import DayKind, Edition
from eventsys.passes import keys, queries, signals
from eventsys.passes.models import Pass, PassKey, Revocation
from eventsys.passes.rules.codec import PassFields, PassKind, days_mask, days_of, encode
from eventsys.passes.rules.codes import Code
from eventsys.passes.rules.handing import free_numbers
from eventsys.passes.rules.keys import FIRST_LIVE_KEY_ID, KeyRing, public_keys_of

MOST_AT_ONCE = 50_000
REISSUED = "reissued"
NOT_WANTED = "crew changed"


def signing_ring(*, now: datetime) -> KeyRing:
    """The keys that sign passes, made at first need; their public halves are in the database from then on.

    Refusal: KEY_FILE_MALFORMED, KEY_MISMATCH when the database knows another key under the same id, KEY_UNKNOWN when
    the signing one was retired.
    """
    known = {key.id: key for key in queries.every_key()}
    ring = keys.read() or keys.make(max(known, default=FIRST_LIVE_KEY_ID - 1) + 1)
    for key_id, public_key in public_keys_of(ring).items():
        if key_id not in known:
            db.session.add(PassKey(id=key_id, public_key=public_key.hex(), created_at=now))
        elif known[key_id].public_key != public_key.hex():
            raise Refusal(Code.KEY_MISMATCH, key_id=key_id)
        elif key_id == ring.signing and known[key_id].retired_at is not None:
            raise Refusal(Code.KEY_UNKNOWN, key_id=key_id)
    db.session.flush()  # Passes refer to keys, and relate to nothing that would order the two.
    return ring


def rotate_keys(*, by: Actor, now: datetime) -> int:
    """Sign with a new key from now on; the others verify until they are retired. Returns the new key id."""
    keys.rotate(signing_ring(now=now))
    signing = signing_ring(now=now).signing
    record("passes.key_rotated", "pass_key", str(signing), by=by, now=now)
    return signing


def retire_key(key_id: int, *, by: Actor, now: datetime) -> None:
    """Believe no pass of this key any more. Refusal: KEY_UNKNOWN, KEY_SIGNS for the one that signs new passes."""
    signing = signing_ring(now=now).signing
    key = db.session.get(PassKey, key_id)
    if key is None or key.retired_at is not None:
        raise Refusal(Code.KEY_UNKNOWN, field="key_id", key_id=key_id)
    if key_id == signing:
        raise Refusal(Code.KEY_SIGNS, field="key_id", key_id=key_id)
    key.retired_at = now
    record("passes.key_retired", "pass_key", str(key_id), by=by, now=now)


def issue(
    edition: Edition,
    kind: PassKind,
    *,
    days: Collection[int],
    by: Actor,
    now: datetime,
    count: int = 1,
    application: Application | None = None,
    bearer_name: str = "",
) -> list[Pass]:
    """Signed passes of one kind for numbered days of the edition. Refusal: DAY_UNKNOWN, COUNT."""
    unknown = set(days) - {day.number for day in edition.days}
    if unknown or not days:
        raise Refusal(Code.DAY_UNKNOWN, field="days", days=", ".join(map(str, sorted(unknown))) or "–")
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refusal(Code.COUNT, field="count", count=count, most=MOST_AT_ONCE)
    ring, mask = signing_ring(now=now), days_mask(frozenset(days))
    issued = []
    for _ in range(count):
        fields = PassFields(kind, ring.signing, edition.number, _new_pass_id(), mask)
        issued.append(
            Pass(
                pass_id=fields.pass_id,
                edition_id=edition.id,
                key_id=ring.signing,
                kind=kind.value,
                days=mask,
                text=encode(fields, ring.signing_key),
                application_id=application.id if application else None,
                bearer_name=bearer_name,
                issued_at=now,
            )
        )
    db.session.add_all(issued)
    about = ("application", application.code) if application else ("edition", edition.slug)
    record("passes.issued", *about, by=by, now=now, detail=f"{count} {kind.name.lower()}")
    return issued


def issue_crew_passes(application: Application, *, by: Actor, now: datetime) -> list[Pass]:
    """One pass for each of the crew: the days of the application, and every day of building up.

    Doing it again issues what is missing and ends what is no longer right. Refusal(NOT_APPROVED) before it is announced.
    """
    if application.announced_state is not State.APPROVED:
        raise Refusal(Code.NOT_APPROVED, reference=application.reference)
    build_up = {day.number for day in application.edition.days if day.kind is DayKind.BUILD_UP}
    days = days_of(application.days) | build_up
    present = queries.crew_passes_of(application, is_locked=True)
    wanted = application.crew or 0
    fitting = [pass_ for pass_ in present if days_of(pass_.days) == days]
    kept = sorted(fitting, key=lambda pass_: pass_.bundle_id is None)[:wanted]  # First those that somebody has.
    had = [pass_ for pass_ in present if pass_ not in kept and pass_.bundle_id is not None]
    revoke_several([pass_ for pass_ in present if pass_ not in kept], reason=NOT_WANTED, by=by, now=now)
    missing = wanted - len(kept)
    if not missing:
        return []
    issued = issue(
        application.edition, PassKind.BOOTH_CREW, days=days, by=by, now=now, count=missing, application=application
    )
    for new, old in zip(issued, had, strict=False):  # Who has a link sees the pass with the new days there.
        new.bundle_id, new.bearer_name = old.bundle_id, old.bearer_name
    _number(issued, kept=kept, after=had)
    return issued


def _number(issued: Sequence[Pass], *, kept: Sequence[Pass], after: Sequence[Pass]) -> None:
    """Give new passes of a crew the numbers of those that they stand for, else the lowest that no pass has."""
    taken_over = [pass_.number for pass_ in after if pass_.number][: len(issued)]
    taken = {pass_.number for pass_ in kept if pass_.number} | set(taken_over)
    for pass_, number in zip(issued, [*taken_over, *free_numbers(taken, len(issued))], strict=False):
        pass_.number = number


def revoke(pass_: Pass, *, reason: str, by: Actor, now: datetime) -> None:
    """End a pass early. Refusal(ALREADY_REVOKED)."""
    if queries.revocation_of(pass_) is not None:
        raise Refusal(Code.ALREADY_REVOKED)
    revoke_several([pass_], reason=reason, by=by, now=now)


def revoke_all(application: Application, *, reason: str, by: Actor, now: datetime) -> int:
    """End every crew pass of an application; returns how many there were."""
    passes = queries.crew_passes_of(application, is_locked=True)
    revoke_several(passes, reason=reason, by=by, now=now)
    return len(passes)


def revoke_several(passes: Sequence[Pass], *, reason: str, by: Actor, now: datetime) -> None:
    """End passes that still count, all of one edition."""
    if not passes:
        return
    edition = passes[0].edition
    first = counters.take(f"revocation:{edition.id}", len(passes))
    for seq, pass_ in enumerate(passes, first):
        db.session.add(Revocation(pass_id=pass_.pass_id, edition_id=edition.id, seq=seq, revoked_at=now, reason=reason))
        record("passes.revoked", "pass", pass_.pass_id, by=by, now=now)
    db.session.flush()  # Those who react look it up.
    signals.revoked.send(edition, pass_ids=[pass_.pass_id for pass_ in passes])


def reissue(pass_: Pass, *, by: Actor, now: datetime) -> Pass:
    """A new pass in place of one that was lost or seen by others; the old one is revoked. Refusal(ALREADY_REVOKED)."""
    revoke(pass_, reason=REISSUED, by=by, now=now)
    [new] = issue(
        pass_.edition,
        PassKind(pass_.kind),
        days=days_of(pass_.days),
        by=by,
        now=now,
        application=pass_.application,
        bearer_name=pass_.bearer_name,
    )
    new.bundle_id = pass_.bundle_id  # Who has the link to the old one sees the new one there.
    new.number = pass_.number
    return new


def _new_pass_id() -> str:
    """Eight random bytes in hex, never zero."""
    return f"{secrets.randbelow(2**64 - 1) + 1:016x}"
