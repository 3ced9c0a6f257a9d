"""Reads the corpus and trains without Rasa: the same examples, the same components, the same weights.

Any Python with scikit-learn runs it, so the service's does. What it reads must be what Rasa reads, to the
order of the examples, from which the machine draws; `tests/test_light.py` holds the two together.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from compiling.container import write
from compiling.parts import parts_of
from components.calibration import UNTOUCHED, Calibration
from components.learning import TooFewExamples, learn
from components.linear import LinearModel
from components.settings import CLASSIFIER, FEATURIZER, Recipe, SettingError, fewest_texts
from components.spelling import read_table
from components.tfidf import Tfidf
from description import Description
from training.corpus import Corpus, Example, UnusableData

_MARKED = re.compile(r"\[([^\]]+?)\](?:\([^:)]+?(?:\:[^)]+)?\)|\{[^}]+?\}|\[.*?\])")
"""A marked word, `[besok](time)`, as Rasa's `entities_parser` finds it."""
_BLANKS = "\n\r "


class LightCorpus(Corpus):
    """What Rasa would read, and a training that needs none of it."""

    def __init__(self, files: Iterable[Path], config: Path, domain: Path) -> None:
        """Reads the files.

        Raises:
            UnusableData: a file breaks the format, or `domain.yml` does not name an example's intent.
        """
        read = (found for path in sorted(map(os.path.abspath, files)) for found in _read(Path(path)))
        super().__init__(list(dict.fromkeys(read).keys()), _document(config))
        known = _document(domain).get("intents")
        self.refuse_unknown_intents({str(name) for name in known} if isinstance(known, list) else set())

    def train(
        self, out: Path, calibration: Calibration = UNTOUCHED, about: Description | None = None
    ) -> None:
        """Trains the model of `config.yml` and writes it as the one file that the service runs, unsigned.

        Raises:
            UnusableData: a label cannot be learned, or `config.yml` is wrong.
        """
        try:
            settings = {**FEATURIZER, **self.settings_of("TfidfFeaturizer")}
            texts = [example.text for example in self.examples if example.text]
            tfidf = Tfidf.fit(texts, read_table(), fewest_texts(settings, "TfidfFeaturizer"))
            intent = self._learned(tfidf, "LinearIntentClassifier", self._with_intent())
            category = self._learned(tfidf, "CategoryClassifier", self._with_category(), calibration)
        except (TooFewExamples, SettingError) as error:
            raise UnusableData(str(error)) from error
        write(out, parts_of(tfidf, intent, category, about or {}, small=False))

    def _with_intent(self) -> list[tuple[str, str]]:
        return [(each.text, each.intent) for each in self.examples if each.text and each.type_known]

    def _with_category(self) -> list[tuple[str, str]]:
        return [(each.text, each.category) for each in self.examples if each.text and each.category]

    def _learned(
        self,
        tfidf: Tfidf,
        component: str,
        labelled: list[tuple[str, str]],
        calibration: Calibration = UNTOUCHED,
    ) -> LinearModel:
        recipe = Recipe.of({**CLASSIFIER, **self.settings_of(component)}, component)
        features = tfidf.transform([text for text, _ in labelled])
        return learn(features, [label for _, label in labelled], recipe, calibration=calibration)


def _read(path: Path) -> Iterator[Example]:
    """The examples of one file, in order."""
    blocks = _document(path).get("nlu")
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, dict) or not block.get("intent"):
            continue
        metadata = block.get("metadata")
        about = metadata if isinstance(metadata, dict) else {}
        category = about.get("category")
        for text in _texts(block.get("examples")):
            yield Example(
                _MARKED.sub(r"\1", text),
                str(block["intent"]).strip(),
                category if isinstance(category, str) else None,
                type_known=about.get("type") != "unknown",
            )


def _texts(examples: object) -> list[str]:
    lines = examples.splitlines() if isinstance(examples, str) else []
    return [line[1:].strip(_BLANKS) for line in lines if line.startswith("-")]


def _document(path: Path) -> Mapping[str, object]:
    try:
        found = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (YAMLError, ValueError) as error:
        raise UnusableData(f"{path} is not YAML: {error}") from error
    if not isinstance(found, dict):
        raise UnusableData(f"{path} holds no blocks: see the other files of the folder.")
    return found
