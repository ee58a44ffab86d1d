"""Answers from a CSV file: looked at first, with every bad row, then taken in."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.imports import Imported
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, refusals_of, sentence_of
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.surveys import bringing, queries
from eventsys.surveys.forms import AnswersForm
from eventsys.surveys.rules.answers import columns_of
from eventsys.surveys.texts import TEXTS
from eventsys.surveys.views.blueprint import bp

# More aren't read by anybody; the number of all is said.
MOST_SHOWN = 200


@bp.route("/organise/<edition:edition>/surveys/<code>/import", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def import_answers(edition: Edition, code: str) -> ResponseReturnValue:
    survey = queries.find(edition, code) or abort(404)
    form, seen, content = AnswersForm(), None, _content()
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            seen = bringing.looked_at(survey, content)
            if form.is_checked:
                done = bringing.bring(survey, content, by=actor(), now=clock.now())
                db.session.commit()
                if done.accepted:
                    flash(
                        ngettext("%(num)s response is taken in.", "%(num)s responses are taken in.", done.accepted),
                        "success",
                    )
                    return redirect(url_for(".show", edition=edition, code=code))
    bad = _bad_rows(seen)
    page = render_template(
        "surveys/import_answers.html", edition=edition, survey=survey, form=form, seen=seen,
        bad=bad[:MOST_SHOWN], bad_count=len(bad), columns=columns_of(queries.as_rules(survey.instrument)),
        can_be_brought=bringing.can_be_brought(survey, now=clock.now()),
        carried=b64encode(content).decode() if seen and seen.accepted and not bad else "",
    )  # fmt: skip
    return page, 422 if form.errors or form.form_errors or bad else 200


def _bad_rows(seen: Imported | None) -> list[tuple[int, str, str]]:
    """Each row that can't be taken in: its line, the column, and why."""
    refused = seen.refused if seen else ()
    return [(row.row, row.field, " ".join(sentence_of(one, TEXTS) for one in row.each())) for row in refused]


def _content() -> bytes:
    """What the file holds: as it is sent, or as the page carried it since it was looked at. It is kept nowhere between."""
    sent = request.files.get("file")
    if sent is not None:
        sent.stream.seek(0)  # The view may run once more.
        return bytes(sent.stream.read())
    try:
        return b64decode(request.form.get("carried", ""), validate=True)
    except (Error, ValueError):
        return b""
