"""Every setting stands in one row of one table, and what that row calls its default is the default."""

from __future__ import annotations

import re
from pathlib import Path

from bot.configuration.oidc_settings import OidcSettings
from bot.configuration.settings import Settings, in_environment
from bot.main.installed_channels import installed_channels
from tests.integration.process.surroundings import CHECKOUT

MODELS = (Settings, OidcSettings, *(one.settings for one in installed_channels().declarations))
SETTINGS = {in_environment(name): field for model in MODELS for name, field in model.model_fields.items()}
NOT_OURS = {"node_modules", ".venv", ".uv", "var", ".git", "shared"}
NAME = re.compile(r"`(LAPOR_[A-Z0-9_]+)`")


def pages() -> list[Path]:
    """What is written about this project."""
    found = CHECKOUT.rglob("*.md")
    return [path for path in found if not NOT_OURS & set(path.relative_to(CHECKOUT).parts)]


def rows(page: str) -> list[tuple[list[str], str, str]]:
    """The rows of tables whose first cell names settings, as (names, default, meaning)."""
    cells = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| `LAPOR_")]
    return [(NAME.findall(first), default, meaning) for first, default, meaning in cells]


def test_every_setting_has_one_row_and_every_row_is_a_setting() -> None:
    named = [name for page in pages() for names, _, _ in rows(page.read_text(encoding="utf-8")) for name in names]
    assert sorted(named) == sorted(SETTINGS)


def test_each_default_is_as_it_is_told() -> None:
    told = {}
    for names, default, _ in rows((CHECKOUT / "docs/operations.md").read_text(encoding="utf-8")):
        told |= dict(zip(names, re.findall(r"`([^`]+)`", default), strict=False))
    plain = {name: str(field.default) for name, field in SETTINGS.items() if field.default not in (None, "", ())}
    assert {name: told.get(name) for name in plain} == plain
    assert told.keys() - plain.keys() == {"LAPOR_PUBLIC_URL", "LAPOR_DATABASE_URL"}, "a default that is worked out"
