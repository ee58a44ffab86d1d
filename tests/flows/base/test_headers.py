"""The headers of every answer."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import factories
from tests.client import CarefulClient


def policy_of(header: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in header.split(";"))}


@pytest.mark.parametrize("address", ["/", "/account/login", "/no-such-page/", "/healthz", "/organise/"])
def test_every_answer_has_the_safe_headers(client: CarefulClient, address: str) -> None:
    headers = client.get(address).headers

    policy = policy_of(headers["Content-Security-Policy"])
    assert policy["default-src"] == ["'self'"]
    assert policy["script-src"] == ["'self'"]
    assert policy["style-src"] == ["'self'"]
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Cookie" in headers["Vary"]


def test_only_the_scanner_may_compile_web_assembly(client: CarefulClient) -> None:
    assert "'wasm-unsafe-eval'" in client.get("/gate/").headers["Content-Security-Policy"]
    for address in ("/", "/organise/gate/", "/gateway"):
        assert "wasm" not in client.get(address).headers["Content-Security-Policy"]


def test_pages_of_organisers_are_never_kept(client: CarefulClient) -> None:
    factories.sign_in(client, factories.user())

    assert client.get("/organise/").headers["Cache-Control"] == "no-store"
    assert client.get("/").headers["Cache-Control"] == "private, no-cache"


def test_https_is_remembered_by_browsers_that_came_by_it(client: CarefulClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_session_cookie_is_hidden_from_scripts_and_other_sites(app: Flask, client: CarefulClient) -> None:
    cookies = client.get("/account/login").headers.getlist("Set-Cookie")

    assert cookies
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
