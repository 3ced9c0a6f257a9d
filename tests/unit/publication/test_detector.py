"""The strict detector: everything that may be a name or a number is found, and most plain answers pass."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import product

import pytest
from lokal.samaran._names import FAMILY_NAMES, GIVEN_NAMES

from actions.regency.files import load
from bot.main.assembly import DEFAULTS
from bot.services.publication import detector
from bot.services.publication.detector import KnownWords, find_names, words_of

REGENCY = load(DEFAULTS, DEFAULTS)
RULES = REGENCY.publication
LABELS = [label for category in REGENCY.categories.values() for label in category.labels.values()]
ALLOWED = frozenset(words_of("Petung Penajam", *(one.name for one in REGENCY.agencies.values()), *LABELS))
KNOWN = KnownWords(ALLOWED)

NAMES = ("Sumarni", "sumarni", "Budi Santoso", "Zulkarnaen", "Guntur", "Bunga", "siti rahmah", "Kurnia", "WATI")
FRAMES = (
    "Lampu di depan rumah {} sudah kami ganti dan menyala.",
    "Sudah kami sampaikan kepada {} di kantor.",
    "{} sudah kami hubungi dan jalan sudah ditambal.",
    "Terima kasih pak {}, jalan sudah kami tambal.",
    "Selokan dekat toko {} sudah dikeruk.",
)
NUMBERS = ("081234567890", "5", "RT 05", "km 3", "14 Desember", "Rp 250.000", "nol delapan satu dua", "①", "Ⅳ")


def authored_answers() -> Iterator[str]:
    """What agencies answer in the demo."""
    for table in tomllib.loads((DEFAULTS / "demo.toml").read_text("utf-8")).values():
        if isinstance(table, dict) and "jawaban" in table:
            yield str(table["jawaban"]).replace("{tempat}", "Petung")


def test_every_name_in_every_frame_is_found() -> None:
    texts = [frame.format(name) for frame, name in product(FRAMES, NAMES)]
    assert [text for text in texts if not find_names(text, KNOWN, RULES)] == []


@pytest.mark.parametrize(("listed", "most"), [(detector.KNOWN_NAMES, 0), (frozenset(), 6)], ids=["listed", "unlisted"])
def test_names_are_found_also_where_no_list_has_them(
    monkeypatch: pytest.MonkeyPatch, listed: frozenset[str], most: int
) -> None:
    """Measured: of 569 names in small letters none passes; without the lists 4, which might be everyday words."""
    monkeypatch.setattr(detector, "KNOWN_NAMES", listed)
    names = sorted(name for name in GIVEN_NAMES | FAMILY_NAMES if name.isalpha())
    missed = [name for name in names if not find_names(f"Lampu di depan rumah {name} sudah menyala.", KNOWN, RULES)]
    assert len(names) > 500
    assert len(missed) <= most


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_is_found(number: str) -> None:
    assert find_names(f"Petugas datang ke {number} dan sudah selesai.", KNOWN, RULES)


@pytest.mark.parametrize(
    "answer",
    [
        "Tulis ke warga@contoh.id bila rusak lagi.",
        "Lihat wa.me/kantor untuk kabarnya.",
        "Sudah kami kerjakan 🙂",
        "Sudah dikerjakan oleh S\u200bu\u200bmarni.",
        "Anak pelapor sudah bersekolah lagi.",
        "Istri beliau sudah kami hubungi.",
    ],
)
def test_addresses_strange_signs_and_words_of_one_person_are_found(answer: str) -> None:
    assert find_names(answer, KNOWN, RULES)


def test_a_word_of_the_reporters_name_is_found_though_it_is_an_everyday_word() -> None:
    known = KnownWords(ALLOWED, name="Cahaya Lampu")
    assert "lampu" in find_names("Sekarang lampu jalan sudah menyala.", known, RULES)
    assert find_names("Sekarang lampu jalan sudah menyala.", KNOWN, RULES) == ()


def test_what_is_quoted_from_her_story_is_found() -> None:
    known = KnownWords(ALLOWED, story="jalan berlubang di samping rumah saya yang baru")
    assert find_names("Jalan berlubang di samping rumah sudah ditambal.", known, RULES)
    assert find_names("Jalan berlubang sudah ditambal.", known, RULES) == ()


def test_names_of_agencies_and_categories_in_full_are_nobodys() -> None:
    """Whatever they are made of: a village, a number, a word that tells of one person elsewhere."""
    public = (*(one.name for one in REGENCY.agencies.values()), *LABELS)
    known = KnownWords(ALLOWED - {"waru", "sumber"}, public, name="Cahaya Lampu")
    held = [name for name in public if find_names(f"Sudah dikerjakan oleh {name} kemarin.", known, RULES)]
    assert held == []
    for apart in ("Anak sudah bersekolah.", "Jalan di Waru sudah ditambal.", "Dinas di Sumber sudah datang.", "pada 4"):
        assert find_names(apart, known, RULES), apart
    assert find_names("Oleh Kecamatan Waru.", KnownWords(ALLOWED, public, name="Waru"), RULES)


def test_another_village_than_the_titles_is_found() -> None:
    assert "Sotek" in find_names("Jalan di Sotek sudah ditambal.", KNOWN, RULES)


def test_most_plain_answers_pass() -> None:
    """Measured: 9 of the 30 answers of the demo are held, five of them for a word that tells of one person."""
    answers = list(authored_answers())
    held = [answer for answer in answers if find_names(answer, KNOWN, RULES)]
    assert len(answers) >= 25
    assert len(held) / len(answers) < 0.34
