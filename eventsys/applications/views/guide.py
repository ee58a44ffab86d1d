"""The way through the steps: where one is, what is done, where a saved step leads, what the applicant is asked about."""

from __future__ import annotations

from flask import flash, request, url_for
from flask_babel import gettext as _

from eventsys.applications import queries
from eventsys.applications.models import Application
from eventsys.applications.rules import completeness
from eventsys.applications.rules.completeness import Doubt, Likeness, SiteFacts
from eventsys.applications.rules.states import State
from eventsys.applications.rules.steps import ASKED_AT, DOUBTED_AT, Step, done_steps, step_after, steps_of
from eventsys.applications.texts import MISSING, STEPS
from eventsys.applications.views.asked import asked_of
from eventsys.base.i18n import told_apart

# What a link to a step says when the reader comes from the last page, and wants to be back there.
BACK = "check"


def guide_of(application: Application, current: Step) -> list[tuple[str, str, str]]:
    """The steps with their addresses and whether each is done, the current one, or has something to be put right."""
    to_change = {one.step for one in asked_of(application) if not one.is_changed}
    application = queries.as_wished(application)
    sells_food = application.sells_food
    filled = {
        step
        for step, is_filled in (
            (Step.DISHES, sells_food and bool(queries.dishes_of(application))),
            (Step.DOCUMENTS, bool(queries.attachments_of(application))),
            (Step.WISHES, bool(application.near_wish or application.apart_wish)),
            (Step.QUESTIONS, bool(queries.answers_by_question(application) or queries.wished_answers(application))),
        )
        if is_filled
    }
    has_questions = bool(queries.questions_put_to(application))
    lacks = completeness.missing(queries.told_by(application))
    done = done_steps(lacks, sells_food=sells_food, has_questions=has_questions, filled=filled)

    def state(step: Step) -> str:
        if step is current:
            return "current"
        return "error" if step in to_change else "done" if step in done else "ahead"

    return [
        (str(STEPS[step]), url_for(f"applications.{step}", code=application.code), state(step))
        for step in steps_of(sells_food=sells_food, has_questions=has_questions)
    ]


def typed_at(application: Application) -> list[tuple[str, str]]:
    """What each page of the applicant is called that keeps on the device what is typed, with its address."""
    code = application.code
    steps = [(label, url) for label, url, _state in guide_of(application, Step.CHECK)]
    return [
        *steps,
        (str(_("Add a dish")), url_for("applications.add_dish", code=code)),
        *(
            (dish.name, url_for("applications.change_dish", code=code, dish=dish.code))
            for dish in queries.dishes_of(application)
        ),
        (str(_("People to reach")), url_for("applications.contacts", code=code)),
        (str(_("Withdraw the application")), url_for("applications.withdraw", code=code)),
    ]


def doubts_about(application: Application) -> list[Doubt]:
    """What is odd about what is told, as far as the applicant can say."""
    told = queries.told_by(queries.as_wished(application))
    return [one for one in completeness.doubts(told, SiteFacts(), Likeness()) if one in DOUBTED_AT]


def next_page(application: Application, step: Step) -> str:
    """Where it goes on after a step: to what is asked to be changed, back to the last page, or to the next step."""
    asked = [one for one in asked_of(application) if not one.is_changed and one.step is not step]
    if asked:
        return asked[0].url
    if goes_back(application):
        return url_for("applications.check", code=application.code)
    has_questions = bool(queries.questions_put_to(application))
    following = step_after(step, sells_food=application.sells_food, has_questions=has_questions)
    return url_for(f"applications.{following}", code=application.code)


def goes_back(application: Application) -> bool:
    """Whether this step is put right on the way to sending, rather than filled in in its turn."""
    return request.args.get("to") == BACK or application.announced_state is State.CHANGES_REQUESTED


def leads_back(application: Application, step: Step) -> bool:
    """Whether the last page is what follows this step, so that its button says so."""
    others = [one for one in asked_of(application) if not one.is_changed and one.step is not step]
    return goes_back(application) and not others


def way_on(application: Application, step: Step) -> str:
    """Where a saved step leads, and what is said there."""
    status = url_for("applications.status", code=application.code)
    if application.announced_state is State.APPROVED:
        flash(_waits(application) or _("Saved. It holds at once."), "success")
        return status
    if application.announced_state in {State.SUBMITTED, State.WAITLISTED}:
        flash(_("Saved. We see the change."), "success")
        return status
    if "later" in request.form:
        flash(_("Saved. Come back by the link in your mail whenever you like."), "success")
        return status
    if not goes_back(application):
        _tell_what_lacks(application, step)
    return next_page(application, step)


def _tell_what_lacks(application: Application, step: Step) -> None:
    """At the last page all that lacks is listed; on the way, what this step left open."""
    lacks = [what for what in completeness.missing(queries.told_by(application)) if ASKED_AT[what] is step]
    if lacks:
        what = told_apart(MISSING[one] for one in lacks)
        flash(_("Saved. Not told yet, and needed before you send: %(what)s.", what=what), "info")


def _waits(application: Application) -> str:
    """What to say when this very change waits for an organiser."""
    amendment = queries.open_amendment(application)
    if amendment is None or amendment.made_at != application.changed_at:
        return ""
    return str(_("Saved. We had agreed on something else, so we look at it first and write to you."))
