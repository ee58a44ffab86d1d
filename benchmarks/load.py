"""Asks a server over connections that stay open, one request after the other on each, in a process of its own.

    python benchmarks/load.py PORT < requests (pickled: for each connection a list of whole HTTP requests)

Prints what `Answers` holds. Sockets without a library between: the asker must cost less than who is measured.
"""

from __future__ import annotations

import pickle
import selectors
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 120


@dataclass(slots=True)
class Answers:
    """How long it took in all (s) and each (ms), how many answers of each status, and how often a word stood in them."""

    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    bytes_received: int = 0
    stored: int = 0

    def at(self, share: float) -> float:
        """The time (ms) that so large a share of the answers did not exceed."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.milliseconds) / self.seconds


def ask(port: int, requests: Sequence[Sequence[bytes]]) -> Answers:
    """Send requests over as many connections as there are lists, from a process of its own."""
    command = [sys.executable, "-I", __file__, str(port)]
    done = subprocess.run(command, input=pickle.dumps(requests), stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own words
    return Answers(**pickle.loads(done.stdout))  # noqa: S301 - from our own process


class _Line:
    """One connection: what is still to be asked, when the last was, what has come back of its answer."""

    def __init__(self, port: int, requests: Sequence[bytes]) -> None:
        self.port, self.waiting, self.heard, self.asked_at = port, list(reversed(requests)), b"", 0.0
        self.socket = self._connected()

    def _connected(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def ask(self) -> None:
        self.heard, self.asked_at = b"", time.perf_counter()
        self.socket.sendall(self.waiting.pop())

    def answer(self) -> tuple[int, bytes] | None:
        """The whole answer, once it is there."""
        self.heard += self.socket.recv(1 << 20)
        head, found, body = self.heard.partition(b"\r\n\r\n")
        if not found:
            return None
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        if len(body) < int(fields.get(b"content-length", b"0")):
            return None
        return int(head[9:12]), body


def _run(port: int, requests: Sequence[Sequence[bytes]]) -> dict[str, Any]:
    answers, selector = Answers(), selectors.DefaultSelector()
    lines = [_Line(port, own) for own in requests]
    began = time.perf_counter()
    for line in lines:
        selector.register(line.socket, selectors.EVENT_READ, line)
        line.ask()
    while selector.get_map():
        for key, _ in selector.select(PATIENCE):
            line = key.data
            answer = line.answer()
            if answer is None:
                continue
            answers.milliseconds.append((time.perf_counter() - line.asked_at) * 1000)
            answers.statuses[answer[0]] += 1
            answers.bytes_received += len(answer[1])
            answers.stored += answer[1].count(b'"stored"')
            if line.waiting:
                line.ask()
            else:
                selector.unregister(line.socket)
    answers.seconds = time.perf_counter() - began
    return {name: getattr(answers, name) for name in Answers.__slots__}


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(_run(int(sys.argv[1]), pickle.load(sys.stdin.buffer))))  # noqa: S301 - from our own process
