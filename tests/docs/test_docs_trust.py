"""What a stranger reads before she trusts it: each statement is held to what the project really has."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML

import bot

ROOT = Path(__file__).parents[2]
BROWSER = ROOT / "tests" / "browser"
LANGUAGES = tomllib.loads((ROOT / "data" / "regency.toml").read_text(encoding="utf-8"))["languages"]
KEYS = ("keyboard", "keys_alone")
MANDATORY = {
    "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
    "description", "legal", "maintenance", "localisation",
}  # fmt: skip
"""By the standard, version 0.4."""


def accessibility_tests() -> Iterator[str]:
    """Every test that asks axe, or does something by keys alone."""
    for file in sorted(BROWSER.glob("test_*.py")):
        source = file.read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            if isinstance(node, ast.AsyncFunctionDef) and node.name.startswith("test_"):
                asks_axe = "barriers()" in (ast.get_source_segment(source, node) or "")
                if asks_axe or any(word in node.name for word in KEYS):
                    yield node.name


def test_the_statement_on_accessibility_names_each_test_and_no_other() -> None:
    statement = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(test_\w+)`", statement)) == set(accessibility_tests())


def test_publiccode_has_what_the_standard_asks_for_and_is_of_this_version() -> None:
    known = YAML(typ="safe").load(ROOT / "publiccode.yml")
    assert MANDATORY - known.keys() == set()
    assert known["softwareVersion"] == bot.__version__
    assert set(known["description"]) == set(known["localisation"]["availableLanguages"]) == set(LANGUAGES)
    assert [len(words["shortDescription"].strip()) <= 150 for words in known["description"].values()] == [True, True]
    assert [150 <= len(words["longDescription"]) <= 10_000 for words in known["description"].values()] == [True, True]
    assert f'license = "{known["legal"]["license"]}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_workflows_of_both_forges_run_every_check_and_build_a_release() -> None:
    read = YAML(typ="safe").load
    github = read(ROOT / ".github" / "workflows" / "checks.yml")["jobs"]
    gitlab = read(ROOT / ".gitlab-ci.yml")
    steps = {job: " ".join(step.get("run", "") for step in github[job]["steps"]) for job in github}
    scripts = {job: " ".join(gitlab[job]["script"]) for job in ("checks", "release")}
    for said in (steps, scripts):
        assert "bash .ci/run" in said["checks"]
        assert "bash .ci/release" in said["release"]
    assert github["release"]["needs"] == "checks"
