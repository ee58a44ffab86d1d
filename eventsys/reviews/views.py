"""A reviewer's opinion on an application, and the criteria of an edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from eventsys.accounts.models import User
from eventsys.accounts.rules import Allow
from eventsys.applications import panels
from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.applications.rules.codes import Code
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import in_language
from eventsys.base.web.access import access, is_allowed
from eventsys.base.web.writes import has_arrived, once_more_on_conflict, refusals_of
from eventsys.editions import tasks
from eventsys.editions.access import actor, signed_in_user
from eventsys.editions.models import Edition
from eventsys.organisations.texts import KINDS_OF_MANY
from eventsys.reviews import actions, queries
from eventsys.reviews.forms import CriterionForm, review_form
from eventsys.reviews.models import Criterion, Review
from eventsys.reviews.rules.recommendations import leaning_of, mean_of, weighted_mean
from eventsys.reviews.texts import RECOMMENDATIONS, STORY, TEXTS, TONES

bp = Blueprint("reviews", __name__)
METHODS = ["GET", "POST"]
panels.register_story(STORY)


def _me() -> User:
    return cast("User", signed_in_user())


@bp.route("/organise/<edition:edition>/applications/<code>/review", methods=METHODS)
@access(Allow.ORGANISER, Allow.REVIEWER)
@once_more_on_conflict
def review(edition: Edition, code: str) -> ResponseReturnValue:
    application = applications.find_in(edition, code) or abort(404)
    criteria = queries.criteria_of(edition, application.organisation.kind)
    form = review_form(criteria, queries.review_by(_me(), application))
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            actions.review(application, form.told(), by=_me(), now=clock.now())
            db.session.commit()
            flash(_("Your review is kept. You can change it until the decision is announced."), "success")
            has_arrived()
            return redirect(url_for("applications.show", edition=edition, code=code, said="reviews", _anchor="reviews"))
    told = panels.told_of(application)
    page = render_template("reviews/review.html", edition=edition, application=application, form=form, told=told)
    return page, 422 if form.is_submitted() else 200


@bp.get("/organise/<edition:edition>/criteria")
@access(Allow.ORGANISER, Allow.REVIEWER)
def criteria(edition: Edition) -> ResponseReturnValue:
    may_change = is_allowed(Allow.ORGANISER, {"edition": edition})
    return render_template(
        "reviews/criteria.html", edition=edition, criteria=queries.criteria_of(edition), may_change=may_change,
        kinds=KINDS_OF_MANY,
    )  # fmt: skip


@bp.route("/organise/<edition:edition>/criteria/add", methods=METHODS)
@access(Allow.ORGANISER)
def add_criterion(edition: Edition) -> ResponseReturnValue:
    return _criterion_page(edition, None)


@bp.route("/organise/<edition:edition>/criteria/<code>", methods=METHODS)
@access(Allow.ORGANISER)
def change_criterion(edition: Edition, code: str) -> ResponseReturnValue:
    return _criterion_page(edition, _criterion(edition, code))


def _criterion(edition: Edition, code: str) -> Criterion:
    return queries.criterion(edition, code, is_locked=True) or abort(404)


def _criterion_page(edition: Edition, criterion: Criterion | None) -> ResponseReturnValue:
    form = CriterionForm.of(criterion)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            if criterion is None:
                actions.add_criterion(edition, form.told(), by=actor(), now=clock.now())
            else:
                actions.change_criterion(criterion, form.told(), by=actor(), now=clock.now())
            db.session.commit()
            flash(_("The criterion is kept."), "success")
            return redirect(url_for(".criteria", edition=edition))
    page = render_template("reviews/criterion.html", edition=edition, criterion=criterion, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.post("/organise/<edition:edition>/criteria/<code>/up")
@access(Allow.ORGANISER)
def move_criterion_up(edition: Edition, code: str) -> ResponseReturnValue:
    return _move(edition, code, -1)


@bp.post("/organise/<edition:edition>/criteria/<code>/down")
@access(Allow.ORGANISER)
def move_criterion_down(edition: Edition, code: str) -> ResponseReturnValue:
    return _move(edition, code, 1)


def _move(edition: Edition, code: str, steps: int) -> ResponseReturnValue:
    criterion = _criterion(edition, code)
    if criterion.retired_at is None:
        actions.move_criterion(edition, criterion, steps=steps, by=actor(), now=clock.now())
        db.session.commit()
    return redirect(url_for(".criteria", edition=edition))


@bp.post("/organise/<edition:edition>/criteria/<code>/retire")
@access(Allow.ORGANISER)
def retire_criterion(edition: Edition, code: str) -> ResponseReturnValue:
    actions.retire_criterion(_criterion(edition, code), is_retired=True, by=actor(), now=clock.now())
    db.session.commit()
    flash(_("The criterion no longer counts. Its scores are kept."), "success")
    return redirect(url_for(".criteria", edition=edition, retired=code))


@bp.post("/organise/<edition:edition>/criteria/<code>/restore")
@access(Allow.ORGANISER)
def restore_criterion(edition: Edition, code: str) -> ResponseReturnValue:
    actions.retire_criterion(_criterion(edition, code), is_retired=False, by=actor(), now=clock.now())
    db.session.commit()
    flash(_("The criterion counts again."), "success")
    return redirect(url_for(".criteria", edition=edition))


@panels.register_section
def reviews_of(application: Application, reader: User) -> str:
    """What reviewers say, as far as this reader may know it."""
    given = queries.reviews_of(application)
    mine = next((one for one in given if one.user_id == reader.id), None)
    may_read = may_read_others(mine, is_organiser=is_allowed(Allow.ORGANISER, {"edition": application.edition}))
    shown = given if may_read else [one for one in given if one is mine]
    criteria = queries.criteria_of(application.edition, application.organisation.kind)
    weights = {criterion.code: criterion.weight for criterion in criteria}
    means = {one.id: weighted_mean(one.scores, weights) for one in given}
    return render_template(
        "reviews/section.html",
        application=application,
        reviews=shown,
        scored=[one for one in shown if means[one.id] is not None],
        criteria=[(one, score_of(one.code, shown)) for one in criteria],
        hidden=len(given) - len(shown),
        mine=mine,
        means=means,
        mean=mean_of(means.values()) if may_read else None,
        recommendations=RECOMMENDATIONS,
        tones=TONES,
    )


def score_of(code: str, reviews: Sequence[Review]) -> Decimal | None:
    """The mean of the scores for one criterion; None where nobody scored it."""
    return mean_of(Decimal(one.scores[code]) if code in one.scores else None for one in reviews)


@tasks.register
def to_look_at(edition: Edition, user: User) -> list[tasks.Task]:
    """The applications that somebody is asked to look at, and hasn't yet."""
    number = queries.waiting_for(user, edition)
    if not number:
        return []
    sentence = ngettext(
        "%(edition)s: you are asked to look at %(num)d application.",
        "%(edition)s: you are asked to look at %(num)d applications.",
        number,
        edition=in_language(edition.name),
    )
    return [(sentence, url_for("applications.index", edition=edition, reviewer=user.id))]


@panels.register_opinions
def recommended(edition: Edition, keys: Sequence[int], reader: User) -> panels.Opinions:
    """What reviewers recommend, for the review list: only what the page of the application shows to this reader."""
    is_organiser = is_allowed(Allow.ORGANISER, {"edition": edition})
    told = {}
    for key, given in queries.reviews_on(edition, keys).items():
        mine = next((one for one in given if one.user_id == reader.id), None)
        shown = given if may_read_others(mine, is_organiser=is_organiser) else [one for one in given if one is mine]
        numbers = Counter(one.recommendation for one in shown if one.recommendation)
        told[key] = [(str(RECOMMENDATIONS[what]), TONES[what], numbers[what]) for what in TONES if what in numbers]
    return told


@panels.register_judgements
def judgements(edition: Edition, reader: User) -> dict[int, panels.Judgement]:
    """What reviewers think in all, for ordering the review list: only what the pages of the applications show to this reader."""
    is_organiser = is_allowed(Allow.ORGANISER, {"edition": edition})
    weights = {criterion.code: criterion.weight for criterion in queries.criteria_of(edition)}
    told = {}
    for key, given in queries.said_in(edition).items():
        mine = next((one for one in given if one.user_id == reader.id), None)
        shown = given if may_read_others(mine, is_organiser=is_organiser) else [one for one in given if one is mine]
        means = [mean for one in shown if (mean := weighted_mean(one.scores, weights)) is not None]
        leaning = leaning_of(one.recommendation for one in shown)
        told[key] = panels.Judgement(mean_of(means), len(means), leaning)
    return told


def may_read_others(mine: Review | queries.Said | None, *, is_organiser: bool) -> bool:
    """Who has yet to say something doesn't read the others first, unless organiser; who is too near doesn't at all."""
    return is_organiser if mine is None else not mine.has_conflict


@panels.register_call_section
def what_counts(edition: Edition) -> str:
    """What applications are judged by, for who thinks of taking part."""
    return render_template("reviews/_what_counts.html", criteria=queries.criteria_of(edition), kinds=KINDS_OF_MANY)


@panels.register_objection
def conflict_of_interest(application: Application, user: User) -> Code | None:
    """Who declared to be too near doesn't decide."""
    said = queries.review_by(user, application)
    return Code.CONFLICT_OF_INTEREST if said is not None and said.has_conflict else None
