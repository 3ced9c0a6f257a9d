"""What a stranger reads before she trusts it: each statement is held to what the project really has."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
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
    scripts = {job: " ".join(gitlab[job]["script"]) for job in ("checks", "release-checks", "release")}
    for said in (steps, scripts):
        assert "bash .ci/run" in said["checks"]
        assert "bash .ci/release-checks" in said["release-checks"]
        assert "bash .ci/release" in said["release"]
    assert github["release"]["needs"] == ["checks", "release-checks"]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-workflows", ".github/workflows/checks.yml"),
        ("vendor.gitlab-ci", ".gitlab-ci.yml"),
        ("vendor.compose-spec", "deploy/compose.yaml"),
    ],
)
def test_what_a_forge_or_compose_reads_is_by_its_schema(schema: str, file: str) -> None:
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    of_gitlab = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
    checked = subprocess.run([*words, *of_gitlab, ROOT / file], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.thorough
def test_every_fragment_is_in_the_next_changelog() -> None:
    words = [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "9.9.9", "--dir", ROOT]
    drafted = subprocess.run(words, capture_output=True, text=True, check=False)
    assert drafted.returncode == 0, drafted.stderr
    fragments = [file for file in (ROOT / "changes").iterdir() if file.name != "README.md"]
    assert [file.name for file in fragments if not re.fullmatch(r"\+[a-z-]+\.(new|must)\.md", file.name)] == []
    assert [file.name for file in fragments if file.read_text("utf-8").strip() not in drafted.stdout] == []
