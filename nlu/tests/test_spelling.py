"""Chat spelling becomes even, and nothing else of a message changes."""

import json
from pathlib import Path

import pytest

from components.spelling import Spelling, SpellingTableError, read_table

SHARED = json.loads(
    (Path(__file__).resolve().parents[2] / "tests" / "spelling.json").read_text(encoding="utf-8")
)
"""What the service's spelling is held to as well."""
AS_PEOPLE_WRITE = [
    ("sdh 2 mgg blm ada tindakan", "sudah 2 minggu belum ada tindakan"),
    ("jln brlubang", "jalan berlubang"),
    ("LAMPU MATI!!!", "lampu mati"),
    ("tolooooong pak", "tolong bapak"),
    ("jalan2 rusak", "jalan jalan rusak"),
    ("jln2nya rusak", "jalan jalannya rusak"),
    ("tdk ada air, gmn pdam?", "tidak ada air bagaimana air pdam"),
    ("jum'at kemaren", "jumat kemarin"),
    ("saya [NAMA] hp [TELP]", "saya telepon"),
    ("hubungi 081234567890 atau 112", "hubungi atau 112"),
    ("lihat https://contoh.id/a?b=1 ya", "lihat ya"),
    ("surat ke budi@contoh.id", "surat ke"),
    ("ﬁbre optik", "fibre optik"),
    ("maaf saat ini", "maaf saat ini"),
    ("😀👍", ""),
    ("", ""),
]


@pytest.mark.parametrize(("written", "even"), AS_PEOPLE_WRITE)
def test_a_message_is_made_even(written: str, even: str) -> None:
    assert read_table().normalise(written) == even


def test_no_word_is_written_out_as_another_chat_word() -> None:
    words = read_table().words

    assert {chat: written for chat, written in words.items() if words.get(written, written) != written} == {}


@pytest.mark.parametrize(("written", "even"), SHARED["cases"], ids=ascii)
def test_a_text_is_spelt_as_the_service_spells_it(written: str, even: str) -> None:
    assert Spelling(SHARED["table"]).normalise(written) == even


@pytest.mark.parametrize(("piece", "even"), [("[", ""), ("a", "a"), ("[a", "a"), ("www.", "www")])
def test_a_message_of_one_thing_over_and_over_is_made_even(piece: str, even: str) -> None:
    assert set(Spelling({}).normalise(piece * 10_000).split()) <= {even}


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ("yg\tyang\nyg\tyang", "line 2: yg stands twice"),
        ("yg yang", "line 1: write one lower-case word"),
        ("# a remark\n\nYG\tyang", "line 3: write one lower-case word"),
        ("yg\t ", "line 1: write one lower-case word"),
    ],
)
def test_a_wrong_line_of_the_table_is_named(tmp_path: Path, lines: str, complaint: str) -> None:
    table = tmp_path / "spelling.tsv"
    table.write_text(lines, encoding="utf-8")

    with pytest.raises(SpellingTableError, match=complaint):
        read_table(table)
