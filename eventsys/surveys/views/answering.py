"""Answering: one page after the other, without a script, and on to where it was left on the same device."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import LANGUAGES, current_language
from eventsys.base.web.access import access
from eventsys.base.web.language import speak
from eventsys.base.web.limits import limiter
from eventsys.base.web.writes import has_arrived, once_more_on_conflict, sentence_of
from eventsys.surveys import doors, drafts, sending
from eventsys.surveys.doors import Door
from eventsys.surveys.drafts import Draft
from eventsys.surveys.rules.asking import Phase
from eventsys.surveys.sending import Outcome, Sheet
from eventsys.surveys.sheet_shown import SheetPage, page_of
from eventsys.surveys.texts import TEXTS
from eventsys.surveys.views.blueprint import bp
from eventsys.surveys.views.device import SHEET, forget, has_answered, held, hold

# A household or a club may share an address; a tablet is used by one after the other all day.
LINK_LIMIT, POSTER_LIMIT, KIOSK_LIMIT = "200 per hour", "60 per hour", "1000 per hour"
# A tablet starts over by itself: when nobody goes on, and soon after somebody has answered.
IDLE_S, THANKED_S = 180, 10


@bp.route("/s/<token>", methods=["GET", "POST"])
@access(Allow.PUBLIC)
@limiter.limit(LINK_LIMIT, methods=["POST"])
@once_more_on_conflict
def answer(token: str) -> ResponseReturnValue:
    language = request.args.get("language", "")
    if request.method == "GET" and language in LANGUAGES:
        speak(language)
        return redirect(url_for(".answer", token=token))
    return _come(doors.by_link(token, request.path))


@bp.route("/s/poster/<code>", methods=["GET", "POST"])
@access(Allow.PUBLIC)
@limiter.limit(POSTER_LIMIT, methods=["POST"])
@once_more_on_conflict
def poster(code: str) -> ResponseReturnValue:
    return _come(doors.by_poster(code, request.path))


@bp.route("/s/kiosk/<code>", methods=["GET", "POST"])
@access(Allow.PUBLIC)
@limiter.limit(KIOSK_LIMIT, methods=["POST"])
@once_more_on_conflict
def kiosk(code: str) -> ResponseReturnValue:
    door = doors.by_kiosk(code, request.path)
    if door is None or request.method == "POST" or door.phase(clock.now()) is not Phase.OPEN:
        return _come(door)
    if "page" in request.args:
        return _refreshed(_come(door), door, after=IDLE_S)
    is_done = "done" in request.args
    values = {"door": door, "edition": door.survey.edition, "is_done": is_done, "ways": _ways(door)}
    shown = make_response(render_template("surveys/welcome.html", **values))
    shown.delete_cookie(SHEET, path=door.path)  # Whoever comes next finds nothing of the one before.
    return _refreshed(shown, door, after=THANKED_S) if is_done else shown


def _ways(door: Door) -> list[tuple[str, str, str]]:
    """Into the survey, for each language: its code, its own name, the address."""
    start = f"{door.path}?page=1"
    return [(code, name, url_for("web.set_language", language=code, next=start)) for code, name in LANGUAGES.items()]


def _refreshed(shown: ResponseReturnValue, door: Door, *, after: int) -> Response:
    response = make_response(shown)
    response.headers["Refresh"] = f"{after}; url={door.path}"
    return response


def _come(door: Door | None) -> ResponseReturnValue:
    if door is None:
        abort(404)
    draft = held()
    if request.method == "POST" and sending.is_stored(draft.response_id):
        return _thank(door, draft)  # The same sheet, sent twice.
    if door.phase(clock.now()) is not Phase.OPEN:
        return _told("surveys/closed.html", door, phase=door.phase(clock.now()).value)
    may_replace = door.is_by_name and "page" in request.values
    if (door.is_answered and not may_replace) or has_answered(door):
        return _told("surveys/thanks.html", door)
    if request.method == "GET":
        page = page_of(door, draft.given, request.args.get("page", type=int) or 1)
        return hold(_shown(door, page), door, draft)
    return _go_on(door, draft)


def _told(template: str, door: Door, **values: object) -> ResponseReturnValue:
    """What is said instead of a form; 409 to what was sent and isn't stored."""
    is_sent = request.method == "POST"
    shown = render_template(template, door=door, edition=door.survey.edition, is_sent=is_sent, **values)
    return shown, 409 if is_sent else 200


def _shown(door: Door, page: SheetPage) -> ResponseReturnValue:
    errors = {key: sentence_of(refusal, TEXTS) for key, refusal in page.refused.items()}
    shown = render_template("surveys/answer.html", door=door, edition=door.survey.edition, page=page, errors=errors)
    return shown, 422 if page.is_refused else 200


def _go_on(door: Door, draft: Draft) -> ResponseReturnValue:
    """After a page was sent: it is kept first, then the whole is taken in, or the way goes on."""
    number = request.form.get("page", type=int) or 1
    sent = {item.key: request.form.getlist(item.key) for item in door.items_on(number)}
    page = page_of(door, {**draft.given, **sent}, number, is_sent=True)
    drafts.keep(draft, door.survey, sent, today=clock.today())
    db.session.commit()
    is_whole = page.after is None and not page.is_refused and not request.form.keys() & {"later", "back"}
    return _send(door, draft, page) if is_whole else hold(_turned(door, page, number), door, draft)


def _turned(door: Door, page: SheetPage, number: int) -> ResponseReturnValue:
    """Where the respondent goes: away for now, back, to the page again, or to the next one."""
    if not page.is_refused:
        has_arrived(door.page(number))
    if "later" in request.form:
        flash(_("It is kept on this device. Open the same link here again to go on."), "success")
        return redirect(door.page(number))
    if "back" in request.form:
        return redirect(door.page(page.before or number))
    if page.is_refused:
        return _shown(door, page)
    return redirect(door.page(page.after or number))


def _send(door: Door, draft: Draft, page: SheetPage) -> ResponseReturnValue:
    sheet = Sheet(draft.response_id, current_language(), page.values)
    if door.invitation is None:
        outcome = sending.send_openly(door.asked, sheet, now=clock.now())
    else:
        outcome = sending.send_by_invitation(door.asked, door.invitation, sheet, now=clock.now())
    return _thank(door, draft) if outcome is Outcome.STORED else _told("surveys/thanks.html", door, outcome=outcome)


def _thank(door: Door, draft: Draft) -> ResponseReturnValue:
    has_arrived(door.page(request.form.get("page", type=int) or 1))
    return forget(make_response(redirect(f"{door.path}?done=1" if door.is_kiosk else door.path)), door, draft)
