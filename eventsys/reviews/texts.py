"""The sentences for the codes of `rules`, and the words for recommendations."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from eventsys.reviews.rules.codes import Code
from eventsys.reviews.rules.recommendations import Recommendation

TEXTS: dict[StrEnum, Any] = {
    Code.NAME_MISSING: _("Name the criterion in Danish and in English."),
    Code.SCORE_WRONG: _("A score is a whole number from 1 to 5."),
    Code.NOTHING_SAID: _("Choose a recommendation, give a score, or write something."),
    Code.NOT_UNDER_REVIEW: _("This application is not under review now: it isn't sent, or it is decided."),
}
RECOMMENDATIONS = {
    Recommendation.APPROVE: _("Approve"),
    Recommendation.WAITLIST: _("Put on the waiting list"),
    Recommendation.REJECT: _("Reject"),
}
STORY = {
    "reviews.reviewed": _("review written"),
    "reviews.conflict_declared": _("conflict of interest declared"),
}
TONES = {
    Recommendation.APPROVE: "good",
    Recommendation.WAITLIST: "waiting",
    Recommendation.REJECT: "bad",
}
