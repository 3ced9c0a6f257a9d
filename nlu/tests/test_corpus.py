"""The authored corpus holds what the model needs to learn from."""

from collections import defaultdict
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from components.spelling import read_table
from tests.corpus import CORPUS, INTENTS, SLUGS, read_corpus, read_file

FEWEST_OF_CATEGORY = 120
FEWEST_OF_INTENT = 60
FILES = sorted(file for folder in ("category", "intent") for file in CORPUS.glob(f"{folder}/*.yml"))


def test_each_category_has_a_file_of_its_own() -> None:
    assert {path.stem for path in CORPUS.glob("category/*.yml")} == set(SLUGS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_of_a_file_is_an_utterance(path: Path) -> None:
    blocks = YAML(typ="safe").load(path)["nlu"]

    assert [line for block in blocks for line in block["examples"].splitlines() if line[:2] != "- "] == []
    assert all(utterance.text for utterance in read_file(path))


@pytest.mark.parametrize("slug", SLUGS)
def test_a_category_has_enough_utterances_and_they_bear_its_slug(slug: str) -> None:
    utterances = list(read_file(CORPUS / "category" / f"{slug}.yml"))

    assert {utterance.category for utterance in utterances} == {slug}
    assert len({utterance.text for utterance in utterances}) >= FEWEST_OF_CATEGORY


@pytest.mark.parametrize("intent", INTENTS)
def test_an_intent_has_enough_utterances(intent: str) -> None:
    texts = {utterance.text for utterance in read_corpus() if utterance.intent == intent}

    assert len(texts) >= FEWEST_OF_INTENT


def test_the_corpus_knows_no_other_labels() -> None:
    corpus = read_corpus()

    assert {utterance.intent for utterance in corpus} == set(INTENTS)
    assert {utterance.category for utterance in corpus} == {*SLUGS, None}


def test_no_text_stands_under_two_labels() -> None:
    spelling = read_table()
    labels: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for utterance in read_corpus():
        labels[spelling.normalise(utterance.text)].add((utterance.intent, utterance.category))

    assert {text: found for text, found in labels.items() if len(found) > 1} == {}
