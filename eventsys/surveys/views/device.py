"""What a respondent's browser holds: the key of what is half-finished, and on a poster's page that it has answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, current_app, make_response, request
from flask.typing import ResponseReturnValue

from eventsys.base.db import db
from eventsys.surveys import drafts
from eventsys.surveys.doors import Door
from eventsys.surveys.drafts import Draft

SHEET, ANSWERED = "sheet", "answered"
A_YEAR = timedelta(days=365)


def held() -> Draft:
    """What this device has begun here, or a fresh sheet."""
    return drafts.opened(request.cookies.get(SHEET, ""))


def hold(shown: ResponseReturnValue, door: Door, draft: Draft) -> Response:
    """Let the device keep the key to what it has begun; a tablet until it starts over."""
    response = make_response(shown)
    age = None if door.is_kiosk else drafts.KEPT_FOR
    response.set_cookie(SHEET, draft.key, max_age=age, **_of(door))
    return response


def forget(response: Response, door: Door, draft: Draft) -> Response:
    """Nothing of the response stays on the device, nor half-finished with us."""
    drafts.forget(draft)
    db.session.commit()
    response.delete_cookie(SHEET, path=door.path)
    if door.invitation is None and not door.is_kiosk:
        response.set_cookie(ANSWERED, "1", max_age=A_YEAR, **_of(door))
    return response


def has_answered(door: Door) -> bool:
    """Whether this browser has answered by the poster: once is enough."""
    return door.invitation is None and not door.is_kiosk and ANSWERED in request.cookies


def _of(door: Door) -> dict[str, Any]:
    """Cookies are for the pages of one door, and for no script."""
    is_secure = current_app.config["SESSION_COOKIE_SECURE"]
    return {"path": door.path, "httponly": True, "samesite": "Lax", "secure": is_secure}
