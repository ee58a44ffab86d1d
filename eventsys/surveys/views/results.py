"""What came out of a survey: figures once it has closed, as page and file; free text with tags."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import has_decimal_comma, quoted
from eventsys.base.sheets import CSV, as_csv
from eventsys.base.web.access import access, is_allowed
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.surveys import asked, queries, tagging
from eventsys.surveys.counting import Counted
from eventsys.surveys.forms import TagForm
from eventsys.surveys.models import Survey
from eventsys.surveys.results_sheet import sheet_of
from eventsys.surveys.results_shown import results_of
from eventsys.surveys.results_words import kind_called, rate_of
from eventsys.surveys.rules.asking import Phase, phase_of
from eventsys.surveys.texts import TEXTS
from eventsys.surveys.texts_shown import Texts, texts_shown
from eventsys.surveys.views.blueprint import bp

READERS = (Allow.ORGANISER, Allow.EVALUATOR)


def _survey(edition: Edition, code: str) -> Survey:
    return queries.find(edition, code) or abort(404)


def _is_closed(survey: Survey) -> bool:
    return phase_of(survey.opens_at, survey.closes_at, now=clock.now()) is Phase.CLOSED


@bp.get("/organise/<edition:edition>/surveys/<code>/results")
@access(*READERS)
def results(edition: Edition, code: str) -> ResponseReturnValue:
    survey = _survey(edition, code)
    counted, is_closed = Counted(survey), _is_closed(survey)
    return render_template(
        "surveys/results.html",
        edition=edition,
        survey=survey,
        is_closed=is_closed,
        who=[(kind_called(one.audience.value), one, rate_of(one)) for one in counted.who],
        by_name={row.audience for row in asked.audiences_of(survey) if row.is_attributed},
        items=results_of(counted, now=clock.now()) if is_closed else [],
    )


@bp.get("/organise/<edition:edition>/surveys/<code>/results/csv")
@access(*READERS)
def results_csv(edition: Edition, code: str) -> ResponseReturnValue:
    survey = _survey(edition, code)
    if not _is_closed(survey):
        return redirect(url_for(".results", edition=edition, code=code))
    content = as_csv(sheet_of(Counted(survey)), has_decimal_comma=has_decimal_comma())
    name = f"{edition.slug}-{survey.instrument.key}-results.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=CSV, headers=headers)


def _texts(survey: Survey, key: str) -> Texts:
    """The texts of the address, as its query narrows them; while the survey is open there are none to read."""
    if not _is_closed(survey):
        abort(404)
    tag, page = request.args.get("tag", ""), request.args.get("page", type=int) or 1
    return texts_shown(Counted(survey), key, tag=tag, page=page) or abort(404)


def _page(survey: Survey, texts: Texts, form: TagForm) -> ResponseReturnValue:
    edition = survey.edition
    may_tag = is_allowed(Allow.ORGANISER, {"edition": edition})
    page = render_template(
        "surveys/texts.html", edition=edition, survey=survey, texts=texts, form=form, may_tag=may_tag
    )
    return page, 422 if form.errors or form.form_errors else 200


@bp.get("/organise/<edition:edition>/surveys/<code>/texts/<key>")
@access(*READERS)
def texts(edition: Edition, code: str, key: str) -> ResponseReturnValue:
    survey = _survey(edition, code)
    return _page(survey, _texts(survey, key), TagForm(formdata=None))


@bp.post("/organise/<edition:edition>/surveys/<code>/texts/<key>/tag")
@access(Allow.ORGANISER)
@once_more_on_conflict
def tag(edition: Edition, code: str, key: str) -> ResponseReturnValue:
    survey = _survey(edition, code)
    shown, form = _texts(survey, key), TagForm()
    text = next((one for one in shown.everything if one.key == form.text.data), None) or abort(404)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            tagging.tag(survey, shown.item_id, text.key, name=form.name.data or "", by=actor(), now=clock.now())
            db.session.commit()
            flash(_("The text is tagged %(tag)s.", tag=quoted(form.name.data)), "success")
            return _back(survey, key, text.key)
    return _page(survey, shown, form)


@bp.post("/organise/<edition:edition>/surveys/<code>/texts/<key>/untag")
@access(Allow.ORGANISER)
@once_more_on_conflict
def untag(edition: Edition, code: str, key: str) -> ResponseReturnValue:
    survey, name = _survey(edition, code), request.form.get("name", "")
    shown, text_key = _texts(survey, key), request.form.get("text", "")
    tagging.untag(survey, shown.item_id, text_key, name=name, by=actor(), now=clock.now())
    db.session.commit()
    flash(_("The tag %(tag)s is taken off.", tag=quoted(name)), "success")
    return _back(survey, key, text_key)


def _back(survey: Survey, key: str, text_key: str) -> ResponseReturnValue:
    """To the text again, in the same choice."""
    choice: dict[str, Any] = {name: request.args[name] for name in ("tag", "page") if name in request.args}
    address = url_for(".texts", edition=survey.edition, code=survey.code, key=key, **choice)
    return redirect(f"{address}#text-{text_key[:12]}")
