"""The channel of `docs/how-to/add-a-channel.md`, written from that page and installed beside the project."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
import tomllib
from functools import cache
from pathlib import Path
from types import ModuleType

from tests.fakes.sms import FakeGateway
from tests.integration.process.surroundings import CHECKOUT
from tests.talks.plain_text import PlainChannel
from tests.unit.howto.steps import CommandStep, FileStep, carry_out, commands, read_steps

PAGE = CHECKOUT / "docs/how-to/add-a-channel.md"
SECRET = "toy-secret_1"
CITIZEN = "!siti:example.org"
"""As a room of Matrix is called: it begins as the names of citizens do who were forgotten."""


def written(folder: Path) -> Path:
    """What the page has one write, in this folder; returns that of the package."""
    carry_out(read_steps(PAGE), folder)
    return folder / "toy"


def code() -> str:
    """The channel's module, as it stands on the page."""
    [file] = [step for step in read_steps(PAGE) if isinstance(step, FileStep) and step.file.endswith(".py")]
    return file.text


def typed() -> list[CommandStep]:
    """What the page has one type."""
    return commands(read_steps(PAGE))


def installed(package: Path, site: Path) -> Path:
    """Install the package into a folder that Python looks into, as an installer does, but without an index."""
    project = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"].replace("-", "_"), project["version"]
    metadata = site / f"{name}-{version}.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {version}\n")
    groups = project["entry-points"].items()
    lines = [line for group, points in groups for line in (f"[{group}]", *(f"{k} = {v}" for k, v in points.items()))]
    (metadata / "entry_points.txt").write_text("\n".join(lines) + "\n")
    shutil.copytree(package / name, site / name)
    return site


@cache
def module() -> ModuleType:
    """The channel's module in this process."""
    file = written(Path(tempfile.mkdtemp(prefix="toy-"))) / "lapor_toy/__init__.py"
    spec = importlib.util.spec_from_file_location("lapor_toy", file)
    assert spec
    assert spec.loader
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = loaded
    spec.loader.exec_module(loaded)
    shutil.rmtree(file.parents[2])
    return loaded


def a_gateway() -> FakeGateway:
    """The other side."""
    return FakeGateway(SECRET, module().HEADER, "/toy", posts_json=True)


@cache
def plain() -> PlainChannel:
    """The channel as talks need it."""
    toy = module()

    def settings(gateway: FakeGateway) -> object:
        return toy.ToySettings(_env_file=None, toy_url=gateway.url, toy_secret=gateway.secret)

    return PlainChannel(toy.TOY, a_gateway, settings, CITIZEN)
