"""`lapor case`: looking at cases, and forwarding one by hand."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.table import Table

from actions.cases.forwarding import forward_case
from actions.cases.lifecycle import StepRefused
from actions.cases.ticket import Mistyped, read_back
from actions.cases.verifying import CaseFault, fault_of
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.histories import histories
from bot.cli.case_document import case_document, event_document
from bot.cli.output import console, print_json
from bot.cli.serving import open_service
from bot.conversation.screen import line
from bot.main.failures import CommandFailed
from bot.services.refusing import refusal

case = typer.Typer(help="Cases: look at them, forward one by hand.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@case.command()
def show(number: str, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option of the command line
    """Show one case with what happened to it."""
    document = asyncio.run(_show(number))
    if as_json:
        print_json(document)
        return
    events = document.pop("events")
    table = Table(show_header=False, box=None)
    for name, value in document.items():
        table.add_row(name, "" if value is None else str(value))
    console.print(table)
    for event in events if isinstance(events, list) else ():
        console.print(f"{event['at']}  {event['from'] or '-'} → {event['to']}  {event['who']}: {event['why']}")


@case.command("list")
def list_cases(
    as_json: AsJson = False,  # noqa: FBT002 - an option of the command line
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many, the newest first.")] = None,
) -> None:
    """List all cases, newest first."""
    documents = asyncio.run(_list(limit))
    if as_json:
        print_json(documents)
        return
    columns = ("ticket", "status", "type", "category", "agency", "filed_at", "deadline")
    table = Table(*columns, box=None)
    for document in documents:
        table.add_row(*(str(document[column] or "-") for column in columns))
    console.print(table)


@case.command()
def forward(number: str, agency: str) -> None:
    """Forward a case to the agency of this code; its reporter is told."""
    asyncio.run(_forward(number, agency))
    console.print(f"{_ticket(number)} is with {agency} now.")


@case.command()
def verify() -> None:
    """Look whether every case's events are as they were written, and say what the case and its words say."""
    looked_at, faults = asyncio.run(_verify())
    for ticket, (fault, number) in faults:
        console.print(f"{ticket}: {FAULTS[fault].format(number=number)}")
    if faults:
        raise CommandFailed(f"{len(faults)} of {looked_at} cases are not as they were written")
    console.print(f"{looked_at} cases are as they were written.")


FAULTS = {
    CaseFault.NO_CASE: "its events are there, and the case is gone",
    CaseFault.CHANGED: "event {number} was changed, taken out or put in",
    CaseFault.CUT_OFF: "events behind number {number} are gone",
    CaseFault.IMPOSSIBLE: "event {number} cannot follow from those before it",
    CaseFault.OTHERWISE: "the case does not stand where its events say",
    CaseFault.WORDS: "the words of event {number} are not those that were written",
}


async def _verify() -> tuple[int, list[tuple[str, tuple[CaseFault, int]]]]:
    looked_at, faults = 0, list[tuple[str, tuple[CaseFault, int]]]()
    async with open_service() as service:
        async for stored in histories(service.database):
            looked_at += 1
            if fault := fault_of(stored, service.regency):
                faults.append((stored.ticket, fault))
    return looked_at, faults


async def _show(number: str) -> dict[str, object]:
    async with open_service() as service, service.database.reading() as connection:
        book = SqlCaseBook(connection)
        found = await book.by_ticket(_ticket(number))
        if found is None:
            raise CommandFailed(f"there is no case {_ticket(number)}; ./lapor case list shows all")
        events = [event_document(event) for event in await book.events(found.ticket)]
        return case_document(found, service.regency) | {"events": events}


async def _list(limit: int | None) -> list[dict[str, object]]:
    async with open_service() as service, service.database.reading() as connection:
        return [case_document(found, service.regency) for found in await SqlCaseBook(connection).latest(limit)]


async def _forward(number: str, agency: str) -> None:
    async with open_service() as service, service.database.writing() as connection:
        book, texts = SqlCaseBook(connection), service.texts
        ticket = _ticket(number)
        known = await book.by_ticket(ticket)
        if known is None:
            raise CommandFailed(f"there is no case {ticket}; ./lapor case list shows all")
        if agency not in service.regency.agencies:
            raise CommandFailed(f"there is no agency {agency}; agencies.csv has {', '.join(service.regency.agencies)}")
        languages = (texts.spoken(known.language), service.regency.languages[0])
        reasons = tuple(texts.say(language, line("reason-by-hand")) for language in languages)
        try:
            words, at = (reasons[0], reasons[1]), service.clock()
            await forward_case(book, service.regency, ticket, agency, at, words, service.effect_runner.chance)
        except StepRefused as refused:
            why = texts.say(texts.spoken("en"), refusal(refused))
            raise CommandFailed(f"{ticket} cannot be forwarded to {agency}: {why}") from refused
        await book.flush()
        for notifier in service.notifiers():
            await notifier.tell(connection, book.done, at)


def _ticket(number: str) -> str:
    """The number as it is stored.

    Raises:
        CommandFailed: it is no ticket number, or mistyped.
    """
    read = next(iter(read_back(number)), None)
    if read is None or isinstance(read, Mistyped):
        raise CommandFailed(
            f"{number} is no ticket number; one reads LP-XXXX-XXXX, and its last symbol checks the others"
        )
    return read.number
