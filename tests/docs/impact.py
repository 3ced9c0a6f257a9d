"""The assessment of what the service does with people's data, made of what each table is described to hold.

    .venv/bin/python -m tests.docs.impact

It writes `docs/data-protection.md` anew, from `actions/store/descriptions.toml`, `data/retention.toml` and the text
before the tables, `tests/docs/impact.md`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import actions.store.engine.schema  # noqa: F401 - every table is of it
from actions.store.engine.tables import metadata

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "data-protection.md"
WHOSE: Final = {"citizen": "Of citizens", "officer": "Of officers and trainers", "nobody": "Of nobody"}
BEFORE: Final = Path(__file__).with_name("impact.md")


def descriptions() -> Mapping[str, Any]:
    """What the tables and columns are said to be."""
    return tomllib.loads((ROOT / "actions" / "store" / "descriptions.toml").read_text(encoding="utf-8"))


def retention() -> Mapping[str, Any]:
    """How long each kind is kept."""
    return tomllib.loads((ROOT / "data" / "retention.toml").read_text(encoding="utf-8"))


def page() -> str:
    """The whole document."""
    known, kept = descriptions(), retention()
    lines = [BEFORE.read_text(encoding="utf-8")]
    for whose, title in WHOSE.items():
        lines += [
            f"## {title}",
            "",
            "| table | holds | what can tell of somebody | kept |",
            "| --- | --- | --- | --- |",
        ]
        lines += [_row(name, known, kept) for name, table in known["tables"].items() if table["of"] == whose]
        lines.append("")
    lines += ["## What each column is", "", "| column | is |", "| --- | --- |"]
    lines += [f"| `{name}` | {words} |" for name, words in known["columns"].items()]
    return "\n".join(lines) + "\n"


def _row(name: str, known: Mapping[str, Any], kept: Mapping[str, Any]) -> str:
    table = known["tables"][name]
    telling = [] if table["of"] == "nobody" else list(_telling(name, known["personal"]))
    days = kept.get(table["kept"])
    how_long = f"{days['days']} days (`{table['kept']}`)" if days else table["kept"]
    return f"| `{name}` | {table['holds']} | {', '.join(telling)} | {how_long} |"


def _telling(name: str, personal: list[str]) -> Iterator[str]:
    return (f"`{column.name}`" for column in metadata.tables[name].columns if column.name in personal)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
