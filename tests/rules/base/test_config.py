"""Settings: what production refuses to start without, and the secret kept in a file."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from config import ConfigError, Mode, from_environment, is_weak, kept_secret

STRONG = "Zx8mQ4vT1nR7kW2pL9sB5cY3hG6fD0jA-_eU"


def production(var: Path, **changes: str) -> dict[str, str]:
    whole = {
        "EVENTSYS_MODE": "production",
        "MAIL_SERVER": "mail.example",
        "EVENTSYS_VAR": str(var),
        "EVENTSYS_SECRET_KEY": STRONG,
        "EVENTSYS_BASE_URL": "https://fest.example",
    }
    return {name: value for name, value in (whole | changes).items() if value}


def test_production_starts_with_a_strong_secret_and_an_address(tmp_path: Path) -> None:
    config = from_environment(production(tmp_path))

    assert (config.mode, config.secret_key, config.base_url) == (Mode.PRODUCTION, STRONG, "https://fest.example")
    assert not config.is_demo


def test_production_is_the_mode_that_nobody_has_to_ask_for(tmp_path: Path) -> None:
    assert from_environment(production(tmp_path, EVENTSYS_MODE="")).mode is Mode.PRODUCTION


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"EVENTSYS_SECRET_KEY": ""}, "Set EVENTSYS_SECRET_KEY before starting in production"),
        ({"EVENTSYS_SECRET_KEY": "short"}, "EVENTSYS_SECRET_KEY is too weak"),
        ({"EVENTSYS_SECRET_KEY": "abc" * 20}, "EVENTSYS_SECRET_KEY is too weak"),
        ({"EVENTSYS_BASE_URL": ""}, "Set EVENTSYS_BASE_URL"),
        ({"EVENTSYS_MODE": "staging"}, "EVENTSYS_MODE is 'staging'; it must be one of demo, test, production."),
    ],
)
def test_production_refuses_to_start_with_a_sentence(tmp_path: Path, changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(ConfigError) as refused:
        from_environment(production(tmp_path, **changes))

    assert str(refused.value).startswith(sentence)
    assert changes.get("EVENTSYS_SECRET_KEY", "") in {"", "short", "abc" * 20}
    assert not (tmp_path / "secret-key").exists()


def test_refusal_does_not_print_the_secret(tmp_path: Path) -> None:
    weak = "hunter2hunter2"

    with pytest.raises(ConfigError) as refused:
        from_environment(production(tmp_path, EVENTSYS_SECRET_KEY=weak))

    assert weak not in str(refused.value)


def test_demo_makes_a_random_secret_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    demo = {"EVENTSYS_MODE": "demo", "EVENTSYS_VAR": str(tmp_path)}

    first, second = from_environment(demo), from_environment(demo)

    assert first.secret_key == second.secret_key
    assert not is_weak(first.secret_key)
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_two_machines_have_two_secrets(tmp_path: Path) -> None:
    assert kept_secret(tmp_path / "one") != kept_secret(tmp_path / "two")


def test_strength_is_length_and_variety() -> None:
    assert is_weak("")
    assert is_weak(STRONG[:31])
    assert is_weak("01" * 40)
    assert not is_weak(STRONG[:32])


def test_addresses_of_databases_name_the_driver(tmp_path: Path) -> None:
    for short in ("postgres://u@h/d", "postgresql://u@h/d"):
        assert from_environment(production(tmp_path, DATABASE_URL=short)).database_url == "postgresql+psycopg://u@h/d"
    assert from_environment(production(tmp_path)).is_embedded


def test_slash_at_the_end_of_the_address_is_dropped(tmp_path: Path) -> None:
    assert (
        from_environment(production(tmp_path, EVENTSYS_BASE_URL="https://a.example/")).base_url == "https://a.example"
    )


def test_production_without_a_mail_server_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Set MAIL_SERVER"):
        from_environment(production(tmp_path, MAIL_SERVER=""))


@pytest.mark.parametrize(
    "url", ["tiles.example/{z}/{x}/{y}", "https://tiles.example/all.png", "ftp://t/{z}{x}{y}", "https://a; b/{z}{x}{y}"]
)
def test_an_address_of_tiles_that_is_none_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigError, match="EVENTSYS_TILE_URL"):
        from_environment({"EVENTSYS_MODE": "demo", "EVENTSYS_VAR": str(tmp_path), "EVENTSYS_TILE_URL": url})


def test_tiles_come_from_one_host_or_from_none(tmp_path: Path) -> None:
    environment = {"EVENTSYS_MODE": "demo", "EVENTSYS_VAR": str(tmp_path)}
    tiles = {"EVENTSYS_TILE_URL": "https://tiles.example:8443/{z}/{x}/{y}.png?key=1"}

    assert from_environment(environment).tile_host == ""
    assert from_environment({**environment, **tiles}).tile_host == "https://tiles.example:8443"
