"""Text and addresses for what is read outside a page: mails, QR codes, printed paper."""

from __future__ import annotations

from typing import Any

from flask import current_app, has_request_context, render_template, url_for
from flask_babel import force_locale


def render_in(language: str, template: str, **values: Any) -> str:
    """A template rendered in a language, wherever in the program this happens."""
    with force_locale(language):
        return render_template(template, **values)


def address_of(endpoint: str, **values: Any) -> str:
    """The full address of a page under EVENTSYS_BASE_URL; works in requests, jobs and commands alike."""
    base: str = current_app.config["EVENTSYS"].base_url
    if has_request_context():
        return base + url_for(endpoint, **values)
    with current_app.test_request_context():
        return base + url_for(endpoint, **values)
