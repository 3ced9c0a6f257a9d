"""`lapor nlu parse` and `lapor nlu evaluate` as real processes: no service, no Rasa, no other Python."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.integration.process.commands import lapor

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

TEXTS = ["lampu jalan di Petung mati total sejak kemarin", "", "halo selamat pagi"]
ROWS = [
    ("lampu jalan depan pasar mati total", "complaint", "penerangan_jalan"),
    ("sampah menumpuk di pinggir jalan tidak diangkut", "complaint", "sampah"),
    ("terima kasih banyak atas bantuannya", "thanks", ""),
]


async def test_texts_are_understood_in_order_without_a_service(tmp_path: Path) -> None:
    said = await lapor(tmp_path, "nlu", "parse", "-", "--today", "2026-11-25", told="\n".join(TEXTS), nlu="compiled")
    documents = [json.loads(line) for line in said.stdout.splitlines()]
    assert [document["text"] for document in documents] == TEXTS
    first, empty, greeting = documents
    assert (first["type"], first["categories"][0]["slug"]) == ("complaint", "penerangan_jalan")
    assert (first["place"]["village"], first["when"]["from"]) == ("Petung", "2026-11-24")
    assert (empty["type"], greeting["intent"]["name"]) == (None, "greet")
    assert all(len(document["categories"]) >= 3 for document in documents)
    assert (said.code, said.stderr) == (0, "")


async def test_a_file_is_measured_without_a_service(tmp_path: Path) -> None:
    rows, predictions, numbers = tmp_path / "rows.csv", tmp_path / "predictions.csv", tmp_path / "numbers.json"
    with rows.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([("text", "intent", "category"), *ROWS])
    words = ("nlu", "evaluate", str(rows), "--json", str(numbers), "--predictions", str(predictions))
    said = await lapor(tmp_path, *words, nlu="compiled")
    assert said.code == 0
    measured = json.loads(numbers.read_text(encoding="utf-8"))
    assert measured == json.loads(said.stdout)
    assert (measured["rows"], measured["intent_accuracy"], measured["category_accuracy"]) == (3, 1.0, 1.0)
    assert len(predictions.read_text(encoding="utf-8").splitlines()) == 4


async def test_a_deployments_own_labels_are_imported_once_and_stay_in_the_data_folder(tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    with export.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(
            [
                ("date", "text", "type", "category"),
                ("2026-10-01", "lampu gang kami padam semua, hubungi 081234567890", "", "penerangan_jalan"),
                ("2026-10-02", "sampah pasar tidak diangkut sejak senin", "complaint", "sampah"),
                ("2026-10-03", "tolong dibantu pak", "", "lain-lain"),
            ]
        )
    once = json.loads((await lapor(tmp_path, "nlu", "import", str(export), "--json")).stdout)
    again = json.loads((await lapor(tmp_path, "nlu", "import", str(export), "--json")).stdout)
    assert (once["rows"], once["added"], once["left_out"]) == (3, 2, {"unknown_category": [3]})
    assert (again["added"], again["left_out"]) == (0, {"known": [1, 2], "unknown_category": [3]})
    files = {name: tmp_path / "var" / "nlu" / name for name in once["files"]}
    assert sorted(files) == ["category/penerangan_jalan.yml", "category/sampah.yml"]
    assert {file.stat().st_mode & 0o777 for file in files.values()} == {0o600}
    assert "- lampu gang kami padam semua, hubungi [PHONE_1]" in files["category/penerangan_jalan.yml"].read_text()
