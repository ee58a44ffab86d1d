"""One act on many applications: queued with its reader's name, worked through one by one by the worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from eventsys.accounts.models import User
from eventsys.applications import panels, queries
from eventsys.applications.actions import decisions, letters, reviewing
from eventsys.applications.models import Application, Batch
from eventsys.applications.rules.batches import BatchAct, BatchState
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.states import Act
from eventsys.audit.actions import Actor, record
from eventsys.base import jobs
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.editions.queries import team_of

GO_ON = "applications.go_on_with_batches"
DECISIONS = {
    BatchAct.APPROVE: Act.APPROVE,
    BatchAct.WAITLIST: Act.WAITLIST,
    BatchAct.REJECT: Act.REJECT,
    BatchAct.REQUEST_CHANGES: Act.REQUEST_CHANGES,
    BatchAct.REOPEN: Act.REOPEN,
}
CAN_BE_TAKEN_BACK = frozenset(DECISIONS) - {BatchAct.REOPEN}
NEED_WORDS = frozenset({BatchAct.REJECT, BatchAct.REQUEST_CHANGES, BatchAct.MAIL})
# What else must go with an act.
NEEDS = {BatchAct.TAG: "tag", BatchAct.UNTAG: "tag", BatchAct.ASSIGN: "user", BatchAct.MAIL: "subject"}


def start(
    edition: Edition, act: BatchAct, codes: Sequence[str], *, values: dict[str, Any], by: User, now: datetime
) -> Batch:
    """Queue an act on applications of an edition.

    `values` holds what goes with the act: `note`, `asked` (the words by field), `tag`, `user` (a key), `subject`, and `seen_at`: when the list was
    looked at, so that what somebody else changed since then is left alone.
    Refusal: NOTHING_CHOSEN, REASON_MISSING (rejecting, asking for changes, mailing), MISSING (tag, user, subject).
    """
    if not codes:
        raise Refusal(Code.NOTHING_CHOSEN)
    if act in NEED_WORDS and not values.get("note", "").strip():
        raise Refusal(Code.REASON_MISSING, field="note")
    needed = NEEDS.get(act)
    if needed and not values.get(needed, "").strip():
        raise Refusal(Code.MISSING, field=needed)
    batch = Batch(
        edition_id=edition.id, user_id=by.id, act=act, values=dict(values), codes=list(codes), started_at=now,
        state=BatchState.QUEUED,
    )  # fmt: skip
    db.session.add(batch)
    db.session.flush()  # The audit entry names its code.
    detail = f"{act} {len(batch.codes)}"
    record("applications.batch_started", "batch", batch.code, by=Actor("user", str(by.id)), now=now, detail=detail)
    jobs.after_commit(db.session(), GO_ON)
    return batch


def take_back(edition: Edition, batch: Batch, *, by: User, now: datetime) -> Batch:
    """Queue the taking back of what a batch decided and nobody was told; what somebody changed since then is left alone.

    Refusal: NOT_NOW (it is at work still, or decided nothing), NOTHING_CHOSEN.
    """
    if batch.act not in CAN_BE_TAKEN_BACK or batch.finished_at is None:
        raise Refusal(Code.NOT_NOW)
    values = {"seen_at": batch.finished_at.isoformat(), "only_staged": "1"}
    return start(edition, BatchAct.REOPEN, done_codes(batch), values=values, by=by, now=now)


def go_on(edition: Edition, batch: Batch, *, by: User, now: datetime) -> Batch:
    """Queue what a batch that was stopped has left, as it was begun: who changed since the list was looked at stays out.

    Refusal: NOT_NOW (it wasn't stopped), NOTHING_CHOSEN.
    """
    if batch.state is not BatchState.CANCELLED:
        raise Refusal(Code.NOT_NOW)
    return start(edition, batch.act, batch.codes[batch.done :], values=batch.values, by=by, now=now)


def cancel(batch: Batch, *, by: Actor, now: datetime) -> None:
    """Stop a batch where it is; what is done stays done. Nothing happens to one that has ended."""
    if batch.state in {BatchState.QUEUED, BatchState.RUNNING}:
        batch.state, batch.finished_at = BatchState.CANCELLED, now
        _tell_reviewer(batch, now=now)
        record("applications.batch_cancelled", "batch", batch.code, by=by, now=now, detail=str(batch.done))


def take_step(batch: Batch, *, now: datetime) -> None:
    """Do the act to the next application, or end the batch. The caller commits, so that a crash repeats nothing."""
    if batch.done >= len(batch.codes):
        batch.state, batch.finished_at = BatchState.FINISHED, now
        _tell_reviewer(batch, now=now)
        return
    code = batch.codes[batch.done]
    user = db.session.get_one(User, batch.user_id)
    edition = db.session.get_one(Edition, batch.edition_id)
    try:
        with db.session.begin_nested():
            application = queries.find_in(edition, code, is_locked=True)
            if application is None:
                raise Refusal(Code.NOT_NOW)
            _do(batch, application, user, now=now)
    except Refusal as no:
        batch.refused = [*batch.refused, refused_as(code, no)]
    batch.done, batch.state = batch.done + 1, BatchState.RUNNING


def refused_as(code: str, no: Refusal) -> dict[str, Any]:
    """What is kept of an application to which the act could not be done."""
    return {"code": code, "why": no.code.value, "values": {name: str(value) for name, value in no.values.items()}}


def _tell_reviewer(batch: Batch, *, now: datetime) -> None:
    """One mail for all that a batch asks somebody to look at."""
    if batch.act is BatchAct.ASSIGN:
        edition, by = db.session.get_one(Edition, batch.edition_id), db.session.get_one(User, batch.user_id)
        done = queries.named(edition, done_codes(batch))
        names = [done[code].organisation.name for code in done_codes(batch) if code in done]
        if names:
            reviewing.tell_reviewer(_reviewer(edition, batch.values), edition, names, by=by, now=now)


def done_codes(batch: Batch) -> list[str]:
    """The applications to which a batch has done its act."""
    refused = {one["code"] for one in batch.refused}
    return [code for code in batch.codes[: batch.done] if code not in refused]


def _do(batch: Batch, application: Application, user: User, *, now: datetime) -> None:
    values: dict[str, Any] = batch.values
    if batch.act in DECISIONS:
        _decide(application, batch, user, now=now)
        return
    if batch.act is BatchAct.MAIL:
        decisions.check_was_sent(application)
    others: dict[BatchAct, Callable[[], object]] = {
        BatchAct.TAG: lambda: reviewing.add_tag(
            application, reviewing.tag_called(application.edition, values["tag"]), by=user, now=now
        ),
        BatchAct.UNTAG: lambda: _untag(application, values["tag"], user, now=now),
        BatchAct.ASSIGN: lambda: reviewing.assign(
            application, _reviewer(application.edition, values), by=user, now=now
        ),
        BatchAct.MAIL: lambda: letters.write_words(application, values["subject"], values["note"], now=now),
    }
    others[batch.act]()


def _decide(application: Application, batch: Batch, user: User, *, now: datetime) -> None:
    values = batch.values
    seen_at = values.get("seen_at")
    if seen_at and application.changed_at > datetime.fromisoformat(seen_at):
        raise Refusal(Code.STALE)
    if values.get("only_staged") and not decisions.is_staged(application):
        raise Refusal(Code.ANNOUNCED_ALREADY)
    objection = panels.objection_to(application, user)
    if objection is not None:
        raise Refusal(objection)
    by = Actor("user", str(user.id))
    decisions.decide(
        application, DECISIONS[batch.act], by=by, now=now, note=values.get("note", ""), asked=values.get("asked", {})
    )


def _untag(application: Application, name: str, user: User, *, now: datetime) -> None:
    tag = queries.tag_named(application.edition, name)
    if tag is not None:
        reviewing.remove_tag(application, tag, by=user, now=now)


def _reviewer(edition: Edition, values: dict[str, Any]) -> User:
    for member in team_of(edition):
        if str(member.user_id) == values.get("user"):
            return member.user
    raise Refusal(Code.MISSING, field="user")
