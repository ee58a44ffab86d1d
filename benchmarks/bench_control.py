"""Fifty open pages of the control room while scans come in: how old their figures get, beside a bare page in the same run.

A real server (gunicorn, two processes of four threads) with 30,000 passes. Fifty readers in a process of their own ask as
`static/js/live.js` does, half of them for the control room and half for its large screen; eight phones in another one send
scans. On SQLite, and on PostgreSQL where its address is in EVENTSYS_TEST_POSTGRES_URL
(`tools/postgres.sh .venv/bin/python benchmarks/bench_control.py`).
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, select

from benchmarks.bench_applications import served, token_of
from config import from_environment
from eventsys.accounts.rules import Role
from eventsys.app import create_app
from eventsys.base import clock
from eventsys.base.db import db, writing
from eventsys.base.ids import uuid7
from eventsys.gate import actions as gate
from eventsys.passes.models import Pass
from tests import factories
from tests.conftest import empty_database, settings

PASSES, ADMITTED, PAGES, PHONES, SECONDS = 30_000, 15_000, 50, 8, 30
EVERY_S, SCANS_EVERY_S, WARM_S, PATIENCE_S = 1.0, 0.25, 8, 30
BARE = "/healthz"
LIVE = ("/organise/bench/gate/live?language=en", "/organise/bench/gate/screen/live?language=en")
COUNTED = re.compile(r"([\d,]+) counted by hand|In without pass</h2>\s*<p class=\"screen-more\"><bdi>([\d,]+)")


# ─── what is there ───


def scan(pass_id: str | None, *, at: datetime) -> dict[str, object]:
    """Somebody with a pass, or counted by hand."""
    named = {"tally": 1} if pass_id is None else {"pass_id": pass_id}
    return {
        "scan_id": str(uuid7(int(at.timestamp() * 1000), secrets.token_bytes(10))),
        "direction": "in", "captured_at": at.isoformat(), "clock_offset_ms": 0, "clock_doubt_ms": 40,
        "phone_verdict": None, "let_in": True, "entry": "camera", **named,
    }  # fmt: skip


def prepared(app: Flask) -> dict[str, Any]:
    """An edition in whose middle we are; the cookie of a supervisor, the phones' tokens, and passes that nobody has scanned."""
    now = clock.now()
    edition = factories.edition("bench", starts_on=(clock.local(now) - timedelta(days=1)).date(), capacity=40_000)
    hours = {"valid_from": now - timedelta(hours=1), "valid_until": now + timedelta(hours=8), "now": now}
    gates = [factories.gate(edition, code=code) for code in "NSEW"]
    phones = [
        gate.enrol(factories.gate_link(gates[number % 4], **hours).token, now=now - timedelta(minutes=30))
        for number in range(PHONES)
    ]
    supervisor = factories.team_member(edition, Role.SUPERVISOR)
    [first] = factories.passes(edition)
    row = {"edition_id": edition.id, "key_id": first.key_id, "kind": 4, "days": 3, "issued_at": now, "bearer_name": ""}
    db.session.execute(
        insert(Pass), [{"pass_id": f"{n:016x}", "text": f"TW1:{n}", **row} for n in range(1, PASSES + 1)]
    )
    ids = list(db.session.scalars(select(Pass.pass_id).where(Pass.text.like("TW1:%"), Pass.bearer_name == "")))[:PASSES]
    chance = random.Random(1)  # noqa: S311 - a seed makes it repeatable
    for start in range(0, ADMITTED, 500):
        batch = [scan(one, at=now - timedelta(minutes=chance.randrange(1, 25))) for one in ids[start : start + 500]]
        gate.record_scans(phones[start % PHONES].device, batch, now=now)
        db.session.commit()
    client = app.test_client()
    said = {"email": supervisor.email, "password": factories.PASSWORD}
    said["csrf_token"] = token_of(client.get("/account/login").text)
    if client.post("/account/login", data=said).status_code != 302:
        raise SystemExit("nobody could sign in")
    cookie = "; ".join(f"{one.key}={one.value}" for one in client._cookies.values())  # noqa: SLF001 - a browser would hold them
    tokens = [phone.token for phone in phones]
    db.session.remove()
    return {"cookie": cookie, "tokens": tokens, "pass_ids": ids[ADMITTED:]}


# ─── what happens, in processes of its own ───


def read(port: int, path: str, *, cookie: str, seconds: float, heard: list[dict[str, Any]]) -> None:
    """One open page, as its script works: ask every second, with the tag of what is there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    etag, counted, ends = "", -1, time.monotonic() + seconds
    while (asked := time.monotonic()) < ends:
        connection.request(
            "GET", path, headers={"Cookie": cookie, "If-None-Match": etag, "Accept-Encoding": "identity"}
        )
        answer = connection.getresponse()
        body = answer.read()
        if answer.status not in {200, 304}:
            raise SystemExit(f"{path} was answered with {answer.status}")
        if answer.status == 200 and path != BARE:
            etag = answer.headers["ETag"]
            found = COUNTED.search("".join(json.loads(body)["parts"].values()))
            counted = int((found[1] or found[2]).replace(",", "")) if found else -1
        age = float(answer.headers.get("Figures-Age") or 0) / 1000
        here = time.monotonic()
        heard.append({"asked": asked, "here": here, "age": age, "counted": counted, "same": answer.status == 304})
        time.sleep(max(0.0, asked + EVERY_S - time.monotonic()))


def readers(port: int, told: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """What each of the pages heard."""
    pages: list[list[dict[str, Any]]] = [[] for _ in range(PAGES)]
    cookie, paths, seconds = told["cookie"], told["paths"], told.get("seconds", SECONDS)

    def open_page(number: int) -> None:
        time.sleep(number / PAGES * EVERY_S)  # They are not opened in step.
        read(port, paths[number % len(paths)], cookie=cookie, seconds=seconds, heard=pages[number])

    _together(open_page, PAGES)
    return pages


def phones(port: int, told: dict[str, Any]) -> list[list[float]]:
    """Each sending of all phones: when it began, when it was answered. Each counts one person by hand."""
    sent: list[list[float]] = []

    def send(number: int) -> None:
        token, pass_ids = told["tokens"][number], told["pass_ids"][number::PHONES]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        ends = time.monotonic() + SECONDS
        while (began := time.monotonic()) < ends:
            at = clock.now()
            scans = [scan(pass_ids.pop(), at=at) for _ in range(min(4, len(pass_ids)))] + [scan(None, at=at)]
            connection.request("POST", "/api/v1/gate/scans", json.dumps({"scans": scans}), headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"scans were answered with {answer.status}")
            sent.append([began, time.monotonic()])
            time.sleep(max(0.0, began + SCANS_EVERY_S - time.monotonic()))

    _together(send, PHONES)
    return sent


def _together(task: Callable[[int], None], how_many: int) -> None:
    threads = [threading.Thread(target=task, args=(number,)) for number in range(how_many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def apart(work: str, port: int, told: dict[str, Any]) -> subprocess.Popen[str]:
    """Start this script again, for one kind of work."""
    command = [sys.executable, __file__, work, str(port)]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ourselves
    assert started.stdin is not None
    started.stdin.write(json.dumps(told))
    started.stdin.close()
    return started


def result_of(started: subprocess.Popen[str]) -> Any:
    """What a process of ours printed."""
    assert started.stdout is not None
    said = started.stdout.read()
    if started.wait(timeout=60) or not said:
        raise SystemExit("a part of the benchmark broke")
    return json.loads(said)


# ─── what is made of it ───


def ages(page: list[dict[str, Any]]) -> list[float]:
    """How old a page's figures were just before each next answer."""
    return [before["age"] + (after["here"] - before["asked"]) for before, after in pairwise(page)]


def missed(page: list[dict[str, Any]], sent: list[list[float]]) -> int:
    """Answers that lack somebody who was counted before the moment of which they say that they tell."""
    return sum(one["counted"] < sum(end < one["asked"] - one["age"] for _, end in sent) for one in page)


def told_of(times: list[float]) -> str:
    """Median and 99th percentile of seconds, in milliseconds."""
    return (
        f"median {statistics.median(times) * 1000:6.1f} ms  p99 {statistics.quantiles(times, n=100)[-1] * 1000:6.1f} ms"
    )


def bench(backend: str, folder: Path) -> None:
    """Print the figures of one database."""
    writing.set(True)
    with empty_database(backend, folder, "bench") as url:
        environment = settings(url, folder)
        app = create_app(from_environment(environment))
        with app.app_context():
            upgrade()
            told = prepared(app)
            db.engine.dispose()
        with served(environment) as port:
            result_of(apart("read", port, {**told, "paths": [BARE, *LIVE], "seconds": WARM_S}))
            bare = [one for page in result_of(apart("read", port, {**told, "paths": [BARE]})) for one in page]
            scanning = apart("scan", port, told)
            pages = result_of(apart("read", port, {"cookie": told["cookie"], "paths": LIVE}))
            sent = result_of(scanning)
    answers = [one for page in pages for one in page]
    oldest = [max(ages(page)) for page in pages]
    yardstick, asked = ([one["here"] - one["asked"] for one in some] for some in (bare, answers))
    print(f"{backend}: {PAGES} pages for {SECONDS} s, {len(sent) * 5 / SECONDS:.0f} scans a second in batches of 5")
    print(
        f"  oldest figures on any page:  {max(oldest):5.2f} s; the median page had at most {statistics.median(oldest):.2f} s"
    )
    print(
        f"  answers that lack somebody counted before their moment: {sum(missed(page, sent) for page in pages)} of {len(answers)}"
    )
    print(f"  bare page ({BARE}):         {told_of(yardstick)}")
    print(
        f"  parts of a page:             {told_of(asked)}  ratio: {statistics.median(asked) / statistics.median(yardstick):.1f} bare pages"
    )
    print(f"  batches of scans meanwhile:  {told_of([end - began for began, end in sent])}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        work = {"read": readers, "scan": phones}[sys.argv[1]]
        print(json.dumps(work(int(sys.argv[2]), json.load(sys.stdin))))
    else:
        for each in ("sqlite", *(["postgresql"] if os.environ.get("EVENTSYS_TEST_POSTGRES_URL") else [])):
            with tempfile.TemporaryDirectory() as made:
                bench(each, Path(made))
