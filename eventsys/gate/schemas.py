"""The shapes of the gate API, for reading requests and for the published description."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, validate
from marshmallow.fields import AwareDateTime, Boolean, Dict, Field, Integer, List, Nested, String

from eventsys.base.i18n import LANGUAGES
from eventsys.booths.rules.vehicles import VehicleKind
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.intake import CODE_HASH, FARTHEST_CLOCK_MS, MOST_TALLY, PASS_ID, UUID7, Entry, Status
from eventsys.gate.rules.messages import ReceiptKind
from eventsys.gate.rules.scans import Direction
from eventsys.gate.rules.verdicts import Severity, Verdict

MOST_SCANS = 500
MOST_QUEUED = 1_000_000
MOST_RECEIPTS = 500
ENROLMENT = r"^(?:[A-Za-z0-9_-]{43}|[A-Za-z0-9]{3}[ -]?[A-Za-z0-9]{3})$"
MESSAGE = r"^[A-Za-z0-9_-]{1,40}$"  # Wider than the codes of today, and nothing that a database can't ask for.
SCAN = "#/components/schemas/Scan"
VERDICTS = [verdict.value for verdict in Verdict]


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"metadata": {"description": text, **more}}


class Whole(validate.Regexp):
    """A pattern for the whole text. Python's own `$` lets a line end follow, which JSON Schema's doesn't."""

    def __call__(self, value: Any) -> Any:
        if re.fullmatch(self.regex.pattern, value) is None:
            raise ValidationError(self._format_error(value))
        return value


class WholeNumber(Integer):
    """A whole number as JSON Schema has it: 5 and 5.0 are the same, "5" is none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strict=True, **options)

    def _validated(self, value: Any) -> Any:
        return super()._validated(int(value) if isinstance(value, float) and value.is_integer() else value)


class Lenient(Schema):
    """Fields that a newer phone adds are no error."""

    class Meta:
        unknown = EXCLUDE


class InvitationRequest(Lenient):
    code = String(
        required=True,
        validate=Whole(ENROLMENT),
        **said("The token of a gate link (43 characters), or its six characters for typing."),
    )


class EnrolRequest(InvitationRequest):
    nickname = String(load_default="", validate=validate.Length(max=200), **said("A name for the phone, if wanted."))


class EditionShape(Schema):
    slug = String(required=True)
    name = String(required=True)
    number = Integer(required=True, **said("The edition number on every pass."))


class GateShape(Schema):
    code = String(required=True)
    name = String(required=True)


class Invitation(Schema):
    gate = Nested(GateShape, required=True)
    edition = Nested(EditionShape, required=True)


class Enrolment(Schema):
    token = String(required=True, **said("Shown once. Send it as `Authorization: Bearer …` with every other call."))
    device = String(required=True, **said("The phone's code, for people."))
    role = String(required=True, validate=validate.OneOf([role.value for role in DeviceRole]))
    gate = Nested(GateShape, required=True)
    edition = Nested(EditionShape, required=True)
    valid_from = AwareDateTime(required=True)
    valid_until = AwareDateTime(required=True)


class ManifestQuery(Lenient):
    language = String(load_default=None, allow_none=True, validate=validate.OneOf(list(LANGUAGES)))


class DayShape(Schema):
    number = Integer(required=True, **said("A pass is valid on it when bit number - 1 of its days is set."))
    name = String(required=True)
    opens_at = AwareDateTime(required=True)
    closes_at = AwareDateTime(required=True)
    window_from = AwareDateTime(required=True, **said("From this moment on a scan falls in the day."))
    window_until = AwareDateTime(required=True, **said("From this moment on it no longer does."))


class DayRule(Schema):
    """Whom the gate takes on a day, as it counts now."""

    day = Integer(required=True)
    kinds = List(Integer(), required=True, **said("Whom it takes, both ways."))
    open = Boolean(required=True, **said("False when nobody may come in on that day; going out is always noted."))
    opens_at = AwareDateTime(required=True, allow_none=True, **said("From when somebody may come in; null: any hour."))
    closes_at = AwareDateTime(required=True, allow_none=True, **said("From then on nobody may come in any more."))


class GateRules(GateShape):
    kinds = List(
        Integer(), required=True, **said("All that it takes on any day: 1 booth crew, 2 volunteer, 3 guest, 4 visitor.")
    )
    rules = List(Nested(DayRule), required=True, **said("A day without one takes every kind at any hour."))
    let_in_on_cannot_decide = Boolean(required=True)


class DeviceShape(Schema):
    code = String(required=True)
    role = String(required=True, validate=validate.OneOf([role.value for role in DeviceRole]))
    valid_from = AwareDateTime(required=True)
    valid_until = AwareDateTime(required=True)


KEYS = Dict(keys=String(), values=String(), required=True, **said("Ed25519 public keys in hex, by key id."))


class Training(Schema):
    keys = KEYS
    pass_ = String(required=True, data_key="pass", **said("The text of a pass for training."))


class VerdictShape(Schema):
    severity = String(required=True, validate=validate.OneOf([severity.value for severity in Severity]))
    title = String(required=True)
    sentence = String(required=True)


class ArrivalShape(Schema):
    """A vehicle that is expected at a booth. Booth and vehicle alone: no name, no plate, no number of an application."""

    pitches = List(String(), required=True, **said("Numbers of the booth's pitches on that day."))
    vehicle = String(
        required=True,
        allow_none=True,
        validate=validate.OneOf([kind.value for kind in VehicleKind]),
        **said("What it is; null while nobody has said."),
    )
    from_ = AwareDateTime(required=True, data_key="from")
    until = AwareDateTime(required=True)


class Manifest(Schema):
    edition = Nested(EditionShape, required=True)
    days = List(Nested(DayShape), required=True)
    gate = Nested(GateRules, required=True)
    gates = Dict(keys=String(), values=String(), required=True, **said("Names of all gates of the edition, by code."))
    device = Nested(DeviceShape, required=True)
    keys = KEYS
    training = Nested(Training, required=True)
    verdicts = Dict(keys=String(validate=validate.OneOf(VERDICTS)), values=Nested(VerdictShape), required=True)
    arrivals = List(
        Nested(ArrivalShape),
        required=True,
        **said("Vehicles in order of time, of all days; empty before a plan counts."),
    )
    server_time = AwareDateTime(required=True)


class ChangesQuery(Lenient):
    # Only described here: what is none is a problem of its own, `cursor_malformed`.
    cursor = String(
        load_default="",
        **said(
            "The cursor of the last answer; empty for everything.",
            pattern=r"^(?:[0-9]{1,9}\.[0-9]{1,9}(?:\.[0-9]{1,9})?)?$",
        ),
    )


class AdmittedShape(Schema):
    pass_id = String(required=True)
    day = Integer(required=True)
    at = AwareDateTime(required=True, **said("When the bearer last went in or out."))
    gate = String(required=True, **said("At which gate."))
    inside = Boolean(required=True, **said("False when the bearer went out again."))


class TakenBackShape(Schema):
    """A scan that a supervisor took back: what a phone saw or was told of it is over."""

    scan_id = String(required=True)
    pass_id = String(required=True)
    day = Integer(required=True)
    admitted = Boolean(
        required=True,
        **said("Whether another scan admitted the pass that day; where none did, the bearer may come in."),
    )


class MessageShape(Schema):
    """A sentence from those in charge, shown until somebody at the phone acknowledges it, or it is no longer sent."""

    code = String(required=True, **said("What a receipt names."))
    text = String(required=True)
    gate = String(required=True, allow_none=True, **said("The gate that it is for; null: every gate."))
    sent_at = AwareDateTime(required=True)


class ChangesShape(Schema):
    cursor = String(required=True)
    revoked = List(String(), required=True, **said("Pass ids, 16 hexadecimal digits each."))
    admitted = List(Nested(AdmittedShape), required=True)
    taken_back = List(Nested(TakenBackShape), required=True, **said("To be taken in before `admitted`."))
    more = Boolean(required=True, **said("Whether to ask again at once."))
    messages = List(
        Nested(MessageShape),
        required=True,
        **said("All that stand now for this phone's gate, whatever the cursor; one that is missing was taken back."),
    )
    server_time = AwareDateTime(required=True)


def pattern(expression: Any) -> dict[str, Any]:
    return {"validate": Whole(f"^{expression.pattern}$")}


class Scan(Schema):
    """One attempt. Exactly one of pass_id, code_hash, tally and voids is given."""

    scan_id = String(required=True, **pattern(UUID7), **said("UUIDv7 made on the phone; sending it again is safe."))
    direction = String(required=True, validate=validate.OneOf([way.value for way in Direction]))
    pass_id = String(allow_none=True, **pattern(PASS_ID))
    code_hash = String(allow_none=True, **pattern(CODE_HASH), **said("SHA-256 of what was read where it is no pass."))
    tally = Integer(allow_none=True, validate=validate.Range(-MOST_TALLY, MOST_TALLY), **said("People, + or -; not 0."))
    voids = String(allow_none=True, **pattern(UUID7), **said("The scan that a supervisor takes back."))
    captured_at = AwareDateTime(required=True, **said("By the phone's own clock."))
    clock_offset_ms = Integer(
        required=True,
        validate=validate.Range(-FARTHEST_CLOCK_MS, FARTHEST_CLOCK_MS),
        **said("To be added to the phone's clock to get the server's."),
    )
    clock_doubt_ms = Integer(required=True, validate=validate.Range(0, FARTHEST_CLOCK_MS))
    phone_verdict = String(allow_none=True, validate=validate.OneOf(VERDICTS))
    let_in = Boolean(required=True)
    entry = String(required=True, validate=validate.OneOf([entry.value for entry in Entry]))


class AnyScan(Field[Any]):
    """A scan as it came: each is read on its own, so that one that can't be read is refused alone."""


class ScansRequest(Lenient):
    sent_at = AwareDateTime(load_default=None, allow_none=True, **said("The phone's own clock while it sends."))
    queued = WholeNumber(
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, MOST_QUEUED),
        **said("How many scans stay behind on the phone after this batch."),
    )
    scans = List(
        AnyScan(allow_none=True, **said("One that is no Scan is refused alone.", anyOf=[{"$ref": SCAN}, {}])),
        required=True,
        validate=validate.Length(max=MOST_SCANS),
    )


class ScanResult(Schema):
    scan_id = String(required=True, allow_none=True)
    status = String(required=True, validate=validate.OneOf([status.value for status in Status]))
    verdict = String(required=True, allow_none=True, **said("As the server judges it; null for a tally or a void."))
    reason = String(required=True, allow_none=True, **said("Why it is refused."))
    field = String(required=True, allow_none=True, **said("The field because of which it is refused."))


class ScansAnswer(Schema):
    server_time = AwareDateTime(required=True)
    results = List(Nested(ScanResult), required=True, **said("One for each scan, in the order of sending."))


class ReceiptShape(Lenient):
    """What a phone says of a message: it is there, or somebody has read it."""

    message = String(required=True, validate=Whole(MESSAGE), **said("The code of the message."))
    kind = String(required=True, validate=validate.OneOf([kind.value for kind in ReceiptKind]))
    at = AwareDateTime(required=True, **said("When it was so, by the phone's clock as it was put right."))


class ReceiptsRequest(Lenient):
    receipts = List(Nested(ReceiptShape), required=True, validate=validate.Length(max=MOST_RECEIPTS))


class ReceiptResult(Schema):
    message = String(required=True)
    kind = String(required=True, validate=validate.OneOf([kind.value for kind in ReceiptKind]))
    status = String(required=True, validate=validate.OneOf([status.value for status in Status]))
    reason = String(required=True, allow_none=True, **said("Why it is refused."))


class ReceiptsAnswer(Schema):
    server_time = AwareDateTime(required=True)
    results = List(Nested(ReceiptResult), required=True, **said("One for each receipt, in the order of sending."))


class GateCounts(Schema):
    admitted = Integer(required=True, **said("Passes first admitted here today, of every kind."))
    tallied_in = Integer(required=True)
    tallied_out = Integer(required=True)


class EditionCounts(Schema):
    visits_today = Integer(required=True)
    inside_now = Integer(required=True)
    capacity = Integer(required=True, allow_none=True)


class HistoryQuery(Lenient):
    pass_id = String(required=True, **pattern(PASS_ID), **said("16 hexadecimal digits."))


class HistoryPass(Schema):
    kind = Integer(required=True)
    days = Integer(required=True)
    revoked = Boolean(required=True)


class HistoryScan(Schema):
    """A scan of the pass, at any gate."""

    scan_id = String(required=True, **said("To be named in `voids`."))
    at = AwareDateTime(required=True, **said("The corrected time."))
    gate = String(required=True)
    direction = String(required=True, validate=validate.OneOf([way.value for way in Direction]))
    verdict = String(
        required=True,
        allow_none=True,
        validate=validate.OneOf(VERDICTS),
        **said("As the server judges; what the phone showed where the scan was taken back."),
    )
    let_in = Boolean(required=True)
    taken_back = Boolean(required=True)


class HistoryShape(Schema):
    pass_ = Nested(HistoryPass, required=True, allow_none=True, data_key="pass", **said("Null: nobody issued it."))
    scans = List(Nested(HistoryScan), required=True, **said("The latest first, at most 100."))
    server_time = AwareDateTime(required=True)


class StatusShape(Schema):
    gate = Nested(GateCounts, required=True)
    edition = Nested(EditionCounts, required=True)
    server_time = AwareDateTime(required=True)


class Problem(Schema):
    """An error as RFC 9457 writes it."""

    type = String(required=True)
    title = String(required=True)
    status = Integer(required=True)
    detail = String()
    errors = List(
        Nested(Schema.from_dict({"field": String(), "message": String()}, name="ProblemField")),
        **said("Fields of the request that can't be so, each with its path."),
    )
