"""The ground as it is drawn: the page with the editor, and what the editor loads, has checked and saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import in_language
from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.base.web.access import access
from eventsys.base.web.errors import problem
from eventsys.base.web.writes import once_more_on_conflict, refusals_of, sentence_of
from eventsys.booths import actions, queries
from eventsys.booths.rules.codes import Code
from eventsys.booths.rules.import_pitches import PitchFile, ground_of, read_features
from eventsys.booths.rules.site_checks import findings
from eventsys.booths.site_shown import document_of, finding_said
from eventsys.booths.site_texts import OFFERED, words
from eventsys.booths.texts import FEATURES, TEXTS
from eventsys.booths.views.blueprint import bp
from eventsys.editions import queries as editions
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.files.web import folder

ADDRESS = "/organise/<edition:edition>/booths/site"


@bp.get(ADDRESS)
@access(Allow.ORGANISER)
def site(edition: Edition) -> ResponseReturnValue:
    rulebook = queries.rulebook_of(edition)
    return render_template(
        "booths/site.html",
        edition=edition,
        findings=[finding_said(one) for one in findings(queries.drawn(edition), rulebook)],
        sources=queries.streets_before(edition),
        background=queries.background_of(edition),
        tiles=bool(current_app.config["EVENTSYS"].tile_url),
        kinds={kind.value: word for kind, word in FEATURES.items()},
        offers=OFFERED,
        words=words(),
    )


@bp.get(f"{ADDRESS}/document")
@access(Allow.ORGANISER)
def site_document(edition: Edition) -> ResponseReturnValue:
    return jsonify(_document(edition))


@bp.post(f"{ADDRESS}/check")
@access(Allow.ORGANISER)
def check_site(edition: Edition) -> ResponseReturnValue:
    """What would be wrong with a drawing, without keeping it."""
    file = read_features("", _sent()[0])
    return jsonify(**_looked_at(edition, file, file.refused))


@bp.post(f"{ADDRESS}/document")
@access(Allow.ORGANISER)
@once_more_on_conflict
def save_site(edition: Edition) -> ResponseReturnValue:
    features, version = _sent()
    try:
        refused = actions.draw(edition, features, version=version, by=actor(), now=clock.now())
    except Refusal as no:
        db.session.rollback()
        return problem(409, no.code.value, sentence_of(no, TEXTS))
    if refused:
        db.session.rollback()
        title = _("Some of the drawing can't be kept as it is. Nothing was saved yet.")
        return problem(422, "features", title, **_looked_at(edition, read_features("", features), refused))
    db.session.commit()
    return jsonify(_document(edition))


def _document(edition: Edition) -> dict[str, object]:
    """The drawing, what lies beneath it, and a fresh token: whoever signs in again elsewhere can still save."""
    config = current_app.config["EVENTSYS"]
    tiles = {"url": config.tile_url, "attribution": config.tile_attribution} if config.tile_url else None
    return {**document_of(edition), "background": background_shown(edition), "tiles": tiles, "token": generate_csrf()}


def background_shown(edition: Edition) -> dict[str, object] | None:
    """The picture beneath the plan, as the editor gets it."""
    there = queries.background_of(edition)
    if there is None:
        return None
    address = url_for(".background", edition=edition, of=there.file.code)
    return {"url": address, "width": there.file.width, "height": there.file.height, "points": there.points}


def _sent() -> tuple[list[Any], int]:
    """The features and the version that the editor sent; what isn't that is nobody's drawing."""
    body = request.get_json(silent=True)
    features, version = (body.get("features"), body.get("version")) if isinstance(body, dict) else (None, None)
    if not isinstance(features, list) or not isinstance(version, int):
        abort(400)
    return features, version


def _looked_at(edition: Edition, file: PitchFile, refused: Sequence[RowRefusal]) -> dict[str, Any]:
    """What can't be kept of a drawing, and what breaks a rule in the rest of it."""
    found = findings(ground_of(file), queries.rulebook_of(edition))
    return {"refused": [_refused(one) for one in refused], "findings": [finding_said(one) for one in found]}


def _refused(one: Any) -> dict[str, object]:
    return {"place": one.row - 1, "code": one.reference, "field": one.field, "message": sentence_of(one, TEXTS)}


@bp.post(f"{ADDRESS}/copy")
@access(Allow.ORGANISER)
@once_more_on_conflict
def copy_site(edition: Edition) -> ResponseReturnValue:
    with refusals_of(None, TEXTS):
        source = next((one for one in editions.earlier_of(edition) if one.slug == request.form.get("source")), None)
        if source is None:
            raise Refusal(Code.NOTHING_TO_COPY)
        copied = actions.copy_ground(edition, source, folder=folder(), by=actor(), now=clock.now())
        db.session.commit()
        count, name = copied.pitches, in_language(source.name)
        flash(
            _("%(count)s pitches of %(edition)s are taken over. Change what differs.", count=count, edition=name),
            "success",
        )
        if copied.is_picture_lost:
            flash(_("The picture beneath the plan is lost and was left out. Send it anew."), "warning")
    return redirect(url_for(".site", edition=edition))
