"""The pages on which organisers write the questions of an edition."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access, is_allowed
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions import queries as editions
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.organisations.texts import KINDS_OF_MANY
from eventsys.questions import actions, queries
from eventsys.questions.forms import QuestionForm, question_form
from eventsys.questions.models import Question
from eventsys.questions.rules.codes import Code
from eventsys.questions.rules.editing import stamp
from eventsys.questions.shown import answers_form
from eventsys.questions.texts import TEXTS, TYPES

bp = Blueprint("questions", __name__)
METHODS = ["GET", "POST"]


def _question(edition: Edition, code: str) -> Question:
    return queries.question(edition, code) or abort(404)


@bp.get("/organise/<edition:edition>/questions")
@access(Allow.ORGANISER)
def index(edition: Edition) -> ResponseReturnValue:
    questions = queries.questions_of(edition)
    return render_template(
        "questions/index.html", edition=edition, questions=questions, counts=queries.answered_counts(edition),
        labels={one.key: one.label for one in questions}, types=TYPES, kinds=KINDS_OF_MANY,
        sources=_sources(edition),
    )  # fmt: skip


@bp.get("/organise/<edition:edition>/questions/preview")
@access(Allow.ORGANISER)
def preview(edition: Edition) -> ResponseReturnValue:
    form = answers_form(queries.questions_of(edition), {})
    return render_template("questions/preview.html", edition=edition, form=form)


@bp.route("/organise/<edition:edition>/questions/add", methods=METHODS)
@access(Allow.ORGANISER)
@once_more_on_conflict
def add(edition: Edition) -> ResponseReturnValue:
    return _page(edition, None)


@bp.route("/organise/<edition:edition>/questions/<code>", methods=METHODS)
@access(Allow.ORGANISER)
@once_more_on_conflict
def change(edition: Edition, code: str) -> ResponseReturnValue:
    question = _question(edition, code)
    if question.retired_at is not None and request.method == "GET":
        flash(_("There is a newer version of this question, or it is asked no more."), "info")
        return redirect(url_for(".index", edition=edition))
    return _page(edition, question)


def _page(edition: Edition, question: Question | None) -> ResponseReturnValue:
    earlier = [one for one in queries.questions_of(edition) if question is None or one.position < question.position]
    answered = queries.answer_counts(edition).get(question.id, 0) if question else 0
    form = question_form(question, earlier)
    is_rearranged = form.rearrange(request.form)
    with refusals_of(form, TEXTS):
        if not is_rearranged and form.validate_on_submit():
            _keep(edition, question, form)
            db.session.commit()
            flash(_("The question is kept."), "success")
            return redirect(url_for(".index", edition=edition))
    page = render_template(
        "questions/question.html",
        edition=edition,
        question=question,
        form=form,
        answered=answered,
        sent=queries.sent_count(edition),
        is_added="add_row" in request.form,
    )
    return page, 422 if form.is_submitted() and not is_rearranged else 200


def _keep(edition: Edition, question: Question | None, form: QuestionForm) -> None:
    if question is None:
        actions.add(edition, form.told(), by=actor(), now=clock.now())
        return
    try:
        actions.change(edition, question, form.told(), by=actor(), now=clock.now(), seen=form.seen.data or "")
    except Refusal as refusal:
        if refusal.code is Code.CHANGED_SINCE:  # Told once: whoever keeps it then means to.
            form.seen.data = stamp(queries.said_by(question))
        raise


@bp.post("/organise/<edition:edition>/questions/<code>/up")
@access(Allow.ORGANISER)
def move_up(edition: Edition, code: str) -> ResponseReturnValue:
    return _move(edition, code, -1)


@bp.post("/organise/<edition:edition>/questions/<code>/down")
@access(Allow.ORGANISER)
def move_down(edition: Edition, code: str) -> ResponseReturnValue:
    return _move(edition, code, 1)


@bp.post("/organise/<edition:edition>/questions/copy")
@access(Allow.ORGANISER)
def copy(edition: Edition) -> ResponseReturnValue:
    source = next((one for one in _sources(edition) if one.slug == request.form.get("edition")), None) or abort(404)
    copied = actions.copy(source, edition, by=actor(), now=clock.now())
    db.session.commit()
    flash(ngettext("%(num)d question is copied.", "%(num)d questions are copied.", copied), "success")
    return redirect(url_for(".index", edition=edition))


def _sources(edition: Edition) -> list[Edition]:
    """The other editions with questions that this reader may organise."""
    others = [one for one in editions.every() if one.id != edition.id]
    return [one for one in others if is_allowed(Allow.ORGANISER, {"edition": one}) and queries.questions_of(one)]


def _move(edition: Edition, code: str, steps: int) -> ResponseReturnValue:
    with refusals_of(None, TEXTS):
        actions.move(edition, _question(edition, code), steps=steps, by=actor(), now=clock.now())
        db.session.commit()
    return redirect(url_for(".index", edition=edition))


@bp.post("/organise/<edition:edition>/questions/<code>/retire")
@access(Allow.ORGANISER)
def retire(edition: Edition, code: str) -> ResponseReturnValue:
    retired = None
    with refusals_of(None, TEXTS):
        actions.retire(edition, _question(edition, code), by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The question is asked no more. Its answers are kept."), "success")
        retired = code
    return redirect(url_for(".index", edition=edition, retired=retired))


@bp.post("/organise/<edition:edition>/questions/<code>/restore")
@access(Allow.ORGANISER)
@once_more_on_conflict
def restore(edition: Edition, code: str) -> ResponseReturnValue:
    with refusals_of(None, TEXTS):
        actions.restore(edition, _question(edition, code), by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The question is asked again."), "success")
    return redirect(url_for(".index", edition=edition))
