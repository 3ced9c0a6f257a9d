"""`lapor start` and `lapor chat`."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from typing import Any

from bot.cli.output import console
from bot.configuration.file_modes import keep_to_ourselves
from bot.configuration.settings import read_settings
from bot.main.announcement import Announcement
from bot.main.installed_channels import installed_channels
from bot.main.restart import MARK, Restart
from bot.main.service import serve
from bot.main.terminal import talk_in_terminal
from bot.observability.logs import set_up_logs


def start() -> None:
    """Start everything: the chat, the web server, and the language model behind them."""
    serve_until_stopped(Announcement(partial(console.print, markup=False)))


def serve_until_stopped(announcement: Announcement) -> None:
    """Serve by the settings in force; begin anew where that is asked for."""
    settings, channels = read_settings(), installed_channels().read_settings()
    restart = Restart(settings.data_dir / MARK)
    if _run(serve(settings, channels, announcement, restart)):
        restart.begin(settings.http_host, settings.http_port)


def chat() -> None:
    """Talk in this terminal, one line in, the answer out."""
    keep_to_ourselves()
    settings = read_settings()
    set_up_logs("debug" if settings.log == "debug" else "warning")  # between the lines of a talk only what matters
    _run(talk_in_terminal(settings))


def _run[T](main: Coroutine[Any, Any, T]) -> T:
    import uvloop  # noqa: PLC0415 - costs nothing where no loop runs

    return uvloop.run(main)
