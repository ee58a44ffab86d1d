"""Too much of everything: bodies of 50 MB, and wrong codes by the thousand. Who behaves is served meanwhile."""

from __future__ import annotations

import http.client
import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from eventsys.audit.models import AuditEntry
from eventsys.base.db import db
from tests import factories
from tests.faults import house as at_house
from tests.faults.counts import far
from tests.faults.house import Answer, House
from tests.faults.server import WORKERS

MEGABYTE = 1_000_000
LARGE = 50 * MEGABYTE
TRIES, CLIENTS = far(10_000, short=400), 8
A_MINUTE = 20
HOUR = timedelta(hours=1)


def pieces(size: int) -> Iterator[bytes]:
    yield b'{"scans": [], "more": "'
    for _ in range(size // MEGABYTE):
        yield b"x" * MEGABYTE
    yield b'"}'


def flood(house: House, path: str, token: str, *, is_chunked: bool) -> Answer:
    """Send 50 MB, to the end or until the server hangs up, and read the answer."""
    length = sum(map(len, pieces(LARGE)))
    told = {"Transfer-Encoding": "chunked"} if is_chunked else {"Content-Length": str(length)}
    connection = http.client.HTTPConnection("127.0.0.1", house.server.port, timeout=60)
    connection.putrequest("POST", f"/api/v1/gate/{path}")
    for name, value in {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **told}.items():
        connection.putheader(name, value)
    connection.endheaders()
    try:
        for piece in pieces(LARGE):
            connection.send(b"%X\r\n%b\r\n" % (len(piece), piece) if is_chunked else piece)
        if is_chunked:
            connection.send(b"0\r\n\r\n")
    except (BrokenPipeError, ConnectionResetError):
        pass  # It answers before it has heard all.
    answer = connection.getresponse()
    return Answer(answer.status, answer.read(), answer.headers["Content-Type"])


def memory_of(process: int) -> int:
    """Kilobytes that a process has had at most."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


@pytest.mark.parametrize("is_chunked", [False, True], ids=["with its length", "in chunks"])
@pytest.mark.parametrize("path", ["scans", "enrol"])
def test_a_body_of_50_mb_is_refused_and_never_held(house: House, path: str, is_chunked: bool) -> None:
    at = at_house.scene(passes=1, phones=1)
    before = max(map(memory_of, house.server.processes))

    answer = flood(house, path, at.tokens[0], is_chunked=is_chunked)

    assert (answer.status, answer.problem) == (413, "/problems/http-413")
    assert max(map(memory_of, house.server.processes)) - before < 20_000
    assert at_house.log_of(at) == {}
    outcome = at_house.upload(house, [{"token": at.tokens[0], "batches": [{"scans": [factories.scan(at=at.at)]}]}])
    assert [status for _scan, status in outcome.answers] == ["stored"]


@pytest.mark.long
def test_wrong_codes_by_the_thousand(house: House, record_property: Callable[[str, object], None]) -> None:
    at = at_house.scene(passes=1, phones=1)
    gate = at_house.editions.gates_of(at.edition)[0]
    link = factories.gate_link(gate, valid_from=at.at - HOUR, valid_until=at.at + HOUR, now=at.at)
    token = link.token
    db.session.remove()
    before = lock_outs()

    def try_codes(number: int) -> list[tuple[int, object]]:
        connection = http.client.HTTPConnection("127.0.0.1", house.server.port, timeout=60)
        found = []
        for n in range(number, TRIES, CLIENTS):
            connection.request("POST", "/api/v1/gate/enrol", json.dumps({"code": f"{n:06d}"}), headers("192.0.2.7"))
            heard = connection.getresponse()
            answer = Answer(heard.status, heard.read(), heard.headers["Content-Type"])
            found.append((answer.status, answer.problem))
        return found

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = [one for found in pool.map(try_codes, range(CLIENTS)) for one in found]
    right = at_house.ask(house, "", "enrol", json.dumps({"code": token}).encode(), **headers("192.0.2.8"))

    told = Counter(answers)
    assert set(told) == {(404, "/problems/link_unknown"), (429, "/problems/http-429")}
    # Each worker counts for itself, and who is on the way already when the limit is reached is heard too.
    minutes = 1 + told.total() // 2000
    assert told[404, "/problems/link_unknown"] <= (A_MINUTE + CLIENTS) * WORKERS * minutes
    assert right.status == 201
    assert 1 <= lock_outs() - before <= WORKERS * 2 * minutes
    record_property(
        "gate faults",
        f"{house.backend}: {TRIES} wrong codes from one address: {told[404, '/problems/link_unknown']} looked up, "
        f"the others locked out, {lock_outs() - before} entries in the audit; a right code from elsewhere opened",
    )


def headers(address: str) -> dict[str, str]:
    """What the proxy before us says of the address that it speaks for."""
    return {"Content-Type": "application/json", "X-Forwarded-For": address}


def lock_outs() -> int:
    db.session.remove()
    count = db.session.scalar(select(func.count()).where(AuditEntry.act == "gate.locked_out"))
    db.session.remove()
    return count or 0
