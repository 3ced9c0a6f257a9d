"""The tree of commands, and what a failure looks like."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from bot.cli.api_keys import api_key
from bot.cli.backup import backup, restore
from bot.cli.bench import bench
from bot.cli.case import case
from bot.cli.db import db
from bot.cli.export import export, report
from bot.cli.hook import hook
from bot.cli.key import key
from bot.cli.nlu import nlu
from bot.cli.officer import officer
from bot.cli.retention import retention
from bot.cli.rule import rule
from bot.cli.run import chat, start
from bot.cli.setup import config, demo, doctor, init, show_version
from bot.cli.support import support_bundle
from bot.cli.test import test
from bot.cli.whatsapp import whatsapp
from bot.main.failures import FAILURES
from bot.observability.faults import trace_without_words
from bot.observability.logs import set_up_logs

lapor = typer.Typer(
    name="lapor",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (start, chat, init, config, doctor, backup, restore, bench, demo, report, retention, support_bundle):
    lapor.command()(command)
lapor.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(test)
lapor.add_typer(db, name="db")
lapor.add_typer(case, name="case")
lapor.add_typer(nlu, name="nlu")
lapor.add_typer(officer, name="officer")
lapor.add_typer(rule, name="rule")
lapor.add_typer(api_key, name="api-key")
lapor.add_typer(key, name="key")
lapor.add_typer(export, name="export")
lapor.add_typer(hook, name="hook")
lapor.add_typer(whatsapp, name="whatsapp")


@lapor.callback()
def options(
    version: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """The complaint service: a chat that files, routes and follows a citizen's report."""
    del version  # its callback has said all


def main() -> None:
    """Run the command of the command line."""
    set_up_logs()
    try:
        lapor(prog_name="lapor")
    except FAILURES as failure:
        print(f"lapor: {failure}", file=sys.stderr)  # noqa: T201 - for the person at the terminal
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - Python would print its words, which may be a citizen's
        print(trace_without_words(error), file=sys.stderr)  # noqa: T201 - for the person at the terminal
        print("lapor: this is a fault of ours; please report the lines above", file=sys.stderr)  # noqa: T201 - likewise
        sys.exit(1)
    finally:
        gc.freeze()  # who ends does not go through a quarter of a million objects first: the system takes them back
