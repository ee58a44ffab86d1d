"""Counts what goes over the wire: a port that hands every byte on to the served site and back, whoever asks."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from urllib.parse import urlsplit

PIECE = 65_536


class Wire:
    """A way to a site at an address of its own; `received` is what came back, headers and all."""

    def __init__(self, site: str) -> None:
        target = urlsplit(site)
        self._target = (target.hostname or "localhost", target.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._listener.getsockname()[1]}"
        self.received = 0
        Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        with suppress(OSError):  # Closed: the test is over.
            while True:
                asker, _ = self._listener.accept()
                answerer = socket.create_connection(self._target)
                Thread(target=self._hand_on, args=(asker, answerer, False), daemon=True).start()
                Thread(target=self._hand_on, args=(answerer, asker, True), daemon=True).start()

    def _hand_on(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                if is_answer:
                    self.received += len(piece)
                target.sendall(piece)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Take nobody in any more."""
        self._listener.close()


@contextmanager
def wire_to(site: str) -> Iterator[Wire]:
    """A counting way to a site."""
    wire = Wire(site)
    try:
        yield wire
    finally:
        wire.close()
