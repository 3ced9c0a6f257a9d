"""The model that comes with this version is the one its hash names, is small, and knows what the regency knows."""

from __future__ import annotations

from pathlib import Path

from actions.regency.files import load
from bot.understanding.model.baseline import LARGEST_BYTES, SHA256, baseline_file
from bot.understanding.model.compiled_model import CompiledModel, CompiledUnderstanding
from bot.understanding.model.model_file import read_known

PROJECT = Path(__file__).resolve().parents[3]
FILE = baseline_file(PROJECT)
INTENTS = (
    "complaint aspiration information check_status greet thanks goodbye affirm deny cancel help about_bot praise "
    "out_of_scope"
)


def baseline() -> CompiledModel:
    return CompiledModel.of(read_known(FILE, SHA256))


def test_it_is_small() -> None:
    assert FILE.stat().st_size <= LARGEST_BYTES


def test_it_knows_all_intents_and_the_categories_of_the_regency() -> None:
    header = baseline().header
    slugs = {leaf.slug for leaf in load(PROJECT / "data", PROJECT / "data").leaves()}
    assert (set(header.intents), set(header.categories)) == (set(INTENTS.split()), slugs)


def test_its_thresholds_were_measured() -> None:
    header = baseline().header
    assert 0 < header.threshold_three < header.threshold_sure < 1


def test_it_is_sure_of_a_clear_complaint_and_not_of_a_greeting() -> None:
    understanding = CompiledUnderstanding(baseline())
    clear = understanding.read("lampu jalan di depan pasar mati total sudah dua minggu")
    greeting = understanding.read("halo selamat pagi")
    assert (clear.intent.name, clear.categories[0].name, clear.sure) == ("complaint", "penerangan_jalan", True)
    assert (greeting.intent.name, greeting.sure) == ("greet", False)
