"""What the pages on models share: where models are worked on, what answers here, and what is read for a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request

from actions.people.roles import Role
from actions.store.people.people import SqlPeople
from actions.store.training.models import Model, SqlModels
from actions.store.training.trainings import SqlTrainings
from bot.training.models.comparing import Judged
from bot.training.models.gate import checks
from bot.training.models.model_context import ModelContext
from bot.training.models.promotion import try_here
from bot.training.models.serving import PromotedModel
from bot.training.models.subprocesses import Commands
from bot.web.shared.access import person_of
from bot.web.trainer.context import TrainerContext
from bot.web.trainer.models.view import Registry, ViewWords

SEEN_WITHIN = timedelta(seconds=90)


@dataclass(slots=True)
class ModelsContext:
    """The parts that the pages of models share."""

    trainer: TrainerContext
    commands: Commands

    @property
    def bench(self) -> ModelContext:
        """The model context: folders, registry and test sets."""
        return self.commands.bench

    @property
    def served(self) -> PromotedModel | None:
        """The model that answers in this process, where one does."""
        return self.commands.served

    async def ready(self, model: Model) -> None:
        """As `promotion.Ready`: in the process that answers, where this is one.

        Raises:
            UnusableModel: the model is no use.
        """
        await (self.served.ready(model) if self.served else try_here(self.bench, model))

    async def follow(self) -> None:
        """Use at once here what was put into service; the other processes follow within seconds."""
        if self.served:
            await self.served.look()

    async def registry(self) -> Registry:
        """Everything that the pages show.

        Raises:
            NoModel: nothing answers.
        """
        now, current = await self.bench.model_in_service()
        moment = self.bench.clock()
        async with self.bench.database.reading() as connection:
            book = SqlModels(connection)
            models = await book.newest()
            found = await book.last_comparisons([model.id for model in models])
            judged = {each.candidate: self.judged(each.document) for each in found}
            trainings = await SqlTrainings(connection).newest(moment)
            history, processes = await book.history(), await book.living(moment - SEEN_WITHIN)
        return Registry(now, current, models, trainings, history, processes, judged)

    def judged(self, document: str) -> Judged:
        """A comparison as it was kept, under the gate of today."""
        kept = Judged.model_validate_json(document)
        return Judged(comparison=kept.comparison, checks=checks(self.bench.gate, kept.comparison))

    async def say(self, request: Request) -> ViewWords:
        """Words and numbers as this page says them."""
        async with self.bench.database.reading() as connection:
            people = await SqlPeople(connection).everybody()
        names = {f"person:{person.id}": person.name for person in people}
        named = self.bench.known | frozenset(self.bench.groups.values())
        return ViewWords(self.trainer.page.site.texts, self.trainer.sign_in.language(request), named, names)


def who(request: Request) -> str:
    """The person who asks, as the record of changes names her."""
    return f"person:{person_of(request).id}"


def is_admin(request: Request) -> bool:
    """Whether who asks may overrule the gate."""
    return person_of(request).has_any({Role.ADMIN})
