"""`flask passes`: vectors, issuing, keys."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from eventsys.passes import actions, keys, queries
from eventsys.passes.models import Pass, PassKey
from eventsys.passes.rules.codec import Outcome, parse
from tests import factories

VECTORS = Path(__file__).parents[2] / "vectors" / "pass-vectors.json"


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["passes", *map(str, arguments)])


@pytest.fixture
def own_keys(app: Flask) -> Iterator[Flask]:
    """An application whose key file is not there yet; what the test makes of it goes away again."""
    keys.path().unlink(missing_ok=True)
    yield app
    keys.path().unlink(missing_ok=True)


def test_vectors_all_pass(app: Flask) -> None:
    result = run(app, "check", "--vectors", VECTORS)

    assert (result.exit_code, result.output) == (0, "132 passed, 0 failed\n")


def test_vectors_that_fail_are_named(app: Flask, tmp_path: Path) -> None:
    content = json.loads(VECTORS.read_text())
    content["cases"][0]["outcome"] = "bad_signature"
    content["cases"][1]["fields"]["days"] = 3
    changed = tmp_path / "vectors.json"
    changed.write_text(json.dumps(content))

    result = run(app, "check", "--vectors", changed)

    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == "130 passed, 2 failed"
    assert all(content["cases"][n]["name"] in result.output for n in (0, 1))


@pytest.mark.parametrize(
    "content",
    [
        b"not json",
        b"\xff\xfe",
        b"[]",
        b'{"keys": {}}',
        b'{"keys": {"1": "xyz"}, "cases": []}',
        b'{"keys": {"256": "%s"}, "cases": []}' % (b"00" * 32),
        b'{"keys": {}, "cases": [{"text": "x"}]}',
        b'{"keys": {}, "cases": [{"text": "x", "outcome": "ok", "fields": 5}]}',
    ],
)
def test_a_file_that_holds_no_vectors_is_refused_in_one_sentence(app: Flask, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "vectors.json"
    file.write_bytes(content)

    result = run(app, "check", "--vectors", file)

    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert len(result.output.splitlines()) == 1


def test_a_missing_file_is_told(app: Flask, tmp_path: Path) -> None:
    result = run(app, "check", "--vectors", tmp_path / "nothing.json")

    assert result.exit_code == 1
    assert "can't be read" in result.output


def test_issue_prints_passes_that_verify(app: Flask, session: Session) -> None:
    edition = factories.edition()

    result = run(app, "issue", "--edition", edition.slug, "--kind", "guest", "--days", "1,2", "--count", 3)

    public = {key: bytes.fromhex(digits) for key, digits in queries.verifying_keys().items()}
    assert result.exit_code == 0, result.output
    assert [parse(line, public).outcome for line in result.output.splitlines()] == [Outcome.OK] * 3
    assert session.scalar(select(func.count()).select_from(Pass)) == 3


@pytest.mark.parametrize("more", [("--days", "9"), ("--days", "1", "--count", "0"), ("--days", "x")])
def test_issue_refuses_what_the_edition_has_not(app: Flask, more: tuple[str, ...]) -> None:
    result = run(app, "issue", "--edition", factories.edition().slug, "--kind", "guest", *more)

    assert result.exit_code != 0
    assert "Error: " in result.output


def test_private_keys_are_the_owners_alone_and_never_in_the_database(own_keys: Flask, session: Session) -> None:
    actions.signing_ring(now=factories.NOW)

    content = json.loads(keys.path().read_text())
    assert stat.S_IMODE(keys.path().stat().st_mode) == 0o600
    assert content["keys"]["1"] not in {key.public_key for key in queries.every_key()}
    assert [file.name for file in keys.path().parent.glob("*pass-keys*")] == ["pass-keys.json"]


def test_rotated_keys_verify_until_they_are_retired(own_keys: Flask, session: Session) -> None:
    edition = factories.edition()
    [old] = factories.passes(edition)
    rotated = run(own_keys, "keys", "rotate")
    [new] = factories.passes(edition)

    def outcomes() -> list[Outcome]:
        public = {key: bytes.fromhex(digits) for key, digits in queries.verifying_keys().items()}
        return [parse(each.text, public).outcome for each in (old, new)]

    before = outcomes()
    signing = run(own_keys, "keys", "retire", 2)
    retired = run(own_keys, "keys", "retire", 1)
    again = run(own_keys, "keys", "retire", 1)

    assert "Key 2 signs from now on" in rotated.output
    assert (old.key_id, new.key_id) == (1, 2)
    assert before == [Outcome.OK, Outcome.OK]
    assert (signing.exit_code, retired.exit_code, again.exit_code) == (1, 0, 1)
    assert outcomes() == [Outcome.UNKNOWN_KEY, Outcome.OK]
    assert "retired" in run(own_keys, "keys", "list").output


def test_a_lost_key_file_gives_way_to_a_new_key_and_old_passes_verify(own_keys: Flask, session: Session) -> None:
    edition = factories.edition()
    [old] = factories.passes(edition)
    keys.path().unlink()

    [new] = factories.passes(edition)

    public = {key: bytes.fromhex(digits) for key, digits in queries.verifying_keys().items()}
    assert (old.key_id, new.key_id) == (1, 2)
    assert {parse(each.text, public).outcome for each in (old, new)} == {Outcome.OK}


def test_a_key_file_of_another_installation_is_refused(own_keys: Flask, session: Session) -> None:
    session.add(PassKey(id=1, public_key="ab" * 32, created_at=factories.NOW))
    session.commit()
    keys.make(1)

    result = run(own_keys, "keys", "list")

    assert result.exit_code == 1
    assert "different installations" in result.output


def test_a_broken_key_file_is_refused(own_keys: Flask) -> None:
    keys.path().write_text("{}")

    result = run(own_keys, "keys", "list")

    assert result.exit_code == 1
    assert "can't be read" in result.output


def test_keys_may_come_from_the_environment(own_keys: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    config: Any = own_keys.config["EVENTSYS"]
    ring = json.dumps({"signing": 7, "keys": {"7": "11" * 32}})
    monkeypatch.setitem(own_keys.config, "EVENTSYS", type(config)(**{**_fields(config), "pass_keys": ring}))

    [issued] = factories.passes(factories.edition())
    rotated = run(own_keys, "keys", "rotate")

    assert issued.key_id == 7
    assert not keys.path().exists()
    assert rotated.exit_code == 1
    assert "EVENTSYS_PASS_KEYS" in rotated.output


def _fields(config: Any) -> dict[str, Any]:
    return {name: getattr(config, name) for name in config.__slots__}
