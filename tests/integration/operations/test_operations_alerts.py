"""Each alert comes when it should and only then, and whoever is called reads what to do."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.integration.process.surroundings import CHECKOUT

PROMTOOL = shutil.which("promtool")
RULES = CHECKOUT / "deploy" / "prometheus"
ALERTS = set(re.findall(r"- alert: (\w+)", (RULES / "alerts.yml").read_text(encoding="utf-8")))


@pytest.mark.skipif(PROMTOOL is None, reason="needs promtool, as of `apt install promtool`")
@pytest.mark.parametrize("words", [("check", "rules", "alerts.yml"), ("test", "rules", "alerts.test.yml")])
def test_promtool_accepts_the_rules_and_what_must_come_of_them(words: tuple[str, ...]) -> None:
    done = subprocess.run([str(PROMTOOL), *words], cwd=RULES, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "SUCCESS" in done.stdout


def test_each_alert_is_tried_and_has_a_row_that_says_what_to_do() -> None:
    tried = (RULES / "alerts.test.yml").read_text(encoding="utf-8")
    guide = (CHECKOUT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert {name for name in ALERTS if not re.search(rf"alertname: {name}\n\s+exp_alerts:", tried)} == set()
    assert set(re.findall(r"^\| `(Lapor\w+)` \|", guide, re.MULTILINE)) == ALERTS


def test_what_each_alert_tells_of_is_made_to_happen_by_a_test() -> None:
    """promtool tries the rules on made-up numbers; these tests try the fault itself, and what helps."""
    files = (CHECKOUT / "tests").rglob("test_*.py")
    marks = (mark for file in files for mark in re.findall(r"@pytest\.mark\.alert\((.*)\)", file.read_text("utf-8")))
    assert {name for mark in marks for name in re.findall(r"\w+", mark)} == ALERTS
