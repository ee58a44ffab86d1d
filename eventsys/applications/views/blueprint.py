"""The blueprint that all pages of the feature hang on."""

from __future__ import annotations

from flask import Blueprint

from eventsys.applications import texts
from eventsys.organisations.texts import KINDS

bp = Blueprint("applications", __name__)


@bp.context_processor
def words() -> dict[str, object]:
    return {
        "state_words": texts.STATES,
        "state_tones": texts.TONES,
        "kind_words": KINDS,
        "mail_words": texts.MAIL_STATES,
        "sheet_words": texts.SHEET_STATES,
    }
