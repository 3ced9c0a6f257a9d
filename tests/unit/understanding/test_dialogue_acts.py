"""What words certainly do, and how well the model that comes along hears the rest."""

from __future__ import annotations

import tomllib

import pytest

from bot.understanding.acts.baseline import PROJECT, acts_file, known_acts
from bot.understanding.acts.certain import certain_act, is_negated, is_yes_to_deleting
from bot.understanding.acts.rows import Row, read_rows
from bot.understanding.acts.train import measured
from tests.talks.world import compiled

LARGEST_BYTES = 3_000_000
FEWEST_RIGHT = 0.89
FEWEST_ODD_RIGHT = 0.85
FEWEST_SEVERAL_RIGHT = 0.45
FEW_WORDS = 3
SECRECY = PROJECT / "tests" / "held_back" / "secrecy.toml"
ODD = {
    "want_secret": {"want_secret", "want_anonymous"},
    "want_anonymous": {"want_secret", "want_anonymous"},
    "afraid": {"afraid"},
    "cancel": {"cancel"},
    "wrong": {f"correct_{what}" for what in ("place", "category", "time", "name", "type", "story")},
    "tell": {"tell", "other_matter"},
}
"""What each kind of message held back may be heard as; a wish not to be known protects her either way."""
FOLDER = PROJECT / "data" / "nlu" / "acts"


@pytest.mark.parametrize("text", ["ya", "ya batalkan", "hapus aja", "iya pak", "betul, hapus"])
def test_a_plain_yes_deletes(text: str) -> None:
    assert is_yes_to_deleting(text)


@pytest.mark.parametrize(
    "text",
    [
        "jangan dibatalkan pak",
        "ga usah dibatalkan",
        "eh jangan, tidak jadi batal",
        "dihapus semua ya?",
        "hapus?",
        "ya jangan",
        "batal deh soal nama",
        "hapus fotonya",
        "tidak",
    ],
)
def test_a_negation_a_question_and_a_part_never_delete(text: str) -> None:
    assert not is_yes_to_deleting(text)


def test_no_held_back_row_that_is_no_cancelling_deletes() -> None:
    rows = [row for row in read_rows(FOLDER / "held_back") if row.moment == "cancel" and "cancel" not in row.acts]
    assert [row.text for row in rows if is_yes_to_deleting(row.text) and not is_negated(row.text)] == []


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("jangan sampai suami saya tau", "want_secret"),
        ("rahasia ya pak, saya takut anak saya dikucilkan", "want_secret"),
        ("nanti camat tau ga kalau saya yang lapor?", "ask_who_sees"),
        ("nanti siapa yang baca nama saya?", "ask_who_sees"),
        ("silakan dikirim saja", "send"),
        ("oke gas kirim aja min", "send"),
        ("hapus fotonya", "remove_photo"),
        ("jangan pakai nama saya", "want_anonymous"),
        ("tidak perlu anonim, pakai nama saya", ""),
        ("fotonya jangan dihapus", ""),
        ("jangan dibatalkan ya saya cuma mau baca lagi", ""),
        ("biar semua orang tahu", ""),
        ("rahasia itu maksudnya gimana", ""),
    ],
)
def test_what_words_certainly_do(text: str, act: str) -> None:
    assert certain_act(text) == act


@pytest.mark.thorough
def test_the_model_is_small_and_hears_rows_held_back() -> None:
    found = measured(known_acts(), read_rows(FOLDER / "held_back"), compiled().read)
    for key, least in (("one", FEWEST_RIGHT), ("several", FEWEST_SEVERAL_RIGHT)):
        right, rows = found[key]
        assert right / rows >= least
    assert acts_file().stat().st_size <= LARGEST_BYTES


@pytest.mark.parametrize("moment", ["story", "place", "card"])
@pytest.mark.parametrize(("kind", "act", "least"), [("wish", "want_secret", 0.9), ("fear", "afraid", 0.95)])
def test_a_wish_for_secrecy_and_fear_are_heard_in_any_words(moment: str, kind: str, act: str, least: float) -> None:
    texts = tomllib.loads(SECRECY.read_text("utf-8"))[kind]
    heard = [known_acts().hear(moment, text, compiled().read(text)) for text in texts]
    assert sum(act in {one.name for one in acts} for acts in heard) / len(texts) >= least


@pytest.mark.parametrize("file", ["odd_wishes", "later_odd_wishes"])
def test_odd_wishes_and_stories_that_sound_so_are_heard_at_the_card(file: str) -> None:
    texts = tomllib.loads(SECRECY.with_name(f"{file}.toml").read_text("utf-8"))
    told = [(act, text) for act, members in texts.items() for text in members]
    right = [
        bool(ODD[act] & {one.name for one in known_acts().hear("card", text, compiled().read(text))})
        for act, text in told
    ]
    assert sum(right) / len(told) >= FEWEST_ODD_RIGHT


@pytest.mark.thorough
def test_no_row_held_back_is_learned() -> None:
    learned = {(row.moment, even(row)) for row in read_rows(FOLDER)}
    held_back = {(row.moment, even(row)) for row in read_rows(FOLDER / "held_back")}
    assert {(moment, text) for moment, text in held_back & learned if len(text.split()) >= FEW_WORDS} == set()


def even(row: Row) -> str:
    """The words of a row, whatever their case."""
    return " ".join(row.text.casefold().split())
