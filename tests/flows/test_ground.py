"""The ground under every page: language, errors, headers, default deny."""

from __future__ import annotations

from tests.client import CarefulClient


def test_healthz_answers(client: CarefulClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}


def test_unknown_page_says_what_to_do(client: CarefulClient) -> None:
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert 'href="/"' in response.text


def test_language_choice_is_remembered_and_never_leads_away(client: CarefulClient) -> None:
    response = client.get("/language/ar?next=//evil.example/")

    assert response.location == "/"
    assert 'lang="ar"' in client.get("/no-such-page/").text
    assert 'dir="rtl"' in client.get("/no-such-page/").text
