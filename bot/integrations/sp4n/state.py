"""How it stands with the other system: what `/health/ready` says, and what is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.declaration import ON, ChannelState

STANDBY = ChannelState("standby")
"""Another process of this installation speaks with it."""

type Meter = Callable[[str, str], None]
"""Counts what went there or came from there by its kind, and what became of it."""


def _uncounted(kind: str, result: str) -> None:
    del kind, result


@dataclass(slots=True)
class Sp4nState:
    """What the last word from there was."""

    meter: Meter = _uncounted
    _state: ChannelState = STANDBY

    def __call__(self) -> ChannelState:
        """How it stands now."""
        return self._state

    def answered(self) -> None:
        """They have answered."""
        self._state = ON

    def failed(self, why: str) -> None:
        """They have not, or not so that it could be read; `why` as in `NotTaken`."""
        name = "unreachable" if why in {"timeout", "unreachable"} else why
        self._state = ChannelState(name, is_well=False)

    def stands_by(self) -> None:
        """This process does not speak with them any more."""
        self._state = STANDBY
