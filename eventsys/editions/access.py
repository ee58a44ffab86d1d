"""Who this request comes from, for the gatekeeper in `base.web.access`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from flask import g
from flask_security import current_user

from eventsys.accounts.models import User
from eventsys.accounts.rules import Role
from eventsys.audit.actions import Actor
from eventsys.base.web.access import Guard
from eventsys.editions import queries
from eventsys.editions.models import Edition


def signed_in_user() -> User | None:
    """The person who is signed in on this request."""
    return cast("User", current_user._get_current_object()) if current_user.is_authenticated else None  # noqa: SLF001


def actor() -> Actor:
    """Who acts on this request, for the audit trail: the person who is signed in."""
    user = signed_in_user()
    return Actor("user", str(user.id) if user else "")


def is_public(_values: Mapping[str, Any]) -> bool:
    """Anybody."""
    return True


def is_signed_in(_values: Mapping[str, Any]) -> bool:
    """Somebody who signed in."""
    return signed_in_user() is not None


def is_administrator(_values: Mapping[str, Any]) -> bool:
    """Somebody who runs the installation."""
    user = signed_in_user()
    return user is not None and user.is_administrator


def roles_here(user: User, edition: Edition) -> frozenset[Role]:
    """Somebody's roles at an edition, asked once a request: menus and guards ask often."""
    asked: dict[tuple[int, int], frozenset[Role]] = g.setdefault("roles_here", {})
    key = (user.id, edition.id)
    if key not in asked:
        asked[key] = queries.roles_of(user, edition)
    return asked[key]


def has(role: Role) -> Guard:
    """A guard for those with a role at the edition in the address; administrators have every role."""

    def guard(values: Mapping[str, Any]) -> bool:
        user, edition = signed_in_user(), values.get("edition")
        if user is None or edition is None:
            return False
        return user.is_administrator or role in roles_here(user, edition)

    return guard
