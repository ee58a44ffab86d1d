"""Every setting once: name, meaning, default; frozen, read from the environment (and `.env`) at start."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent
SHORTEST_SECRET = 32
DIFFERENT_CHARACTERS = 12


class Mode(StrEnum):
    """Where the program runs: `demo` on one's own machine, `test` in the suite, `production` for real."""

    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


class ConfigError(RuntimeError):
    """A setting is missing or too weak to start with; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one running program. `docs/operations.md` lists them for the operator."""

    mode: Mode
    secret_key: str
    database_url: str
    var: Path
    base_url: str
    mail_server: str
    mail_port: int
    mail_username: str
    mail_password: str
    mail_use_tls: bool
    mail_sender: str
    limiter_storage: str
    pass_keys: str
    tile_url: str
    tile_attribution: str

    @property
    def is_demo(self) -> bool:
        """Whether this is the demo on one's own machine: mail is caught, pages for developers exist."""
        return self.mode is Mode.DEMO

    @property
    def tile_host(self) -> str:
        """Where map tiles come from, as a content security policy names it; empty without tiles."""
        parts = urlsplit(self.tile_url)
        return f"{parts.scheme}://{parts.netloc}" if self.tile_url else ""

    @property
    def is_embedded(self) -> bool:
        """Whether the database is the SQLite file that comes with the program."""
        return self.database_url.startswith("sqlite")


def from_environment(environment: Mapping[str, str] | None = None) -> Config:
    """Read the settings; the environment wins over `.env` in the project's root.

    Raises ConfigError when production lacks a strong EVENTSYS_SECRET_KEY, an EVENTSYS_BASE_URL or a MAIL_SERVER; when
    EVENTSYS_TILE_URL is no address of tiles.
    """
    if environment is None:
        environment = {k: v for k, v in dotenv_values(ROOT / ".env").items() if v is not None} | dict(os.environ)
    get = environment.get
    mode = _mode(get("EVENTSYS_MODE", Mode.PRODUCTION.value))
    var = Path(get("EVENTSYS_VAR", str(ROOT / "var"))).resolve()
    var.mkdir(parents=True, exist_ok=True)
    here = f"http://{get('HOST', '127.0.0.1')}:{get('PORT', '5000')}"
    base_url = get("EVENTSYS_BASE_URL", "" if mode is Mode.PRODUCTION else here)
    if not base_url:
        raise ConfigError("Set EVENTSYS_BASE_URL to the address that people reach this site at (https://…).")
    return Config(
        mode=mode,
        secret_key=_secret_key(get("EVENTSYS_SECRET_KEY", ""), mode, var),
        database_url=_database_url(get("DATABASE_URL", ""), var),
        var=var,
        base_url=base_url.rstrip("/"),
        mail_server=_mail_server(get("MAIL_SERVER", ""), mode),
        mail_port=int(get("MAIL_PORT", "25")),
        mail_username=get("MAIL_USERNAME", ""),
        mail_password=get("MAIL_PASSWORD", ""),
        mail_use_tls=get("MAIL_USE_TLS", "") in {"1", "true", "yes"},
        mail_sender=get("MAIL_SENDER", "eventsys@localhost.localdomain"),
        limiter_storage=get("EVENTSYS_LIMITER_STORAGE", "memory://"),
        pass_keys=get("EVENTSYS_PASS_KEYS", ""),
        tile_url=_tile_url(get("EVENTSYS_TILE_URL", "")),
        tile_attribution=get("EVENTSYS_TILE_ATTRIBUTION", "© OpenStreetMap"),
    )


def _mode(word: str) -> Mode:
    try:
        return Mode(word)
    except ValueError:
        raise ConfigError(f"EVENTSYS_MODE is {word!r}; it must be one of {', '.join(Mode)}.") from None


def _database_url(url: str, var: Path) -> str:
    if not url:
        return f"sqlite:///{var / 'eventsys.sqlite3'}"
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url


def _tile_url(given: str) -> str:
    parts = urlsplit(given)
    is_address = parts.scheme in {"https", "http"} and re.fullmatch(r"[\w.:-]+", parts.netloc)
    if given and not (is_address and all(part in given for part in ("{z}", "{x}", "{y}"))):
        raise ConfigError("EVENTSYS_TILE_URL must look like https://tiles.example/{z}/{x}/{y}.png, or be left out.")
    return given


def _mail_server(given: str, mode: Mode) -> str:
    if mode is Mode.PRODUCTION and not given:
        raise ConfigError("Set MAIL_SERVER to the host that sends mail: applicants and organisers sign in by it.")
    return given


def _secret_key(given: str, mode: Mode, var: Path) -> str:
    if given:
        if mode is Mode.PRODUCTION and is_weak(given):
            raise ConfigError(
                f"EVENTSYS_SECRET_KEY is too weak: give at least {SHORTEST_SECRET} random characters, "
                "for example from: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        return given
    if mode is Mode.PRODUCTION:
        raise ConfigError(
            "Set EVENTSYS_SECRET_KEY before starting in production, "
            "for example to: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    return kept_secret(var / "secret-key")


def is_weak(key: str) -> bool:
    """Whether a secret key could be guessed: too short, or made of too few different characters."""
    return len(key) < SHORTEST_SECRET or len(set(key)) < DIFFERENT_CHARACTERS


def kept_secret(path: Path) -> str:
    """The secret in a file that only its owner may read; made with a random one when it is missing."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
