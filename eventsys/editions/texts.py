"""The sentences for the codes of `rules`, and the words for states and kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from eventsys.accounts.rules import Role
from eventsys.accounts.texts import TEXTS as ACCOUNTS_TEXTS
from eventsys.editions.rules import Code

TEXTS: Mapping[Any, Any] = {
    **ACCOUNTS_TEXTS,  # An invitation makes an account, so its refusals are said here too.
    Code.SLUG_SHAPE: _("“%(slug)s” can't be an address. Use small letters a to z, digits and hyphens."),
    Code.SLUG_TAKEN: _("The address “%(slug)s” is taken. Choose another one."),
    Code.DAY_COUNT: _("An edition has 1 to %(most)s days, not %(count)s."),
    Code.NAME_MISSING: _("Give the edition a name."),
    Code.CALL_ORDER: _("The call must close after it opens."),
    Code.DECISIONS_BEFORE_CLOSING: _("The call is still open on that day. Decide on the day it closes, or later."),
    Code.DATES_ORDER: _("First the decisions, then the booths, and both before the first day."),
    Code.CALL_HALF: _("Give both moments, or none: then there is no call."),
    Code.NUMBER_TAKEN: _("Number %(number)s belongs to another edition. Leave it out to take the next free one."),
    Code.NO_SUCH_EDITION: _("There is no edition with the address “%(slug)s”."),
    Code.ALREADY_ON_TEAM: _("%(name)s has this role at the edition already."),
    Code.ROLE_UNKNOWN: _("Choose a role."),
    Code.NOTHING_TO_RESEND: _("%(name)s has taken up the invitation already."),
}

ROLES = {
    Role.ORGANISER: _("organiser"),
    Role.REVIEWER: _("reviewer"),
    Role.SUPERVISOR: _("supervisor of the gates"),
    Role.EVALUATOR: _("evaluator"),
}

# What a role may do, for whoever invites.
ROLE_HINTS = {
    Role.ORGANISER: _("runs the edition: applications, booths, passes, figures"),
    Role.REVIEWER: _("gives opinions on applications"),
    Role.SUPERVISOR: _("leads the volunteers at the gates"),
    Role.EVALUATOR: _("sees figures, no persons"),
}
