"""The sentences for the codes of `rules`, and the words for kinds."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from eventsys.organisations.rules.codes import Code
from eventsys.organisations.rules.kinds import Kind

TEXTS: dict[StrEnum, Any] = {
    Code.CVR_TAKEN: _(
        "Another organisation has signed up with this number before. Look at it once more, or write to us."
    ),
}

KINDS = {
    Kind.ASSOCIATION: _("association"),
    Kind.RESTAURANT: _("restaurant"),
}
KINDS_OF_MANY = {
    Kind.ASSOCIATION: _("associations"),
    Kind.RESTAURANT: _("restaurants"),
}
