"""The first start behind a network that reads TLS traffic: it says what to do, or asks with what the machine trusts."""

from __future__ import annotations

import ssl
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copy2, which
from threading import Thread

import pytest

from bot.understanding.rasa.environment import find_uv
from tests.integration.process.surroundings import CHECKOUT, environment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (which("openssl") and find_uv()), reason="needs openssl, and uv, which ./lapor test brings"),
]
PACKAGE = "courier-1.0"
STARTED = "the packages are there"
TRUSTED_BY_MACHINE = Path("/etc/ssl/certs/ca-certificates.crt")
SET = ("SSL_CERT_FILE", "SSL_CERT_DIR", "UV_SYSTEM_CERTS")
PROJECT = """\
[project]
name = "office"
version = "1"
requires-python = ">=3.12"
dependencies = ["courier"]
[[tool.uv.index]]
url = "https://localhost:{port}/simple"
default = true
"""


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def make_certificates(folder: Path) -> None:
    """A CA of an office's own, `ca.pem`, and what it signed for this machine."""
    key = ("-newkey", "rsa:2048", "-nodes")
    openssl(folder, "req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Kantor", "-days", "2")
    openssl(folder, "req", *key, "-keyout", "own.key", "-out", "own.csr", "-subj", "/CN=localhost")
    (folder / "own.ext").write_text("subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n")
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "own.ext")
    openssl(folder, "x509", "-req", "-in", "own.csr", *signed, "-out", "own.pem")


def make_package(folder: Path) -> None:
    """An index with one package, which says that it was started."""
    folder.mkdir(parents=True)
    about = f"{PACKAGE}.dist-info"
    files = {
        "bot/__init__.py": "",
        "bot/__main__.py": f"print({STARTED!r})\n",
        f"{about}/METADATA": "Metadata-Version: 2.1\nName: courier\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(folder / f"{PACKAGE}-py3-none-any.whl", "w") as wheel:
        for name, content in files.items():
            wheel.writestr(name, content)
        wheel.writestr(f"{about}/RECORD", "".join(f"{name},,\n" for name in [*files, f"{about}/RECORD"]))


@pytest.fixture
def certificates(tmp_path: Path) -> Path:
    folder = tmp_path / "certificates"
    folder.mkdir()
    make_certificates(folder)
    return folder


@pytest.fixture
def office(tmp_path: Path, certificates: Path) -> Iterator[Path]:
    """A folder with the launcher, all of whose packages come from a server with a certificate of the office's CA."""
    make_package(tmp_path / "index" / "simple" / "courier")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "index"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "own.pem", certificates / "own.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    home = tmp_path / "office"
    home.mkdir()
    copy2(CHECKOUT / "lapor", home / "lapor")
    (home / "pyproject.toml").write_text(PROJECT.format(port=server.server_address[1]))
    trusting = surroundings(home) | {"SSL_CERT_FILE": str(certificates / "ca.pem"), "UV_CACHE_DIR": str(tmp_path / "c")}
    subprocess.run([trusting["LAPOR_UV"], "lock", "--quiet"], cwd=home, env=trusting, check=True)
    yield home
    server.shutdown()
    server.server_close()
    thread.join()


def surroundings(home: Path) -> dict[str, str]:
    """An environment that names no certificates, and a cache in which nothing lies yet."""
    there = environment(home, "tls", {})
    named = {name: value for name, value in there.items() if name not in SET}
    return named | {"UV_CACHE_DIR": str(home.parent / "cache"), "LAPOR_UV": str(find_uv())}


def start(home: Path, more: Mapping[str, str], *before: str) -> subprocess.CompletedProcess[str]:
    words = [*before, str(home / "lapor"), "start"]
    return subprocess.run(words, env=surroundings(home) | more, capture_output=True, text=True, check=False)


def test_it_says_in_plain_words_whose_certificate_to_ask_for_and_where_to_name_it(
    office: Path, certificates: Path
) -> None:
    first = start(office, {})
    assert (first.returncode, first.stdout) == (1, "")
    assert "this network answers with a certificate that is not trusted here" in first.stderr
    assert "SSL_CERT_FILE=/where/it/is.pem ./lapor start" in first.stderr
    assert "UnknownIssuer" in first.stderr, "what uv itself said stands below"
    assert "--system-certs" not in first.stderr, "that was tried already"
    named = start(office, {"SSL_CERT_FILE": str(certificates / "ca.pem")})
    assert (named.returncode, named.stdout) == (0, f"{STARTED}\n")


def test_a_file_that_does_not_vouch_for_this_network_is_said_so(office: Path) -> None:
    wrong = start(office, {"SSL_CERT_FILE": str(TRUSTED_BY_MACHINE)})
    assert (wrong.returncode, "is not trusted here" in wrong.stderr) == (1, True)
    assert "asking again" not in wrong.stderr


def test_what_the_machine_trusts_is_asked_with_by_itself(office: Path, certificates: Path, tmp_path: Path) -> None:
    """The machine's list with the office's CA in it, laid over the real one for this process alone."""
    together = tmp_path / "trusted.pem"
    together.write_bytes(TRUSTED_BY_MACHINE.read_bytes() + (certificates / "ca.pem").read_bytes())
    alone = ("bwrap", "--dev-bind", "/", "/", "--ro-bind", str(together), str(TRUSTED_BY_MACHINE))
    found = start(office, {}, *alone)
    assert (found.returncode, found.stdout) == (0, f"{STARTED}\n")
    assert "asking again with those that this machine trusts" in found.stderr
