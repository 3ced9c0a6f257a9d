"""`lapor rule`: rules of routing that re-routed cases propose, and an admin's decision on each."""

from __future__ import annotations

import asyncio
import csv
import io
from pathlib import Path

import typer
from rich.table import Table

from actions.regency.declaration import WrongDeclaration
from actions.regency.files import load
from actions.regency.model import Rule
from actions.rerouting import Proposal, propose, right_first_time, rule_of
from actions.store.rerouting import count_forwarded, decide_on, decided_keys, reroutes
from bot.assembly import DEFAULTS, Service
from bot.cli.output import console
from bot.cli.serving import open_service
from bot.failures import CommandFailed

rule = typer.Typer(help="Rules of routing that re-routed cases propose.", no_args_is_help=True)
ROUTING = "routing.csv"


@rule.command("list")
def list_rules() -> None:
    """List the rules that cases propose, and how many cases were routed right the first time."""
    proposals, (right, forwarded) = asyncio.run(_list())
    table = Table("number", "category", "region", "agency", "cases", box=None)
    for number, proposal in enumerate(proposals, 1):
        table.add_row(str(number), proposal.category, proposal.region or "-", proposal.agency, str(proposal.cases))
    console.print(table if proposals else "No rule is proposed.")
    if forwarded:
        console.print(f"{right} of {forwarded} cases were routed right the first time ({right / forwarded:.0%}).")


@rule.command()
def accept(number: int) -> None:
    """Bring a proposed rule into force; it stands in routing.csv then, and holds from the next start."""
    row = asyncio.run(_decide(number, accepted=True))
    console.print(f"{ROUTING} has the row {row} now. It holds from the next start.")


@rule.command()
def decline(number: int) -> None:
    """Put a proposed rule away for good."""
    asyncio.run(_decide(number, accepted=False))
    console.print("It is not proposed again.")


async def _list() -> tuple[list[Proposal], tuple[int, int]]:
    async with open_service() as service, service.database.reading() as connection:
        known = await reroutes(connection)
        share = right_first_time(await count_forwarded(connection), known, service.regency)
        decided = await decided_keys(connection)
        return [proposal for proposal in propose(known, service.regency) if proposal.key not in decided], share


async def _decide(number: int, *, accepted: bool) -> str:
    proposals, _ = await _list()
    if not 1 <= number <= len(proposals):
        raise CommandFailed(f"no rule of number {number} is proposed; ./lapor rule list shows all")
    proposal = proposals[number - 1]
    async with open_service() as service, service.database.writing() as connection:
        row = _row(rule_of(proposal, service.regency))
        if accepted:
            _append(service, row)
        await decide_on(connection, proposal, service.clock(), accepted=accepted)
    return row


def _row(new: Rule) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([new.category, new.region or "", "", new.agency, new.priority])
    return line.getvalue()


def _append(service: Service, row: str) -> None:
    """Put a row at the end of routing.csv, or leave the file as it was.

    Raises:
        CommandFailed: the file cannot be written, or the regency would not load with that row.
    """
    folder = service.settings.config_dir
    file, before = folder / ROUTING, (folder / ROUTING).read_text(encoding="utf-8")
    end = "" if before.endswith("\n") else "\n"
    _write(file, f"{before}{end}{row}\n", row)
    try:
        load(folder, DEFAULTS)
    except WrongDeclaration as wrong:
        _write(file, before, row)
        raise CommandFailed(f"the rule does not fit: {wrong}") from wrong


def _write(file: Path, text: str, row: str) -> None:
    fresh = file.with_suffix(".new")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        raise CommandFailed(
            f"{file} cannot be written ({error.strerror}); put the row {row} into it by hand"
        ) from error
