"""The check names what is wrong with training data, where it stands, and how to mend it."""

from pathlib import Path

import pytest

from check import main
from checking.faults import Example
from checking.labels import Labels, faults_of_labels, faults_of_twins
from checking.rasas_own import faults_by_rasa
from checking.reading import read
from checking.sentences import faults_of_sentences
from components.spelling import read_table
from fingerprint import HERE, training_files
from tests.corpus import CORPUS

CATEGORIES = HERE.parent / "data" / "categories.csv"
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


def written(folder: Path, text: str) -> Path:
    file = folder / "jalan.yml"
    file.write_bytes(text.encode())
    return file


def an_example(
    text: str, intent: str = "complaint", category: str | None = "jalan", line: int = 7
) -> Example:
    return Example(text, intent, category, Path("jalan.yml"), line)


def words_of(text: str, **labels: str) -> list[str]:
    return [fault.words for fault in faults_of_sentences([an_example(text, **labels)])]


def test_the_authored_corpus_has_nothing_to_mend(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--data", str(CORPUS), "--categories", str(CATEGORIES)])

    assert (code, capsys.readouterr().out.endswith("none to mend.\n")) == (0, True)


@pytest.mark.parametrize("file", training_files(CORPUS), ids=lambda path: path.stem)
def test_every_file_is_written_back_to_the_same_bytes(file: Path) -> None:
    assert not read(file).faults


def test_an_example_bears_its_labels_and_its_line(tmp_path: Path) -> None:
    found = read(written(tmp_path, GOOD))

    assert [(one.text, one.label, one.line) for one in found.examples] == [
        ("jalan berlubang di depan pasar", "complaint, jalan", 7),
        ("aspal #2 hancur: 'parah' \"sekali\"", "complaint, jalan", 8),
    ]
    assert not found.faults


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (GOOD.replace("    - aspal", "    aspal"), 8, "no example"),
        (GOOD.replace("    - aspal", "   - aspal"), 8, "breaks the YAML"),
        (GOOD.replace("  examples: |\n", "  examples:\n"), 3, "lacks its intent or its examples"),
        (GOOD.replace("  metadata", "    metadata"), 4, "breaks the YAML"),
        (GOOD.replace("- intent: complaint", "- intent:   complaint"), 0, "would not be the same"),
        ("nlu: jalan\n", 0, "no list under nlu"),
        ("nlu:\n- jalan\n", 0, "this is no block"),
    ],
)
def test_what_breaks_a_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    (fault,) = read(written(tmp_path, text)).faults

    assert (fault.line, words in fault.words) == (line, True), fault


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "jalan.yml"
    file.write_bytes(b"nlu: \xff")

    assert [fault.words for fault in read(file).faults] == ["this is not UTF-8: save it as UTF-8."]


@pytest.mark.parametrize(
    "text",
    [
        "hubungi saya di 0812 3456 7890 soal jalan ini",
        "nik 6409010101010001 belum jadi",
        "wa +62-812-3456-789 ya pak",
        "surat ke warga@contoh.id saja",
    ],
)
def test_a_number_or_address_of_somebody_is_refused(text: str) -> None:
    assert words_of(text) == ["this may be somebody's number or address: leave it out or write a short one."]


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
    assert words_of(text) == []


def test_what_rasa_would_not_read_as_words_is_refused() -> None:
    assert len(words_of("jalan [rusak](kondisi) di petung")) == 1
    assert len(words_of("/jalan rusak di petung")) == 1
    assert words_of("saya [NAMA] melapor jalan rusak") == []


def test_a_message_is_neither_too_short_for_its_category_nor_too_long() -> None:
    assert words_of("jalan rusak") == ["this says too little of jalan: write three words or more."]
    assert words_of(" ".join(["rusak"] * 121)) == ["this has 121 words: shorten it to 120."]


def test_unknown_labels_and_those_with_too_few_examples_are_named() -> None:
    faults = faults_of_labels(
        [an_example("satu dua tiga", "lamentation", "jalanan")], Labels({"complaint"}, {"jalan"})
    )

    assert [fault.words for fault in faults] == [
        "no intent is called lamentation: domain.yml names those there are.",
        "no category is called jalanan: categories.csv names those there are.",
        "lamentation has 1 examples only: write 59 more.",
        "jalanan has 1 examples only: write 119 more.",
    ]


def test_one_text_under_two_labels_is_refused_however_it_is_spelt() -> None:
    one, other = (
        an_example("sdh rusak jalannya pak"),
        an_example("SUDAH rusak jalannya bapak", category="lainnya"),
    )

    (fault,) = faults_of_twins([one, other], read_table())

    assert fault.words == "this is complaint, lainnya, and complaint, jalan in jalan.yml:7: keep one of them."


def test_the_very_same_text_stands_once() -> None:
    twice = [an_example("jalan rusak parah", line=line) for line in (7, 9)]

    assert [str(fault) for fault in faults_of_twins(twice, read_table())] == [
        "jalan.yml:9: this stands in jalan.yml:7 already: leave it out."
    ]


@pytest.mark.parametrize(
    ("text", "twins"),
    [
        ("parkir di depan pasar induk rusak", True),  # a word that differs
        ("jalan di depan pasar induk rusak parah", True),  # one more
        ("jalan di depan pasar rusak", True),  # one less
        ("parkir di depan pasar lama rusak", False),  # two that differ
    ],
)
def test_texts_of_two_labels_must_differ_by_more_than_a_word(text: str, *, twins: bool) -> None:
    one, other = an_example("jalan di depan pasar induk rusak"), an_example(text, category="parkir", line=9)

    assert (len(list(faults_of_twins([one, other], read_table()))) == 1) == twins


def test_of_many_that_are_nearly_the_same_each_is_told_the_first() -> None:
    many = [
        an_example(f"{word} di depan pasar induk", category=word, line=line)
        for line, word in enumerate(("parkir", "sampah", "jalan"), 1)
    ]

    told = [(fault.line, "jalan.yml:1," in fault.words) for fault in faults_of_twins(many, read_table())]

    assert told == [(2, True), (3, True)]


def test_what_rasa_warns_of_is_told(tmp_path: Path) -> None:
    file = tmp_path / "nlu.yml"
    file.write_text(
        'version: "3.1"\nnlu:\n- intent: no_such_intent\n  examples: |\n    - halo\n', encoding="utf-8"
    )

    told = " ".join(fault.words for fault in faults_by_rasa([file], HERE / "config.yml", HERE / "domain.yml"))

    assert "no_such_intent" in told
    assert "greet" in told


def test_without_data_one_sentence_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path)]) == 1
    assert "holds no category/*.yml" in capsys.readouterr().err
