"""Which applications this browser may open: those it started, and those whose mailed link it opened."""

from __future__ import annotations

from flask import session

SESSION_KEY = "applications"
MOST_HELD = 20


def held_codes() -> frozenset[str]:
    """Codes of the applications that this browser may open."""
    return frozenset(session.get(SESSION_KEY, ()))


def hold(code: str) -> None:
    """Let this browser open an application for as long as its session lasts; the oldest falls out of a long list."""
    others = [held for held in session.get(SESSION_KEY, ()) if held != code]
    session[SESSION_KEY] = [*others[-(MOST_HELD - 1) :], code]
    session.permanent = True
