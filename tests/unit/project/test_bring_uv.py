"""uv comes from the index that the environment names, and only if it is what the lock says."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest

HOME = Path(__file__).resolve().parents[3]
PROGRAM = b"#!/bin/sh\necho uv\n"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def bring_uv() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bring_uv", HOME / "deploy" / "bring_uv.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def index(tmp_path: Path, bring_uv: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An index with a wheel of this machine's name; returns the wheel's checksum."""
    name = bring_uv.wheel_for_here()[0].rpartition("/")[2]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as files:
        files.writestr("uv-1.data/scripts/uv", PROGRAM)
    (tmp_path / "index" / "uv").mkdir(parents=True)
    (tmp_path / "index" / name).write_bytes(packed.getvalue())
    (tmp_path / "index" / "uv" / "index.html").write_text(f'<a href="../{name}#sha256=0">{name}</a>', "utf-8")
    handler = functools.partial(Quiet, directory=str(tmp_path / "index"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://127.0.0.1:{server.server_port}/")
        yield hashlib.sha256(packed.getvalue()).hexdigest()
        server.shutdown()


def test_it_is_taken_from_the_index_of_the_environment(
    bring_uv: ModuleType, index: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = bring_uv.wheel_for_here()[0]
    monkeypatch.setattr(bring_uv, "wheel_for_here", lambda: (url, index))
    bring_uv.main(tmp_path / "here")
    program = tmp_path / "here" / "bin" / "uv"
    assert (program.read_bytes(), program.stat().st_mode & 0o777) == (PROGRAM, 0o755)


def test_what_is_not_as_the_lock_says_is_not_unpacked(bring_uv: ModuleType, index: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"is not what uv\.lock says"):
        bring_uv.main(tmp_path / "here")
    assert not (tmp_path / "here").exists()
