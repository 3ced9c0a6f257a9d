"""Additions and removals of training data: everything else stays byte for byte, and nothing that is typed is lost."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.training.corpus.corpus import FOLDERS, OWN, Corpus
from bot.training.corpus.edits import Addition, CorpusChange, UneditableFile, difference, edit
from bot.training.corpus.examples import Example, one_line, read, read_file, written
from bot.training.samples.labels import EntityMark, MarkKind, SampleLabel

NOON = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
JALAN = SampleLabel("complaint", "jalan")
FOLDER = Path(__file__).parents[3] / "data" / "nlu"
DATA = sorted(file for folder in FOLDERS for file in (FOLDER / folder).glob("*.yml"))
BY_HAND = """# dari rapat 3 November
version: "3.1"
nlu:
  - intent: complaint   # yang paling sering
    metadata: {category: jalan}
    examples: |
      - jalan bolong di depan pasar
      - aspal mengelupas

  # satu yang lain
  - intent: aspiration
    metadata: {category: jalan}
    examples: |
      - minta jalan kampung diaspal
"""


def corpus_of(contents: dict[str, str]) -> Corpus:
    return Corpus({(OWN, name): read_file(OWN, name, content) for name, content in contents.items() if content})


def a_change(*additions: Addition, removals: tuple[Example, ...] = ()) -> CorpusChange:
    return CorpusChange("Rina", "warga memilih sendiri", NOON, additions, removals)


def edited(contents: dict[str, str], change: CorpusChange) -> dict[str, str]:
    return dict(edit(change, contents, corpus_of(contents)).files)


def examples_of(content: str) -> list[tuple[str, str, str | None]]:
    return [(one.text, one.intent, one.category) for one in read_file(OWN, "x.yml", content).examples]


def test_the_first_message_of_a_category_makes_its_file() -> None:
    files = edited({}, a_change(Addition("jalan rusak", JALAN)))
    assert files == {
        "category/jalan.yml": 'version: "3.1"\n'
        "nlu:\n"
        "# 2026-11-26 04:00 · Rina · warga memilih sendiri\n"
        "- intent: complaint\n"
        "  metadata:\n"
        "    category: jalan\n"
        "  examples: |\n"
        "    - jalan rusak\n"
    }


def test_a_message_of_unknown_type_stands_apart_and_says_so() -> None:
    unknown = SampleLabel("complaint", "jalan", type_known=False)
    [content] = edited({}, a_change(Addition("jalan rusak", JALAN), Addition("aspal retak", unknown))).values()
    assert content.endswith(
        "    - jalan rusak\n"
        "# 2026-11-26 04:00 · Rina · warga memilih sendiri\n"
        "- intent: complaint\n"
        "  metadata:\n"
        "    category: jalan\n"
        "    type: unknown\n"
        "  examples: |\n"
        "    - aspal retak\n"
    )
    gone = read_file(OWN, "category/jalan.yml", content).examples[1]
    [left] = edited({"category/jalan.yml": content}, a_change(removals=(gone,))).values()
    assert left == content[: content.rindex("# 2026")]


def test_a_file_that_was_written_by_hand_keeps_every_byte() -> None:
    [content] = edited({"category/jalan.yml": BY_HAND}, a_change(Addition("jalan rusak", JALAN))).values()
    assert content.startswith(BY_HAND)
    assert examples_of(content)[-1] == ("jalan rusak", "complaint", "jalan")


@pytest.mark.thorough
@pytest.mark.parametrize("file", DATA, ids=lambda file: file.stem)
def test_every_file_of_the_project_takes_an_addition_and_gives_it_back(file: Path) -> None:
    content = file.read_text("utf-8")
    name = f"category/{file.stem}.yml"
    label = SampleLabel("complaint", file.stem)
    [after] = edited({name: content}, a_change(Addition("ini kalimat yang baru sekali", label))).values()
    assert after.startswith(content)
    last = read_file(OWN, name, after).examples[-1]
    back = edit(a_change(removals=(last,)), {name: after}, corpus_of({name: after}))
    assert back.files == {name: content}


def test_what_stands_there_already_is_not_added_twice() -> None:
    added = Addition("jalan bolong di depan pasar", JALAN)
    assert edited({"category/jalan.yml": BY_HAND}, a_change(added, added)) == {}


def test_taking_a_line_away_leaves_all_others() -> None:
    gone = read_file(OWN, "category/jalan.yml", BY_HAND).examples[0]
    [content] = edited({"category/jalan.yml": BY_HAND}, a_change(removals=(gone,))).values()
    assert content == BY_HAND.replace("      - jalan bolong di depan pasar\n", "")


def test_a_block_that_loses_its_last_line_goes_with_its_comment() -> None:
    name = "category/jalan.yml"
    one = edited({}, a_change(Addition("jalan rusak", JALAN)))[name]
    two = edited({name: one}, a_change(Addition("aspal bolong", JALAN)))[name]
    gone = read_file(OWN, name, two).examples[1]
    assert edited({name: two}, a_change(removals=(gone,))) == {name: one}


def test_without_any_example_nothing_is_left_of_a_file() -> None:
    name = "category/jalan.yml"
    one = edited({}, a_change(Addition("jalan rusak", JALAN)))[name]
    assert edited({name: one}, a_change(removals=read_file(OWN, name, one).examples)) == {name: ""}


def test_a_file_of_another_form_is_refused_and_named() -> None:
    with pytest.raises(UneditableFile, match=re.escape("category/jalan.yml")):
        edited({"category/jalan.yml": "nlu: []\n"}, a_change(Addition("jalan rusak", JALAN)))


def test_the_difference_shows_what_is_added() -> None:
    contents = {"category/jalan.yml": BY_HAND}
    lines = difference(edit(a_change(Addition("jalan rusak", JALAN)), contents, corpus_of(contents)), contents)
    assert [line for line in lines if line.startswith("+")][-1] == "+      - jalan rusak"


@pytest.mark.thorough
@given(st.text(max_size=80), st.sampled_from([JALAN, SampleLabel("thanks")]))
def test_whatever_is_typed_comes_back_as_it_was_said(text: str, label: SampleLabel) -> None:
    files = edited({}, a_change(Addition(text, label), Addition("kalimat terakhir", label)))
    [content] = files.values()
    said = [one_line(text)] if one_line(text) and one_line(text) != "kalimat terakhir" else []
    assert [one for one, _, _ in examples_of(content)] == [
        *(one.replace("\uff3b", "[").replace("\uff3d", "]") for one in said),
        "kalimat terakhir",
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "[klik](http)",
        "[a]{b}",
        "- - jalan",
        "# jalan",
        "jalan: rusak",
        "satu\n- dua\n# tiga",
        "%TAG",
        "'\"",
        "{{x}}",
        "|",
    ],
)
def test_what_looks_like_yaml_or_markup_is_kept_as_words(typed: str) -> None:
    [content] = edited({}, a_change(Addition(typed, JALAN))).values()
    assert examples_of(content) == [(one_line(typed), "complaint", "jalan")]


def test_marked_words_are_written_as_rasa_reads_them() -> None:
    text = "lampu di jl provinsi mati dua minggu"
    line = written(text, (EntityMark(MarkKind.PLACE, 9, 20), EntityMark(MarkKind.TIME, 26, 36)))
    assert line == "lampu di [jl provinsi](place) mati [dua minggu](time)"
    assert read(line) == (text, (EntityMark(MarkKind.PLACE, 9, 20), EntityMark(MarkKind.TIME, 26, 36)))
