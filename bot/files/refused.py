"""Why a file is not kept, as an exception with the reason the citizen will read. Knows nothing of how it was found."""

from __future__ import annotations

from bot.conversation.events import FileRefusal


class FileRefused(Exception):
    """This file is not kept, however often it comes. Holds nothing of what is in it."""

    def __init__(self, refusal: FileRefusal) -> None:
        """Remember why."""
        super().__init__(refusal.value)
        self.refusal = refusal
