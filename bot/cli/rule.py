"""`lapor rule`: rules of routing that re-routed cases propose, and an admin's decision on each."""

from __future__ import annotations

import asyncio

import typer
from rich.table import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.rerouting import RuleProposal, propose, right_first_time, rule_of
from actions.regency.declaration import WrongDeclaration
from actions.regency.model import RoutingRule
from actions.store.cases.rerouting import count_forwarded, decide_on, decided_keys, reroutes
from actions.store.engine.settings_changes import SettingsChange, add_settings_change
from bot.cli.output import console
from bot.cli.serving import open_service
from bot.cli.terminal_user import terminal_user
from bot.conversation.screen import line
from bot.main.assembly import DEFAULTS, Service
from bot.main.failures import CommandFailed
from bot.web.desk.settings.edit import EditConflict, with_row
from bot.web.desk.settings.files import LOCK, FileChangedMeanwhile, RegencyFiles

rule = typer.Typer(help="Rules of routing that re-routed cases propose.", no_args_is_help=True)
ROUTING = "routing.csv"
TERMINAL = "terminal"
"""Where the file was changed, when not by a person at the desk."""


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
    """Accept a proposed rule; it stands in routing.csv then, and holds once that is in force."""
    row = asyncio.run(_decide(number, accepted=True))
    console.print(f"{ROUTING} has the row {row} now. It holds from the next start, or once it is in force at the desk.")


@rule.command()
def decline(number: int) -> None:
    """Put a proposed rule away for good."""
    asyncio.run(_decide(number, accepted=False))
    console.print("It is not proposed again.")


async def _list() -> tuple[list[RuleProposal], tuple[int, int]]:
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
        await decide_on(connection, proposal, service.clock(), accepted=accepted)
        return await _add_row(service, connection, proposal) if accepted else ""


async def _add_row(service: Service, connection: AsyncConnection, proposal: RuleProposal) -> str:
    """Put it at the end of routing.csv as an admin does at the desk, or leave all as it was; returns the row.

    Raises:
        CommandFailed: the file cannot be written, somebody else just did, or the regency would not load with that row.
    """
    settings, file = service.settings, service.settings.config_dir / ROUTING
    files = RegencyFiles(settings.config_dir, DEFAULTS, settings.data_dir / LOCK)
    before = files.read(ROUTING)
    try:
        after = with_row(before.text, None, _cells(rule_of(proposal, service.regency)))
    except EditConflict as error:
        raise CommandFailed(f"{file} cannot be read ({error}); ./lapor doctor says what to mend") from error
    row = after.splitlines()[-1]
    why = service.officers_service.say(line("settings-rule-accepted", cases=proposal.cases))
    change = SettingsChange(service.clock(), TERMINAL, terminal_user(), ROUTING, why, before.text, after)
    await add_settings_change(connection, change)
    try:
        await asyncio.to_thread(files.save, ROUTING, after, before.print)
    except WrongDeclaration as wrong:
        raise CommandFailed(f"the rule does not fit: {wrong}") from wrong
    except FileChangedMeanwhile as error:
        raise CommandFailed(f"somebody else has just changed {file}, so nothing was written; try again") from error
    except OSError as error:
        raise CommandFailed(
            f"{file} cannot be written ({error.strerror}); put the row {row} into it by hand"
        ) from error
    return row


def _cells(new: RoutingRule) -> dict[str, str]:
    return {
        "category": new.category or "",
        "region": new.region or "",
        "agency": new.agency,
        "priority": str(new.priority),
    }
