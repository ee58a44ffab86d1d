"""The review list, and one application with all that helps to decide."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeVar, cast

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.models import User
from eventsys.accounts.rules import Allow, Role
from eventsys.applications import panels, queries
from eventsys.applications.actions import decisions
from eventsys.applications.forms.deciding import DecisionForm, FilterForm
from eventsys.applications.models import Application
from eventsys.applications.queries import Choice
from eventsys.applications.rules import completeness
from eventsys.applications.rules.completeness import Likeness, Missing, Told
from eventsys.applications.rules.listing import Sort
from eventsys.applications.rules.states import State, acts_of
from eventsys.applications.texts import ACTORS, ACTS, DOUBTS, MISSING, STORY, TEXTS
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.summary import summary_of
from eventsys.base.fields import clean_line
from eventsys.base.web.access import access, is_allowed
from eventsys.editions.access import signed_in_user
from eventsys.editions.models import Edition
from eventsys.editions.queries import team_of
from eventsys.mail import queries as mail
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.texts import KINDS_OF_MANY

READERS = (Allow.ORGANISER, Allow.REVIEWER)
LONGEST_SEARCH = 100
NARROW = ("state", "kind", "text", "staged", "sort")
Word = TypeVar("Word", bound=StrEnum)


def _one(kind: type[Word], name: str) -> Word | None:
    """A word of the address; one that isn't known narrows nothing."""
    written = request.args.get(name, "")
    return kind(written) if written in list(kind) else None


@bp.get("/organise/<edition:edition>/applications")
@access(*READERS)
def index(edition: Edition) -> ResponseReturnValue:
    choice = Choice(
        state=_one(State, "state"),
        kind=_one(Kind, "kind"),
        text=clean_line(request.args.get("text"))[:LONGEST_SEARCH],
        is_staged="staged" in request.args,
        sort=_one(Sort, "sort") or Sort.NEWEST,
    )
    counts = queries.counts_of(edition)
    return render_template(
        "applications/index.html",
        edition=edition,
        page=queries.page_of(edition, choice, number=request.args.get("page", 1, type=int)),
        choice=choice,
        form=FilterForm(formdata=None, obj=choice),
        counts=[
            (kind, KINDS_OF_MANY[kind], [(state, counts.get((state, kind), 0)) for state in State]) for kind in Kind
        ],
        staged=queries.staged_count_of(edition),
        values={name: value for name, value in request.args.items() if name in NARROW},
    )


@bp.get("/organise/<edition:edition>/applications/<code>")
@access(*READERS)
def show(edition: Edition, code: str) -> ResponseReturnValue:
    return application_page(queries.find_in(edition, code) or abort(404))


def application_page(
    application: Application, form: DecisionForm | None = None, *, seen: datetime | None = None
) -> str:
    """One application on one page. `form` is a decision that came back; `seen` when it was about an older state."""
    me = cast("User", signed_in_user())
    told = queries.told_by(application)
    acts = [act for act in decisions.DECIDES if act in acts_of(application.state)]
    story = queries.story_of(application)
    return render_template(
        "applications/show.html",
        edition=application.edition,
        application=application,
        summary=summary_of(application, is_changeable=False),
        findings=_findings(application, told),
        story=story,
        news=[entry for entry in story if seen is not None and entry.at > seen],
        messages=mail.about(f"application:{application.code}"),
        acts=[(act, ACTS[act], url_for(f".{act}", edition=application.edition, code=application.code)) for act in acts],
        may_decide=is_allowed(Allow.ORGANISER, {"edition": application.edition}),
        is_staged=decisions.is_staged(application),
        form=_decision(application, form),
        words={"story": STORY, "actors": ACTORS},
        team=_team(application),
        me=me,
        objection=TEXTS[objection] if (objection := panels.objection_to(application, me)) else "",
        sections=panels.sections_of(application, me),
    )


def team_for_review(edition: Edition) -> list[User]:
    """Those of the team who may read applications, each once, by name."""
    readers = {Role.ORGANISER, Role.REVIEWER}
    users = {member.user.id: member.user for member in team_of(edition) if member.role in readers}
    return sorted(users.values(), key=lambda user: user.name.casefold())


def _team(application: Application) -> dict[str, object]:
    reviewers = queries.reviewers_of(application)
    asked = {user.id for user in reviewers}
    return {
        "earlier": queries.earlier_of(application),
        "tags": queries.tags_of(application),
        "known_tags": queries.tags_on(application.edition),
        "reviewers": reviewers,
        "could_review": [user for user in team_for_review(application.edition) if user.id not in asked],
        "notes": queries.notes_of(application),
    }


def _findings(application: Application, told: Told) -> list[object]:
    likeness = Likeness(queries.has_namesake(application), queries.has_same_address(application))
    doubts = completeness.doubts(told, panels.site_facts_of(application.edition), likeness)
    return [
        *(
            _("Missing: %(what)s", what=MISSING[what])
            for what in completeness.missing(told)
            if what is not Missing.CONSENT  # Said among the facts: whoever came in from a file gave it elsewhere.
        ),
        *(DOUBTS[doubt] for doubt in doubts),
    ]


def _decision(application: Application, form: DecisionForm | None) -> DecisionForm:
    """A form about the application as it stands now; what was typed and what was wrong with it stays."""
    fresh = DecisionForm(formdata=None, data={"seen": application.changed_at.isoformat()})
    if form is not None:
        fresh.note.data, fresh.note.errors, fresh.form_errors = form.note.data, form.note.errors, form.form_errors
    return fresh
