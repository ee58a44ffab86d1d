"""The API of the scanner: invitation, enrol, manifest, changes, scans, receipts, status. `docs/gate-protocol.md` tells what each is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_limiter import RequestLimit
from flask_smorest import Api, Blueprint
from sqlalchemy.exc import OperationalError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.fields import clean_line
from eventsys.base.ids import hash_of
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access
from eventsys.base.web.errors import problem
from eventsys.base.web.limits import is_first_refusal, limiter, remote_network
from eventsys.base.web.writes import begun_by_writing, once_more_on_conflict, sentence_of
from eventsys.gate import actions, answers, messages, queries, schemas
from eventsys.gate.models import Device
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.messages import Receipt, ReceiptKind
from eventsys.gate.texts import TEXTS
from eventsys.gate.uploads import UPLOAD_GRACE, Sent, Uploads

PROBLEM = "application/problem+json"
LARGEST_BODY = 1_000_000
WRONG_CODES = "20 per minute; 200 per hour"
# Who was told that a link is full or over knows a right code, and a server without room is nobody's guess.
WRONG = frozenset({400, 404, 422})
STATUS_OF = {
    Code.LINK_UNKNOWN: 404,
    Code.LINK_EXPIRED: 410,
    Code.LINK_FULL: 409,
    Code.DEVICE_UNKNOWN: 401,
    Code.DEVICE_EXPIRED: 401,
    Code.DEVICE_REVOKED: 403,
    Code.CURSOR_MALFORMED: 400,
    Code.SUPERVISOR_ONLY: 403,
}
UPLOADS = "gate.uploads"
TOKEN: dict[str, Any] = {"security": [{"device": []}]}


class Reader(FlaskParser):
    """Reads request bodies; JSON that can't be taken apart for any reason is the sender's fault."""

    def _raw_load_json(self, req: Any) -> Any:
        # A body in chunks doesn't tell its length; Werkzeug cuts it off at the limit and says nothing.
        if req.content_length is None and len(req.get_data()) >= LARGEST_BODY:
            raise RequestEntityTooLarge
        try:
            return super()._raw_load_json(req)
        except (ValueError, RecursionError):
            raise Malformed from None


class Malformed(HTTPException):
    code = 400
    description = "The body is no JSON."


class GateBlueprint(Blueprint):  # type: ignore[misc]
    ARGUMENTS_PARSER = Reader()


class GateApi(Api):  # type: ignore[misc]
    """Errors of pages and of other paths stay with the house, and are described as what they are: problems."""

    def _register_error_handlers(self) -> None: ...

    def _register_responses(self) -> None:
        problem_schema = {PROBLEM: {"schema": schemas.Problem}}
        for name, phrase in {status.name: status.phrase for status in HTTPStatus}.items():
            self.spec.components.response(name, {"description": phrase, "content": problem_schema}, lazy=True)
        self.spec.components.response(
            "DEFAULT_ERROR", {"description": "Any other error", "content": problem_schema}, lazy=True
        )


gate = GateBlueprint("gate_api", __name__, url_prefix="/api/v1/gate", description="What the scanner asks and tells.")
blueprints = (gate,)


@gate.before_request
def limit_body() -> None:
    request.max_content_length = LARGEST_BODY


@gate.errorhandler(Refusal)
def refuse(refusal: Refusal) -> Response:
    db.session.rollback()
    answer = problem(STATUS_OF[Code(refusal.code)], refusal.code.value, sentence_of(refusal, TEXTS))
    if answer.status_code == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="gate"'
    return answer


@gate.errorhandler(422)
def refuse_fields(error: HTTPException) -> Response:
    db.session.rollback()
    said: Mapping[str, Any] = getattr(error, "data", {}).get("messages", {})
    errors = [{"field": path, "message": message} for path, message in _paths(said)]
    return problem(422, "fields", "Some fields can't be so.", errors=errors)


@gate.errorhandler(Malformed)
def refuse_body(error: Malformed) -> Response:
    return problem(400, "body", str(error.description))


def _paths(said: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(said, Mapping):
        return [found for key, inner in said.items() for found in _paths(inner, f"{path}.{key}" if path else str(key))]
    return [(path, str(message)) for message in said]


def of_device(*, may_be_over: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give the view the phone whose token came along; `may_be_over` takes revoked ones too, and those after their shift."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def run(*arguments: Any, **named: Any) -> Any:
            device = _device(_token_hash(), may_be_over=may_be_over)
            return view(device if request.method == "POST" else _seen(device), *arguments, **named)

        return run

    return decorate


def of_sender(view: Callable[..., Any]) -> Callable[..., Any]:
    """Give the view the hash of the token that came along; the view finds out whose it is where it writes.

    What is wrong with the request is told to phones of ours alone.
    """

    @wraps(view)
    def run(*arguments: Any, **named: Any) -> Any:
        token_hash = _token_hash()
        try:
            return view(token_hash, *arguments, **named)
        except HTTPException:
            if queries.device_with(token_hash) is None:
                raise Refusal(Code.DEVICE_UNKNOWN) from None
            raise

    return run


def _token_hash() -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        raise Refusal(Code.DEVICE_UNKNOWN)
    return hash_of(token.strip())


def _device(token_hash: str, *, may_be_over: bool) -> Device:
    found = queries.device_with(token_hash)
    now = clock.now()
    if found is None or now >= found.valid_until + UPLOAD_GRACE:
        raise Refusal(Code.DEVICE_UNKNOWN if found is None else Code.DEVICE_EXPIRED)
    if found.revoked_at is not None and not may_be_over:
        raise Refusal(Code.DEVICE_REVOKED)
    if now >= found.valid_until and not may_be_over:
        raise Refusal(Code.DEVICE_EXPIRED)
    return found


def _seen(device: Device) -> Device:
    """Note that the phone asked, in a transaction of its own that begins by writing."""
    if not actions.is_seen_late(device, now=clock.now()):
        return device
    # A full disk keeps nobody from reading.
    with suppress(OperationalError), begun_by_writing():
        actions.see(device, now=clock.now())
    return device


def note_lock_out(breached: RequestLimit) -> None:
    """Write down that an address is locked out: which one is for the server's log alone."""
    if is_first_refusal(breached):
        actions.note_lock_out(str(breached.limit), now=clock.now())
        db.session.commit()
        current_app.logger.warning("wrong codes for phones: %s is locked out (%s)", remote_network(), breached.limit)


# One count for both calls, so that looking gives nobody more tries.
few_wrong_codes = limiter.shared_limit(
    WRONG_CODES,
    scope="gate codes",
    deduct_when=lambda answer: answer.status_code in WRONG,
    on_breach=note_lock_out,
)


@gate.route("/invitation", methods=["POST"])
@access(Allow.DEVICE)
@few_wrong_codes
@gate.arguments(schemas.ManifestQuery, location="query")
@gate.arguments(schemas.InvitationRequest)
@gate.response(200, schemas.Invitation)
def invitation(_asked: Mapping[str, str], said: Mapping[str, str]) -> ResponseReturnValue:
    """Where a gate link leads, by its token or its six characters. Nothing is used up."""
    return jsonify(answers.invitation(actions.invitation(said["code"], now=clock.now())))


@gate.route("/enrol", methods=["POST"])
@access(Allow.DEVICE)
@few_wrong_codes
@gate.arguments(schemas.EnrolRequest)
@gate.response(201, schemas.Enrolment)
@once_more_on_conflict
def enrol(said: Mapping[str, str]) -> ResponseReturnValue:
    """Exchange a gate link's token, or its six characters, for a device token."""
    taken = actions.enrol(said["code"], nickname=clean_line(said["nickname"]), now=clock.now())
    db.session.commit()
    return jsonify(answers.enrolment(taken.device, token=taken.token)), 201


@gate.route("/manifest")
@access(Allow.DEVICE)
@of_device()
@gate.arguments(schemas.ManifestQuery, location="query")
@gate.response(200, schemas.Manifest)
@gate.alt_response(304, description="Nothing has changed since the entity tag in If-None-Match.")
@gate.doc(**TOKEN)
def manifest(device: Device, _said: Mapping[str, str]) -> ResponseReturnValue:
    """Edition, days, gate, public keys and verdict texts. Its entity tag changes with its content."""
    told = answers.manifest(device)
    answer = jsonify({**told, "server_time": answers.moment(clock.now())})
    answer.set_etag(answers.fingerprint(told))
    return answer.make_conditional(request)


@gate.route("/changes")
@access(Allow.DEVICE)
@of_device()
@gate.arguments(schemas.ChangesQuery, location="query")
@gate.response(200, schemas.ChangesShape)
@gate.doc(**TOKEN)
def changes(device: Device, said: Mapping[str, str]) -> ResponseReturnValue:
    """Revoked and admitted pass ids since a cursor, and the messages that stand. A cursor never skips what is committed later."""
    return _told(answers.changes(device, cursor=said["cursor"], now=clock.now()))


@gate.route("/scans", methods=["POST"])
@access(Allow.DEVICE)
@of_sender
# Made once: a schema made for each request costs a tenth of it.
@gate.arguments(schemas.ScansRequest())
@gate.response(200, schemas.ScansAnswer)
@gate.doc(**TOKEN)
@once_more_on_conflict
def scans(token_hash: str, said: Mapping[str, Any]) -> ResponseReturnValue:
    """Take up to 500 scans, each exactly once. Safe to send again; 4xx only when nothing was stored."""
    uploads: Uploads = current_app.extensions[UPLOADS]
    sent = Sent(token_hash, said["scans"], clock.now(), said["sent_at"], said["queued"])
    return _told({"results": answers.results(uploads.take(sent))})


@gate.route("/receipts", methods=["POST"])
@access(Allow.DEVICE)
@of_device(may_be_over=True)
@gate.arguments(schemas.ReceiptsRequest)
@gate.response(200, schemas.ReceiptsAnswer)
@gate.doc(**TOKEN)
@once_more_on_conflict
def receipts(device: Device, said: Mapping[str, Any]) -> ResponseReturnValue:
    """Take what a phone says of messages, each thing once. Safe to send again; one of an unknown message is refused alone."""
    told = [Receipt(one["message"], ReceiptKind(one["kind"]), one["at"]) for one in said["receipts"]]
    actions.see(device, now=clock.now())
    noted = messages.note(device, told, now=clock.now())
    db.session.commit()
    return _told({"results": answers.noted(noted)})


@gate.route("/status")
@access(Allow.DEVICE)
@of_device()
@gate.response(200, schemas.StatusShape)
@gate.doc(**TOKEN)
def status(device: Device) -> ResponseReturnValue:
    """Counts of this gate and of the edition, of the day that runs now."""
    return _told(answers.status(device, now=clock.now()))


@gate.route("/history")
@access(Allow.DEVICE)
@of_device()
@gate.arguments(schemas.HistoryQuery, location="query")
@gate.response(200, schemas.HistoryShape)
@gate.doc(**TOKEN)
def history(device: Device, said: Mapping[str, str]) -> ResponseReturnValue:
    """What the log holds of one pass, at every gate; for phones that may supervise."""
    return _told(answers.history(device, pass_id=said["pass_id"]))


def _told(told: Mapping[str, Any]) -> Response:
    return jsonify({**told, "server_time": answers.moment(clock.now())})


def install(app: Flask) -> None:
    """Mount the API and publish its description."""
    app.extensions[UPLOADS] = Uploads(app.config["EVENTSYS"].var / "uploads.lock")
    app.config.update(API_TITLE="eventsys", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    api = GateApi(app)
    api.register_field(schemas.AnyScan, None, None)
    api.spec.components.security_scheme("device", {"type": "http", "scheme": "bearer"})
    api.spec.components.schema("Scan", schema=schemas.Scan)
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    description = api.spec.to_dict()
    app.add_url_rule("/api/v1/openapi.json", "gate_api.openapi", access(Allow.PUBLIC)(lambda: jsonify(description)))
