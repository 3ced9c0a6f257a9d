"""`lapor case`: looking at cases, and forwarding one by hand."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from actions.cases.case import Attachment, Case, CaseEvent
from actions.cases.forwarding import forward_case
from actions.cases.lifecycle import StepRefused
from actions.cases.merkle import NoProof, Proof, read_proof
from actions.cases.ticket import Mistyped, read_back
from actions.privacy.visibility import as_operator
from actions.regency.model import Regency
from actions.store.cases.casebook import SqlCaseBook
from bot.cli.output import console, print_json
from bot.cli.serving import open_service, terminal_language
from bot.conversation.screen import line
from bot.main.failures import CommandFailed
from bot.ops.chain_checks import Verified, check_proof, verify_everything
from bot.ops.chain_files import ChainFiles, WrongChainFile
from bot.services.declared_words import refusal


def case_document(case: Case, regency: Regency) -> dict[str, object]:
    """A case without its events; times in the regency's zone, regions by name."""
    case = as_operator(case)
    return {
        "ticket": case.ticket,
        "status": case.status.value,
        "type": case.type.value,
        "category": case.category,
        "agency": case.agency,
        "reason": case.reason,
        "district": _name(case.location.district, regency),
        "village": _name(case.location.village, regency),
        "place": case.location.spoken or case.location.outside,
        "severity": case.severity.value,
        "identity": case.identity.value,
        "visibility": case.visibility.value,
        "channel": case.channel,
        "filed_at": case.filed_at.astimezone(regency.time_zone).isoformat(),
        "deadline": case.deadline.isoformat(),
        "attachments": [_attachment(file) for file in case.attachments],
    }


def event_document(event: CaseEvent) -> dict[str, object]:
    """An event of a case as JSON values."""
    return {
        "from": event.came_from.value if event.came_from else None,
        "to": event.to.value,
        "who": event.who.value,
        "at": event.at.isoformat(),
        "why": event.why,
    }


def _attachment(file: Attachment) -> dict[str, object]:
    refused = {"refused": True} if file.refused else {}
    return {"kind": file.kind, "file_id": file.file_id, **refused}


def _name(code: str | None, regency: Regency) -> str | None:
    region = regency.region(code) if code else None
    return region.name if region else code


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
def verify(
    as_json: AsJson = False,  # noqa: FBT002 - an option of the command line
    proof: Annotated[Path | None, typer.Option(metavar="FILE", help="Check only what a case's page gave.")] = None,
    root: Annotated[str, typer.Option(metavar="HEX", help="The root of the proof's day, as it was published.")] = "",
) -> None:
    """Look whether every case, its events and its words are as they were written, and name what differs."""
    if proof:
        _verify_proof(proof, root)
        return
    found = asyncio.run(_verify())
    if as_json:
        print_json({"cases": found.cases, "late": found.late, "faults": found.faults, "whole": found.days})
    else:
        _tell(found)
    if not found.is_well:
        raise CommandFailed(f"{len(found.faults)} of {found.cases} cases are not as they were written")


def _tell(found: Verified) -> None:
    for ticket, sentences in sorted(found.faults.items()):
        for sentence in sentences:
            console.print(f"{ticket}: {sentence}", markup=False)
    for sentence in found.days:
        console.print(sentence, markup=False)
    if found.late:
        console.print(
            f"{found.late} cases have events from before they were sealed with a key: of those nobody can say "
            "whether somebody wrote them anew before that day."
        )
    if found.is_well:
        console.print(f"{found.cases} cases are as they were written.")


async def _verify() -> Verified:
    async with open_service() as service:
        files = ChainFiles(service.settings.data_dir)
        try:
            return await verify_everything(service.database, service.regency, files, service.clock())
        except WrongChainFile as error:
            raise CommandFailed(str(error)) from error


def _verify_proof(file: Path, root: str) -> None:
    try:
        proof = read_proof(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, NoProof) as error:
        raise CommandFailed(f"{file} is no proof: {error}") from error
    wrong = asyncio.run(_check(proof, root))
    for sentence in wrong:
        console.print(sentence, markup=False)
    if wrong:
        raise CommandFailed(f"the proof of {proof.ticket} does not hold here")
    console.print(f"Event {proof.number} of {proof.ticket} was there on {proof.day} and is there as it was.")


async def _check(proof: Proof, root: str) -> list[str]:
    async with open_service() as service, service.database.reading() as connection:
        return await check_proof(connection, proof, ChainFiles(service.settings.data_dir), root)


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
            why = texts.say(texts.spoken(terminal_language()), refusal(refused))
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
