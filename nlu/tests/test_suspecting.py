"""Labels that are likely wrong are found, the worst first, and told with why."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from fingerprint import HERE
from suspecting.confident import suspicions
from suspecting.unseen import nearest
from tests.corpus import CORPUS

CLEANLABS_ORDER = [2, 7, 4, 8, 9, 1, 6]
"""What cleanlab 2.9.0 gives: `find_label_issues(given, shares, filter_by="predicted_neq_given",
return_indices_ranked_by="confidence_weighted_entropy")`."""


def test_a_label_against_which_a_model_is_sure_is_suspicious() -> None:
    shares = np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.2, 0.8], [0.05, 0.95]])
    [found] = suspicions(shares, [0, 0, 1, 1, 0])
    assert (found.row, found.likely) == (4, 1)
    assert found.likely_share - found.given_share > 0.8


def test_the_worst_comes_first() -> None:
    shares = np.array([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9], [0.1, 0.9], [0.02, 0.98], [0.06, 0.94]])
    assert [one.row for one in suspicions(shares, [0, 0, 1, 1, 0, 0])] == [4, 5]


def test_what_is_likeliest_as_it_is_labelled_is_not_suspicious() -> None:
    shares = np.array([[0.9, 0.1], [0.51, 0.49], [0.1, 0.9]])
    assert suspicions(shares, [0, 0, 1]) == []


def test_the_order_is_that_of_cleanlab() -> None:
    drawing = np.random.RandomState(7)
    shares, given = drawing.dirichlet([0.3] * 4, 12), drawing.randint(0, 4, 12)
    assert [one.row for one in suspicions(shares, given.tolist())] == CLEANLABS_ORDER


def test_examples_that_are_alike_are_named() -> None:
    texts = ["lampu mati", "lampu jalan mati", "sampah", "lampu taman"]
    assert nearest(texts, ["a", "b", "b", "b"], 0, "b") == ["lampu jalan mati", "lampu taman"]


def test_a_wrong_label_in_the_real_data_is_found(tmp_path: Path) -> None:
    for name in ("jalan", "sampah", "penerangan_jalan", "kesehatan"):
        (tmp_path / "category").mkdir(exist_ok=True)
        (tmp_path / "category" / f"{name}.yml").write_text(
            (CORPUS / "category" / f"{name}.yml").read_text(encoding="utf-8"), encoding="utf-8"
        )
    wrong = "tumpukan sampah di pinggir kali sudah seminggu tidak diangkut petugas sampah"
    with (tmp_path / "category" / "kesehatan.yml").open("a", encoding="utf-8") as file:
        file.write(
            f"- intent: complaint\n  metadata:\n    category: kesehatan\n  examples: |\n    - {wrong}\n"
        )
    (tmp_path / "intent").mkdir()
    (tmp_path / "intent" / "greet.yml").write_text(
        (CORPUS / "intent" / "greet.yml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    out = tmp_path / "found.json"
    command = [sys.executable, str(HERE / "suspect.py"), "--data", str(tmp_path), "--out", str(out)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    found = {one["text"]: one for one in json.loads(out.read_text(encoding="utf-8"))}
    assert found[wrong]["likely"] == "sampah"
    assert found[wrong]["like"]
    assert wrong not in told.stdout + told.stderr
