"""`lapor retention`: what is kept how long, what would go now, and what went."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.table import Table

from actions.privacy.retention import RetainedKind, Retention
from actions.store.privacy.deletion_log import DeletionLogEntry, read_deletion_log
from bot.cli.output import console, print_json
from bot.cli.serving import open_service

LINES = 50
LOG_IS_READ = "Somebody reads the database: until then its log still has what went. A running service empties it."


def retention(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count what would go now, and change nothing.")] = False,
    read_deletion_log: Annotated[bool, typer.Option("--protocol", help="Show what went, and change nothing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Take away what has been kept long enough (data/retention.toml), and say how much of what.

    A running service does the same every hour.
    """
    if read_deletion_log:
        _show_protocol(asyncio.run(_read_protocol()), json=json)
        return
    rules, gone = asyncio.run(_sweep(dry_run=dry_run))
    if json:
        print_json({"dry_run": dry_run, "kinds": [_told(rules, kind, gone[kind]) for kind in RetainedKind]})
        return
    console.print(_table(rules, gone, "Would go now" if dry_run else "Went"))
    for name, rule in rules.elsewhere.items():
        days = f"{rule.days} days" if rule.days else "not ours"
        console.print(f"{name} ({days}): {rule.why}", markup=False)


async def _sweep(*, dry_run: bool) -> tuple[Retention, Mapping[RetainedKind, int]]:
    async with open_service() as service:
        sweep = service.retention_sweep()
        gone = await (sweep.count() if dry_run else sweep.sweep())
        if not dry_run and not await sweep.last_traces.empty_log():
            typer.echo(LOG_IS_READ, err=True)
        return sweep.retention, gone


async def _read_protocol() -> Sequence[DeletionLogEntry]:
    async with open_service() as service, service.database.reading() as connection:
        return await read_deletion_log(connection, LINES)


def _told(rules: Retention, kind: RetainedKind, rows: int) -> dict[str, Any]:
    rule = rules.rule(kind)
    return {"kind": kind.value, "days": rule.days, "rows": rows, "proposal": rule.is_proposal, "source": rule.source}


def _table(rules: Retention, gone: Mapping[RetainedKind, int], title: str) -> Table:
    table = Table("What", "Kept for", title, "", show_edge=False)
    for kind in RetainedKind:
        rule = rules.rule(kind)
        days = f"{rule.days} days" if rule.days else "ever"
        table.add_row(kind.value, days, str(gone[kind]), "to be decided by the regency" if rule.is_proposal else "")
    return table


def _show_protocol(entries: Sequence[DeletionLogEntry], *, json: bool) -> None:
    if json:
        print_json([{"at": e.at.isoformat(), "kind": e.kind, "days": e.days, "rows": e.rows} for e in entries])
        return
    table = Table("When", "What", "Rule", "Rows", show_edge=False)
    for entry in entries:
        rule = f"{entry.days} days" if entry.days else "asked for"
        table.add_row(f"{entry.at:%Y-%m-%d %H:%M} UTC", entry.kind, rule, str(entry.rows))
    console.print(table)
