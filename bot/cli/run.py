"""`lapor start` and `lapor chat`."""

from __future__ import annotations

from functools import partial

from bot.announcement import Announcement
from bot.app import serve
from bot.cli.output import console
from bot.logs import set_up_logs
from bot.settings import read_settings
from bot.terminal import talk_in_terminal


def start() -> None:
    """Start everything: the chat, the web server, and the language model behind them."""
    _run(serve(read_settings(), Announcement(partial(console.print, markup=False))))


def chat() -> None:
    """Talk in this terminal, one line in, the answer out."""
    settings = read_settings()
    set_up_logs("debug" if settings.log == "debug" else "warning")  # between the lines of a talk only what matters
    _run(talk_in_terminal(settings))


def _run(main: object) -> None:
    import uvloop  # noqa: PLC0415 - costs nothing where no loop runs

    uvloop.run(main)  # type: ignore[arg-type]
