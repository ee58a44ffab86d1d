"""The blueprint of the surveys' pages, and how much text their forms may bring."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, request

bp = Blueprint("surveys", __name__)


@bp.url_value_preprocessor
def read_long_texts(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anybody looks at the form: a text that is far too long is read, so that it gets its message and isn't lost."""
    request.max_form_memory_size = current_app.config["MAX_CONTENT_LENGTH"]
