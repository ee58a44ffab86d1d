"""What every template may use, beyond its own variables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, has_request_context, request, url_for
from flask_babel import format_date, format_datetime, format_decimal, format_percent, format_time, get_locale
from markupsafe import Markup, escape

from eventsys.base import clock, i18n


@lru_cache(maxsize=1)
def _built(root: str) -> dict[str, str]:
    manifest = Path(root) / "static" / "dist" / "manifest.json"
    names: dict[str, str] = json.loads(manifest.read_text()) if manifest.exists() else {}
    return names


def built(name: str) -> str:
    """What the build has called a file of the front end: its name within `static/dist`."""
    return _built(current_app.root_path).get(name, name)


def _quoted(words: object) -> Markup:
    """Somebody's words between quotation marks. The words alone run in their own direction: the marks are the page's."""
    before, after = i18n.quotes()
    return Markup("{}<bdi>{}</bdi>{}").format(before, words, after)


def _told_apart(phrases: Iterable[str]) -> Markup:
    """Phrases one after another, by the semicolon of the reader's language; what is marked up stays so."""
    return escape(i18n.semicolon()).join(phrases)


def install(app: Flask) -> None:
    """Give templates the languages, the built files and Copenhagen's way of writing times and numbers."""
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        long_date=i18n.long_date,
        moment=i18n.short_moment,
        time=lambda moment: format_time(moment, "HH:mm"),
        date=lambda day: format_date(day, "d. MMMM y" if i18n.current_language() == "da" else "d MMMM y"),
        number=format_decimal,
        percent=lambda share: format_percent(share, "#,##0 %" if i18n.current_language() == "da" else "#,##0%"),
        in_language=i18n.in_language,
        quoted=_quoted,
        listed=i18n.listed,
        told_apart=_told_apart,
    )

    # Globals, not context: components are imported by name and see no page's context.
    app.jinja_env.globals.update(
        direction_of=i18n.direction_of,
        date_range=i18n.date_range,
        time_range=i18n.time_range,
        asset=lambda name: url_for("static", filename=f"dist/{built(name)}"),
    )

    @app.context_processor
    def shared() -> dict[str, Any]:
        return {
            "languages": i18n.LANGUAGES,
            "language": i18n.current_language(),
            "direction": i18n.direction_of(i18n.current_language()),
            "get_locale": get_locale,
            "now": clock.now(),
            "path_and_query": request.full_path.rstrip("?") if has_request_context() else "/",
            "format_datetime": format_datetime,
        }
