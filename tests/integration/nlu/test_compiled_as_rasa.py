"""The compiled model says what Rasa's server says, and the baseline is that of today's data."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.understanding.model import baseline as compiled_baseline
from bot.understanding.model.export import export, export_baseline
from bot.understanding.model.model_file import UnusableModel, read_known, read_signed
from bot.understanding.model.compiled_model import CompiledModel, Label
from bot.understanding.rasa.model_files import ModelFolders, TrainedModel
from bot.understanding.rasa.environment import RasaEnvironment, find_uv
from bot.understanding.rasa.server import RasaServer
from bot.understanding.rasa.server_address import ServerAddress, answering
from tests.integration.nlu.authored_texts import ODD, authored, disturbed

TEXTS_AT_ONCE = 500
AS_CLOSE_AS = 1e-6
SAME_FIRST = 0.99
KEY = secrets.token_bytes(32)
pytestmark = [pytest.mark.rasa, pytest.mark.slow, pytest.mark.skipif(find_uv() is None, reason="uv is not on the path")]


async def exported(folders: ModelFolders, trained: TrainedModel) -> CompiledModel:
    file = await export(RasaEnvironment.open(folders), trained, KEY)
    return CompiledModel.of(read_signed(file, KEY))


async def asked_of_rasa(folders: ModelFolders, texts: Sequence[str]) -> list[dict[str, Any]]:
    """What Rasa's server answers to each text."""
    async with RasaServer(folders, lambda _: None) as server:
        await server.first_reader()
        address = await answering(folders.address)
        assert address is not None
        return [document for some in _portions(texts) for document in await _parse_many(address, some)]


def _portions(texts: Sequence[str]) -> list[Sequence[str]]:
    return [texts[start : start + TEXTS_AT_ONCE] for start in range(0, len(texts), TEXTS_AT_ONCE)]


async def _parse_many(address: ServerAddress, texts: Sequence[str]) -> list[dict[str, Any]]:
    url = f"http://127.0.0.1:{address.port}/model/parse_many?token={address.token}"
    async with aiohttp.ClientSession() as session, session.post(url, json={"texts": list(texts)}) as answer:
        documents: list[dict[str, Any]] = await answer.json()
        return documents


def difference(ours: Sequence[Label], theirs: Sequence[dict[str, Any]]) -> float:
    """The largest difference of a confidence; infinite where labels or their order differ by more than rounding."""
    confidences = dict(ours)
    if confidences.keys() != {label["name"] for label in theirs}:
        return float("inf")
    in_their_order = [confidences[label["name"]] for label in theirs]
    rounding = 1e-12
    if any(later > earlier + rounding for earlier, later in pairwise(in_their_order)):
        return float("inf")
    return max((abs(confidences[label["name"]] - label["confidence"]) for label in theirs), default=0.0)


async def test_five_thousand_texts_are_read_as_rasas_server_reads_them(
    folders: ModelFolders, trained: TrainedModel
) -> None:
    sentences = authored()[::2]
    texts = [*ODD, *sentences, *disturbed(sentences)]
    assert len(texts) >= 5_000
    compiled = await exported(folders, trained)
    apart = [
        max(difference(read.intents, said["intent_ranking"]), difference(read.categories, said["category_ranking"]))
        for read, said in zip(map(compiled.rank, texts), await asked_of_rasa(folders, texts), strict=True)
    ]
    assert [number for number, each in enumerate(apart) if each >= AS_CLOSE_AS] == []


async def test_the_baseline_is_that_of_todays_data(
    folders: ModelFolders, trained: TrainedModel, tmp_path: Path
) -> None:
    code = tmp_path / "known.py"
    code.write_text(f'SHA256 = "{"0" * 64}"\n')
    file = tmp_path / "baseline" / "model.lapor"
    sha256 = await export_baseline(RasaEnvironment.open(folders), trained, file, code)
    assert code.read_text() == f'SHA256 = "{sha256}"\n'
    fresh = CompiledModel.of(read_known(file, sha256))
    kept_file = compiled_baseline.baseline_file(folders.project)
    kept = CompiledModel.of(read_known(kept_file, compiled_baseline.SHA256))

    sentences = authored()
    texts = [*sentences, *disturbed(sentences)]
    same = sum(firsts(fresh, text) == firsts(kept, text) for text in texts) / len(texts)
    assert same >= SAME_FIRST, (
        f"only {same:.3f} of the first labels are the same: data/nlu/ has changed since the baseline was made. "
        "Run ./lapor nlu export --baseline and commit what it writes."
    )


async def test_a_model_that_was_exported_is_of_this_installation_alone(
    folders: ModelFolders, trained: TrainedModel
) -> None:
    file = await export(RasaEnvironment.open(folders), trained, KEY)
    with pytest.raises(UnusableModel, match="signature"):
        read_signed(file, secrets.token_bytes(32))
    assert not list(folders.models.glob("*.unsigned"))


def firsts(model: CompiledModel, text: str) -> tuple[str | None, str]:
    """The first intent and the first category."""
    read = model.rank(text)
    return (read.intents[0][0] if read.intents else None, read.categories[0][0])
