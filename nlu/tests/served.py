"""A model that is really served: the child process, and how to ask it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from fingerprint import HERE

TOKEN = "a-token-that-opens-only-this-test"
_PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def post(self, path: str, document: object, token: str = TOKEN) -> tuple[int, dict[str, object]]:
        """Status and answer."""
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        address = f"http://127.0.0.1:{self.port}{path}?token={token}"
        return _ask(Request(address, body, {"Content-Type": "application/json"}))

    def get(self, path: str) -> tuple[int, dict[str, object]]:
        """Status and answer."""
        return _ask(Request(f"http://127.0.0.1:{self.port}{path}"))


def _ask(request: Request) -> tuple[int, dict[str, object]]:
    try:
        with urlopen(request, timeout=_PATIENCE_SECONDS) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)


def command(model: Path) -> list[str]:
    """What starts a server of a model."""
    return [sys.executable, str(HERE / "serve.py"), "--model", str(model), "--port", "0"]


def environment() -> dict[str, str]:
    """Ours, with the token."""
    return {**os.environ, "LAPOR_NLU_TOKEN": TOKEN}


@contextmanager
def serving(model: Path, log: Path) -> Iterator[Server]:
    """A server of a model, from its ready line until the block ends."""
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            command(model),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment(),
        ) as process,
    ):
        try:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            assert ready == {"port": ready["port"], "ready": True}
            yield Server(process, ready["port"], log)
        finally:
            process.kill()
