"""The scanner's page and its service worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.client import CarefulClient


@pytest.mark.parametrize(("language", "direction"), [("da", "ltr"), ("en", "ltr"), ("ar", "rtl")])
def test_page_speaks_the_readers_language(client: CarefulClient, language: str, direction: str) -> None:
    response = client.get(f"/gate/?language={language}")

    assert f'<html lang="{language}" dir="{direction}"' in response.text
    assert "'wasm-unsafe-eval'" in response.headers["Content-Security-Policy"]


def test_worker_may_rule_over_the_scanner_alone(app: Flask, client: CarefulClient, tmp_path: Path) -> None:
    built = tmp_path / "dist" / "scanner" / "sw.js"
    built.parent.mkdir(parents=True)
    built.write_text("self.addEventListener('install', () => {});\n")
    home, app.static_folder = app.static_folder, str(tmp_path)
    try:
        response = client.get("/gate/sw.js")
    finally:
        app.static_folder = home

    assert response.status_code == 200
    assert response.mimetype == "text/javascript"
    assert response.headers["Service-Worker-Allowed"] == "/gate/"
    assert "no-cache" in response.headers["Cache-Control"]
