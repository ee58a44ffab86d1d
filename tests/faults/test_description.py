"""Schemathesis reads the published description and finds nothing that the API does otherwise."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from eventsys.base.db import db
from eventsys.gate.models import Device, Scan
from eventsys.gate.rules.devices import DeviceRole
from tests import factories
from tests.faults import house as at_house
from tests.faults.counts import far
from tests.faults.house import House
from tests.faults.server import ROOT

EXAMPLES = far(1000, short=15)
HOUR = timedelta(hours=1)


@pytest.mark.long
def test_api_does_what_its_description_says(
    house: House, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    at = at_house.scene(passes=1, phones=1, role=DeviceRole.SUPERVISE)
    gate = at_house.editions.gates_of(at.edition)[0]
    hours = {"valid_from": at.at - HOUR, "valid_until": at.at + 10 * HOUR, "now": at.at}
    link = factories.gate_link(gate, most_devices=200, **hours)
    link_id, link_token = link.link.id, link.token
    db.session.remove()

    # What is wrong on purpose locks an address out of enrolling, so each phase has its own, as the proxy tells it.
    addresses = {"fuzzing": "192.0.2.9", "coverage": "192.0.2.10"}
    cases = [
        generated(house, phase, at.tokens[0], link_token, tmp_path, address) for phase, address in addresses.items()
    ]

    assert db.session.scalar(select(Device.id).where(Device.gate_link_id == link_id).limit(1))
    assert db.session.scalar(select(Scan.scan_id).where(Scan.edition_id == at.edition_id).limit(1))
    house.check(at.slug)
    record_property("gate faults", f"{house.backend}: Schemathesis, {EXAMPLES} examples a call: {'; '.join(cases)}")


def generated(house: House, phase: str, device_token: str, link_token: str, folder: Path, address: str) -> str:
    """How many calls Schemathesis made in a phase, none of which found anything."""
    done = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "run", f"{house.server.url}/api/v1/openapi.json", "--phases", phase,
            "--header", f"Authorization: Bearer {device_token}", "--header", f"X-Forwarded-For: {address}", "--max-examples", str(EXAMPLES), "--seed", "5", "--no-color",
        ],
        cwd=folder, check=False, capture_output=True, text=True,
        env=house.server.environment
        | {"PYTHONPATH": str(ROOT), "SCHEMATHESIS_HOOKS": "tests.faults.description_hooks", "EVENTSYS_LINK_TOKEN": link_token},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    [cases] = [line.strip() for line in done.stdout.splitlines() if "generated" in line]
    return cases
