"""Forms on paper: the PDF to print, and the page on which an organiser types them in, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import LANGUAGES, current_language
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, sentence_of
from eventsys.editions.models import Edition
from eventsys.surveys import documents, drafts, queries, typed
from eventsys.surveys.drafts import Draft
from eventsys.surveys.models import Survey
from eventsys.surveys.rules.instruments import Audience
from eventsys.surveys.rules.paper import audiences_on_paper
from eventsys.surveys.texts import AUDIENCES, TEXTS
from eventsys.surveys.typed_shown import typing_of, what_is_wrong
from eventsys.surveys.views.blueprint import bp

SURVEY = "/organise/<edition:edition>/surveys/<code>"
# Fields of the page itself: no question's key has a hyphen.
SHEET, LANGUAGE, ORGANISATION = "form-sheet", "form-language", "form-organisation"


def _survey(edition: Edition, code: str) -> Survey:
    return queries.find(edition, code) or abort(404)


def _audience(survey: Survey, name: str) -> Audience:
    """The audience of the address, where it is asked anything."""
    there = audiences_on_paper(queries.as_rules(survey.instrument))
    return next((one for one in there if one.value == name), None) or abort(404)


@bp.get(f"{SURVEY}/paper")
@access(Allow.ORGANISER, Allow.EVALUATOR)
def papers(edition: Edition, code: str) -> ResponseReturnValue:
    survey = _survey(edition, code)
    audiences = [(one.value, AUDIENCES[one.value]) for one in audiences_on_paper(queries.as_rules(survey.instrument))]
    languages = [(key, name) for key, name in LANGUAGES.items() if key in survey.instrument.name]
    can_be_typed = typed.can_be_typed(survey, now=clock.now())
    values = {"audiences": audiences, "languages_of_it": languages, "can_be_typed": can_be_typed}
    return render_template("surveys/papers.html", edition=edition, survey=survey, **values)


@bp.get(f"{SURVEY}/paper/<audience>/form-<language>.pdf")
@access(Allow.ORGANISER, Allow.EVALUATOR)
def paper(edition: Edition, code: str, *, audience: str, language: str) -> ResponseReturnValue:
    survey = _survey(edition, code)
    asked = _audience(survey, audience)
    if language not in LANGUAGES or language not in survey.instrument.name:
        abort(404)
    with force_locale(language):
        content = documents.form_of(survey, asked, language=language)
    name = f"{edition.slug}-{survey.instrument.key}-{audience}-{language}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, mimetype="application/pdf", headers=headers)


@bp.route(f"{SURVEY}/type/<audience>", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def type_in(edition: Edition, code: str, audience: str) -> ResponseReturnValue:
    survey = _survey(edition, code)
    asked = _audience(survey, audience)
    if request.method == "GET":
        return _page(survey, asked)
    given = _given()
    typing, sheet = typing_of(survey, asked, given), drafts.opened(request.form.get(SHEET, ""))
    wrong = what_is_wrong(typing)
    if wrong:
        return _page(survey, asked, given, sheet=sheet, wrong=wrong)
    organisation = request.form.get(ORGANISATION, type=int)
    form = typed.Form(asked, _language(), typing.values, typing.stated, organisation)
    try:
        is_new = typed.take_in(survey, sheet.response_id, form, now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _page(survey, asked, given, sheet=sheet, wrong={refusal.field or "": refusal})
    db.session.commit()
    return _page(survey, asked, said="taken" if is_new else "again", last=sheet, last_given=given)


@bp.post(f"{SURVEY}/type/<audience>/undo")
@access(Allow.ORGANISER)
@once_more_on_conflict
def take_back(edition: Edition, code: str, audience: str) -> ResponseReturnValue:
    survey = _survey(edition, code)
    asked, given = _audience(survey, audience), _given()
    sheet = drafts.opened(request.form.get(SHEET, ""))
    try:
        was_there = typed.take_back(survey, sheet.response_id, now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _page(survey, asked, given, wrong={"": refusal})
    db.session.commit()
    return _page(survey, asked, given, said="taken_back" if was_there else "not_there")


def _given() -> dict[str, list[str]]:
    """What was typed, by the questions' keys, beside the fields of the page itself."""
    return {name: values for name, values in request.form.to_dict(flat=False).items() if name != "csrf_token"}


def _language() -> str:
    """Of the form in the hand; those that were typed before it tell the next one's."""
    chosen = request.form.get(LANGUAGE, "")
    return chosen if chosen in LANGUAGES else current_language()


def _page(
    survey: Survey,
    audience: Audience,
    given: Mapping[str, list[str]] | None = None,
    *,
    sheet: Draft | None = None,
    wrong: Mapping[str, Refusal] | None = None,
    **more: Any,
) -> ResponseReturnValue:
    """The page with what is typed on it. What was just taken in stands on it once more, hidden, for taking it back."""
    sentences = {key: sentence_of(refusal, TEXTS) for key, refusal in (wrong or {}).items()}
    can_be_typed = typed.can_be_typed(survey, now=clock.now())
    page = render_template(
        "surveys/type_in.html",
        edition=survey.edition,
        survey=survey,
        audience=audience.value,
        who=AUDIENCES[audience.value],
        typing=typing_of(survey, audience, given or {}),
        sheet=sheet or drafts.opened(""),
        errors=sentences,
        can_be_typed=can_be_typed,
        chosen_language=_language(),
        organisations=typed.organisations_to_choose(survey, audience),
        chosen_organisation=(given or {}).get(ORGANISATION, [""])[0],
        today=typed.typed(survey, on=clock.today()),
        in_all=typed.typed(survey),
        fields={"sheet": SHEET, "language": LANGUAGE, "organisation": ORGANISATION},
        **more,
    )
    status = (422 if can_be_typed else 409) if sentences else 200
    return page, status, {"Cache-Control": "no-store"}
