"""`lapor nlu train, models, compare, promote, rollback`: the steps of the trainers' pages, as commands."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Annotated

import typer
from rich.table import Table

from actions.people import Person, PersonRefused
from actions.people_handlers import known_person
from actions.roles import Role
from actions.store import schema
from actions.store.model_trainings import AlreadyTraining, SqlTrainings
from actions.store.models import Change, Model, SqlModels
from actions.store.people import SqlPeople
from bot.assembly import assemble
from bot.cli.output import console, print_json
from bot.failures import CommandFailed
from bot.models.comparing import Judged, compare_with_service
from bot.models.gate import Check, Demand
from bot.models.labels import live_labels
from bot.models.promotion import Refused, Why, promote, roll_back, try_here
from bot.models.training import Cancelled, Doing, Trainer
from bot.models.workbench import NoModel, Workbench
from bot.settings import read_settings
from bot.understanding_choice import workbench_of

Named = Annotated[str, typer.Argument(help="The number of the model, or its file, as ./lapor nlu models lists it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
For = Annotated[str | None, typer.Option("--for", hidden=True, help="Whom the service does it for.")]

WORDS = {
    Why.IN_SERVICE: "This model is in service already.",
    Why.NOT_COMPARED: "This model was not compared with the one in service: ./lapor nlu compare does it.",
    Why.GATE: "The gate does not let this model through. An admin overrules it with --despite REASON --by NAME.",
    Why.NOT_YOURS: "Only an admin may overrule the gate: name one with --by.",
    Why.NO_FORMER: "There is no former model to go back to.",
    Why.UNUSABLE: "This model cannot be used:",
    Why.MEANWHILE: "Somebody else has changed the model in service a moment ago: look again.",
}
DEMANDS = {
    Demand.GOLDEN: "golden phrases that fail",
    Demand.MACRO_F1: "macro-F1",
    Demand.LABEL: "F1",
    Demand.CALIBRATION: "calibration error",
    Demand.SPEED: "milliseconds a text",
    Demand.SIZE: "megabytes",
}
_AT_MOST = {Demand.GOLDEN, Demand.CALIBRATION, Demand.SPEED, Demand.SIZE}


def add_models(nlu: typer.Typer) -> None:
    """Add these commands to `lapor nlu`."""
    for command in (train, models, compare, promote_model, rollback):
        nlu.command("promote" if command is promote_model else None)(command)


def train(
    who: For = None,
    training: Annotated[int | None, typer.Option(hidden=True, help="The training that the service began.")] = None,
) -> None:
    """Train the model, when its data or configuration changed, compile it, and compare it with the one in service."""
    asyncio.run(train_here(who, training))


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
    _show(judged)


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


async def train_here(who: str | None = None, number: int | None = None) -> None:
    """Train in this process, and compare; the first model that is trained here takes over if the gate lets it.

    Args:
        who: whom the service does it for; None: whoever works at this terminal.
        number: of the training that the service began; None: it begins here.

    Raises:
        CommandFailed: another training runs, or this one was cancelled.
        PreparationFailed: it failed.
    """
    by = who or terminal()
    async with workbench() as bench:
        trainer = Trainer(bench, number or await _begin(bench, by))
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
            _show(judged[0])
            await _take_over(bench, model, judged[0], by, is_first=number is None)


async def _take_over(bench: Workbench, model: Model, judged: Judged, who: str, *, is_first: bool) -> None:
    """The first model of an installation follows the one that came with the version; the others wait."""
    now, _ = await bench.model_in_service()
    if is_first and now.version == 0 and judged.passed:
        await promote(bench, model, who, partial(try_here, bench))
        console.print("It is in service, the first that was trained here. A service that runs uses it within seconds.")
    elif judged.passed:
        console.print(f"./lapor nlu promote {model.id} puts it into service.")
    else:
        console.print("It is not in service.")


async def _begin(bench: Workbench, who: str) -> int:
    try:
        async with bench.database.writing() as connection:
            return await SqlTrainings(connection).begin(who, bench.clock(), Doing.PREPARING)
    except AlreadyTraining:
        raise CommandFailed("Another training runs; it can be ended on /trainer/models.") from None


async def _models() -> list[dict[str, object]]:
    async with workbench() as bench:
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
    async with workbench() as bench:
        return await compare_with_service(bench, await bench.model(named), await live_labels(bench), who or terminal())


async def _promote(named: str, reason: str, by: str | None) -> Change:
    async with workbench() as bench:
        admin = await _admin(bench, by) if by else None
        who = f"person:{admin.id}" if admin else terminal()
        model = await bench.model(named)
        return await promote(bench, model, who, partial(try_here, bench), may_overrule=admin is not None, reason=reason)


async def _admin(bench: Workbench, name: str) -> Person:
    async with bench.database.reading() as connection:
        person = await known_person(SqlPeople(connection), name)
    if not person.has_any({Role.ADMIN}):
        raise CommandFailed(f"{person.name} is no admin; only an admin may overrule the gate.")
    return person


async def _rollback() -> Change:
    async with workbench() as bench:
        return await roll_back(bench, terminal(), partial(try_here, bench))


def _show(judged: Judged) -> None:
    """The numbers in a table, and what the gate says."""
    table = Table("set", "number", "in service", "candidate", "95 % interval", box=None)
    for each in judged.comparison.sets:
        for name in ("category", "top3", "macro_f1", "intent", "calibration_error"):
            former, candidate = getattr(each.former, name), getattr(each.candidate, name)
            if former and candidate:
                interval = f"{candidate.low:.3f} - {candidate.high:.3f}"
                table.add_row(each.name, name, f"{former.value:.3f}", f"{candidate.value:.3f}", interval)
    console.print(table)
    for each in judged.comparison.sets:
        console.print(
            f"{each.name}: {each.only_candidate} better, {each.only_former} worse, McNemar p = {each.p:.3f}; "
            f"{each.left_out} left out because a model has learned from them."
        )
    failed = [check for check in judged.checks if not check.passed]
    console.print("The gate lets it through." if not failed else f"The gate does not let it through: {_told(failed)}.")


def _told(failed: list[Check]) -> str:
    return "; ".join(
        f"{DEMANDS[check.demand]}{f' of {check.of}' if check.of else ''} is {check.value:.3g}, "
        f"{'at most' if check.demand in _AT_MOST else 'at least'} {check.limit:.3g}"
        for check in failed
    )


def terminal() -> str:
    """Who works at this terminal, for the line that is kept."""
    try:
        return f"terminal:{getpass.getuser()}"[:120]
    except (KeyError, OSError):
        return "terminal"


@asynccontextmanager
async def workbench() -> AsyncIterator[Workbench]:
    """Where the models of this installation are worked on.

    Raises:
        CommandFailed: what was asked for is refused; one sentence says why.
    """
    service = assemble(read_settings())
    try:
        await service.database.check()
        await schema.upgrade(service.database)
        yield workbench_of(service)
    except (NoModel, PersonRefused) as refused:
        raise CommandFailed(str(refused)) from None
    except Refused as refused:
        told = f" {_told(refused.failed)}." if refused.failed else f" {refused.detail}".rstrip()
        raise CommandFailed(f"{WORDS[refused.why]}{told}") from None
    finally:
        await service.database.close()
