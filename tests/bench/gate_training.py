"""Sixty trainings that take seconds: the lines of `nlu/components/learning.py` over features that are made once.

Intents, sharpness and calibration stay those of the model in service, and so does what a gram weighs; a gram that a
candidate has not read says nothing. Everything else is what `nlu train --light` does.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.shipped import PROJECT
from bot.understanding.model.baseline import SHA256, baseline_file
from bot.understanding.model.model_file import read_known
from tests.bench.poisons import Row

NLU = PROJECT / "nlu"
sys.path.insert(0, str(NLU))  # its modules are no package of ours

from components.calibration import Calibration  # noqa: E402
from components.learning import _lines  # noqa: E402
from components.linear import softmax  # noqa: E402
from components.settings import CLASSIFIER, Recipe  # noqa: E402
from components.spelling import read_table  # noqa: E402
from components.tfidf import Tfidf  # noqa: E402
from fingerprint import training_files  # noqa: E402
from training.calibrated import read_calibration  # noqa: E402
from training.light_model import LightCorpus  # noqa: E402

type Shares = npt.NDArray[np.float64]


@dataclass
class Trainings:
    """What is learned from the corpus and a few more rows, again and again.

    Attributes:
        labels: in the order of the columns of every table of shares.
        threshold: from which the first category is sure.
    """

    corpus: Sequence[Row]
    tfidf: Any
    recipe: Any
    calibration: Calibration
    threshold: float
    labels: tuple[str, ...]
    sharpness: float

    @classmethod
    def of(cls, data: Path, others: Sequence[str]) -> Trainings:
        """Reads the corpus; `others`: all texts that will be learned besides."""
        corpus = LightCorpus(training_files(data), NLU / "config.yml", NLU / "domain.yml")
        rows = [(each.text, each.category) for each in corpus.examples if each.category]
        tfidf = Tfidf.fit([*(each.text for each in corpus.examples), *others], read_table(), 1)
        measured = read_calibration([data])
        assert measured
        recipe = Recipe.of({**CLASSIFIER, **corpus.settings_of("CategoryClassifier")}, "CategoryClassifier")
        labels = tuple(sorted({slug for _, slug in rows}))
        header = read_known(baseline_file(PROJECT), SHA256).header
        made = cls(rows, tfidf, recipe, measured.calibration, measured.sure(), labels, header.category_sharpness)
        made._features = tfidf.transform([text for text, _ in rows])
        return made

    def features(self, texts: Sequence[str]) -> Any:
        """One row a text."""
        return self.tfidf.transform(list(texts))

    def learn(self, rows: Sequence[Row]) -> tuple[Any, Any]:
        """The lines of a candidate: weights and bias."""
        from scipy.sparse import vstack

        features = (
            vstack([self._features, self.features([text for text, _ in rows])], format="csr")
            if rows
            else self._features
        )
        names = np.array([*(slug for _, slug in self.corpus), *(slug for _, slug in rows)])
        weights, bias = _lines(features, names, self.recipe)
        weights[np.asarray(features.getnnz(axis=0)) == 0] = 0
        return weights, bias

    def shares(self, lines: tuple[Any, Any], features: Any) -> Shares:
        """What a candidate makes of texts: one row a text, one column a label."""
        scores = np.asarray(features @ lines[0] + lines[1])
        return np.array([self.calibration.apply(row) for row in softmax(scores * self.sharpness)])
