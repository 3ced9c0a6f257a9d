"""What ends a command with one sentence and exit 1: what went wrong, and how to mend it."""

from __future__ import annotations

from actions.regency.declaration import WrongDeclaration
from actions.store.engine.database import DatabaseUnavailable
from bot.channels.declaration import CannotStart
from bot.configuration.secret_key import WrongKeys
from bot.configuration.settings import WrongSetting
from bot.conversation.questions.question import BrokenFlow
from bot.main.installed_channels import BrokenChannel
from bot.understanding.evaluation.evaluation import UnusableFile
from bot.understanding.port import CannotUnderstand
from bot.understanding.rasa.environment import PreparationFailed
from bot.web.shared.server import AddressTaken


class CommandFailed(Exception):
    """The thing asked for failed; the message is the sentence."""


FAILURES: tuple[type[Exception], ...] = (
    AddressTaken,
    BrokenChannel,
    BrokenFlow,
    CannotStart,
    CannotUnderstand,
    CommandFailed,
    DatabaseUnavailable,
    PreparationFailed,
    UnusableFile,
    WrongDeclaration,
    WrongKeys,
    WrongSetting,
)
"""Every failure whose message is such a sentence."""
