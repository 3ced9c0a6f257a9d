"""`lapor start` and `lapor chat`."""

from __future__ import annotations

from bot.app import serve
from bot.settings import read_settings
from bot.terminal import talk_in_terminal


def start() -> None:
    """Start everything: the chat, the web server, and the language model behind them."""
    _run(serve(read_settings()))


def chat() -> None:
    """Talk in this terminal, one line in, the answer out."""
    _run(talk_in_terminal(read_settings()))


def _run(main: object) -> None:
    import uvloop  # noqa: PLC0415 - costs nothing where no loop runs

    uvloop.run(main)  # type: ignore[arg-type]
