"""Pages that exist in the demo alone: the mail that it caught."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from eventsys.accounts.rules import Allow
from eventsys.base.web.access import access
from eventsys.mail import queries as mail

bp = Blueprint("demo", __name__)


@bp.get("/dev/mail")
@access(Allow.DEMO)
def mailbox() -> ResponseReturnValue:
    recipient = request.args.get("to", "").strip()
    return render_template("demo/mailbox.html", messages=mail.newest(recipient=recipient), recipient=recipient)


@bp.get("/dev/mail/<code>")
@access(Allow.DEMO)
def message(code: str) -> ResponseReturnValue:
    found = mail.find(code)
    if found is None:
        abort(404)
    return render_template("demo/message.html", message=found)
