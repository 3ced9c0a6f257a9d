"""A real nginx with `deploy/nginx.conf`, on free ports of this machine and with a certificate of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.integration.process.surroundings import CHECKOUT, free_port

NAME = "lapor.example.go.id"
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr warn;
{user}
events {{ }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/lapor.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Nginx:
    """Where it listens."""

    https: str
    http: str


@contextmanager
def nginx(folder: Path, service_port: int) -> Iterator[Nginx]:
    """nginx in front of a service on this port, until the block ends."""
    plain, secure = free_port(), free_port()
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    make = f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN={NAME} -days 2"
    subprocess.run([*make.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    changes = {
        "listen [::]:80;": "",
        "listen [::]:443 ssl;": "",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
        "http://127.0.0.1:8080": f"http://127.0.0.1:{service_port}",
        f"/etc/letsencrypt/live/{NAME}/fullchain.pem": str(certificate),
        f"/etc/letsencrypt/live/{NAME}/privkey.pem": str(key),
        "/var/log/nginx/lapor-error.log": str(folder / "error.log"),
    }
    configuration = (CHECKOUT / "deploy/nginx.conf").read_text(encoding="utf-8")
    for before, after in changes.items():
        assert before in configuration, f"deploy/nginx.conf has no {before}"
        configuration = configuration.replace(before, after)
    (folder / "lapor.conf").write_text(configuration, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user), encoding="utf-8")
    process = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"])
    try:
        yield Nginx(f"https://127.0.0.1:{secure}", f"http://127.0.0.1:{plain}")
    finally:
        process.terminate()
        process.wait(10)
