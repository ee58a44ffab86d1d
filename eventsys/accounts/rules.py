"""Roles, whom a page lets in, and which passwords are good enough."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from eventsys.base.refusals import Refusal

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 128
FEWEST_DIFFERENT = 5  # Letters in a password: "aaaaaaaaaaaa" is long and no secret.


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


class Code(StrEnum):
    """Why not."""

    EMAIL_SHAPE = "email_shape"
    EMAIL_TAKEN = "email_taken"
    NAME_MISSING = "name_missing"
    PASSWORD_LENGTH = "password_length"  # noqa: S105 - a reason, not a password
    PASSWORD_GUESSABLE = "password_guessable"  # noqa: S105


def check_password(password: str, *, email: str, name: str = "") -> str:
    """A password that somebody may have, composed (NFC), so that å counts once.

    Refusal: PASSWORD_LENGTH outside 12 to 128 characters (NIST SP 800-63B asks for length, not for signs),
    PASSWORD_GUESSABLE when it is made of a few characters, or of the person's own address or name.
    """
    composed = unicodedata.normalize("NFC", password)
    if not SHORTEST_PASSWORD <= len(composed) <= LONGEST_PASSWORD:
        raise Refusal(Code.PASSWORD_LENGTH, field="password", shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD)
    plain = composed.casefold()
    own = {part for part in (email.casefold(), email.partition("@")[0].casefold(), name.casefold()) if len(part) > 2}
    left = plain
    for part in sorted(own, key=len, reverse=True):
        left = left.replace(part, "")
    if len(set(plain)) < FEWEST_DIFFERENT or len(left) < SHORTEST_PASSWORD // 2:
        raise Refusal(Code.PASSWORD_GUESSABLE, field="password")
    return composed
