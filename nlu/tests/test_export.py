"""A trained model becomes one file of words and numbers, and what cannot be compiled is refused in words."""

import json
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from compiling.container import FIRST_LINE, UNSIGNED, Parts, packed
from compiling.parts import parts_of
from components.linear import LinearModel
from components.spelling import Spelling
from components.tfidf import Tfidf
from description import path_beside
from export import main

ABOUT = {"hash": "a" * 64, "threshold_sure": 0.7, "threshold_three": 0.3}
TEXTS = ["lampu mati", "jalan rusak", "jalan berlubang"]


def a_pipeline() -> tuple[Tfidf, LinearModel, LinearModel]:
    tfidf = Tfidf.fit(TEXTS, Spelling({"jln": "jalan"}), 1)
    grams = sum(len(block.index) for block in tfidf.blocks.values())
    dice = np.random.default_rng(1)

    def model(*labels: str) -> LinearModel:
        weights = dice.normal(0, 0.3, (grams, len(labels))).astype(np.float16).astype(np.float32)
        return LinearModel(labels, weights, np.zeros(len(labels), dtype=np.float32), 5.0)

    return tfidf, model("complaint", "greet"), model("jalan", "lainnya", "penerangan_jalan")


def test_a_file_is_a_line_a_signature_and_words_before_numbers() -> None:
    whole = packed(Parts({"labels": ["a"]}, {"bias": np.array([1.5], dtype=np.float32)}))

    words, _, numbers = zlib.decompress(whole.removeprefix(FIRST_LINE + UNSIGNED)).partition(b"\n")
    listed = {"name": "bias", "shape": [1], "type": "float32"}
    assert json.loads(words) == {"labels": ["a"], "arrays": [listed]}
    assert np.frombuffer(numbers, dtype="<f4").tolist() == [1.5]


def test_the_same_parts_give_the_same_bytes() -> None:
    assert packed(parts_of(*a_pipeline(), ABOUT, small=True)) == packed(
        parts_of(*a_pipeline(), ABOUT, small=True)
    )


def test_a_file_loses_nothing_of_the_weights() -> None:
    tfidf, intent, category = a_pipeline()
    arrays = parts_of(tfidf, intent, category, ABOUT, small=False).arrays

    assert arrays["weights"].dtype == np.float16
    assert np.array_equal(arrays["weights"].astype(np.float32), np.hstack([intent.weights, category.weights]))


def test_the_small_file_keeps_weights_to_a_hundredth_of_the_largest() -> None:
    tfidf, intent, category = a_pipeline()
    arrays = parts_of(tfidf, intent, category, ABOUT, small=True).arrays
    roots = arrays["weights"].astype(np.float64)
    weights = np.hstack([intent.weights, category.weights])

    apart = np.abs(roots * np.abs(roots) * float(arrays["step"][0]) - weights)
    assert arrays["weights"].dtype == np.int8
    assert apart.max() < 0.017 * np.abs(weights).max()


def test_the_small_file_keeps_the_grams_that_matter_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compiling.parts.SMALL_GRAMS", 5)
    tfidf, intent, category = a_pipeline()
    intent.weights[:] = category.weights[:] = 0
    for gram in ("jalan", "rusak"):
        category.weights[tfidf.blocks["words"].index[gram]] = 1
    parts = parts_of(tfidf, intent, category, ABOUT, small=True)

    grams = parts.arrays["grams"].tobytes().decode().split("\n")
    assert len(grams) == 5
    assert {"jalan", "rusak"} <= set(grams[: parts.header["words"]])
    assert parts.arrays["idf"].shape == (5,)


def test_a_trained_model_is_exported_by_the_command(trained: Path, tmp_path: Path) -> None:
    whole = []
    for name, options in (("full", []), ("small", ["--small"])):
        assert main(["--model", str(trained), "--out", str(tmp_path / name), *options]) == 0
        whole.append((tmp_path / name).read_bytes())

    header = json.loads(zlib.decompress(whole[0].removeprefix(FIRST_LINE + UNSIGNED)).partition(b"\n")[0])
    about = json.loads(path_beside(trained).read_text(encoding="utf-8"))
    assert header["made_from"] == about["hash"]
    assert (header["intents"], header["categories"]) == (
        about["labels"]["intent"],
        about["labels"]["category"],
    )
    assert len(whole[1]) < len(whole[0])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "small"]


def changed_graph(trained: Path, folder: Path, change: Callable[[dict[str, dict[str, str]]], object]) -> Path:
    """The model with other nodes in its graph."""
    with tarfile.open(trained) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    metadata = folder / "unpacked" / "metadata.json"
    document = json.loads(metadata.read_text(encoding="utf-8"))
    change(document["predict_schema"]["nodes"])
    metadata.write_text(json.dumps(document), encoding="utf-8")
    made = folder / "changed.tar.gz"
    with tarfile.open(made, "w:gz") as archive:
        archive.add(folder / "unpacked", arcname="")
    path_beside(made).write_text(path_beside(trained).read_text(encoding="utf-8"), encoding="utf-8")
    return made


def without_category(nodes: dict[str, dict[str, str]]) -> None:
    for name in [name for name in nodes if "CategoryClassifier" in name]:
        del nodes[name]


def with_another_part(nodes: dict[str, dict[str, str]]) -> None:
    next(iter(nodes.values()))["uses"] = "rasa.nlu.classifiers.diet_classifier.DIETClassifier"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (without_category, "lacks components.classifiers.CategoryClassifier"),
        (with_another_part, "DIETClassifier cannot be compiled"),
    ],
)
def test_another_pipeline_is_refused_and_told_what_runs_it(
    trained: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[dict[str, dict[str, str]]], None],
    reason: str,
) -> None:
    made = changed_graph(trained, tmp_path, change)

    assert main(["--model", str(made), "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr().err
    assert reason in told
    assert "LAPOR_NLU=rasa" in told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"", b"rubbish", b"\x1f\x8b\x08rubbish"])
def test_a_damaged_model_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    model = tmp_path / "model.tar.gz"
    model.write_bytes(content)
    path_beside(model).write_text(json.dumps(ABOUT), encoding="utf-8")

    assert main(["--model", str(model), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_model_without_its_description_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--model", str(tmp_path / "gone.tar.gz"), "--out", str(tmp_path / "out")]) == 1
    assert "no description" in capsys.readouterr().err
