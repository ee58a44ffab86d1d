"""Static files: compressed where the browser takes it, kept long where the name has a hash, the same for everybody."""

from __future__ import annotations

import gzip
import json

import pytest

from config import ROOT
from tests.client import CarefulClient

SHEET = json.loads((ROOT / "static" / "dist" / "manifest.json").read_text())["app.css"]
ADDRESS = f"/static/dist/{SHEET}"
PLAIN = (ROOT / "static" / "dist" / SHEET).read_bytes()


def test_sheet_comes_as_small_as_the_browser_takes_it(client: CarefulClient) -> None:
    sizes = {}
    for encoding in ("br", "gzip", ""):
        response = client.get(ADDRESS, headers={"Accept-Encoding": encoding})
        assert response.headers.get("Content-Encoding", "") == encoding
        assert response.content_type.startswith("text/css")
        sizes[encoding] = len(response.data)

    assert sizes["br"] < sizes["gzip"] < sizes[""] == len(PLAIN)
    assert gzip.decompress(client.get(ADDRESS, headers={"Accept-Encoding": "gzip"}).data) == PLAIN


def test_hashed_name_is_kept_for_long_and_is_the_same_for_everybody(client: CarefulClient) -> None:
    headers = client.get(ADDRESS).headers

    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", ["/static/../config.py", "/static/dist/..%2f..%2fconfig.py", "/static/nothing.css"])
def test_nothing_else_is_given_out(client: CarefulClient, path: str) -> None:
    assert client.get(path).status_code == 404
