"""The picture beneath the plan: sent by the page's form, laid by the editor, seen by organisers of the edition alone."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access
from eventsys.base.web.errors import problem
from eventsys.base.web.writes import once_more_on_conflict, refusals_of, sentence_of
from eventsys.booths import actions, queries
from eventsys.booths.texts import TEXTS
from eventsys.booths.views.blueprint import bp
from eventsys.booths.views.site import ADDRESS, background_shown
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.files.rules.codes import Code as FileCode
from eventsys.files.texts import TEXTS as FILE_TEXTS
from eventsys.files.web import folder, given_out

SENTENCES: dict[Any, Any] = {**TEXTS, **FILE_TEXTS}


@bp.get(f"{ADDRESS}/background")
@access(Allow.ORGANISER)
def background(edition: Edition) -> Response:
    there = queries.background_of(edition) or abort(404)
    return given_out(there.file)


@bp.post(f"{ADDRESS}/background")
@access(Allow.ORGANISER)
@once_more_on_conflict
def keep_background(edition: Edition) -> ResponseReturnValue:
    sent = request.files.get("file")
    with refusals_of(None, SENTENCES):
        if sent is None or not sent.filename:
            raise Refusal(FileCode.FILE_MISSING)
        sent.stream.seek(0)
        actions.keep_background(
            edition, sent.stream.read(), sent.filename, folder=folder(), by=actor(), now=clock.now()
        )
        db.session.commit()
        flash(
            _("The picture is there. Now lay it on the plan by two points: the buttons for it are below the table."),
            "success",
        )
    return redirect(url_for(".site", edition=edition))


@bp.post(f"{ADDRESS}/background/place")
@access(Allow.ORGANISER)
def place_background(edition: Edition) -> ResponseReturnValue:
    body = request.get_json(silent=True)
    try:
        actions.lay_background(
            edition, body.get("points") if isinstance(body, dict) else None, by=actor(), now=clock.now()
        )
    except Refusal as no:
        db.session.rollback()
        return problem(422, no.code.value, sentence_of(no, TEXTS))
    db.session.commit()
    return jsonify(background_shown(edition))


@bp.post(f"{ADDRESS}/background/remove")
@access(Allow.ORGANISER)
@once_more_on_conflict
def remove_background(edition: Edition) -> ResponseReturnValue:
    with refusals_of(None, TEXTS):
        actions.remove_background(edition, folder=folder(), by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The picture is gone."), "success")
    return redirect(url_for(".site", edition=edition))
