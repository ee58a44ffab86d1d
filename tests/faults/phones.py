"""Simulated phones, in a process of their own: each sends its scans until every one is acknowledged.

`python -m tests.faults.phones PLAN` reads a plan (JSON) and says each thing that happens as a line of JSON: an
`answer` with the results of a batch, or a `fault` when nobody answered or the server said no. It ends when every phone
has an answer to every batch. A phone of a plan has:

* `token` and `batches`: bodies of POST scans, in the order of sending;
* `skew_ms`, if its clock is wrong: it takes scans "now" by that clock, and measures it first unless `is_measured` is
  false, as `static/scanner/clock.js` does;
* `drops`: of how many batches it goes away before the answer comes, once each.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eventsys.base import clock

TIMEOUT = 60
SHORTEST, LONGEST = 0.05, 0.8
PAUSE = threading.Event()
DAY_MS = 86_400_000
_saying = threading.Lock()


def say(**what: object) -> None:
    """Tell the test, one line at a time."""
    with _saying:
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()


class Phone:
    """One phone: a connection that is made anew after each fault, and the patience to try again."""

    def __init__(self, number: int, plan: dict[str, Any], address: tuple[str, int]) -> None:
        self.number = number
        self.plan = plan
        self.address = address
        self.headers = {"Authorization": f"Bearer {plan['token']}", "Content-Type": "application/json"}
        self.clock = {"clock_offset_ms": 0, "clock_doubt_ms": DAY_MS}
        self._chance = random.Random(number)  # noqa: S311 - a seed makes it repeatable
        self._connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        """Send everything."""
        drops = self.plan.get("drops", 0)
        if "skew_ms" in self.plan and self.plan.get("is_measured", True):
            self._measure()
        for place, batch in enumerate(self.plan["batches"]):
            body = self._by_own_clock(batch) if "skew_ms" in self.plan else batch
            if place < drops:
                self._send_and_leave(body)
            told = self._until_answered("POST", "scans", body)
            say(kind="answer", phone=self.number, batch=place, results=told["results"])

    def _until_answered(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        wait = SHORTEST
        while True:
            status, told = self._try(method, path, body)
            if status == 200:
                return told
            say(kind="fault", phone=self.number, status=status, problem=told)
            PAUSE.wait(wait * (0.5 + self._chance.random()))
            wait = min(wait * 2, LONGEST)

    def _try(self, method: str, path: str, body: dict[str, Any] | None) -> tuple[int, dict[str, Any]]:
        """Status and body of the answer; status 0 when there was none."""
        was_sent = False
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection(*self.address, timeout=TIMEOUT)
                self._connection.connect()
            self._connection.request(method, f"/api/v1/gate/{path}", self._said(body), self.headers)
            was_sent = True
            answer = self._connection.getresponse()
            return answer.status, {"content_type": answer.headers["Content-Type"], **json.loads(answer.read())}
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._hang_up()
            return 0, {"was_sent": was_sent, "error": repr(error)}

    def _send_and_leave(self, body: dict[str, Any]) -> None:
        connection = http.client.HTTPConnection(*self.address, timeout=TIMEOUT)
        try:
            connection.request("POST", "/api/v1/gate/scans", self._said(body), self.headers)
        except OSError as error:
            say(kind="fault", phone=self.number, status=0, problem={"was_sent": False, "error": repr(error)})
        finally:
            connection.close()

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _wall_ms(self) -> float:
        return clock.now().timestamp() * 1000 + float(self.plan["skew_ms"])

    def _measure(self) -> None:
        sent = self._wall_ms()
        told = self._until_answered("GET", "status")
        received = self._wall_ms()
        server = datetime.fromisoformat(told["server_time"]).timestamp() * 1000
        self.clock = {
            "clock_offset_ms": round(server - (sent + received) / 2),
            "clock_doubt_ms": round((received - sent) / 2) + 1,
        }

    def _here(self) -> str:
        return datetime.fromtimestamp(self._wall_ms() / 1000, UTC).isoformat()

    def _by_own_clock(self, batch: dict[str, Any]) -> dict[str, Any]:
        here = self._here()
        return {**batch, "scans": [{**scan, "captured_at": here, **self.clock} for scan in batch["scans"]]}

    def _said(self, body: dict[str, Any] | None) -> bytes | None:
        if body is None:
            return None
        said = {**body, "sent_at": self._here()} if "skew_ms" in self.plan else body
        return json.dumps(said).encode()


def main(path: str) -> None:
    """Let all phones of a plan send at once."""
    plan = json.loads(Path(path).read_text())
    address = (plan["host"], plan["port"])
    phones = [Phone(number, one, address) for number, one in enumerate(plan["phones"])]
    threads = [threading.Thread(target=phone.run) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(sys.argv[1])
