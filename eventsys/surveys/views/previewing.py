"""A questionnaire before anybody is asked: as on a phone, as on paper, and a walk through it that stores nothing."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventsys.base.i18n import LANGUAGES, current_language
from eventsys.base.web.access import access
from eventsys.base.web.writes import sentence_of
from eventsys.editions.models import Edition
from eventsys.surveys import queries
from eventsys.surveys.building_shown import preview_of
from eventsys.surveys.models import Instrument
from eventsys.surveys.rules.building import audiences_asked
from eventsys.surveys.rules.instruments import Audience
from eventsys.surveys.sheet_shown import page_of
from eventsys.surveys.texts import AUDIENCES, TEXTS
from eventsys.surveys.trying import Trial
from eventsys.surveys.views.blueprint import bp
from eventsys.surveys.views.building import METHODS, READERS, instrument_or_404

INSTRUMENT = "/organise/<edition:edition>/instruments/<code>"
Ways = list[tuple[str, str, bool]]


def _audience(kept: Instrument) -> Audience | None:
    """The one that the address names, else the first that is asked anything; none where nobody is."""
    there = audiences_asked(queries.as_rules(kept))
    return next((one for one in there if one.value == request.args.get("audience")), there[0] if there else None)


def _ways(edition: Edition, kept: Instrument, audience: Audience | None) -> tuple[Ways, Ways]:
    """To the same page for another audience, and in another language: name, address, whether it is this one."""

    def here(**asked: Any) -> str:
        return url_for(str(request.endpoint), edition=edition, code=kept.code, **asked)

    language, spoken = current_language(), audience.value if audience else ""
    audiences = [
        (str(AUDIENCES[one.value]), here(audience=one.value, language=language), one is audience)
        for one in audiences_asked(queries.as_rules(kept))
    ]
    languages = [
        (name, here(audience=spoken, language=code), code == language)
        for code, name in LANGUAGES.items()
        if code in kept.name
    ]
    return audiences, languages


def _preview(template: str, edition: Edition, code: str) -> ResponseReturnValue:
    kept = instrument_or_404(code)
    audience = _audience(kept)
    audiences, languages = _ways(edition, kept, audience)
    return render_template(
        template,
        edition=edition,
        instrument=kept,
        audiences=audiences,
        languages_of_it=languages,
        trial=Trial(queries.as_rules(kept), audience, request.path) if audience else None,
        pages=preview_of(kept, audience) if audience else [],
    )


@bp.get(f"{INSTRUMENT}/preview")
@access(*READERS)
def preview(edition: Edition, code: str) -> ResponseReturnValue:
    return _preview("surveys/preview.html", edition, code)


@bp.get(f"{INSTRUMENT}/paper")
@access(*READERS)
def print_instrument(edition: Edition, code: str) -> ResponseReturnValue:
    return _preview("surveys/print_instrument.html", edition, code)


@bp.route(f"{INSTRUMENT}/test", methods=METHODS)
@access(*READERS)
def try_out(edition: Edition, code: str) -> ResponseReturnValue:
    kept = instrument_or_404(code)
    audience = _audience(kept) or abort(404)
    trial = Trial(queries.as_rules(kept), audience, url_for(".try_out", edition=edition, code=code))
    given = trial.given(request.form.to_dict(flat=False))
    number = request.form.get("page", 1, type=int)
    page = page_of(trial, given, number, is_sent=request.method == "POST" and "back" not in request.form)
    if not page.is_refused and request.method == "POST":
        if page.after is None and "back" not in request.form:
            kept_of_it = trial.would_be_kept(page.values)
            return render_template(
                "surveys/tried_out.html", edition=edition, instrument=kept, trial=trial, kept=kept_of_it
            )
        page = page_of(trial, given, (page.before if "back" in request.form else page.after) or number)
    audiences, languages = _ways(edition, kept, audience)
    shown = render_template(
        "surveys/try_out.html", edition=edition, instrument=kept, trial=trial, page=page, given=given,
        audiences=audiences, languages_of_it=languages,
        errors={item: sentence_of(refusal, TEXTS) for item, refusal in page.refused.items()},
    )  # fmt: skip
    return shown, 422 if page.is_refused else 200
