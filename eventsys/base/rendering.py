"""Text and addresses for what is read outside a page: mails, QR codes, printed paper."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, cast

from flask import current_app, has_request_context, render_template, url_for
from flask_babel import force_locale


def speaking(language: str) -> AbstractContextManager[None]:
    """Within it, texts are in a language, wherever in the program this happens."""
    return cast("AbstractContextManager[None]", force_locale(language))


def render_in(language: str, template: str, **values: Any) -> str:
    """A template rendered in a language."""
    with speaking(language):
        return render_template(template, **values)


def address_of(endpoint: str, **values: Any) -> str:
    """The full address of a page under EVENTSYS_BASE_URL; works in requests, jobs and commands alike."""
    base: str = current_app.config["EVENTSYS"].base_url
    if has_request_context():
        return base + url_for(endpoint, **values)
    with current_app.test_request_context():
        return base + url_for(endpoint, **values)
