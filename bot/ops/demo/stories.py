"""The authored words of the demo: what citizens write, and what agencies ask, note and answer (data/demo.toml)."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from actions.regency.settings import TomlTable, read_settings


@dataclass(frozen=True, slots=True)
class StoryWords:
    """The words of one category, each with {tempat} in it or without."""

    stories: tuple[str, ...]
    question: str
    note: str
    answer: str


@dataclass(frozen=True, slots=True)
class Stories:
    """The words of every category, and what is put around a story."""

    matters: Mapping[str, StoryWords]
    openings: tuple[str, ...]
    closings: tuple[str, ...]
    landmarks: tuple[str, ...]
    names: tuple[str, ...]

    def story(self, category: str, place: str, dice: random.Random) -> str:
        """One citizen's story."""
        told = dice.choice(self.matters[category].stories).format(tempat=place)
        return f"{dice.choice(self.openings)}{told}{dice.choice(self.closings)}"


def read_stories(file: Path) -> Stories:
    """From demo.toml.

    Raises:
        WrongDeclaration: something is missing in it.
    """
    settings = read_settings(file)
    tables = [name for name, value in settings.values.items() if isinstance(value, dict)]
    around = ("openings", "closings", "landmarks", "names")
    matters = {name: _matter(settings.table(name)) for name in tables}
    return Stories(matters, *(settings.listed(name) for name in around))


def _matter(table: TomlTable) -> StoryWords:
    return StoryWords(table.listed("cerita"), table.words("tanya"), table.words("kabar"), table.words("jawaban"))
