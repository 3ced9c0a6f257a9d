"""Dialogue acts that were learned here: heard with the model in whose file they lie, and guarded by the gate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from actions.store.training.models import Model, SqlModels
from bot.training.models import comparing
from bot.training.models.acts_compared import frozen_acts
from bot.training.models.gate import Demand
from bot.training.models.model_context import ModelContext, entry
from bot.training.models.promotion import tried
from bot.training.models.shadowing import Shadowed, Tally
from bot.understanding.acts.baseline import known_acts
from bot.understanding.acts.model import ActsModel
from bot.understanding.acts.own import acts_of, sealed
from bot.understanding.fallback import FixedModel, SteadyUnderstanding
from bot.understanding.model.acts_part import put_acts
from bot.understanding.model.model_file import sign
from tests.talks.world import keywords
from tests.unit.models.made_models import a_model


def confused() -> ActsModel:
    """Takes questions about the service for cancelling, and the other way round."""
    known = known_acts()
    order = np.arange(len(known.acts))
    one, other = known.acts.index("ask_service"), known.acts.index("cancel")
    order[[one, other]] = order[[other, one]]
    return replace(known, weights=known.weights[:, order], bias=known.bias[order])


async def with_acts(bench: ModelContext, letter: str, acts: ActsModel) -> Model:
    """The baseline, with acts that were learned here."""
    model = await a_model(bench, letter)
    file = bench.file_of(model)
    put_acts(file, sealed(acts))
    sign(file, file, bench.key)
    made = entry(
        name=file.name,
        file=file,
        made_from=model.made_from,
        data_hash=model.data_hash,
        about={},
        who=model.who,
        at=model.made_at,
    )
    async with bench.database.writing() as connection:
        return await SqlModels(connection).add(made)


def failed(bench: ModelContext, former: Model, candidate: Model) -> set[tuple[Demand, str]]:
    judged = comparing.judge(bench, former, candidate, comparing.TestSets([], [], [], acts=frozen_acts()))
    return {(check.demand, check.of) for check in judged.checks if not check.passed}


async def test_a_model_whose_own_acts_are_worse_is_stopped_by_the_gate(bench: ModelContext) -> None:
    former, candidate = await a_model(bench, "a"), await with_acts(bench, "b", confused())
    found = failed(bench, former, candidate)
    assert {(Demand.ACTS, ""), (Demand.ACT, "act:ask_service"), (Demand.ACT, "act:cancel")} <= found
    assert failed(bench, candidate, former) == set()


async def test_the_same_acts_go_through_and_are_those_that_hear(bench: ModelContext) -> None:
    former, candidate = await a_model(bench, "a"), await with_acts(bench, "b", known_acts())
    assert failed(bench, former, candidate) == set()
    before, after = tried(bench, former), tried(bench, candidate)
    assert acts_of(before) is known_acts()
    assert after.acts is not None
    assert acts_of(SteadyUnderstanding(FixedModel(after), keywords())) is after.acts
    assert acts_of(Shadowed(after, before, Tally())) is after.acts
    assert acts_of(Shadowed(before, after, Tally())) is known_acts(), "a shadow is heard by nobody"
    assert acts_of(SteadyUnderstanding(None, keywords())) is known_acts()


async def test_what_was_labelled_here_does_not_measure(bench: ModelContext) -> None:
    every = frozen_acts()
    known = next(row for row in every if row.moment == "card")
    own = bench.folders.data_dir / "nlu"
    (own / "acts").mkdir(parents=True)
    head = 'version: "3.1"\nbatch: regency\nacts:\n'
    rows = f"{head}- asked: card\n  act: send\n  examples: |\n    - {known.text.upper()}\n"
    (own / "acts" / "card.yml").write_text(rows, encoding="utf-8")
    measures = set(frozen_acts(own))
    assert [row for row in every if row not in measures] == [known]
