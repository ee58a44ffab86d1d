"""Roles, and whom a page lets in."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is on the team of an edition. Administrators are that of the whole installation."""

    ORGANISER = "organiser"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    EVALUATOR = "evaluator"


class Allow(StrEnum):
    """Whom a view lets in (see `base.web.access`). Roles count for the edition in the address."""

    PUBLIC = "public"
    APPLICANT = "applicant"  # Holds the mailed link of the application in the address.
    DEVICE = "device"  # A scanner with its token; checked by the API itself.
    SIGNED_IN = "signed_in"
    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    EVALUATOR = "evaluator"
    DEMO = "demo"  # Pages that exist in the demo alone.
