"""The regency's own spelling table: added to, searched, taken out of, and read by a training and by what it makes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.shipped import PROJECT
from bot.training.corpus.spelling_table import SpelledWord, SpellingTable, WordFault, WordRefused, table_of
from bot.training.models.model_context import data_hash
from bot.understanding.model.compiled_model import CompiledModel
from bot.understanding.model.model_file import read_signed, sign
from bot.understanding.rasa.model_files import ModelFolders
from bot.understanding.rasa.preparation import fingerprint

NOON = datetime(2026, 11, 17, 4, 0, tzinfo=UTC)
KNOWN = {"jalan", "rusak", "sampah"}.__contains__
SOME = ("jalan", "sampah", "air_bersih")


@pytest.fixture
def table(tmp_path: Path) -> SpellingTable:
    return SpellingTable(ModelFolders(PROJECT, tmp_path / "config", tmp_path / "var"))


def test_what_is_added_stands_with_who_and_when_and_goes_again(table: SpellingTable) -> None:
    table.add(SpelledWord("Zxqwvan", "JLN rusak"), "Rina\n# Dewi", NOON, KNOWN)
    table.add(SpelledWord("zxqwvon", "sampah"), "Sari", NOON, KNOWN)
    assert [(one.word, one.meaning, one.about) for one in table.words()] == [
        ("zxqwvon", "sampah", "2026-11-17 04:00 · Sari"),
        ("zxqwvan", "jalan rusak", "2026-11-17 04:00 · Rina # Dewi"),
    ]
    assert table_of(table.folders)["zxqwvan"] == "jalan rusak"
    assert table.remove("zxqwvan")
    assert table.file.read_text("utf-8") == "# 2026-11-17 04:00 · Sari\nzxqwvon\tsampah\n"
    assert (table.remove("zxqwvan"), bool(table.remove("zxqwvon")), table.file.exists()) == (None, True, False)


@pytest.mark.parametrize(
    ("word", "meaning", "why"),
    [
        ("", "jalan", WordFault.WORD),
        ("dua kata", "jalan", WordFault.WORD),
        ("112", "jalan", WordFault.WORD),
        ("a\tb", "jalan", WordFault.WORD),
        ("xy" * 21, "jalan", WordFault.LONG),
        ("zxqwvan", "jalan " * 40, WordFault.LONG),
        ("дорога", "jalan", WordFault.WORD),
        ("zxqw@van.id", "jalan", WordFault.WORD),
        ("zxqwvan", "  ", WordFault.MEANING),
        ("zxqwvan", "satu dua tiga lima enam tujuh", WordFault.MEANING),
        ("jalan", "jln", WordFault.SAME),
        ("sampahhh", "jalan", WordFault.KNOWN),
        ("jln", "sampah", WordFault.SPELLED),
        ("zxqwvan", "jalan zxqwvin", WordFault.UNSURE),
        ("zxqwvon", "jalan", WordFault.THERE),
    ],
)
def test_what_is_of_no_use_is_refused_and_nothing_is_lost(
    table: SpellingTable, word: str, meaning: str, why: WordFault
) -> None:
    table.add(SpelledWord("zxqwvon", "jalan"), "Rina", NOON, KNOWN)
    before = table.file.read_text("utf-8")
    with pytest.raises(WordRefused) as refused:
        table.add(SpelledWord(word, meaning), "Rina", NOON, KNOWN)
    assert (refused.value.why, table.file.read_text("utf-8")) == (why, before)


def test_the_table_of_the_version_is_searched_too(table: SpellingTable) -> None:
    assert [one.meaning for one in table.shipped("yg")] == ["yang"]
    assert "yg" in {one.word for one in table.shipped("yang")}


async def test_a_word_more_is_other_data_to_learn_from(table: SpellingTable) -> None:
    before = await fingerprint(table.folders), data_hash(table.folders.training_data())
    table.add(SpelledWord("zxqwvan", "jalan"), "Rina", NOON, KNOWN)
    after = await fingerprint(table.folders), data_hash(table.folders.training_data())
    assert before[0] != after[0]
    assert before[1] != after[1]


@pytest.mark.slow
def test_a_model_reads_the_word_as_what_it_means(table: SpellingTable, tmp_path: Path) -> None:
    base = tmp_path / "config" / "nlu"
    shutil.copytree(PROJECT / "data" / "nlu" / "intent", base / "intent")
    (base / "category").mkdir()
    for slug in SOME:
        shutil.copy(PROJECT / "data" / "nlu" / "category" / f"{slug}.yml", base / "category")
    table.add(SpelledWord("zxqwvan", "sampah"), "Rina", NOON, KNOWN)
    data = [word for folder in table.folders.training_data() for word in ("--data", str(folder))]
    out = tmp_path / "unsigned.lapor"
    command = [sys.executable, str(PROJECT / "nlu" / "train.py"), "--light", *data, "--out", str(out)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    sign(out, tmp_path / "model.lapor", b"key")
    model = CompiledModel.of(read_signed(tmp_path / "model.lapor", b"key"))
    assert model.spelling.words("zxqwvan menumpuk") == ["sampah", "menumpuk"]
    assert model.rank("zxqwvan menumpuk") == model.rank("sampah menumpuk")
