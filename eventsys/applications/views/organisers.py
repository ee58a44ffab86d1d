"""The review list, and one application with all that helps to decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.models import User
from eventsys.accounts.rules import Allow, Role
from eventsys.applications import panels, queries
from eventsys.applications.actions import decisions
from eventsys.applications.forms.deciding import AmendmentForm, DecisionForm
from eventsys.applications.forms.reading import language_name
from eventsys.applications.models import Application
from eventsys.applications.queries import Entry
from eventsys.applications.rules import completeness
from eventsys.applications.rules.completeness import Likeness, Missing, Told
from eventsys.applications.texts import ACTORS, ACTS, DOUBTS, FIELDS, MISSING, PURPOSES, STORY, TEXTS
from eventsys.applications.views.answered import answer_of, last_sent
from eventsys.applications.views.blueprint import bp, words
from eventsys.applications.views.differences import Difference, changes_of, differences
from eventsys.applications.views.listing import READERS, choice_of, kept_words
from eventsys.applications.views.summary import summary_of
from eventsys.base.i18n import page_language
from eventsys.base.web.access import access, is_allowed
from eventsys.editions.access import actor, signed_in_user
from eventsys.editions.models import Edition
from eventsys.editions.queries import team_of
from eventsys.mail import queries as mail

AT_ONCE = timedelta(minutes=5)


@bp.get("/organise/<edition:edition>/applications/<code>")
@access(*READERS)
def show(edition: Edition, code: str) -> ResponseReturnValue:
    return application_page(queries.find_in(edition, code) or abort(404))


def application_page(
    application: Application,
    form: DecisionForm | None = None,
    *,
    amendment_form: AmendmentForm | None = None,
    seen: datetime | None = None,
    news: Sequence[Entry] = (),
    note: str = "",
) -> str:
    """One application on one page. `form` and `amendment_form` came back; `seen` when they were about an older state.

    `news` is what colleagues have written since the page was opened; `note` what was refused as a note of the team.
    """
    me = cast("User", signed_in_user())
    story = queries.story_of(application)
    return render_template(
        "applications/show.html",
        edition=application.edition,
        application=application,
        **_told(application),
        story=_told_once(application, story),
        news=[entry for entry in story if entry in news or (seen is not None and entry.at > seen)],
        messages=mail.about(f"application:{application.code}"),
        acts=_acts(application),
        may_decide=is_allowed(Allow.ORGANISER, {"edition": application.edition}),
        is_staged=decisions.is_staged(application),
        form=_decision(application, form, read=len(story)),
        words={"story": {**STORY, **panels.story_words()}, "actors": ACTORS, "fields": FIELDS},
        reads=language_name(page_language(application.language)),
        me=me,
        asked_words=form.asked_words(request.form) if form else {},
        amendment=_amendment(application, amendment_form),
        around=_around(application),
        objection=TEXTS[objection] if (objection := panels.objection_to(application, me)) else "",
        sections=panels.sections_of(application, me),
        answered=answer_of(application),
        note=note,
    )


def _acts(application: Application) -> list[tuple[str, object, str]]:
    """What may be decided: the act, its word, where it is sent."""
    edition, code = application.edition, application.code
    open_acts = decisions.open_acts(application)
    return [(act, ACTS[act], url_for(f".{act}", edition=edition, code=code)) for act in open_acts]


def _told(application: Application) -> dict[str, object]:
    """What an application tells, and what a reviewer should look at in it."""
    return {
        "summary": summary_of(application, is_changeable=False),
        "findings": _findings(application, queries.told_by(application)),
        "attachments": [(one, PURPOSES[one.purpose]) for one in queries.attachments_of(application)],
        "sent_again": last_sent(application),
        "team": _team(application),
    }


@panels.register_told
def told_part(application: Application) -> str:
    """The same for the page on which somebody reviews it: another feature's, which has none of our words."""
    told = {**words(), **_told(application)}
    return render_template("applications/told.html", edition=application.edition, application=application, **told)


# What leaves a revision behind: wishing for a change alone does not.
CHANGED_IT = frozenset({"applications.changed", "applications.amendment_accepted"})


def _told_once(application: Application, story: list[Entry]) -> list[tuple[Entry, list[Difference]]]:
    """What happened, each with its own changes, without saying the same twice where it was done in two goes right after each other."""
    revisions = queries.revisions_of(application)
    told: list[tuple[Entry, list[Difference]]] = []
    for entry in story:
        made = _made_by(entry, revisions.get(entry.at, []))
        changes = differences(made, application)
        last = told[-1][0] if told else None
        is_again = (
            last is not None
            and not changes
            and not entry.note
            and (last.actor, last.user_name, last.act, last.detail)
            == (entry.actor, entry.user_name, entry.act, entry.detail)
            and entry.at - last.at < AT_ONCE
        )
        if not is_again:
            told.append((entry, changes))
    return told


def _made_by(entry: Entry, revisions: list[dict[str, Any]]) -> dict[str, Any]:
    """Take from the revisions of that moment the one that an entry names; its fields may be fewer than are named."""
    named = set(entry.detail.split(", ")) if entry.act in CHANGED_IT else set()
    made = next((one for one in revisions if one.keys() <= named), {})
    if made:
        revisions.remove(made)
    return made


def _around(application: Application) -> dict[str, str]:
    """The way back to the list as it was narrowed, and to the next and the previous one in it."""
    edition, values = application.edition, kept_words(request.args)
    back = url_for(".index", edition=edition) + (f"?{urlencode(values)}" if values else "")
    codes = queries.codes_of(edition, choice_of(request.args)) if request.method == "GET" else []
    if application.code not in codes:
        return {"back": back}
    place = codes.index(application.code)
    beside = {"previous": codes[max(place - 1, 0)], "next": codes[min(place + 1, len(codes) - 1)]}
    query = f"?{urlencode(values)}" if values else ""
    ways = {
        way: url_for(".show", edition=edition, code=code) + query
        for way, code in beside.items()
        if code != application.code
    }
    return {"back": back, **ways}


def team_for_review(edition: Edition) -> list[User]:
    """Those of the team who may read applications, each once, by name."""
    readers = {Role.ORGANISER, Role.REVIEWER}
    users = {member.user.id: member.user for member in team_of(edition) if member.role in readers}
    return sorted(users.values(), key=lambda user: user.name.casefold())


def _amendment(application: Application, form: AmendmentForm | None) -> dict[str, object]:
    """The change that is asked for: each field before and after, what it would leave open, the form to answer it."""
    amendment = queries.open_amendment(application)
    if amendment is None:
        return {}
    fresh = AmendmentForm(formdata=None, data={"seen": application.changed_at.isoformat()})
    if form is not None:
        fresh.note.data, fresh.note.errors, fresh.form_errors = form.note.data, form.note.errors, form.form_errors
    return {
        "made_at": amendment.made_at,
        "changes": changes_of(amendment, application),
        "lacks": [MISSING[what] for what in queries.lacks_of_wish(application)],
        "form": fresh,
    }


def _team(application: Application) -> dict[str, object]:
    reviewers = queries.reviewers_of(application)
    asked = {user.id for user in reviewers}
    earlier = queries.earlier_of(application)
    return {
        "earlier": earlier,
        "may_open": {
            one.edition_id for one in earlier if any(is_allowed(role, {"edition": one.edition}) for role in READERS)
        },
        "tags": queries.tags_of(application),
        "known_tags": queries.tags_on(application.edition),
        "reviewers": reviewers,
        "could_review": [user for user in team_for_review(application.edition) if user.id not in asked],
        "notes": queries.notes_of(application),
    }


def _findings(application: Application, told: Told) -> list[object]:
    likeness = Likeness(queries.has_namesake(application), queries.has_same_address(application))
    found = completeness.findings(told, panels.site_facts_of(application.edition), likeness)
    return [_("Missing: %(what)s", what=MISSING[what]) if isinstance(what, Missing) else DOUBTS[what] for what in found]


# What is read before one decides, and changes nothing about the application itself.
WORDS_OF_COLLEAGUES = frozenset({"applications.note_added", "reviews.reviewed", "reviews.conflict_declared"})


def news_since(application: Application, read: str | None) -> list[Entry]:
    """What colleagues have written about it since a page was opened; `read` says how much had happened then."""
    if not (read or "").isdecimal():
        return []  # A page from before this was asked.
    me = str(actor())
    later = queries.story_of(application)[int(read or 0) :]
    return [entry for entry in later if entry.act in WORDS_OF_COLLEAGUES and entry.by != me]


def _decision(application: Application, form: DecisionForm | None, *, read: int) -> DecisionForm:
    """A form about the application as it stands now; what was typed and what was wrong with it stays."""
    fresh = DecisionForm(formdata=None, data={"seen": application.changed_at.isoformat(), "read": str(read)})
    if form is not None:
        fresh.note.data, fresh.note.errors, fresh.form_errors = form.note.data, form.note.errors, form.form_errors
        fresh.kept.data, fresh.kept.errors = form.kept.data, form.kept.errors
        fresh.asked.data = form.asked.data
    return fresh
