"""The labelling rules: the project's, or as they were changed here; and which labels a change concerns."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from bot.training.corpus.folder import write_whole

FILE, FOR_TRAINERS = "README.md", "aturan.md"
"""What stands beside the data, and the same in the words of the people who label."""
_SLUG = re.compile(r"`([a-z_]+)`")


@dataclass(frozen=True, slots=True)
class LabellingRules:
    """`base`: the folder of the data that comes with the project or the regency; `own`: what was changed here."""

    base: Path
    own: Path

    def text(self) -> str:
        """The rules in force, as Markdown."""
        for path in (self.own / FILE, self.base / FOR_TRAINERS, self.base / FILE):
            if path.is_file():
                return path.read_text("utf-8")
        return ""

    def save(self, text: str) -> None:
        """From now on these are in force."""
        write_whole(self.own / FILE, "\n".join(line.rstrip() for line in text.splitlines()).strip() + "\n")


def concerned(before: str, after: str) -> list[str]:
    """The labels that lines name which came or went: what was labelled so is to be looked at again."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    changed = (line for line in lines if line.startswith(("+ ", "- ")))
    return sorted({slug for line in changed for slug in _SLUG.findall(line)})
