"""Compiling a trained model: what is signed, what is refused, and what is said when it fails."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bot.understanding.model import baseline as compiled_baseline
from bot.understanding.model.export import export, export_baseline
from bot.understanding.model.model_file import read_known, read_signed
from bot.understanding.rasa.environment import PreparationFailed, RasaEnvironment
from bot.understanding.rasa.model_files import TrainedModel
from tests.unit.understanding_compiled.model_files_made import KEY, a_header, content_of, some_arrays, unsigned
from tests.unit.understanding_rasa.workshops import AWorkshop, a_workshop

pytestmark = pytest.mark.slow
MADE_FROM = "b" * 64
EXPORT = """
import pathlib, sys
here = pathlib.Path(__file__).parent
words = sys.argv[1:]
if (here / "stumbling").exists():
    sys.exit("DIETClassifier cannot be compiled: set LAPOR_NLU=rasa.")
out = pathlib.Path(words[words.index("--out") + 1])
out.parent.mkdir(parents=True, exist_ok=True)
out.write_bytes((here / "compiled").read_bytes())
(here / "words").write_text(" ".join(words))
"""


@pytest.fixture
def made(tmp_path: Path) -> AWorkshop:
    """A workshop whose exporter writes a model by hand."""
    rasa_environment = a_workshop(tmp_path)
    program = rasa_environment.folders.program
    (program / "export.py").write_text(EXPORT)
    (program / "compiled").write_bytes(unsigned(content_of(a_header(), some_arrays())))
    rasa_environment.folders.models.mkdir(parents=True)
    return rasa_environment


def a_model(made: AWorkshop) -> TrainedModel:
    return TrainedModel(made.folders.archive_for(MADE_FROM), MADE_FROM, 0.8)


def opened(made: AWorkshop) -> RasaEnvironment:
    return RasaEnvironment.open(made.folders, made.environ)


async def test_the_file_is_signed_and_nothing_else_is_left(made: AWorkshop) -> None:
    file = await export(opened(made), a_model(made), KEY)
    assert read_signed(file, KEY).header.texts == 10
    assert [each.name for each in made.folders.models.iterdir()] == [f"model-{MADE_FROM[:12]}.lapor"]


async def test_a_pipeline_that_cannot_be_compiled_is_told_in_the_exporters_words(made: AWorkshop) -> None:
    made.let_python_stumble()
    with pytest.raises(PreparationFailed, match="DIETClassifier cannot be compiled: set LAPOR_NLU=rasa"):
        await export(opened(made), a_model(made), KEY)


async def test_what_makes_no_sense_is_not_signed(made: AWorkshop) -> None:
    (made.folders.program / "compiled").write_bytes(unsigned(b"{}\n"))
    with pytest.raises(PreparationFailed, match="The compiled model cannot be written: the header of"):
        await export(opened(made), a_model(made), KEY)
    assert list(made.folders.models.iterdir()) == []


async def test_the_baseline_is_the_small_one_and_the_code_knows_its_hash(made: AWorkshop, tmp_path: Path) -> None:
    code, file = tmp_path / "known.py", tmp_path / "baseline" / "model.lapor"
    code.write_text(Path(compiled_baseline.__file__).read_text())
    sha256 = await export_baseline(opened(made), a_model(made), file, code)
    assert sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert read_known(file, sha256).header.texts == 10
    assert f'SHA256 = "{sha256}"\n' in code.read_text()
    assert (made.folders.program / "words").read_text().endswith("--small")


async def test_a_baseline_that_is_too_large_is_refused(
    made: AWorkshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled_baseline, "LARGEST_BYTES", 100)
    code = tmp_path / "known.py"
    code.write_text("before")
    with pytest.raises(PreparationFailed, match="more than 100"):
        await export_baseline(opened(made), a_model(made), tmp_path / "model.lapor", code)
    assert code.read_text() == "before"
