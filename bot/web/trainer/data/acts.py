"""Messages of talks on the page of what is decided and not saved: shown, saved with a why, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.people.people import Person
from actions.store.training.act_samples import ActSample
from bot.conversation.screen import Line, line
from bot.training.corpus.act_folder import ActsNotSaved
from bot.training.corpus.folder import Saved
from bot.web.trainer.acts.words import ASKED_WORDS
from bot.web.trainer.context import TrainerContext
from bot.web.trainer.models.words import ACT_WORDS


@dataclass(frozen=True, slots=True)
class DecidedAct:
    """A message of a talk that waits to be saved; `other`: what the data has it as, where that is something else."""

    sample: ActSample
    asked: Line
    label: Line
    by: str
    other: Line | None


async def acts_names(context: TrainerContext) -> Mapping[str, Any]:
    """What the template takes."""
    pending = await context.labelling_service.acts.pending()
    others = {one.key: known for one, known in pending.preview.conflicts}
    keys = {(one.asked, one.words): one.key for one, _ in pending.preview.conflicts}
    decided = [
        DecidedAct(
            one,
            ASKED_WORDS[one.asked],
            ACT_WORDS[one.label],
            pending.labelled_by[one.id],
            _as(others.get(keys.get((one.asked, one.words), ("", "")))),
        )
        for one in pending.samples
    ]
    return {"acts": decided, "acts_conflicts": others, "acts_personal": pending.preview.personal}


async def save_acts(context: TrainerContext, person: Person, why: str) -> Saved | None:
    """Saves what is decided; None where something stands in the way."""
    try:
        return await context.labelling_service.acts.save(why, person)
    except ActsNotSaved:
        return None


async def take_acts_back(context: TrainerContext, person: Person, numbers: Sequence[int]) -> None:
    """These wait again to be labelled."""
    for number in numbers:
        await context.labelling_service.acts.take_back(person, number)


def _as(label: str | None) -> Line | None:
    return line("acts-other-act", label=(ACT_WORDS[label],)) if label else None
