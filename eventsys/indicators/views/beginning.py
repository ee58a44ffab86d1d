"""Beginning an edition's indicators with a template or with those of an earlier edition."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict
from eventsys.editions import queries as editions
from eventsys.editions.access import actor
from eventsys.editions.models import Edition, EventKind
from eventsys.indicators import actions, queries
from eventsys.indicators.beginning import TEMPLATES, of_edition, of_template
from eventsys.indicators.rules.definitions import Indicator
from eventsys.indicators.texts import TEMPLATES_CALLED
from eventsys.indicators.views.blueprint import bp


@bp.route("/organise/<edition:edition>/indicators/begin", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def begin(edition: Edition) -> ResponseReturnValue:
    if request.method == "POST":
        defined = actions.define(edition, _chosen(edition), by=actor(), now=clock.now())
        db.session.commit()
        flash(ngettext("%(num)s indicator is added.", "%(num)s indicators are added.", defined.added), "success")
        return redirect(url_for(".index", edition=edition))
    return render_template(
        "indicators/begin.html", edition=edition,
        templates=[(kind.value, TEMPLATES_CALLED[kind], of_template(kind, instrument="")) for kind in TEMPLATES],
        earlier=[(each, count) for each in editions.earlier_of(edition) if (count := len(queries.indicators_of(each)))],
    )  # fmt: skip


def _chosen(edition: Edition) -> list[Indicator]:
    """The indicators of what was chosen: `template` or the slug `of` an earlier edition."""
    template = request.form.get("template", "")
    if template in [kind.value for kind in TEMPLATES]:
        return of_template(EventKind(template), instrument=edition.slug)
    earlier = next((each for each in editions.earlier_of(edition) if each.slug == request.form.get("of")), None)
    return of_edition(earlier or abort(404), instrument=edition.slug)
