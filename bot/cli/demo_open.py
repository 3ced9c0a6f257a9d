"""`lapor demo --open`: a filled regency in a folder of its own, with guests of every role, served and shown."""

from __future__ import annotations

import asyncio
import os
import sys
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from threading import Thread
from typing import override

from bot.cli.output import console
from bot.cli.run import serve_until_stopped
from bot.cli.serving import open_service
from bot.configuration.settings import ChannelSettings, FromEnvironment, Settings, in_environment, read_settings
from bot.main.announcement import Announcement
from bot.main.failures import CommandFailed
from bot.main.installed_channels import installed_channels
from bot.ops.demo.guests import add_guests
from bot.ops.new_regency import write_regency
from bot.web.shared.guests import NAME as GUESTS

LOOPBACK = "127.0.0.1"


class DemoAnnouncement(Announcement):
    """Leaves out how channels are connected: none can be in a demo, and whoever tried would see no bot."""

    @override
    def begin(self, address: str, regency: str, channels: Sequence[str]) -> None:
        super().begin(address, regency, [])


def open_demo(folder: Path, fill: Callable[[], None]) -> None:
    """Make the demo unless it is there, and serve it; `fill` makes its cases where the settings then say."""
    in_force = read_settings()
    os.environ.update(settings_of_demo(in_force, installed_channels().settings, folder))
    if not (folder / "var" / GUESTS).exists():
        if folder.exists():
            raise CommandFailed(f"{folder} holds no whole demo: delete it, or name another with --folder")
        write_regency(folder / "data", in_force.config_dir)
        fill()
        asyncio.run(_add_guests())
    console.print(f"All of the demo lies in {folder}: delete that folder, and it is gone.", markup=False)
    serve_until_stopped(DemoAnnouncement(partial(console.print, markup=False), _show))


def settings_of_demo(in_force: Settings, channels: Sequence[type[ChannelSettings]], folder: Path) -> Mapping[str, str]:
    """The environment in which nothing of a real installation is touched, and no channel but the web is open."""
    models: Sequence[type[FromEnvironment]] = (Settings, *channels)
    unset = {in_environment(name): "" for model in models for name in model.model_fields}
    kept = {"http_port": in_force.http_port, "log": in_force.log, "http_host": LOOPBACK}
    given = {**kept, "data_dir": folder.resolve() / "var", "config_dir": folder.resolve() / "data"}
    return unset | {in_environment(name): str(value) for name, value in given.items()}


async def _add_guests() -> None:
    async with open_service() as service:
        await add_guests(service)


def _show(address: str) -> None:
    """Open a browser where there is a screen to show it on."""
    console.print(f"Desk, as any guest: {address}/sign-in", markup=False)
    if sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        Thread(target=webbrowser.open, args=(f"{address}/",), daemon=True).start()
