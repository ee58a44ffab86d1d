"""The disk fills up while phones send: they hear 507, nothing half is stored, and all is taken once there is room again."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from config import from_environment
from eventsys.app import create_app
from eventsys.base.db import db, writing
from tests.conftest import BACKENDS, POSTGRES, settings
from tests.faults import house as at_house
from tests.faults.conftest import PRODUCTION
from tests.faults.counts import far
from tests.faults.house import House, Outcome, Said, Scene
from tests.faults.server import Server

PHONES, BATCHES, SIZE = far((20, 20, 50), short=(4, 8, 50))
REFUSALS = 3 * PHONES
LARGEST_FILE = 256 * 1024
SMALL_DISK = "40m"


def fill_up(house: House, at: Scene, *, room_again: object) -> tuple[list[Said], Outcome]:
    """Phones that send to a full disk, and to one with room once they were refused often enough."""
    per_phone = [at_house.some_scans(at, BATCHES * SIZE, seed=number) for number in range(PHONES)]
    plans = [
        {"token": token, "batches": at_house.in_batches(scans, SIZE)}
        for token, scans in zip(at.tokens, per_phone, strict=True)
    ]
    is_full = True

    def make_room(outcome: Outcome) -> None:
        nonlocal is_full
        if is_full and len(outcome.faults) >= REFUSALS:
            is_full = False
            assert outcome.acknowledged <= at_house.log_of(at).keys()
            house.look(at.edition_id)
            room_again()  # type: ignore[operator]

    return [scan for scans in per_phone for scan in scans], at_house.upload(house, plans, meanwhile=make_room)


def assert_all_taken(house: House, at: Scene, said: list[Said], outcome: Outcome) -> None:
    at_house.assert_kept(at, said, outcome)
    house.check(at.slug)
    assert len(outcome.faults) >= REFUSALS
    problems = {(fault["status"], fault["problem"].get("type")) for fault in outcome.faults}
    assert problems == {(507, "/problems/http-507")}
    assert {fault["problem"].get("content_type") for fault in outcome.faults} == {"application/problem+json"}


@pytest.mark.parametrize("started", ["sqlite"], indirect=True)
def test_no_file_may_grow_any_more(house: House) -> None:
    at = at_house.scene(passes=200, phones=PHONES)
    house.server.may_write(LARGEST_FILE)
    try:
        said, outcome = fill_up(house, at, room_again=lambda: house.server.may_write(None))
    finally:
        house.server.may_write(None)

    assert_all_taken(house, at, said, outcome)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A real disk that is soon full; only root can make one."""
    disk = Path(tempfile.mkdtemp(prefix="eventsys-disk-"))  # Where PostgreSQL's own user may come too.
    disk.chmod(0o755)
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK},mode=0777", "none", str(disk)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode != 0:
        disk.rmdir()
        pytest.fail("A real disk takes root. Without: pytest -m 'long and not root'.")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)
    disk.rmdir()


@pytest.fixture(params=BACKENDS)
def house_on_small_disk(request: pytest.FixtureRequest, small_disk: Path, tmp_path: Path) -> Iterator[House]:
    """A server whose database is on the small disk; PostgreSQL keeps its log of transactions elsewhere."""
    token = writing.set(True)
    url = f"sqlite:///{small_disk / 'eventsys.sqlite3'}"
    admin = None
    if request.param == "postgresql":
        place = small_disk / "tables"
        place.mkdir()
        shutil.chown(place, "postgres")
        address = make_url(os.environ[POSTGRES])
        admin = create_engine(address.set(database="postgres"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE TABLESPACE small LOCATION '{place}'"))
            connection.execute(text("CREATE DATABASE on_small TABLESPACE small"))
        url = address.set(database="on_small").render_as_string(hide_password=False)
    app = create_app(from_environment(settings(url, tmp_path)))
    server = Server({**settings(url, tmp_path), **PRODUCTION}, tmp_path / "server.log")
    with app.app_context():
        upgrade()
        server.ensure()
        yield House(request.param, app, server, tmp_path)
        db.session.remove()
        db.engine.dispose()
    server.stop()
    if admin is not None:
        with admin.connect() as connection:
            connection.execute(text("DROP DATABASE on_small WITH (FORCE)"))
            connection.execute(text("DROP TABLESPACE small"))
        admin.dispose()
    writing.reset(token)


def fill(filler: Path) -> None:
    """Leave no room on the disk of a file."""
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"0" * 4096):
            pass
    assert shutil.disk_usage(filler.parent).free == 0


@pytest.mark.only_long
@pytest.mark.root
def test_disk_is_full(house_on_small_disk: House, small_disk: Path, record_property: object) -> None:
    house = house_on_small_disk
    at = at_house.scene(passes=200, phones=PHONES)
    filler = small_disk / "filler"
    fill(filler)

    said, outcome = fill_up(house, at, room_again=filler.unlink)

    assert_all_taken(house, at, said, outcome)
    record_property(  # type: ignore[operator]
        "gate faults",
        f"{house.backend}: a full disk ({SMALL_DISK}): {len(outcome.faults)} answers 507, then {len(said)} of {len(said)} scans taken once",
    )
