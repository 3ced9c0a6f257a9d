"""Raises a cell on this one machine from `deploy/cell`: three machines of it, HAProxy and PgBouncer before them.

The files are the ones that an operator fills in, with other folders, ports and passwords.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import secrets
import shutil
import ssl
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.bench.cell.machines import (
    PATH,
    USER,
    Machine,
    leash,
    missing_programs,
    postgresql_programs,
    run_as_user,
    start_as_user,
)
from tests.integration.process.surroundings import CHECKOUT, free_port

DEPLOYED = CHECKOUT / "deploy" / "cell"
NAMES = ("one", "two", "three")
PATIENCE_SECONDS = 120.0
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
DISK = MEMORY if MEMORY.is_dir() else None
"""Memory where there is some: three machines that sync to one disk say more of that disk than of themselves."""


@cache
def fill() -> ModuleType:
    """`deploy/cell/fill.py`, which is a program of its own."""
    spec = importlib.util.spec_from_file_location("fill_cell", DEPLOYED / "fill.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cell_of(folder: Path) -> dict[str, Any]:
    """What an operator would write into the cell's file, for three machines below this folder."""
    passwords = ("superuser", "replication", "rewind", "owner", "service", "backups")
    return {
        "name": "lapor-test",
        "folders": {"programs": str(postgresql_programs()), "backups": str(folder / "backups")},
        "users": dict.fromkeys(("postgres", "etcd", "haproxy"), USER),
        "ports": {"haproxy": free_port(), "pgbouncer": free_port()},
        "sizes": {"shared_buffers": "64MB", "max_connections": 100, "pool": 20, "keep_backups": 2},
        "passwords": {name: secrets.token_hex(16) for name in passwords},
        "machines": [_machine(folder / name, name) for name in NAMES],
    }


def _machine(folder: Path, name: str) -> dict[str, Any]:
    ports = {which: free_port() for which in ("postgres", "patroni", "etcd_clients", "etcd_peers")}
    etc = folder / "etc"
    folders = {"data": folder / "data", "etcd": folder / "etcd", "sockets": folder, "state": folder / "state"}
    places = folders | {"configuration": etc, "certificates": etc / "certificates"}
    return {"name": name, "address": "127.0.0.1", **ports, **{which: str(place) for which, place in places.items()}}


@dataclass
class Cell:
    """A cell that was raised; `folder` holds everything of it."""

    folder: Path
    cell: dict[str, Any]
    machines: list[Machine]

    def url(self, role: str = "service") -> str:
        """What a service has as its address: the pooler. Roles are `service` and `owner`."""
        name = {"service": "lapor", "owner": "lapor_owner"}[role]
        port = self.cell["ports"]["pgbouncer" if role == "service" else "haproxy"]
        return f"postgresql://{name}:{self.cell['passwords'][role]}@127.0.0.1:{port}/lapor"

    async def roles(self) -> dict[str, tuple[str, str]]:
        """By its name, what each machine that answers says that it is, and in which state."""
        found = await asyncio.gather(*(self._status(one) for one in self.machines))
        return {one.name: said for one, said in zip(self.machines, found, strict=True) if said}

    async def primary(self) -> Machine | None:
        """The machine that is the primary now."""
        leaders = [name for name, (role, state) in (await self.roles()).items() if (role, state) == PRIMARY]
        return next((one for one in self.machines if leaders == [one.name]), None)

    async def is_whole(self) -> bool:
        """Whether one is the primary, both others follow it, and one of them synchronously."""
        roles = sorted((await self.roles()).values())
        return roles == sorted([PRIMARY, ("replica", "streaming"), ("sync_standby", "streaming")])

    async def has_primary(self) -> Machine:
        """Wait until one is, and return it."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (found := await self.primary()):
                await asyncio.sleep(0.2)
        return found

    async def becomes_whole(self) -> Machine:
        """Wait until it is, and return the primary."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await self.is_whole():
                await asyncio.sleep(0.2)
        return await self.has_primary()

    async def _status(self, machine: Machine) -> tuple[str, str] | None:
        """Asked as HAProxy asks, over TLS."""
        trusted = ssl.create_default_context(cafile=machine.folder / "etc" / "certificates" / "ca.crt")
        url = f"https://127.0.0.1:{machine.ports['patroni']}/patroni"
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=2)) as session,
                session.get(url, ssl=trusted) as answer,
            ):
                said = await answer.json()
        except (ClientError, OSError, TimeoutError, json.JSONDecodeError):
            return None
        role = "sync_standby" if said.get("sync_standby") else str(said.get("role"))
        return role, str(said.get("replication_state") or said.get("state"))

    def as_superuser(self, machine: Machine, statements: str, folder: Path | None = None, port: int = 0) -> str:
        """What psql says to them on this machine's server, or on a copy in another folder, over its socket."""
        psql = (f"{self.cell['folders']['programs']}/psql", "-v", "ON_ERROR_STOP=1", "--no-psqlrc", "-At")
        where = ("-h", str(folder or machine.folder), "-p", str(port or machine.ports["postgres"]), "-U", "postgres")
        return run_as_user((*psql, *where, "-c", statements, "lapor"), machine.folder)

    def backs_up(self, machine: Machine, *words: str) -> str:
        """What pgBackRest says to these words, on this machine."""
        configuration = f"--config={machine.folder / 'etc' / 'pgbackrest.conf'}"
        return run_as_user(("pgbackrest", configuration, f"--stanza={self.cell['name']}", *words), machine.folder)

    def restores(self, machine: Machine, moment: str, folder: Path, port: int) -> None:
        """What an operator does with `restore.sh`."""
        command = (str(DEPLOYED / "restore.sh"), str(machine.folder / "etc"), self.cell["name"], moment)
        run_as_user(("sh", *command, str(folder), str(port)), machine.folder)


PRIMARY = ("primary", "running")


@asynccontextmanager
async def raised_cell(*, keeps: bool = False) -> AsyncIterator[Cell]:
    """A cell, whole, until the block ends; then nothing is left of it unless its logs are to be kept."""
    if missing := missing_programs():
        raise RuntimeError(f"not installed: {', '.join(missing)}")
    folder = Path(tempfile.mkdtemp(prefix="lapor-cell-", dir=DISK))
    held, cell = leash(folder), written(folder)
    before: list[subprocess.Popen[bytes]] = []
    try:
        for machine in cell.machines:
            machine.start()
        etc = cell.machines[0].folder / "etc"
        before += [
            start_as_user(("haproxy", "-db", "-f", str(etc / "haproxy.cfg")), etc.parent / "haproxy.log"),
            start_as_user(("pgbouncer", str(etc / "pgbouncer.ini")), etc.parent / "pgbouncer.log"),
        ]
        cell.backs_up(await cell.has_primary(), "stanza-create")
        await cell.becomes_whole()
        yield cell
    finally:
        for machine in cell.machines:
            machine.stop()
        for one in before:
            one.kill()
            one.wait()
        assert held.stdin
        held.stdin.close()
        held.wait()
        if not keeps:
            shutil.rmtree(folder, ignore_errors=True)


def written(folder: Path) -> Cell:
    """Certificates and configuration of each machine, all of it the user's who runs PostgreSQL."""
    described, filling = cell_of(folder), fill()
    named = [f"{one['name']}=127.0.0.1" for one in described["machines"]]
    subprocess.run((DEPLOYED / "certificates.sh", folder / "authority", *named), check=True, env={"PATH": PATH})
    machines = []
    for one in described["machines"]:
        home = folder / one["name"]
        for inner in ("etc", "etcd", "state", "state/log", "state/spool", "state/lock"):
            (home / inner).mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copytree(folder / "authority" / one["name"], home / "etc" / "certificates")
        filling.write(described, one["name"])
        ports = {key: value for key, value in one.items() if isinstance(value, int)}
        machines.append(Machine(one["name"], home, ports))
    (folder / "backups").mkdir()
    folder.chmod(0o755)
    for path in [folder, *folder.rglob("*")]:
        shutil.chown(path, USER, USER)
    return Cell(folder, described, machines)
