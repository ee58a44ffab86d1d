"""The headers of every answer: what a browser may load, and what it must not guess or keep."""

from __future__ import annotations

from flask import Flask, Response, request

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
TILES_ON = "/booths/site"  # The page where an organiser may switch on map tiles from elsewhere, if the operator allows.
SCANNER_SCRIPTS = "'self' 'wasm-unsafe-eval'"  # The QR decoder is WebAssembly; on the scanner's pages alone.


def _policy(path: str, tile_host: str) -> str:
    policy = POLICY | ({"script-src": SCANNER_SCRIPTS} if path.startswith("/gate/") else {})
    if tile_host:
        policy |= {"img-src": f"{POLICY['img-src']} {tile_host}"}
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def install(app: Flask) -> None:
    """Set the headers on every answer of the app."""

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        tile_host = app.config["EVENTSYS"].tile_host if request.path.endswith(TILES_ON) else ""
        headers.setdefault("Content-Security-Policy", _policy(request.path, tile_host))
        headers.setdefault("X-Content-Type-Options", "nosniff")
        # Public tile servers ask to be told which site uses them; they learn its name, not the page.
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin" if tile_host else "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(self), microphone=(), geolocation=(), payment=()")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if request.is_secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.endpoint != "static" and "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store" if request.path.startswith("/organise") else "private, no-cache"
        if request.endpoint != "static":
            headers.add("Vary", "Cookie")
        return response
