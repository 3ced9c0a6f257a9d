"""Every reason for a refusal has its words in every language, and every word about files is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.conversation import attachments as arrivals
from bot.conversation.events import FileRefusal
from bot.conversation.screen import line
from bot.texts import words
from tests.talks.world import declared

FOLDER = Path(words.__file__).parent
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.ftl"))
SECTION = re.compile(r"^## Files\n(.*?)^## ", re.MULTILINE | re.DOTALL)
KEY = re.compile(r"^([a-z][a-z-]*) =", re.MULTILINE)


def keys_about_files(language: str) -> set[str]:
    found = SECTION.search((FOLDER / f"{language}.ftl").read_text(encoding="utf-8"))
    assert found is not None
    return set(KEY.findall(found[1]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_about_files_is_used_and_none_is_missing(language: str) -> None:
    source = Path(arrivals.__file__).read_text(encoding="utf-8")
    used = {key for key in keys_about_files(language) if f'"{key}"' in source} | {why.value for why in FileRefusal}
    assert keys_about_files(language) == used
    assert {"files-refused", "files-draft-kept", "files-case-goes-on"} <= used


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", FileRefusal)
def test_each_reason_says_what_happened_and_what_to_do(language: str, why: FileRefusal) -> None:
    said = declared().texts.say(language, line(why.value))
    assert said.count(".") >= 2
    assert len(said) < 160
