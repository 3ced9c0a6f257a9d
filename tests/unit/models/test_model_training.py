"""A training, with small scripts in the place of Rasa: registered once, told as it goes, ended when it must end."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from actions.store.training.models import Model, SqlModels
from actions.store.training.trainings import SqlTrainings, Training, TrainingState
from bot.shipped import PROJECT
from bot.training.models import training
from bot.training.models.evaluation_sets import digest_of
from bot.training.models.model_context import ModelContext
from bot.training.models.training import Cancelled, Doing, Trainer
from bot.training.models.training_files import COPY, forget_old, learned_share
from bot.understanding.acts import own
from bot.understanding.acts.baseline import known_acts
from bot.understanding.acts.own import acts_of
from bot.understanding.model.compiled_model import CompiledUnderstanding
from bot.understanding.model.model_file import UnusableModel, read_signed
from bot.understanding.rasa.environment import PreparationFailed
from tests.unit.models.made_models import a_model_file
from tests.unit.understanding_compiled.model_files_made import a_header, content_of, some_arrays, unsigned
from tests.unit.understanding_compiled.test_compiled_export import EXPORT
from tests.unit.understanding_rasa.workshops import TRAIN, AWorkshop, a_workshop

pytestmark = pytest.mark.slow
WHO = "person:1"
ENDLESS = (
    "import os, pathlib, time\npathlib.Path(__file__).with_name('pid').write_text(str(os.getpid()))\ntime.sleep(600)"
)
GREEDY = "wanted = bytearray(900_000_000)"
LIGHT = """
import hashlib, json, pathlib, subprocess, sys
here = pathlib.Path(__file__).parent
words = sys.argv[1:]
assert words[0] == "--light"
out = pathlib.Path(words[words.index("--out") + 1])
out.parent.mkdir(parents=True, exist_ok=True)
data = words[words.index("--data") + 1]
made_from = subprocess.run([sys.executable, here / "fingerprint.py", "--data", data], capture_output=True, text=True)
out.write_bytes((here / "compiled").read_bytes())
about = {"hash": made_from.stdout.strip(), "rows": 3, "threshold_sure": 0.8}
out.with_suffix(".json").write_text(json.dumps(about))
"""
TALKS = """version: "3.1"
batch: regency
acts:
# 2026-12-03 09:00 · Rina · kata warga · #aabbccdd
- asked: card
  act: correct_story
  examples: |
    - hm yang itu belum pas kayaknya
    - eh kok gitu sih bukan itu maksudnya
- asked: card
  act: send
  examples: |
    - gas kirim
    - lanjut mas
- asked: card
  examples: |
    - [gas kirim](send), [eh bukan itu maksudnya](correct_story)
"""
LOG = "[1/5]   0.0 s  loading Rasa\n[2/5]   9.1 s  reading 44 files\n"


@pytest.fixture
def rasa_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AWorkshop:
    made = a_workshop(tmp_path)
    program = made.folders.program
    (program / "export.py").write_text(EXPORT)
    (program / "compiled").write_bytes(unsigned(content_of(a_header(), some_arrays())))
    (program / "config.yml").write_text("recipe: default.v1\n")
    data = made.folders.project / "data" / "nlu"
    (data / "category").mkdir()
    (data / "category" / "jalan.yml").write_text("- intent: complaint\n  examples: |\n    - jalan bolong\n")
    monkeypatch.delenv("UV", raising=False)
    monkeypatch.setenv("LAPOR_UV", made.environ["LAPOR_UV"])
    monkeypatch.setattr(training, "BEAT_SECONDS", 0.02)
    return made


@pytest.fixture
def shop(bench: ModelContext, rasa_environment: AWorkshop) -> ModelContext:
    return replace(bench, folders=rasa_environment.folders)


async def begin(shop: ModelContext) -> Trainer:
    async with shop.database.writing() as connection:
        return Trainer(shop, await SqlTrainings(connection).begin(WHO, shop.clock(), Doing.PREPARING))


async def nothing(model: Model) -> None:
    del model


async def how_it_is(shop: ModelContext, trainer: Trainer) -> Training:
    async with shop.database.reading() as connection:
        found = await SqlTrainings(connection).by_id(trainer.number)
    assert found
    return found


async def test_what_was_trained_is_signed_registered_and_told(shop: ModelContext) -> None:
    trainer, meaning = await begin(shop), []
    model = await trainer.run(WHO, lambda model: nothing(meaning.append(model)))  # type: ignore[func-returns-value, arg-type]
    ended = await how_it_is(shop, trainer)
    assert (ended.state, ended.done, ended.model, meaning) == (TrainingState.DONE, 1.0, model.id, [model])
    assert read_signed(shop.file_of(model), shop.key).header.texts == 10
    assert (model.who, model.about["configuration"]) == (WHO, "recipe: default.v1\n")
    assert shop.learned(model) >= {digest_of("Jalan, bolong!")}
    assert not (shop.folders.models / COPY).exists()


async def test_a_training_without_rasa_installs_nothing_of_it(shop: ModelContext, rasa_environment: AWorkshop) -> None:
    (rasa_environment.folders.program / "train.py").write_text(LIGHT)
    model = await replace(await begin(shop), light=True).run(WHO, nothing)
    assert read_signed(shop.file_of(model), shop.key).header.texts == 10
    assert (model.about["rows"], model.about["threshold_three"]) == (3, 0.3)
    assert not (rasa_environment.folders.project / "bin" / "installed").exists()
    assert {path.suffix for path in shop.folders.models.iterdir()} == {".lapor", ".learned"}


def add_talks(shop: ModelContext) -> None:
    """Trainers have said what messages of talks do, in a regency whose villages are known."""
    shop.folders.config_dir.mkdir(exist_ok=True)
    for one in (PROJECT / "data").iterdir():
        if one.name != "nlu":
            (shop.folders.config_dir / one.name).symlink_to(one)
    file = shop.folders.data_dir / "nlu" / "acts" / "card.yml"
    file.parent.mkdir(parents=True)
    file.write_text(TALKS)


@pytest.mark.parametrize("how", ["with Rasa", "light"])
async def test_what_messages_do_is_learned_with_the_model_and_lies_in_its_signed_file(
    shop: ModelContext, rasa_environment: AWorkshop, how: str
) -> None:
    light = how == "light"
    (rasa_environment.folders.program / "train.py").write_text(LIGHT if light else TRAIN)
    before = await replace(await begin(shop), light=light).run(WHO, nothing)
    assert shop.read(before).acts is None
    add_talks(shop)
    after = await replace(await begin(shop), light=light).run(WHO, nothing)
    understanding = CompiledUnderstanding(shop.read(after))
    heard = acts_of(understanding).hear("card", "gas kirim", understanding.read("gas kirim"))
    assert ([one.name for one in heard], acts_of(understanding).acts) == (
        ["send"],
        ("correct_story", "send", "several"),
    )
    assert {path.suffix for path in shop.folders.models.glob("model-*")} == {".lapor", ".learned"}
    file = shop.file_of(after)
    whole = bytearray(file.read_bytes())
    whole[-9] ^= 1
    file.write_bytes(whole)
    with pytest.raises(UnusableModel, match="signature"):
        shop.read(after)


async def test_acts_that_another_version_learned_are_not_used(
    shop: ModelContext, rasa_environment: AWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    del rasa_environment
    add_talks(shop)
    model = await (await begin(shop)).run(WHO, nothing)
    assert shop.read(model).acts is not None
    monkeypatch.setattr(own, "LEARNED_FROM", "f" * 64)
    understanding = CompiledUnderstanding(shop.read(model))
    assert acts_of(understanding) is known_acts()


async def test_rows_that_cannot_be_read_end_the_training_in_a_sentence(
    shop: ModelContext, rasa_environment: AWorkshop
) -> None:
    del rasa_environment
    add_talks(shop)
    (shop.folders.data_dir / "nlu" / "acts" / "card.yml").write_text("acts: [")
    with pytest.raises(PreparationFailed, match="Learning what messages do"):
        await (await begin(shop)).run(WHO, nothing)
    assert list(shop.folders.models.glob("*.lapor")) == []


async def test_a_training_without_rasa_that_fails_leaves_nothing(
    shop: ModelContext, rasa_environment: AWorkshop
) -> None:
    (rasa_environment.folders.program / "train.py").write_text(f"{LIGHT}\nsys.exit('no space')")
    with pytest.raises(PreparationFailed, match="no space"):
        await replace(await begin(shop), light=True).run(WHO, nothing)
    assert list(shop.folders.models.glob("*.lapor")) == []


async def test_the_same_data_are_not_trained_again(shop: ModelContext, rasa_environment: AWorkshop) -> None:
    first = await (await begin(shop)).run(WHO, nothing)
    rasa_environment.let_python_stumble()
    assert await (await begin(shop)).run(WHO, nothing) == first


async def test_a_training_that_somebody_ends_leaves_no_process(shop: ModelContext, rasa_environment: AWorkshop) -> None:
    (rasa_environment.folders.program / "train.py").write_text(ENDLESS)
    trainer = await begin(shop)
    running = asyncio.create_task(trainer.run(WHO, nothing))
    pid = rasa_environment.folders.program / "pid"
    async with asyncio.timeout(30):
        while not pid.exists():
            await asyncio.sleep(0.01)
        async with shop.database.writing() as connection:
            await SqlTrainings(connection).cancel(trainer.number)
        with pytest.raises(Cancelled):
            await running
        while Path("/proc", pid.read_text()).exists():
            await asyncio.sleep(0.01)
    ended = await how_it_is(shop, trainer)
    assert (ended.state, ended.doing) == (TrainingState.CANCELLED, Doing.CANCELLED)


async def test_a_training_that_takes_too_long_is_ended(shop: ModelContext, rasa_environment: AWorkshop) -> None:
    (rasa_environment.folders.program / "train.py").write_text(ENDLESS)
    hurried = replace(shop, gate=replace(shop.gate, training_minutes=1 / 60))  # type: ignore[arg-type]
    trainer = await begin(hurried)
    with pytest.raises(PreparationFailed, match="took longer than"):
        await trainer.run(WHO, nothing)
    assert (await how_it_is(shop, trainer)).doing == Doing.TOO_LONG


async def test_a_training_that_wants_too_much_memory_fails_and_says_where_to_allow_it(
    shop: ModelContext, rasa_environment: AWorkshop
) -> None:
    (rasa_environment.folders.program / "train.py").write_text(GREEDY)
    narrow = replace(shop, gate=replace(shop.gate, training_megabytes=500))
    trainer = await begin(narrow)
    with pytest.raises(PreparationFailed, match=r"more memory than data/gate\.toml allows"):
        await trainer.run(WHO, nothing)
    assert (await how_it_is(shop, trainer)).state is TrainingState.FAILED


async def test_data_that_cannot_be_learned_fail_in_the_trainings_own_words(
    shop: ModelContext, rasa_environment: AWorkshop
) -> None:
    rasa_environment.let_python_stumble()
    trainer = await begin(shop)
    with pytest.raises(PreparationFailed, match="line 7: an example bears no intent"):
        await trainer.run(WHO, nothing)
    ended = await how_it_is(shop, trainer)
    assert "line 7" in ended.doing
    assert "line 7" in ended.log


async def test_files_of_models_that_nobody_uses_are_forgotten(shop: ModelContext) -> None:
    made = []
    for letter in "0abcdef":
        file = a_model_file(shop.folders, shop.key, letter * 64)
        model = Model(0, file.name, letter * 64, letter * 64, "", {}, 1, shop.clock(), WHO)
        async with shop.database.writing() as connection:
            made.append(await SqlModels(connection).add(model))
    await forget_old(shop)
    kept = sorted(file.name for file in shop.folders.models.glob("model-*.lapor"))
    assert kept == [model.file for model in made[2:]]


@pytest.mark.parametrize(("log", "share"), [("", 0.1), (LOG, 0.25), (LOG + "[5/5] 40.0 s  ready\n", 0.7)])
def test_how_far_it_is_is_read_from_what_it_says(log: str, share: float) -> None:
    assert learned_share(log) == pytest.approx(share)
