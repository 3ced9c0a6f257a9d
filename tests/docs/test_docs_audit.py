"""No package that runs has a weakness that the kept list knows; the list is read and written as osv.dev tells."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from tests.docs.audit import Advisory, found, kept, locked, read_osv, refresh

ANSWER = {
    "vulns": [
        {
            "id": "PYSEC-1",
            "affected": [
                {
                    "package": {"ecosystem": "PyPI", "name": "Some_Package"},
                    "ranges": [
                        {"type": "GIT", "events": [{"introduced": "0"}, {"fixed": "abc"}]},
                        {"type": "ECOSYSTEM", "events": [{"introduced": "1.2"}, {"fixed": "1.10"}]},
                    ],
                },
                {
                    "package": {"ecosystem": "npm", "name": "some-package"},
                    "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}],
                },
            ],
        },
        {
            "id": "PYSEC-2",
            "affected": [
                {
                    "package": {"ecosystem": "PyPI", "name": "some-package"},
                    "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}],
                }
            ],
        },
        {"id": "PYSEC-3", "withdrawn": "2024-01-01T00:00:00Z", "affected": []},
    ]
}
READ = [Advisory("some-package", "PYSEC-1", "1.10", "1.2"), Advisory("some-package", "PYSEC-2", "", "0")]


def test_no_locked_package_that_runs_has_a_known_weakness() -> None:
    day, advisories = kept()
    assert date.fromisoformat(day)
    assert len(advisories) > 40
    assert found(advisories, locked()) == []


def test_every_package_that_runs_is_locked() -> None:
    assert [name for name, version in locked().items() if not version] == []


@pytest.mark.parametrize(
    ("version", "has"),
    [
        ("1.1", ["PYSEC-2"]),
        ("1.2", ["PYSEC-1", "PYSEC-2"]),
        ("1.9", ["PYSEC-1", "PYSEC-2"]),
        ("1.10", ["PYSEC-2"]),
    ],
)
def test_a_version_between_has_it(version: str, has: list[str]) -> None:
    told = found(READ, {"some-package": version})
    assert [one.split()[3].rstrip(":") for one in told] == has


def test_an_old_version_of_a_real_package_is_named() -> None:
    _, advisories = kept()
    assert "jinja2 3.1.5 has CVE-2025-27516: take 3.1.6" in found(advisories, {"jinja2": "3.1.5"})


def test_an_answer_is_read() -> None:
    assert list(read_osv("some-package", ANSWER)) == READ
    assert list(read_osv("some-package", {})) == []


@contextmanager
def answering(status: int) -> Iterator[str]:
    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = json.dumps(ANSWER).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v1/query"
        server.shutdown()


def test_the_list_is_written_anew_and_kept_where_no_answer_comes(tmp_path: Path) -> None:
    file = tmp_path / "advisories.json"
    with answering(200) as address:
        refresh({"some-package": "1.0"}, address, file)
    assert kept(file)[1] == READ
    with answering(503) as address, pytest.raises(httpx.HTTPStatusError):
        refresh({"some-package": "1.0"}, address, file)
    assert kept(file)[1] == READ
