"""Images of containers, made and run in a storage of their own: by buildah and podman, which need no daemon."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.integration.process.surroundings import CHECKOUT

CERTIFICATES = "/etc/ssl/certs"


def from_environment() -> dict[str, str]:
    """Where packages are fetched from, and whom to trust there, if the environment says so."""
    trusted = os.environ.get("SSL_CERT_FILE") or os.environ.get("PIP_CERT")
    named = {name: os.environ.get(name) for name in ("PIP_INDEX_URL", "UV_DEFAULT_INDEX")} | {"SSL_CERT_FILE": trusted}
    return {name: value for name, value in named.items() if value}


def trusting() -> list[str]:
    """What a container must see for it."""
    return [f"--volume={CERTIFICATES}:{CERTIFICATES}:ro"] if "SSL_CERT_FILE" in from_environment() else []


def ulimits() -> list[str]:
    """Today's limits: what asks for more than a user has fails."""
    kinds = {"nofile": resource.RLIMIT_NOFILE, "nproc": resource.RLIMIT_NPROC}
    return [f"--ulimit={name}={resource.getrlimit(kind)[1]}" for name, kind in kinds.items()]


@dataclass(frozen=True, slots=True)
class Storage:
    """A folder with images and containers, which nothing else on this machine sees."""

    folder: Path

    def run(self, *words: str | Path) -> str:
        """Run a command over it; returns what it printed."""
        (self.folder / "storage.conf").write_text(
            f'[storage]\ndriver = "vfs"\ngraphroot = "{self.folder}/graph"\nrunroot = "{self.folder}/run"\n', "utf-8"
        )
        surroundings = os.environ | {
            "CONTAINERS_STORAGE_CONF": str(self.folder / "storage.conf"),
            "STORAGE_DRIVER": "vfs",
            "BUILDAH_ISOLATION": "chroot",
            "PODMAN_IGNORE_CGROUPSV1_WARNING": "1",
        }
        done = subprocess.run(words, env=surroundings, cwd=CHECKOUT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{words}: {done.stdout[-3000:]}{done.stderr[-3000:]}"
        return done.stdout.strip()

    def podman(self, *words: str | Path) -> str:
        """Run podman, with the runtime that also knows older kernels' control groups."""
        return self.run("podman", "--runtime=runc", "--cgroup-manager=cgroupfs", *words)

    def build(self, base: str, name: str) -> None:
        """Build the Dockerfile on this base."""
        given = [f"--build-arg={each}={value}" for each, value in from_environment().items()]
        files = ("--file=deploy/Dockerfile", "--ignorefile=deploy/Dockerfile.dockerignore")
        words = ("--quiet", *ulimits(), *given, *trusting(), *files, f"--build-arg=BASE={base}", f"--tag={name}")
        self.run("buildah", "build", *words, ".")

    @contextmanager
    def running(self, *words: str | Path) -> Iterator[str]:
        """A container in this machine's network, started with these words; yields its name."""
        name = self.podman("run", "--detach", "--network=host", *words)
        try:
            yield name
        except BaseException as error:
            error.add_note(self.podman("logs", name)[-3000:])
            raise
        finally:
            self.podman("rm", "--force", "--time=10", name)


@contextmanager
def storage(folder: Path) -> Iterator[Storage]:
    """A storage that is gone afterwards."""
    folder.mkdir()
    try:
        yield Storage(folder)
    finally:
        shutil.rmtree(folder)
