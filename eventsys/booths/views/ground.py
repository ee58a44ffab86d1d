"""The street from files and as a file: tried first, then taken in."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access
from eventsys.base.web.writes import sentence_of
from eventsys.booths import actions
from eventsys.booths.documents import geojson_of
from eventsys.booths.forms import GroundForm
from eventsys.booths.ground_shown import boards_made_said, brought_shown, flaws_said
from eventsys.booths.rules.changes import Brought
from eventsys.booths.texts import TEXTS
from eventsys.booths.views.blueprint import bp
from eventsys.editions.access import actor
from eventsys.editions.models import Edition

# The boards after the pitches: a pitch makes the boards that it names, and the boards' file says what they give.
FILES: dict[str, Callable[..., Brought]] = {"pitches": actions.import_pitches, "boards": actions.import_boards}


@bp.route("/organise/<edition:edition>/booths/import", methods=["GET", "POST"])
@access(Allow.ORGANISER)
def bring_ground(edition: Edition) -> ResponseReturnValue:
    """Look at files without taking them in; sent from there, the same content is taken in."""
    form = GroundForm()
    contents = _contents() if form.validate_on_submit() else {}
    brought, is_good = _attempt(edition, contents, form)
    if contents and is_good and "take" in request.form:
        db.session.commit()
        flash(_("The street is up to date."), "success")
        return redirect(url_for(".plan", edition=edition))
    shown = _shown(edition, brought, form)
    db.session.rollback()  # It was only a try.
    has_news = is_good and any(one.new or one.changed for one in brought.values())
    kept = {name: b64encode(content).decode() for name, content in contents.items()} if has_news else {}
    page = render_template("booths/bring_ground.html", edition=edition, form=form, kept=kept, **shown)
    return page, 422 if form.errors or form.form_errors else 200


def _shown(edition: Edition, brought: Mapping[str, Brought], form: GroundForm) -> dict[str, Any]:
    """What would come of the files, read from the ground as they leave it, before that is forgotten again."""
    files = list(brought.values())
    return {
        "outcomes": [
            brought_shown(
                edition,
                str(form[name].label.text),
                one,
                sentences=[sentence_of(refusal, TEXTS) for refusal in one.refused],
            )
            for name, one in brought.items()
        ],
        "boards_made": boards_made_said(edition, files),
        "flaws": flaws_said(edition, files) if files else [],
    }


def _contents() -> dict[str, bytes]:
    """What came as a file, else what came along from the page that showed it."""
    found = {}
    for name in FILES:
        file = request.files.get(name)
        content = file.read() if file and file.filename else _kept(request.form.get(f"kept-{name}", ""))
        if content:
            found[name] = content
    return found


def _kept(written: str) -> bytes:
    try:
        return b64decode(written, validate=True)
    except NotBase64:
        return b""


def _attempt(edition: Edition, contents: Mapping[str, bytes], form: GroundForm) -> tuple[dict[str, Brought], bool]:
    """Take the files in, for a try or for good; whether each could be read."""
    brought, is_good = dict[str, Brought](), bool(contents)
    if form.is_submitted() and not contents:
        form.form_errors.append(str(_("Choose a file first.")))
    for name, content in contents.items():
        try:
            brought[name] = FILES[name](edition, content, by=actor(), now=clock.now())
        except Refusal as refusal:
            form[name].errors = [*form[name].errors, sentence_of(refusal, TEXTS)]
            is_good = False
    return brought, is_good


@bp.get("/organise/<edition:edition>/booths/export")
@access(Allow.ORGANISER)
def export_ground(edition: Edition) -> ResponseReturnValue:
    headers = {"Content-Disposition": f'attachment; filename="{edition.slug}-pitches.geojson"'}
    return Response(geojson_of(edition), mimetype="application/geo+json", headers=headers)
