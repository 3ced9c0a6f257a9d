"""Making the language model ready: what is done, what is not done twice, and what is said when it fails."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.understanding.rasa.environment import PreparationFailed, RasaEnvironment, environment_for_model, find_uv
from bot.understanding.rasa.model_files import ModelFolders, TrainedModel, find_model
from bot.understanding.rasa.preparation import (
    PreparationNews,
    PreparationStage,
    fingerprint,
    is_installed,
    prepare,
    say_what_failed,
)
from tests.unit.understanding_rasa.workshops import AWorkshop, a_workshop

FROM_UV = [
    (
        "bring it with `uv python install 3.10`",
        """error: No interpreter found for Python 3.10 in managed installations
hint: A managed Python download is available for Python 3.10, but Python downloads are set to 'never'""",
    ),
    (
        "bring it with `uv python install 3.10`",
        """error: Request failed after 3 retries in 6.7s
  cause: Failed to download `https://example.org/cpython-3.10.22-x86_64-unknown-linux-gnu-install_only.tar.gz`
  cause: tcp connect error""",
    ),
    (
        "connect this machine to the internet",
        """error: Failed to download `scipy==1.10.1`
  cause: Network connectivity is disabled, but the requested data wasn't found in the cache""",
    ),
    (
        "connect this machine to the internet",
        """error: Failed to download `matplotlib==3.5.3`
  cause: Request failed after 3 retries in 4.6s
  cause: client error (Connect)
  cause: dns error""",
    ),
    ("make room", "error: failed to write to file `a`: No space left on device (os error 28)"),
    ("cannot be written", "error: failed to create directory `a`: Permission denied (os error 13)"),
]


async def prepared(rasa_environment: AWorkshop) -> tuple[TrainedModel, list[PreparationStage]]:
    """The model, and what had to be done for it."""
    steps: list[PreparationNews] = []
    model = await prepare(RasaEnvironment.open(rasa_environment.folders, rasa_environment.environ), steps.append)
    return model, [step.stage for step in steps]


@pytest.mark.slow
async def test_the_first_time_it_is_installed_and_trained_and_then_neither(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    model, first = await prepared(rasa_environment)
    again, second = await prepared(rasa_environment)
    assert (first, second, again) == ([PreparationStage.INSTALLING, PreparationStage.TRAINING], [], model)
    assert model.archive.name == f"rasa-{model.made_from[:12]}.tar.gz"
    assert model.threshold_sure == 0.8


@pytest.mark.slow
async def test_it_is_trained_again_when_its_data_changed_and_the_last_three_models_are_kept(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    archives = []
    for hour, text in enumerate("abcd"):
        rasa_environment.change_data(text)
        model, _ = await prepared(rasa_environment)
        os.utime(model.archive, (hour, hour))
        archives.append(model.archive)
    kept = sorted(path.name for path in archives[0].parent.iterdir())
    assert kept == sorted(name for path in archives[1:] for name in (path.name, path.name.replace(".tar.gz", ".json")))


@pytest.mark.slow
async def test_a_model_without_a_usable_description_is_trained_again(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    model, _ = await prepared(rasa_environment)
    for rubbish in ("", "[]", '{"hash": "another", "threshold_sure": 0.8}', '{"threshold_sure": 0.8}'):
        model.archive.with_name(model.archive.name.replace(".tar.gz", ".json")).write_text(rubbish)
        assert find_model(rasa_environment.folders, model.made_from) is None
    assert await prepared(rasa_environment) == (model, [PreparationStage.TRAINING])


@pytest.mark.slow
@pytest.mark.parametrize(("mend", "said"), FROM_UV)
async def test_what_uv_refuses_is_told_with_its_mend(tmp_path: Path, mend: str, said: str) -> None:
    rasa_environment = a_workshop(tmp_path)
    rasa_environment.let_uv_refuse(said)
    with pytest.raises(PreparationFailed, match=mend) as caught:
        await prepared(rasa_environment)
    assert str(rasa_environment.folders.log) in str(caught.value)
    assert said in rasa_environment.folders.log.read_text()


@pytest.mark.slow
async def test_training_that_fails_says_why(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    rasa_environment.let_python_stumble()
    with pytest.raises(
        PreparationFailed, match="Training the language model failed: line 7: an example bears no intent"
    ):
        await prepared(rasa_environment)


@pytest.mark.slow
async def test_no_training_data_is_told_in_the_words_of_the_fingerprint(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    (rasa_environment.folders.project / "data" / "nlu" / "intent.yml").unlink()
    with pytest.raises(PreparationFailed, match="holds no training data"):
        await fingerprint(rasa_environment.folders)


@pytest.mark.slow
async def test_it_is_installed_once_its_environment_is_complete(tmp_path: Path) -> None:
    made = a_workshop(tmp_path)
    rasa_environment = RasaEnvironment.open(made.folders, made.environ)
    before = await is_installed(rasa_environment)
    (made.folders.project / "bin" / "installed").touch()
    assert (before, await is_installed(rasa_environment)) == (False, True)


@pytest.mark.slow
async def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    rasa_environment.folders.data_dir.write_text("a file where a folder should be")
    with pytest.raises(PreparationFailed, match=r"nlu.log cannot be written"):
        await prepared(rasa_environment)


def test_without_uv_the_sentence_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(PreparationFailed, match=r"pip install uv"):
        RasaEnvironment.open(a_workshop(tmp_path).folders, {"PATH": "/nowhere", "UV": "/no/uv"})


def test_uv_is_found_by_its_own_variable_the_launchers_or_the_path(tmp_path: Path) -> None:
    found = {}
    for name in ("own", "launchers", "path"):
        found[name] = tmp_path / name / "uv"
        found[name].parent.mkdir()
        found[name].write_text("#!/bin/sh\n")
        found[name].chmod(0o755)
    environ = {"UV": str(found["own"]), "LAPOR_UV": str(found["launchers"]), "PATH": str(found["path"].parent)}
    order = [
        find_uv(environ),
        find_uv({**environ, "UV": "/gone"}),
        find_uv({"PATH": environ["PATH"]}),
        find_uv({"PATH": ""}),
    ]
    assert order == [found["own"], found["launchers"], found["path"], None]


def test_the_model_gets_neither_our_python_nor_our_secrets() -> None:
    ours = {
        "HOME": "/home/lapor",
        "UV_CACHE_DIR": "/cache",
        "VIRTUAL_ENV": "/ours",
        "PYTHONPATH": "/ours",
        "UV_PYTHON": "3.12",
        "PYENV_VERSION": "3.12.1",
        "PYENV_DIR": "/elsewhere",
        "UV_PROJECT_ENVIRONMENT": "/ours",
        "LAPOR_TELEGRAM_TOKEN": "1:secret",
    }
    assert environment_for_model(ours) == {
        "HOME": "/home/lapor",
        "UV_CACHE_DIR": "/cache",
        "RASA_TELEMETRY_ENABLED": "false",
    }


def test_a_regency_without_training_data_uses_the_projects_and_adds_what_its_trainers_wrote(tmp_path: Path) -> None:
    folders = ModelFolders(tmp_path / "project", tmp_path / "regency", tmp_path / "var")
    projects, regencys, trainers = tmp_path / "project/data/nlu", tmp_path / "regency/nlu", tmp_path / "var/nlu"
    bare = folders.training_data()
    regencys.mkdir(parents=True)
    trainers.mkdir(parents=True)
    own = folders.training_data()
    (trainers / "category").mkdir()
    (trainers / "category" / "jalan.yml").touch()
    assert [bare, own, folders.training_data()] == [[projects], [regencys], [regencys, trainers]]


def test_a_process_that_was_killed_may_have_lacked_memory() -> None:
    assert "want of memory" in say_what_failed("Training the language model", 137, "", "nlu.log")


def test_what_is_unknown_is_told_by_its_last_words_or_its_code() -> None:
    assert say_what_failed("Training", 1, "a\n\nb c.\n", "nlu.log") == "Training failed: b c (see nlu.log)."
    assert say_what_failed("Training", 3, "", "nlu.log") == "Training failed: exit code 3 (see nlu.log)."


async def test_the_real_fingerprint_is_a_hash_and_changes_with_the_data(tmp_path: Path) -> None:
    project = Path(__file__).resolve().parents[3]
    folders = ModelFolders(project, project / "data", tmp_path)
    plain = await fingerprint(folders)
    added = tmp_path / "nlu" / "category" / "jalan.yml"
    added.parent.mkdir(parents=True)
    added.write_text("version: '3.1'\n")
    assert (len(plain), await fingerprint(folders) == plain) == (64, False)
    assert await fingerprint(replace(folders, data_dir=tmp_path / "other")) == plain
