"""What ends a command with one sentence and exit 1: what went wrong, and how to mend it."""

from __future__ import annotations

from actions.regency.declaration import WrongDeclaration
from actions.store.database import DatabaseUnavailable
from bot.channels.telegram.start import CannotStart
from bot.conversation.flow import BrokenFlow
from bot.settings import WrongSetting
from bot.understanding.answers import WrongAnswers
from bot.web.server import AddressTaken


class CommandFailed(Exception):  # noqa: N818 - reads as what happened
    """The thing asked for failed; the message is the sentence."""


FAILURES: tuple[type[Exception], ...] = (
    AddressTaken,
    BrokenFlow,
    CannotStart,
    CommandFailed,
    DatabaseUnavailable,
    WrongAnswers,
    WrongDeclaration,
    WrongSetting,
)
"""Every failure whose message is such a sentence."""
