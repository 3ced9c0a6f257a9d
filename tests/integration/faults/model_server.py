"""A language model that can be killed, stopped, and told to answer rubbish: run as a program, on a port that is given.

`PUT /temper` with a word from `TEMPERS` changes what `POST /model/parse` answers from then on.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

RANKING = {"penerangan_jalan": 0.97, "jalan": 0.02, "sampah": 0.01}
LONGEST_SECONDS = 60
HUGE_PIECES = 4_000
PIECE = b" " * 1_000_000


def a_document(confidence: float = 0.97) -> bytes:
    """A sure reading of any text."""
    ranking = [
        {"name": name, "confidence": sure} for name, sure in (RANKING | {"penerangan_jalan": confidence}).items()
    ]
    intent = {"name": "complaint", "confidence": confidence}
    return json.dumps({"text": "", "intent": intent, "entities": [], "category_ranking": ranking}).encode()


class Model(BaseHTTPRequestHandler):
    """One connection. What it answers is of the server's temper at that moment."""

    temper: ClassVar[list[str]] = ["well"]

    def do_PUT(self) -> None:
        """Change the temper."""
        self.temper[0] = self._body().decode()
        self._answers(b"{}")

    def do_POST(self) -> None:
        """Read a text."""
        self._body()
        TEMPERS[self.temper[0]](self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's
        """Say nothing."""

    def well(self) -> None:
        self._answers(a_document())

    def error(self) -> None:
        self._answers(b"", status=500)

    def page(self) -> None:
        self._answers(b"<html>502 Bad Gateway</html>")

    def half(self) -> None:
        self._answers(a_document()[:100], claimed_bytes=1_000)

    def silly(self) -> None:
        self._answers(b'{"intent": [], "category_ranking": {"a": "b"}}')

    def nan(self) -> None:
        self._answers(a_document(float("nan")))

    def endless(self) -> None:
        self._answers(b"", claimed_bytes=HUGE_PIECES * len(PIECE))
        for _ in range(HUGE_PIECES):
            self.wfile.write(PIECE)

    def drips(self) -> None:
        """Never silent for long, and never done."""
        self._answers(b"", claimed_bytes=LONGEST_SECONDS * 10)
        for _ in range(LONGEST_SECONDS * 10):
            self.wfile.write(b" ")
            time.sleep(0.1)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _answers(self, body: bytes, *, status: int = 200, claimed_bytes: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body) if claimed_bytes is None else claimed_bytes))
        self.end_headers()
        self.wfile.write(body)


TEMPERS: dict[str, Callable[[Model], None]] = {
    name: getattr(Model, name) for name in ("well", "error", "page", "half", "silly", "nan", "endless", "drips")
}


class QuietServer(ThreadingHTTPServer):
    """Does not complain of whoever hangs up on it."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Let it be."""


if __name__ == "__main__":
    QuietServer(("127.0.0.1", int(sys.argv[1])), Model).serve_forever()
