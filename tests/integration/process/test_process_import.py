"""An import that the pages began, carried out by a process of its own."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from actions.store.engine import schema
from bot.configuration.settings import Settings
from bot.main.assembly import assemble
from bot.main.training_processes import import_in_a_process
from bot.main.training_wiring import data_folder, importer
from bot.training.corpus.rows import Columns
from bot.training.samples.imports import ImportStage
from tests.unit.people.officers import an_officer

pytestmark = pytest.mark.slow


async def test_rows_are_saved_by_another_process(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, nlu="off")
    service = assemble(settings)
    await schema.upgrade(service.database)
    trainer = await an_officer(service.database, "Rina", password=None, at=service.clock())
    reads = importer(service, data_folder(service))
    file = tmp_path / "aduan.csv"
    file.write_text("isi,bidang\nparit di belakang kantor camat lama penuh lumpur sejak lebaran,jalan\n", "utf-8")
    begun = reads.begin(file, file.name, Columns("isi", "", "bidang"), "Rina", "impor", service.clock())
    async with asyncio.timeout(120):
        await import_in_a_process(settings, begun, trainer)
    done = reads.find(begun.id)
    assert done
    assert (done.stage, done.accepted, done.failed) == (ImportStage.SAVED, 1, "")
    assert "penuh lumpur" in (tmp_path / "nlu" / "category" / "jalan.yml").read_text("utf-8")
    assert "penuh lumpur" not in "".join(log.read_text("utf-8") for log in (tmp_path / "logs").iterdir())
    await service.database.close()
