"""The check of the training data names what is wrong, where it stands, and how to mend it; Rasa is not needed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.cli.nlu_check import WORDS, _sentence
from bot.main.assembly import DEFAULTS
from bot.training.corpus.corpus import BASE, OWN, Corpus, CorpusReader
from bot.training.corpus.examples import DataFault, SourcePosition, read_file, written
from bot.training.corpus.faults import HEAVY, all_faults, heavy_faults
from bot.training.corpus.spelling_table import table_of
from bot.training.samples.labels import INTENTS, EntityMark, MarkKind
from bot.understanding.model.grams import Spelling
from bot.understanding.rasa.model_files import ModelFolders
from bot.web.trainer.data.routes import FAULTS
from tests.categories import leaves

SPELLING = Spelling(table_of(ModelFolders(DEFAULTS.parent, DEFAULTS, DEFAULTS.parent / "nowhere")))
ROADS = "category/jalan.yml"
GOOD = """\
version: "3.1"
nlu:
- intent: complaint
  metadata:
    category: jalan
  examples: |
    - jalan berlubang di depan pasar
    - aspal #2 hancur: 'parah' "sekali"
"""


def a_block(*texts: str, intent: str = "complaint", category: str = "jalan") -> str:
    about = f"  metadata:\n    category: {category}\n" if category else ""
    return f"- intent: {intent}\n{about}  examples: |\n" + "".join(f"    - {text}\n" for text in texts)


def a_file(*blocks: str) -> str:
    return 'version: "3.1"\nnlu:\n' + "".join(blocks)


def faults_of(files: Mapping[str, str], layer: str = BASE) -> list[DataFault]:
    """All but that there are few."""
    corpus = Corpus({(layer, name): read_file(layer, name, content) for name, content in files.items()})
    return [one for one in all_faults(corpus, leaves(), (), SPELLING) if one.what != "too_few"]


def found(text: str, **labels: str) -> list[str]:
    """What is wrong with one message."""
    return [fault.what for fault in faults_of({ROADS: a_file(a_block(text, **labels))})]


@pytest.mark.thorough
def test_the_project_s_own_data_have_nothing_to_mend() -> None:
    corpus = CorpusReader(DEFAULTS / "nlu", Path("nowhere")).read()
    assert all_faults(corpus, leaves(), leaves(), SPELLING) == []


def test_a_good_file_has_no_fault() -> None:
    assert faults_of({ROADS: GOOD}) == []


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (GOOD.replace("    - aspal", "    aspal"), 8, "stray"),
        (GOOD.replace("    - aspal", "   - aspal"), 8, "unreadable"),
        (GOOD.replace("  metadata", "    metadata"), 4, "unreadable"),
        (GOOD.replace("nlu:", "nlu: []\nnlu:"), 3, "unreadable"),
        (GOOD.replace("  examples: |", "  exampels: |"), 3, "no_examples"),
        (GOOD.replace("- intent: complaint", "- intent:   complaint"), 0, "rewritten"),
        (GOOD.replace("- aspal #2 hancur: 'parah' \"sekali\"", "-"), 8, "empty"),
        ("nlu: jalan\n", 1, "no_examples"),
        ("nlu:\n- jalan\n", 2, "no_intent"),
        ("nlu: \udcff\n", 1, "unreadable"),
    ],
)
def test_what_breaks_a_file_is_named_with_its_line(text: str, line: int, what: str) -> None:
    assert [(fault.place.line, fault.what) for fault in faults_of({ROADS: text})] == [(line, what)]


@pytest.mark.parametrize(
    "text",
    [
        "hubungi saya di 0812 3456 7890 soal jalan ini",
        "nik 6409010101010001 belum jadi",
        "wa +62-812-3456-789 ya pak",
        "surat ke warga@contoh.id saja",
    ],
)
def test_a_number_or_address_of_somebody_is_refused_in_every_layer(text: str) -> None:
    assert found(text) == ["personal"]
    assert [fault.what for fault in faults_of({ROADS: a_file(a_block(text))}, OWN)] == ["personal"]


@pytest.mark.parametrize(
    "text",
    [
        "laporan LP-7KD3-M9XK sampai mana",
        "jalan 2 km dari 2023-2024 rusak",
        "dana 1.500.000 ke mana",
        "telepon 112 pak",
    ],
)
def test_numbers_that_say_nothing_of_anybody_stay(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["jalan [rusak](kondisi) di petung", '"jalan [rusak]{", parah', "/jalan rusak di petung"]
)
def test_what_rasa_would_not_read_as_words_is_refused(text: str) -> None:
    assert found(text) == ["unknown_mark"]


def test_words_that_trainers_mark_or_citizens_put_into_brackets_are_well() -> None:
    assert found("saya [NAMA] melapor jalan rusak") == []
    assert found("jalan rusak [di petung](place) sejak [kemarin](time)") == []
    assert found(written("jalan [rusak](kondisi) di Petung", [EntityMark(MarkKind.PLACE, 27, 33)])) == []


def test_a_message_is_neither_too_short_for_its_category_nor_too_long() -> None:
    assert found("jalan rusak") == ["too_short"]
    assert found("halo pak", intent="greet", category="") == []
    assert found(" ".join(["rusak"] * 121)) == ["too_long"]


def test_labels_that_there_are_not_are_named() -> None:
    assert found("satu dua tiga", intent="lamentation", category="jalanan") == [
        "category_of_small_talk",
        "unknown_category",
        "unknown_intent",
    ]
    assert found("selamat pagi semuanya", intent="greet") == ["category_of_small_talk"]


def test_labels_with_few_examples_are_counted_and_those_that_need_some_too() -> None:
    corpus = Corpus({(OWN, ROADS): read_file(OWN, ROADS, GOOD)})
    few = [
        fault for fault in all_faults(corpus, leaves(), ["jalan", "pasar_hewan"], SPELLING) if fault.what == "too_few"
    ]
    assert [(str(fault.place), fault.place.layer, fault.detail) for fault in few] == [
        ("category/pasar_hewan.yml:0", BASE, "pasar_hewan 0 120"),
        ("category/jalan.yml:0", OWN, "complaint 2 58"),
        ("category/jalan.yml:0", OWN, "jalan 2 118"),
    ]


def test_one_text_under_two_labels_is_refused_however_it_is_spelt() -> None:
    other = a_block("SUDAH rusak jalannya bapak", category="lainnya")
    (fault,) = faults_of({ROADS: a_file(a_block("sdh rusak jalannya pak"), other)})
    assert (fault.what, fault.place.line, fault.other) == ("conflict", 12, SourcePosition(BASE, ROADS, 7))
    assert fault.detail == "complaint, jalan / complaint, lainnya"


def test_the_very_same_text_stands_once() -> None:
    (fault,) = faults_of({ROADS: a_file(a_block("jalan rusak parah", "jalan rusak parah"))})
    assert (fault.what, fault.place.line, fault.other) == ("twice", 8, SourcePosition(BASE, ROADS, 7))


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("parkir di depan pasar induk rusak", True),  # a word that differs
        ("jalan di depan pasar induk rusak parah", True),  # one more
        ("jalan di depan pasar rusak", True),  # one less
        ("parkir di depan pasar lama rusak", False),  # two that differ
    ],
)
def test_texts_of_two_labels_must_differ_by_more_than_a_word(text: str, *, near: bool) -> None:
    blocks = a_block("jalan di depan pasar induk rusak"), a_block(text, category="parkir")
    assert [fault.what for fault in faults_of({ROADS: a_file(*blocks)})] == (["near"] if near else [])


def test_of_many_that_are_nearly_the_same_each_is_told_the_first() -> None:
    blocks = [a_block(f"{word} di depan pasar induk", category=word) for word in ("parkir", "sampah", "jalan")]
    told = [(fault.place.line, fault.other and fault.other.line) for fault in faults_of({ROADS: a_file(*blocks)})]
    assert told == [(12, 7), (17, 7)]


def test_what_is_not_heavy_does_not_stand_in_the_way_of_saving() -> None:
    stray = a_file(a_block("jalan rusak parah", "jalan rusak parah", "rusak")) + "    bukan contoh\n"
    corpus = Corpus({(OWN, ROADS): read_file(OWN, ROADS, stray)})
    assert heavy_faults(corpus, leaves()) == []


def test_every_fault_has_words_at_the_terminal_and_the_heavy_ones_on_the_pages() -> None:
    assert FAULTS.keys() == HEAVY
    assert WORDS.keys() > HEAVY
    told = _sentence(DataFault("too_few", SourcePosition(OWN, ROADS, 0), "jalan 2 118"), {OWN: Path("own")})
    assert told == "own/category/jalan.yml: jalan has 2 examples only: write 118 more."
    twice = DataFault("twice", SourcePosition(BASE, ROADS, 8), "complaint, jalan", SourcePosition(OWN, ROADS, 7))
    assert (
        _sentence(twice, {BASE: Path("data")})
        == "data/category/jalan.yml:8: this stands in jalan.yml:7 already: leave it out."
    )


def test_the_intents_are_those_that_the_model_is_trained_for() -> None:
    domain = (DEFAULTS.parent / "nlu" / "domain.yml").read_text("utf-8")
    assert domain.split("intents:\n")[1].split() == [word for intent in INTENTS for word in ("-", intent)]
