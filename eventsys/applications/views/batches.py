"""One act on many: choose, say what goes with it, watch it, take it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.models import User
from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import announcing, batches
from eventsys.applications.forms.deciding import BatchForm
from eventsys.applications.models import Application, Batch
from eventsys.applications.rules.batches import OF_THE_LIST, BatchAct, BatchState
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.states import State
from eventsys.applications.texts import BATCH_ACTS, BATCH_STATES, TEXTS
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.listing import choice_of, kept_words
from eventsys.applications.views.organisers import team_for_review
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access
from eventsys.base.web.writes import refusals_of, sentence_of
from eventsys.editions.access import actor, signed_in_user
from eventsys.editions.models import Edition
from eventsys.organisations.texts import KINDS_OF_MANY

ADDRESS = "/organise/<edition:edition>/applications/batches"
NAMED = 12


def _me() -> User:
    return cast("User", signed_in_user())


def _act() -> BatchAct:
    written = request.form.get("act", "")
    return BatchAct(written) if written in OF_THE_LIST else abort(400)


def _chosen(edition: Edition) -> list[str]:
    if "all" in request.form:
        return queries.codes_of(edition, choice_of(request.form))
    asked = request.form.getlist("code")
    known = queries.named(edition, asked)
    return [code for code in dict.fromkeys(asked) if code in known]


@bp.post("/organise/<edition:edition>/applications/batch")
@access(Allow.ORGANISER)
def batch(edition: Edition) -> ResponseReturnValue:
    """First the page that asks for the rest; sent from there (`go`), the batch is queued."""
    act, codes = _act(), _chosen(edition)
    if not codes:
        flash(str(TEXTS[Code.NOTHING_CHOSEN]), "error")
        return redirect(url_for(".index", edition=edition, **kept_words(request.form)))  # type: ignore[arg-type]
    team = [(str(user.id), user.name) for user in team_for_review(edition)]
    form = BatchForm(act, team=team, is_asked="go" in request.form)
    if "go" in request.form and form.validate_on_submit():
        with refusals_of(form, TEXTS):
            values = form.values(_seen_at(), form.asked_words(request.form))
            started = batches.start(edition, act, codes, values=values, by=_me(), now=clock.now())
            db.session.commit()
            return redirect(url_for(".show_batch", edition=edition, code=started.code))
    page = render_template(
        "applications/batch.html", edition=edition, act=act, act_word=BATCH_ACTS[act], codes=codes, form=form,
        named=_first_of(edition, codes), seen_at=request.form.get("seen_at", ""),
        values=kept_words(request.form), short=_short_of_places(edition, act, codes),
        asked_words=form.asked_words(request.form),
        untold=queries.staged_among(edition, codes) if act is BatchAct.MAIL else 0,
    )  # fmt: skip
    return page, 422 if "go" in request.form else 200


def _first_of(edition: Edition, codes: Sequence[str]) -> list[Application]:
    """The first of the chosen ones, in the order of the list: in that order they get what there is."""
    first = codes[:NAMED]
    found = queries.named(edition, first)
    return [found[code] for code in first if code in found]


def _short_of_places(edition: Edition, act: BatchAct, codes: Sequence[str]) -> list[str]:
    """A sentence for each kind of which more are to be approved than there are places."""
    if act is not BatchAct.APPROVE:
        return []
    counts = Counter(
        one.organisation.kind
        for one in queries.named(edition, codes).values()
        if State.APPROVED not in {one.state, one.announced_state}
    )
    standings = queries.standings_of(edition)
    return [
        _("%(kind)s chosen: %(chosen)s; places free: %(free)s. The first in the list get them.",
          kind=str(KINDS_OF_MANY[kind]).capitalize(), chosen=number, free=free)
        for kind, number in counts.items()
        if (free := standings[kind].free) is not None and number > free
    ]  # fmt: skip


def _seen_at() -> str:
    try:
        seen_at = datetime.fromisoformat(request.form.get("seen_at", ""))
    except ValueError:
        abort(400)
    return seen_at.isoformat() if seen_at.tzinfo else abort(400)


def _batch(edition: Edition, code: str) -> Batch:
    return queries.batch(edition, code) or abort(404)


@bp.get(f"{ADDRESS}/<code>")
@access(Allow.ORGANISER)
def show_batch(edition: Edition, code: str) -> ResponseReturnValue:
    kept = _batch(edition, code)
    named = queries.named(edition, [one["code"] for one in kept.refused])
    refused = [(named[one["code"]], _why(one)) for one in kept.refused if one["code"] in named]
    return render_template(
        "applications/show_batch.html",
        edition=edition,
        batch=kept,
        act_word=BATCH_ACTS[kept.act],
        state_word=BATCH_STATES[kept.state],
        is_over=kept.state in {BatchState.FINISHED, BatchState.CANCELLED},
        refused=refused,
        can_be_taken_back=kept.act in batches.CAN_BE_TAKEN_BACK,
        done=len(batches.done_codes(kept)),
        left=len(kept.codes) - kept.done if kept.state is BatchState.CANCELLED else 0,
    )


def _why(refused: dict[str, object]) -> str:
    values = cast("dict[str, str]", refused["values"])
    return sentence_of(Refusal(Code(str(refused["why"])), **values), TEXTS)


@bp.post(f"{ADDRESS}/<code>/cancel")
@access(Allow.ORGANISER)
def cancel_batch(edition: Edition, code: str) -> ResponseReturnValue:
    batches.cancel(_batch(edition, code), by=actor(), now=clock.now())
    db.session.commit()
    flash(_("Stopped. What was done until then stays done."), "info")
    return redirect(url_for(".show_batch", edition=edition, code=code))


@bp.post(f"{ADDRESS}/<code>/rest")
@access(Allow.ORGANISER)
def go_on_with_batch(edition: Edition, code: str) -> ResponseReturnValue:
    kept = _batch(edition, code)
    with refusals_of(None, TEXTS):
        go_on = announcing.go_on if kept.act is BatchAct.ANNOUNCE else batches.go_on
        rest = go_on(edition, kept, by=_me(), now=clock.now())
        db.session.commit()
        code = rest.code
    return redirect(url_for(".show_batch", edition=edition, code=code))


@bp.post(f"{ADDRESS}/<code>/take-back")
@access(Allow.ORGANISER)
def take_batch_back(edition: Edition, code: str) -> ResponseReturnValue:
    kept = _batch(edition, code)
    with refusals_of(None, TEXTS):
        back = batches.take_back(edition, kept, by=_me(), now=clock.now())
        db.session.commit()
        code = back.code
    return redirect(url_for(".show_batch", edition=edition, code=code))
