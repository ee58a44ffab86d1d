"""Addresses: an object in a path is written as its code or slug and arrives as the object."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, abort, g, request
from werkzeug.routing import BaseConverter


class SlugConverter(BaseConverter):
    """A kebab-case word; objects with a `slug` may be given to `url_for` as they are."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"
    part_isolating = True

    def to_url(self, value: object) -> str:
        """The word for an address."""
        return str(getattr(value, "slug", value))


def install(app: Flask, *, name: str, find: Callable[[str], object | None]) -> None:
    """Turn the path value `name` of every route into the object that `find` knows, or answer 404."""
    app.url_map.converters[name] = SlugConverter

    @app.before_request
    def load() -> None:
        values = request.view_args
        if values and name in values:
            found = find(values[name])
            if found is None:
                abort(404)
            values[name] = found
            setattr(g, name, found)
