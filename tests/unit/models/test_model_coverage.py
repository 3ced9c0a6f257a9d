"""A category that the model in service cannot predict is named, whichever model that is, until one can."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from actions.store.engine.database import Database
from bot.training.models.comparing import compare_with_service
from bot.training.models.coverage import unpredicted, what_to_do
from bot.training.models.model_context import ModelContext
from bot.training.models.promotion import promote, try_here
from tests.unit.models.made_models import a_model

OWN = "pasar_hewan"
WHO = "person:1"


def with_own(bench: ModelContext, mode: str = "compiled") -> ModelContext:
    """Of a regency that has a category more."""
    return replace(bench, known=bench.known | {OWN}, mode=mode)


def parks_animals(header: dict[str, Any]) -> None:
    """Has learned the category of its own, and forgotten another."""
    header["categories"][header["categories"].index("parkir")] = OWN


async def test_the_model_that_comes_with_this_version_knows_the_project_s_categories(bench: ModelContext) -> None:
    assert await unpredicted(bench) == ()
    assert await unpredicted(with_own(bench)) == (OWN,)


@pytest.mark.thorough
async def test_what_was_promoted_counts(bench: ModelContext) -> None:
    own = with_own(bench)
    model = await a_model(own, "a", parks_animals)
    assert await unpredicted(own) == (OWN,)
    await compare_with_service(own, model, [], WHO)
    await promote(own, model, WHO, partial(try_here, own), may_overrule=True, reason="ada kategori baru")
    assert await unpredicted(own) == ("parkir",)


@pytest.mark.thorough
async def test_rasa_knows_what_today_s_data_teach_until_a_model_is_promoted(bench: ModelContext) -> None:
    assert await unpredicted(with_own(bench, "rasa")) == (OWN,)
    file = bench.folders.data_dir / "nlu" / "category" / f"{OWN}.yml"
    file.parent.mkdir(parents=True)
    lines = "    - sapi lepas dari pasar hewan\n"
    file.write_text(f"nlu:\n- intent: complaint\n  metadata:\n    category: {OWN}\n  examples: |\n{lines}", "utf-8")
    assert await unpredicted(with_own(bench, "rasa")) == ()


async def test_without_a_model_of_ours_nothing_is_missed(bench: ModelContext) -> None:
    for mode in ("off", "http://127.0.0.1:5005"):
        assert await unpredicted(with_own(bench, mode)) == ()
    away = replace(with_own(bench), folders=replace(bench.folders, project=Path("/nowhere")))
    assert await unpredicted(away) == ()


async def test_before_the_first_start_there_is_no_database_and_none_is_made(
    bench: ModelContext, tmp_path: Path
) -> None:
    file = tmp_path / "not-yet.db"
    database = Database(f"sqlite:///{file}")
    assert await unpredicted(replace(with_own(bench), database=database)) == (OWN,)
    await database.close()
    assert not file.exists()


def test_what_is_to_be_done_is_one_line_however_many_there_are() -> None:
    assert what_to_do([OWN]) == (
        "The language model in service cannot predict pasar_hewan; only the list of all categories offers it. "
        "Mend it with 120 examples in data/nlu/category/pasar_hewan.yml, ./lapor nlu train and ./lapor nlu promote."
    )
    assert "predict a, b, c, d, e and 2 more; only the list of all categories offers them." in what_to_do("abcdefg")
