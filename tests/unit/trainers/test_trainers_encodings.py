"""A file of messages may be written as spreadsheets write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.training.corpus.rows import Format, Unreadable, UnreadableImport, columns_of, raw_rows
from bot.training.samples.importing import LeftOut, new_or_left_out
from bot.understanding.evaluation.evaluation import LabelledText

ROWS = "teks;kategori\r\nkafé depan pasar … bau;sampah\r\n“jalan rusak”;jalan\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_the_letters_that_it_is_written_in(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "laporan.csv"
    file.write_bytes(ROWS.encode(encoding))
    names, rows = columns_of(file, Format.CSV)
    assert names == ["teks", "kategori"]
    assert [row.cells["teks"] for row in rows] == ["kafé depan pasar … bau", "“jalan rusak”"]


@pytest.mark.parametrize("content", [b"PK\x03\x04\0\0teks,kategori\n", b"teks\0\n\0", b"\xff\xfet"])
def test_what_is_no_text_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "laporan.csv"
    file.write_bytes(content)
    with pytest.raises(UnreadableImport) as refused:
        list(raw_rows(file, Format.CSV))
    assert refused.value.why == Unreadable.NOT_UTF8


@pytest.mark.parametrize("text", ["=SUM(A1:A9)", " =1+1", "@SUM(A1)", "-HYPERLINK(x)"])
def test_a_formula_is_nobodys_words(text: str) -> None:
    found = new_or_left_out(LabelledText(text, category="jalan"), {"jalan"}, {})
    assert found is LeftOut.FORMULA


@pytest.mark.parametrize(
    "text",
    [
        "- lampu mati",
        "=lubang di jalan",
        "-RT5 gelap",
        "-3-4 hari lampu mati",
        "+ jalan rusak",
        "@dishub lampu mati (lagi)",
        "-Jalan (rusak)",
    ],
)
def test_what_only_begins_like_one_is_a_message(text: str) -> None:
    assert new_or_left_out(LabelledText(text, category="jalan"), {"jalan"}, {}) is not LeftOut.FORMULA
