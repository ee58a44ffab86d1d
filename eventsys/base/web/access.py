"""Default deny: a view says whom it lets in, or it lets in nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue

View = TypeVar("View", bound=Callable[..., Any])
Guard = Callable[[Mapping[str, Any]], bool]
MARK = "_allowed"


def access(*allowed: StrEnum) -> Callable[[View], View]:
    """Mark a view with those it lets in; one of them is enough."""

    def mark(view: View) -> View:
        setattr(view, MARK, frozenset(allowed))
        return view

    return mark


def allowed_at(app: Flask, endpoint: str) -> frozenset[StrEnum]:
    """Whom an endpoint lets in; empty for nobody."""
    foreign: Mapping[str, frozenset[StrEnum]] = app.extensions["access"]["foreign"]
    if endpoint in foreign:
        return foreign[endpoint]
    found: frozenset[StrEnum] = getattr(app.view_functions[endpoint], MARK, frozenset())
    return found


def install(
    app: Flask,
    *,
    guards: Mapping[StrEnum, Guard],
    foreign: Mapping[str, frozenset[StrEnum]],
    when_denied: Callable[[frozenset[StrEnum]], ResponseReturnValue],
) -> None:
    """Put the gatekeeper before every request.

    `guards` tells for each kind of reader whether this request is theirs; `foreign` holds the marks of
    endpoints that libraries bring; `when_denied` answers (or raises) when nobody of the allowed is here.
    """
    app.extensions["access"] = {"guards": guards, "foreign": foreign}

    @app.before_request
    def decide() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None  # No such page: 404 follows by itself.
        allowed = allowed_at(app, request.endpoint)
        if not allowed:
            abort(403)
        values = request.view_args or {}
        if any(guards[kind](values) for kind in sorted(allowed)):
            return None
        return when_denied(allowed)


def is_allowed(kind: StrEnum, values: Mapping[str, Any]) -> bool:
    """Whether this request comes from a reader of that kind; for links that only some should see."""
    guard: Guard = current_app.extensions["access"]["guards"][kind]
    return guard(values)
