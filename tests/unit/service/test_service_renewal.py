"""When a service begins anew, and how the address stays open meanwhile."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from pathlib import Path

import pytest

from bot.configuration.settings import WrongSetting
from bot.main.restart import Restart
from bot.web.shared.server import HANDED_ON, hand_on, listen


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.main.restart.LOOK_SECONDS", 0.001)


@pytest.mark.usefixtures("quick")
async def test_it_waits_until_it_is_asked_and_becomes_the_same_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = list[list[str]]()
    monkeypatch.setenv(HANDED_ON, "")
    monkeypatch.setattr("os.execv", lambda _, command: commands.append(command))
    monkeypatch.setattr("sys.orig_argv", ["python", "-P", "-m", "bot", "start"])
    restart = Restart(tmp_path / "mark")
    with listen("127.0.0.1", 0) as listening:
        waiting = asyncio.create_task(restart.wait(listening))
        for _ in range(5):
            await asyncio.sleep(0.002)
        assert (waiting.done(), restart.is_asked, restart.is_due) == (False, False, False)
        Restart(tmp_path / "mark").ask()  # another process of this machine
        await waiting
        address = listening.getsockname()
    assert (restart.is_asked, restart.is_due) == (True, True)
    with socket.create_connection(address):
        pass  # nobody is turned away
    restart.begin("127.0.0.1", 0)
    assert commands == [[sys.executable, "-P", "-m", "bot", "start"]]
    with listen("127.0.0.1", 0) as taken_over:
        assert taken_over.getsockname() == address


def test_what_was_asked_before_it_began_is_done(tmp_path: Path) -> None:
    Restart(tmp_path / "mark").ask()
    assert not Restart(tmp_path / "mark").is_asked


def test_a_mark_that_goes_away_asks_for_nothing(tmp_path: Path) -> None:
    Restart(tmp_path / "mark").ask()
    restart = Restart(tmp_path / "mark")
    (tmp_path / "mark").unlink()
    assert not restart.is_asked


def test_nothing_is_asked_where_a_start_would_refuse_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restart = Restart(tmp_path / "mark")
    monkeypatch.setenv("LAPOR_HTTP_PORT", "eighty")
    with pytest.raises(WrongSetting, match="LAPOR_HTTP_PORT"):
        restart.ask()
    assert not restart.is_asked


@pytest.mark.parametrize("port", [0, 8080])
def test_what_was_listened_on_is_taken_over(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    monkeypatch.setenv(HANDED_ON, "")
    before = socket.create_server(("127.0.0.1", 0))
    address = before.getsockname()
    hand_on(before, "127.0.0.1", port)
    with listen("127.0.0.1", port) as after:
        assert after.getsockname() == address
        assert not after.get_inheritable()
    assert HANDED_ON not in os.environ


def test_another_address_is_listened_on_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HANDED_ON, "")
    before = socket.create_server(("127.0.0.1", 0))
    address = before.getsockname()
    hand_on(before, "127.0.0.1", 8080)
    with listen("127.0.0.1", 0) as after:
        assert after.getsockname() != address
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address)
