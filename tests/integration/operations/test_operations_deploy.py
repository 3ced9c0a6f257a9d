"""The files in `deploy/` can be read by what they are for, and keep what must hold."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.integration.process.surroundings import CHECKOUT

DEPLOY = CHECKOUT / "deploy"
NLU_PYTHON = CHECKOUT / "nlu/.venv/bin/python"
READ_YAML = "import json, sys, ruamel.yaml as y; json.dump(y.YAML(typ='safe').load(open(sys.argv[1])), sys.stdout)"
MOST_EXPOSED = 15
"""Tenths, as `systemd-analyze security` counts; 100 is a service without any restriction."""
UNIT = (DEPLOY / "lapor.service").read_text(encoding="utf-8")


def read_yaml(file: Path) -> Any:
    """A YAML file, read by the parser that the language model has."""
    command = [NLU_PYTHON, "-c", READ_YAML, file]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.rasa
def test_the_composition_opens_no_port_but_on_loopback_and_waits_for_its_database() -> None:
    composed = read_yaml(DEPLOY / "compose.yaml")
    service, database = composed["services"]["service"], composed["services"]["database"]
    assert [port.startswith("127.0.0.1:") for port in service["ports"]] == [True]
    assert "ports" not in database
    assert service["depends_on"]["database"]["condition"] == "service_healthy"
    assert {"healthcheck" in one for one in (service, database)} == {True}
    assert database["image"] == "postgres:17"
    assert set(composed["volumes"]) == {"data", "database"}


@pytest.mark.rasa
def test_each_alert_says_what_it_means() -> None:
    [group] = read_yaml(DEPLOY / "prometheus/alerts.yml")["groups"]
    assert [rule["alert"] for rule in group["rules"] if not rule["annotations"]["summary"].endswith((".", "?"))] == []
    assert {rule["labels"]["severity"] for rule in group["rules"]} == {"page", "ticket"}


def test_every_setting_that_is_named_is_one() -> None:
    from bot.configuration.oidc_settings import OidcSettings
    from bot.configuration.secrets_in_files import may_be_in_a_file
    from bot.configuration.settings import Settings
    from bot.main.installed_channels import installed_channels

    models = [Settings, OidcSettings, *(declaration.settings for declaration in installed_channels().declarations)]
    known = {f"LAPOR_{name.upper()}" for model in models for name in model.model_fields} | {"LAPOR_UV"}
    known |= {
        f"LAPOR_{name.upper()}_FILE"
        for model in models
        for name, field in model.model_fields.items()
        if may_be_in_a_file(field, name)
    }
    written = (path for path in DEPLOY.rglob("*") if path.is_file() and path.suffix != ".pyc")
    files = [*written, CHECKOUT / "docs/operations.md"]
    named = {name for path in files for name in re.findall(r"LAPOR_[A-Z0-9]+(?:_[A-Z0-9]+)*", path.read_text("utf-8"))}
    assert named - known == set()


def test_every_file_that_the_container_copies_is_there() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    names = [name for line in copied for name in line.split()]
    assert [name for name in names if not (CHECKOUT / name).exists()] == []


def test_the_unit_is_hardened() -> None:
    wanted = (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
        "PrivateDevices=yes",
        "CapabilityBoundingSet=\n",
        "MemoryMax=",
        "SystemCallFilter=@system-service",
        "UMask=0077",
    )
    assert [setting for setting in wanted if setting not in UNIT] == []


def test_systemd_knows_every_word_of_the_unit(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        known = re.findall(r"^(?:\[\w+\]|[A-Z][A-Za-z0-9]+=.*|#.*|)$", UNIT, re.MULTILINE)
        assert len(known) == len(UNIT.splitlines())
        return
    unit = tmp_path / "lapor.service"
    unit.write_text(UNIT.replace("/opt/lapor/.venv/bin/python", "/bin/true"), encoding="utf-8")
    verified = subprocess.run([verify, "verify", "--man=no", unit], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")
    looked = [verify, "security", "--offline=true", "--no-pager", f"--threshold={MOST_EXPOSED}", unit]
    assert subprocess.run(looked, capture_output=True, check=False).returncode == 0
