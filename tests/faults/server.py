"""The server as operators run it: gunicorn with two workers. It can be killed, filled up and started again."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from threading import Event

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = 2, 4
PATIENCE = 120
PAUSE = Event()


class Server:
    """Gunicorn on a port that it keeps over every restart, with what it says in a file."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.environment = {**os.environ, **environment}
        self._log = log
        self._master: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self) -> str:
        """The end of what it wrote."""
        return self._log.read_text(errors="replace")[-3000:]

    def start(self) -> None:
        """Start it, without waiting for it to answer."""
        with self._log.open("ab") as log:
            self._master = subprocess.Popen(
                [
                    sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--threads", str(THREADS),
                    "--bind", f"127.0.0.1:{self.port}", "--log-level", "warning", "wsgi:app",
                ],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip

    def ensure(self) -> None:
        """Have it answer: start it if it doesn't run, and wait."""
        if self._master is None or self._master.poll() is not None:
            self.start()
        for _ in range(PATIENCE * 10):
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2).close()  # noqa: S310 - our own server
            except (urllib.error.URLError, OSError):
                PAUSE.wait(0.1)
            else:
                return
        raise AssertionError(f"the server doesn't answer: {self.said}")

    @property
    def processes(self) -> list[int]:
        """Its processes, the master first."""
        assert self._master is not None
        children = Path(f"/proc/{self._master.pid}/task/{self._master.pid}/children")
        workers = children.read_text().split() if children.exists() else []
        return [self._master.pid, *map(int, workers)]

    def kill(self, what: str) -> None:
        """SIGKILL: `worker` (one of them), `workers` (all; the master makes new ones), `master` (workers end by themselves) or `all`."""
        master, *workers = self.processes
        killed = {"worker": workers[:1], "workers": workers, "master": [master], "all": [master, *workers]}[what]
        for process in killed:
            _kill(process)
        if master in killed:
            assert self._master is not None
            self._master.wait()
            self.start()

    def stop(self) -> None:
        """End it for good; workers whose master was killed before end by themselves."""
        if self._master is not None and self._master.poll() is None:
            for process in self.processes:
                _kill(process)
            self._master.wait()

    def may_write(self, largest: int | None) -> None:
        """Let its processes make no file larger than so many bytes: to them the disk is full then. None lifts it."""
        limit = resource.RLIM_INFINITY if largest is None else largest
        for process in self.processes:
            hard = resource.prlimit(process, resource.RLIMIT_FSIZE)[1]
            resource.prlimit(process, resource.RLIMIT_FSIZE, (limit, hard))


def _kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return  # It ended by itself.
