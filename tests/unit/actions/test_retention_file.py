"""The rules of what is kept how long: read whole, or refused with the line and the mend."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from actions.privacy.retention import RetainedKind, Retention, RetentionRule, read_retention
from actions.regency.declaration import WrongDeclaration
from bot.main.assembly import DEFAULTS

FILE = DEFAULTS / "retention.toml"
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def changed(folder: Path, old: str, new: str) -> Path:
    file = folder / "retention.toml"
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_every_kind_has_its_days_its_reason_and_its_source() -> None:
    rules = read_retention(FILE)
    assert set(rules.rules) == set(RetainedKind)
    assert all(rule.why and rule.source for rule in (*rules.rules.values(), *rules.elsewhere.values()))


def test_what_an_archive_schedule_decides_is_marked() -> None:
    rules = read_retention(FILE)
    assert {RetainedKind.WORDS, RetainedKind.PHOTOS, RetainedKind.REPORTERS} <= {
        kind for kind in RetainedKind if rules.rule(kind).is_proposal
    }
    assert not rules.rule(RetainedKind.MESSAGES).is_proposal


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        ("[photos]", "[pictures]", "nothing that is kept"),
        ("days = 365", "days = -1", "whole number"),
        ("decide = true", 'decide = "yes"', "true nor false"),
        ('source = "so that none is sent twice"', 'source = ""', "source"),
    ],
)
def test_a_wrong_rule_is_refused(tmp_path: Path, old: str, new: str, mend: str) -> None:
    with pytest.raises(WrongDeclaration, match=mend):
        read_retention(changed(tmp_path, old, new))


def test_what_a_regencys_file_of_an_older_version_does_not_name_is_kept_as_the_project_says(tmp_path: Path) -> None:
    older = changed(tmp_path, "[replaced]\ndays = 42\n", "[elsewhere.notebooks]\ndays = 1\n")
    assert read_retention(older, FILE).rule(RetainedKind.REPLACED).days == 42
    with pytest.raises(WrongDeclaration, match="replaced"):
        read_retention(older)


def test_none_is_for_ever() -> None:
    assert RetentionRule(0).before(NOW) is None
    assert Retention().rule(RetainedKind.WORDS).before(NOW) is None


def test_a_setting_stands_above_the_file_for_messages_alone() -> None:
    rules = read_retention(FILE)
    assert rules.keeping_messages(None) is rules
    shorter = rules.keeping_messages(7)
    assert shorter.rule(RetainedKind.MESSAGES).days == 7
    assert shorter.rule(RetainedKind.WORDS) == rules.rule(RetainedKind.WORDS)
