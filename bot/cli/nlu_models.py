"""`lapor nlu train, models, compare, shadow, promote, rollback`: the steps of the trainers' pages, as commands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Annotated

import typer
from rich.table import Table

from actions.people.handlers import known_person
from actions.people.people import Person, PersonRefused
from actions.people.roles import Role
from actions.store.engine import schema
from actions.store.people.people import SqlPeople
from actions.store.training.models import Model, ModelChange, SqlModels
from actions.store.training.trainings import AlreadyTraining, SqlTrainings
from bot.cli.nlu_models_words import show, why_not
from bot.cli.output import console, print_json
from bot.cli.serving import terminal_user
from bot.configuration.settings import read_settings
from bot.main.assembly import assemble
from bot.main.failures import CommandFailed
from bot.main.understanding_wiring import model_context_of
from bot.training.models.comparing import Judged, compare_with_service, live_labels
from bot.training.models.model_context import ModelContext, NoModel
from bot.training.models.promotion import PromotionRefused, let_shadow, promote, roll_back, try_here
from bot.training.models.training import Cancelled, Doing, Trainer

Named = Annotated[str, typer.Argument(help="The number of the model, or its file, as ./lapor nlu models lists it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
For = Annotated[str | None, typer.Option("--for", hidden=True, help="Whom the service does it for.")]


def add_models(nlu: typer.Typer) -> None:
    """Add these commands to `lapor nlu`."""
    for command in (train, models, compare, shadow, promote_model, rollback):
        nlu.command("promote" if command is promote_model else None)(command)


def train(
    who: For = None,
    training: Annotated[int | None, typer.Option(hidden=True, help="The training that the service began.")] = None,
    light: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--light", help="Without Rasa: the same model, 200 MB instead of 2.5 GB.")
    ] = False,
) -> None:
    """Train the model, when its data or configuration changed, compile it, and compare it with the one in service."""
    asyncio.run(train_here(who, training, light=light))


def models(as_json: AsJson = False) -> None:  # noqa: FBT002 - an option of the command line
    """List the models that were made here, the newest first, and say which is in service."""
    listed = asyncio.run(_models())
    if as_json:
        print_json(listed)
        return
    table = Table("model", "file", "made", "by", "examples", "state", box=None)
    for each in listed:
        table.add_row(*(str(each[name]) for name in ("model", "file", "made_at", "who", "examples", "state")))
    console.print(table)


def compare(
    model: Named,
    as_json: AsJson = False,  # noqa: FBT002 - an option of the command line
    who: For = None,
) -> None:
    """Compare a model with the one in service, and say whether the gate lets it through."""
    former, judged = asyncio.run(_compare(model, who))
    if as_json:
        print_json(judged.model_dump(mode="json") | {"passed": judged.passed, "former": former.id})
        return
    show(judged)


def shadow(
    model: Annotated[str | None, typer.Argument(help="As for compare; without it the shadow ends.")] = None,
) -> None:
    """Have a model read what citizens write and say nothing; /trainer/models counts where it would have differed."""
    change = asyncio.run(_shadow(model))
    console.print(f"Model {change.model} reads along." if model else "No model reads along.")


def promote_model(
    model: Named,
    despite: Annotated[str, typer.Option(help="Why the gate is overruled.")] = "",
    by: Annotated[str | None, typer.Option(help="The admin who overrules it.")] = None,
) -> None:
    """Put a model into service; a service that runs uses it within seconds."""
    change = asyncio.run(_promote(model, despite, by))
    console.print(f"Model {change.model} is in service. ./lapor nlu rollback takes it back.")


def rollback() -> None:
    """Put the former model back into service; a service that runs uses it within seconds."""
    change = asyncio.run(_rollback())
    console.print(f"Model {change.model} is back in service.")


async def train_here(who: str | None = None, number: int | None = None, *, light: bool = False) -> None:
    """Train in this process, and compare; the first model that is trained here takes over if the gate lets it.

    Args:
        who: whom the service does it for; None: whoever works at this terminal.
        number: of the training that the service began; None: it begins here.
        light: without Rasa.

    Raises:
        CommandFailed: another training runs, or this one was cancelled.
        PreparationFailed: it failed.
    """
    by = who or terminal_user()
    async with model_context() as bench:
        if light and bench.mode == "rasa":
            raise CommandFailed("LAPOR_NLU=rasa serves what Rasa has trained: train without --light.")
        trainer = Trainer(bench, number or await _begin(bench, by), light=light)
        judged: list[Judged] = []

        async def then(model: Model) -> None:
            _, current = await bench.model_in_service()
            if model.id != current.id:
                judged.append((await compare_with_service(bench, model, await live_labels(bench), by))[1])

        try:
            model = await trainer.run(by, then)
        except Cancelled:
            raise CommandFailed("The training was cancelled.") from None
        console.print(f"Model {model.id} is trained: {model.file}.")
        if judged:
            show(judged[0])
            await _take_over(bench, model, judged[0], by, is_first=number is None)


async def _take_over(bench: ModelContext, model: Model, judged: Judged, who: str, *, is_first: bool) -> None:
    """The first model of an installation follows the one that came with the version; the others wait."""
    now, _ = await bench.model_in_service()
    if is_first and now.version == 0 and judged.passed:
        await promote(bench, model, who, partial(try_here, bench))
        console.print("It is in service, the first that was trained here. A service that runs uses it within seconds.")
    elif judged.passed:
        console.print(f"./lapor nlu promote {model.id} puts it into service.")
    else:
        console.print("It is not in service.")


async def _begin(bench: ModelContext, who: str) -> int:
    try:
        async with bench.database.writing() as connection:
            return await SqlTrainings(connection).begin(who, bench.clock(), Doing.PREPARING)
    except AlreadyTraining:
        raise CommandFailed("Another training runs; it can be ended on /trainer/models.") from None


async def _models() -> list[dict[str, object]]:
    async with model_context() as bench:
        now, current = await bench.model_in_service()
        async with bench.database.reading() as connection:
            found = await SqlModels(connection).newest()
        states = {now.shadow: "shadow", now.former: "former", current.id: "in service"}
        return [_document(model, states.get(model.id, "")) for model in found]


def _document(model: Model, state: str) -> dict[str, object]:
    return {
        "model": model.id,
        "file": model.file,
        "state": state,
        "made_at": model.made_at.isoformat(timespec="seconds"),
        "who": model.who,
        "examples": model.about.get("rows", model.about.get("texts")),
        "bytes": model.bytes,
        "sha256": model.sha256,
        "made_from": model.made_from,
        "data_hash": model.data_hash,
        "about": model.about,
    }


async def _compare(named: str, who: str | None) -> tuple[Model, Judged]:
    async with model_context() as bench:
        return await compare_with_service(
            bench, await bench.model(named), await live_labels(bench), who or terminal_user()
        )


async def _promote(named: str, reason: str, by: str | None) -> ModelChange:
    async with model_context() as bench:
        admin = await _admin(bench, by) if by else None
        who = f"person:{admin.id}" if admin else terminal_user()
        model = await bench.model(named)
        return await promote(bench, model, who, partial(try_here, bench), may_overrule=admin is not None, reason=reason)


async def _admin(bench: ModelContext, name: str) -> Person:
    async with bench.database.reading() as connection:
        person = await known_person(SqlPeople(connection), name)
    if not person.has_any({Role.ADMIN}):
        raise CommandFailed(f"{person.name} is no admin; only an admin may overrule the gate.")
    return person


async def _shadow(named: str | None) -> ModelChange:
    async with model_context() as bench:
        model = await bench.model(named) if named else None
        return await let_shadow(bench, model, terminal_user(), partial(try_here, bench))


async def _rollback() -> ModelChange:
    async with model_context() as bench:
        return await roll_back(bench, terminal_user(), partial(try_here, bench))


@asynccontextmanager
async def model_context() -> AsyncIterator[ModelContext]:
    """Where the models of this installation are worked on.

    Raises:
        CommandFailed: what was asked for is refused; one sentence says why.
    """
    service = assemble(read_settings())
    try:
        await service.database.check()
        await schema.upgrade(service.database)
        yield model_context_of(service)
    except (NoModel, PersonRefused) as refused:
        raise CommandFailed(str(refused)) from None
    except PromotionRefused as refused:
        raise CommandFailed(why_not(refused)) from None
    finally:
        await service.database.close()
