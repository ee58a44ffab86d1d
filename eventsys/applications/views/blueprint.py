"""The blueprint that all pages of the feature hang on."""

from __future__ import annotations

from flask import Blueprint

from eventsys.applications import texts

bp = Blueprint("applications", __name__)


@bp.app_context_processor
def words() -> dict[str, object]:
    return {"state_words": texts.STATES, "state_tones": texts.TONES}
