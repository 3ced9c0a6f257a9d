"""Understanding by words alone: it orders buttons while no model answers."""

from __future__ import annotations

import pytest

from bot.understanding import words
from bot.understanding.keywords import KeywordUnderstanding
from tests.categories import leaves

KEYWORDS = KeywordUnderstanding(leaves())


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("lampu jln mati sdh 2 minggu", "penerangan_jalan"),
        ("jalan berlubang parah", "jalan"),
        ("got mampet banjir terus", "drainase_banjir"),
        ("sampah blm diangkut", "sampah"),
        ("air pdam ga ngalir", "air_bersih"),
        ("mati lampu pln padam", "listrik_energi"),
        ("ktp belum jadi di disdukcapil", "kependudukan"),
        ("tidak dapat bansos pkh", "bantuan_sosial"),
        ("puskesmas tidak ada obat", "kesehatan"),
        ("guru sd kurang", "pendidikan"),
        ("juru parkir liar", "parkir"),
        ("ada pungli dan suap", "pungli_korupsi"),
        ("pupuk subsidi utk petani langka", "pertanian_pangan"),
    ],
)
def test_strong_words_put_their_category_first(text: str, slug: str) -> None:
    assert KEYWORDS.rank(text)[0].name == slug


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("halo", "greet"),
        ("assalamualaikum pak", "greet"),
        ("makasih banyak ya", "thanks"),
        ("ya", "affirm"),
        ("tidak", "deny"),
        ("batal", "cancel"),
        ("kamu siapa", "about_bot"),
        ("sudah sampai mana laporan saya", "check_status"),
        ("selamat pagi pak, lampu jalan mati", "complaint"),
        ("usul dibangun lapangan voli", "aspiration"),
        ("kapan blt cair?", "information"),
        ("rusak", "complaint"),
    ],
)
def test_intents_by_their_words(text: str, intent: str) -> None:
    assert KEYWORDS.intent(text).name == intent


def test_a_category_that_the_regency_has_not_is_not_offered() -> None:
    few = KeywordUnderstanding(["jalan", "sampah", "lainnya"])
    assert {guess.name for guess in few.rank("lampu jalan mati")} == {"jalan", "sampah", "lainnya"}


def test_a_category_without_words_is_offered_behind_those_that_have_some() -> None:
    with_own = KeywordUnderstanding(["jalan", "sampah", "pasar_hewan"])
    assert [guess.name for guess in with_own.rank("sampah di pasar hewan")] == ["sampah", "jalan", "pasar_hewan"]


def test_words_that_a_regency_says_of_a_category_rank_it_and_name_it_while_no_model_has_learned_it() -> None:
    own = KeywordUnderstanding(["jalan", "sampah", "pasar_hewan"], {"pasar_hewan": ["Pasar Hewan", "blantik"]})
    assert own.rank("timbangan di pasar hewan rusak")[0].name == "pasar_hewan"
    assert own.named("blantiknya main harga", {"jalan", "sampah"}) == "pasar_hewan"
    assert own.named("blantiknya main harga", {"jalan", "pasar_hewan"}) is None
    assert own.named("sampah di pasar", {"jalan"}) is None


def test_every_category_has_words_and_every_word_a_category() -> None:
    assert words.lists("categories", "strong").keys() == set(leaves())
    assert words.lists("categories", "weak").keys() <= set(leaves())
