"""The review list: narrowed, sorted, with the columns one wants; saved views; the same as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar, cast
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from eventsys.accounts.models import User
from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import listing
from eventsys.applications.forms.deciding import FilterForm
from eventsys.applications.models import SavedView
from eventsys.applications.queries import Choice
from eventsys.applications.rules.batches import OF_THE_LIST, OF_THE_TEAM, BatchAct
from eventsys.applications.rules.listing import COLUMNS, USUAL, Gone, Wants, columns_of, sort_of, written_sort
from eventsys.applications.rules.states import State
from eventsys.applications.texts import BATCH_ACTS, COLUMN_WORDS, TEXTS
from eventsys.applications.views.beside import answers_to_choose, beside_of, wordings_in
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.sorting import headings_of
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.fields import clean_line
from eventsys.base.i18n import in_language
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access, is_allowed
from eventsys.base.web.writes import once_more_on_conflict, refusals_of, sentence_of
from eventsys.editions.access import actor, signed_in_user
from eventsys.editions.models import Edition
from eventsys.editions.queries import team_of
from eventsys.editions.tasks import tasks_of
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.texts import KINDS_OF_MANY
from eventsys.questions.models import Question

READERS = (Allow.ORGANISER, Allow.REVIEWER)
LONGEST_SEARCH = 100
LONGEST_KEY = 9
# Words of the address that narrow and order the list; `columns` says what is shown.
NARROW = (
    "state",
    "kind",
    "text",
    "staged",
    "amended",
    "tag",
    "reviewer",
    "wants",
    "found",
    "day",
    "speaks",
    "answer",
    "sort",
    "columns",
)
# Those behind "More choices".
MORE = ("tag", "reviewer", "wants", "day", "speaks", "answer")
Word = TypeVar("Word", bound=StrEnum)


def choice_of(written: MultiDict[str, str]) -> Choice:
    """What an address asks for; a word that isn't known narrows nothing."""

    def one(kind: type[Word], name: str) -> Word | None:
        return kind(written[name]) if written.get(name) in list(kind) else None

    written = MultiDict((name, clean_line(word)[:LONGEST_SEARCH]) for name, word in written.items(multi=True))
    day, reviewer = written.get("day", ""), written.get("reviewer", "")
    sort, is_turned = sort_of(written.get("sort", ""))
    return Choice(
        state=one(State, "state"),
        gone=one(Gone, "state"),
        kind=one(Kind, "kind"),
        text=written.get("text", ""),
        is_staged="staged" in written,
        is_amended="amended" in written,
        tag=written.get("tag", ""),
        reviewer=reviewer if len(reviewer) <= LONGEST_KEY else "",
        wants=one(Wants, "wants"),
        found=written.get("found", ""),
        day=int(day) if day.isdecimal() and len(day) < 3 else None,
        speaks=written.get("speaks", ""),  # `language` is that of the page.
        answer=written.get("answer", ""),
        sort=sort,
        is_turned=is_turned,
        reader=signed_in_user(),
    )


def kept_words(written: MultiDict[str, str]) -> dict[str, str]:
    """The words of an address that make the list what it is, without those that are empty."""
    words = {name: ",".join(written.getlist(name)) if name == "columns" else written.get(name, "") for name in NARROW}
    return {name: clean for name, word in words.items() if (clean := clean_line(word)[:LONGEST_SEARCH])}


@bp.get("/organise/<edition:edition>/applications")
@access(*READERS)
def index(edition: Edition) -> ResponseReturnValue:
    seen_at = clock.now().isoformat()  # Before it is read: what somebody changes meanwhile isn't seen.
    me, choice, values = cast("User", signed_in_user()), choice_of(request.args), kept_words(request.args)
    page = queries.page_of(edition, choice, number=request.args.get("page", 1, type=int))
    wordings = wordings_in(edition)
    own = [versions[0] for versions in wordings.values()]
    columns, words = shown_columns(request.args, own), column_words(own)
    return render_template(
        "applications/index.html",
        edition=edition,
        page=page,
        form=_filter_form(edition, choice, wordings),
        columns=columns,
        all_columns=[(column, word, column in columns) for column, word in words.items()],
        column_words=words,
        sorts=headings_of(choice, columns, here=url_for(".index", edition=edition), values=values),
        beside=beside_of(edition, page.rows, columns, questions=own, reader=me, findings=page.findings),
        **_counts(edition),
        tasks=tasks_of(edition, me),
        is_narrowed_more=any(request.args.get(name) for name in MORE),
        views=queries.views_of(edition, me),
        values=values,
        acts=_acts(edition, choice),
        seen_at=seen_at,
    )


def _acts(edition: Edition, choice: Choice) -> list[tuple[BatchAct, object]]:
    """What may be done with several; with those that were never sent, nothing that anybody would hear of."""
    acts = [act for act in OF_THE_LIST if choice.gone is None or act in OF_THE_TEAM]
    return [(act, BATCH_ACTS[act]) for act in acts] if _is_organiser(edition) else []


def _counts(edition: Edition) -> dict[str, object]:
    """How many stand where, in all and by kind; how many wait to be told, and how many ask for a change."""
    counts, standings = queries.counts_of(edition), queries.standings_of(edition)
    return {
        "totals": [(state, sum(counts.get((state, kind), 0) for kind in Kind)) for state in State],
        "counts": [
            (kind, KINDS_OF_MANY[kind], [(state, counts.get((state, kind), 0)) for state in State], standings[kind])
            for kind in Kind
        ],
        "staged": queries.staged_count_of(edition),
        "amended": queries.amended_count_of(edition),
    }


def shown_columns(written: MultiDict[str, str], own: Sequence[Question]) -> tuple[str, ...]:
    """The columns that an address asks for: ours, and the edition's own questions."""
    columns = ",".join(written.getlist("columns"))
    if not columns and written.get("found"):  # Who looks for what is missing or doubtful sees what it is.
        columns = ",".join((*USUAL, "findings"))
    return columns_of(columns, [question.key for question in own])


def column_words(own: Sequence[Question]) -> dict[str, str]:
    """What each column is called."""
    words = {column: str(COLUMN_WORDS[column]) for column in COLUMNS}
    return words | {question.key: in_language(question.label) for question in own}


def _filter_form(edition: Edition, choice: Choice, wordings: Mapping[str, Sequence[Question]]) -> FilterForm:
    form = FilterForm(formdata=None, obj=choice)
    form.state.data = choice.gone or choice.state
    form.order(written_sort(choice.sort, is_turned=choice.is_turned))
    reviewers = {str(member.user_id): member.user.name for member in team_of(edition)}
    form.offer(
        tags=[(tag.code, tag.name) for tag in queries.tags_on(edition)],
        reviewers=[(queries.NOBODY, str(_("nobody"))), *reviewers.items()],
        days=[str(day.number) for day in edition.open_days],
        languages=queries.languages_of(edition),
        answers=answers_to_choose(edition, wordings),
    )
    return form


@bp.post("/organise/<edition:edition>/applications/views")
@access(*READERS)
@once_more_on_conflict
def save_view(edition: Edition) -> ResponseReturnValue:
    me, values = cast("User", signed_in_user()), kept_words(request.form)
    try:
        name, is_shared = clean_line(request.form.get("name")), "shared" in request.form and _is_organiser(edition)
        view = listing.save_view(edition, name, values, owner=None if is_shared else me, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The view “%(name)s” is kept. Its address opens it.", name=view.name), "success")
        return redirect(url_for(".open_view", edition=edition, code=view.code))
    except Refusal as refusal:
        db.session.rollback()
        flash(sentence_of(refusal, TEXTS), "error")
    return redirect(_address(edition, values))


def _is_organiser(edition: Edition) -> bool:
    return is_allowed(Allow.ORGANISER, {"edition": edition})


def _address(edition: Edition, values: Mapping[str, str]) -> str:
    """The list's address with these words."""
    return f"{url_for('.index', edition=edition)}?{urlencode(values)}" if values else url_for(".index", edition=edition)


def _view(edition: Edition, code: str) -> SavedView:
    return queries.view(edition, code, cast("User", signed_in_user())) or abort(404)


@bp.get("/organise/<edition:edition>/applications/views/<code>")
@access(*READERS)
def open_view(edition: Edition, code: str) -> ResponseReturnValue:
    known = {name: word for name, word in _view(edition, code).choice.items() if name in NARROW}
    return redirect(_address(edition, known))


@bp.route("/organise/<edition:edition>/applications/views/<code>/remove", methods=["GET", "POST"])
@access(*READERS)
def remove_view(edition: Edition, code: str) -> ResponseReturnValue:
    view = _view(edition, code)
    if request.method == "GET":
        return render_template("applications/remove_view.html", edition=edition, view=view)
    with refusals_of(None, TEXTS):
        listing.remove_view(view, is_organiser=_is_organiser(edition), by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The view “%(name)s” is removed.", name=view.name), "success")
    return redirect(url_for(".index", edition=edition))
