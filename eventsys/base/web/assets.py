"""What makes pages light: static files compressed beforehand and kept as long as their name lasts, pages compressed as they go.

The secret in a page, its form token, is signed anew each time, and other sites' requests carry no cookie (SameSite),
so that its compressed length tells nothing (the BREACH attack needs both).
"""

from __future__ import annotations

import gzip
import mimetypes
import re
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, send_from_directory
from flask.sessions import SecureCookieSessionInterface

# The build puts a hash of the content into the name, so that such a name never means anything else.
HASHED = re.compile(r"\.[0-9A-Za-z]{8,10}\.\w+$")
A_YEAR = 365 * 24 * 3600
SMALLEST_COMPRESSED = 1000
# Endings beside the file, the best one first, with the name of the encoding.
ENCODINGS = ((".br", "br"), (".gz", "gzip"))


class NotForAssets(SecureCookieSessionInterface):
    """The session in its cookie, but for static files: who looked at it on the way must not make them vary by cookie."""

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """As ever, but for static files."""
        if request.endpoint != "static":
            super().save_session(app, session, response)


def install(app: Flask) -> None:
    """Serve the static folder so; it keeps its endpoint and its addresses."""
    app.session_interface = NotForAssets()
    folder = Path(app.static_folder or "")

    def static(filename: str) -> Response:
        ending, encoding = _best(folder, filename)
        response = send_from_directory(folder, filename + ending, conditional=True)
        response.vary.add("Accept-Encoding")
        if encoding:
            response.headers["Content-Encoding"] = encoding
            response.headers["Content-Type"] = mimetypes.guess_type(filename)[0] or "application/octet-stream"
        if HASHED.search(filename):
            response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        return response

    app.view_functions["static"] = static

    @app.after_request
    def compress(response: Response) -> Response:
        is_text = response.mimetype in {"text/html", "text/plain", "application/json"}
        is_plain = (
            response.status_code != 206 and not response.is_streamed and "Content-Encoding" not in response.headers
        )
        if is_text and is_plain and request.accept_encodings["gzip"] > 0:
            content = response.get_data()
            if len(content) > SMALLEST_COMPRESSED:
                response.set_data(gzip.compress(content, compresslevel=5))
                response.headers["Content-Encoding"] = "gzip"
            response.vary.add("Accept-Encoding")
        return response


def _best(folder: Path, filename: str) -> tuple[str, str]:
    if ".." in filename or "Range" in request.headers:
        return "", ""
    for ending, encoding in ENCODINGS:
        if request.accept_encodings[encoding] > 0 and (folder / (filename + ending)).is_file():
            return ending, encoding
    return "", ""
