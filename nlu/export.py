"""Writes a trained model as one file that needs no Rasa: `python export.py --model FILE.tar.gz --out FILE`.

The file is not signed yet: the service, which holds the key and the format's reader, signs it. What stands in
it is told in `docs/decisions/0010-one-file-instead-of-rasa.md`. `--small` writes the baseline.
"""

from __future__ import annotations

import argparse
import json
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from compiling.container import write
from compiling.parts import parts_of
from components.linear import LinearModel
from components.saved import UnreadableModel
from components.tfidf import Tfidf
from description import read_beside

PIPELINE = {
    "TfidfFeaturizer": "components.featurizer.TfidfFeaturizer",
    "LinearIntentClassifier": "components.classifiers.LinearIntentClassifier",
    "CategoryClassifier": "components.classifiers.CategoryClassifier",
}
NEEDED = {"hash", "threshold_sure", "threshold_three"}
"""What the description of a model must say."""
_CONVERTER = "rasa.graph_components.converters.nlu_message_converter.NLUMessageConverter"


class CannotExport(ValueError):
    """The model cannot be written as one file; the message says why and what to do."""


def export(model: Path, out: Path, *, small: bool) -> None:
    """Reads what `train.py` wrote and writes the file.

    Args:
        model: FILE.tar.gz, with FILE.json beside it.
        out: what stands there is replaced at the very end.
        small: fewer grams and coarser weights, at most 2 MB.

    Raises:
        CannotExport: the pipeline has parts that the service does not know.
        UnreadableModel: the model is damaged.
        OSError: a file cannot be read or written.
    """
    about = read_beside(model)
    if not about.keys() >= NEEDED:
        raise CannotExport(f"{model} has no description beside it that says enough. Train the model again.")
    with tempfile.TemporaryDirectory() as folder:
        try:
            with tarfile.open(model, "r:gz") as packed:
                packed.extractall(folder, filter="data")
            saved = _folders(Path(folder))
        except (EOFError, tarfile.TarError, KeyError, TypeError, AttributeError) as error:
            raise CannotExport(
                f"{model} is no usable model ({type(error).__name__}). Train it again."
            ) from error
        tfidf = Tfidf.load(saved["TfidfFeaturizer"])
        intent = LinearModel.load(saved["LinearIntentClassifier"])
        category = LinearModel.load(saved["CategoryClassifier"])
    write(out, parts_of(tfidf, intent, category, about, small=small))


def _folders(unpacked: Path) -> dict[str, Path]:
    """Where each part of the pipeline has saved what it learned."""
    nodes = json.loads((unpacked / "metadata.json").read_text(encoding="utf-8"))["predict_schema"][
        "nodes"
    ].values()
    known = {*PIPELINE.values(), _CONVERTER}
    if foreign := sorted({node["uses"] for node in nodes} - known):
        raise CannotExport(
            f"{', '.join(foreign)} cannot be compiled: set LAPOR_NLU=rasa, which runs any pipeline."
        )
    resources = {node["uses"]: node["resource"] for node in nodes}
    if missing := sorted(set(PIPELINE.values()) - set(resources)):
        raise CannotExport(
            f"The pipeline lacks {', '.join(missing)}: set LAPOR_NLU=rasa, which runs any pipeline."
        )
    return {part: unpacked / "components" / resources[uses]["name"] for part, uses in PIPELINE.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exports; 1 and one sentence on stderr when that cannot be."""
    parser = argparse.ArgumentParser(description="Writes a trained model as one file that needs no Rasa.")
    parser.add_argument("--model", type=Path, required=True, metavar="FILE.tar.gz")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--small", action="store_true", help="the baseline: at most 2 MB")
    words = parser.parse_args(arguments)
    try:
        export(words.model, words.out, small=words.small)
    except (CannotExport, UnreadableModel, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
