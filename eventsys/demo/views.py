"""Pages that exist in the demo alone: the mail that it caught."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.base.web.access import access
from eventsys.demo.gallery import GalleryForm
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


@bp.get("/dev/mail/<code>/picture")
@access(Allow.DEMO)
def picture(code: str) -> ResponseReturnValue:
    found = mail.find(code)
    if found is None or not found.picture:
        abort(404)
    return Response(found.picture, mimetype="image/png")


@bp.get("/dev/components")
@access(Allow.DEMO)
def components() -> ResponseReturnValue:
    form = GalleryForm()
    form.name.errors = [_("Write the mail address that you used. We send you a link that opens your application.")]
    modules = [[(x * y + x + y) % 3 == 0 for x in range(21)] for y in range(21)]
    return render_template("base_web/gallery.html", form=form, modules=modules)
