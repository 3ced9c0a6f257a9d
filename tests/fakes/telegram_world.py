"""All that the fake Telegram knows: the bot, people's chats, files, pressed buttons, updates."""

from __future__ import annotations

import itertools
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram_chats import FakeChat
from tests.fakes.telegram_rules import bad, too_many
from tests.fakes.telegram_updates import Updates

type Json = dict[str, Any]

FIRST_UPDATE_ID = 700_000_001


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that somebody sent."""

    file_id: str
    path: str
    content: bytes
    size: int


@dataclass
class World:
    """The state behind the calls. `clock` gives Unix seconds; messages are dated by it."""

    bot: Json
    clock: Callable[[], float] = time.time
    updates: Updates = field(default_factory=lambda: Updates(FIRST_UPDATE_ID))
    chats: dict[int, FakeChat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    waiting_presses: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    menus: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    most_per_second: int | None = None
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _sent_at: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def now(self) -> int:
        """Unix seconds, as messages carry them."""
        return int(self.clock())

    def number(self) -> int:
        """A number that was not given before."""
        return next(self._numbers)

    def open_chat(self, chat_id: object) -> FakeChat:
        """The chat that the bot wants to write to; refused when it may not."""
        chat = self.chats.get(int(str(chat_id))) if str(chat_id).lstrip("-").isdigit() else None
        if chat is None:
            raise bad("chat not found" if str(chat_id) else "chat_id is empty")
        if chat.closed is not None:
            raise chat.closed
        return chat

    def count_sending(self, chat: FakeChat) -> None:
        """Refuse the message when this chat got too many within a second."""
        if self.most_per_second is None:
            return
        sent, now = self._sent_at[chat.id], time.monotonic()
        while sent and now - sent[0] >= 1:
            sent.popleft()
        if len(sent) >= self.most_per_second:
            raise too_many(1)
        sent.append(now)

    def store_file(self, kind: str, content: bytes, ending: str, size: int | None = None) -> StoredFile:
        """Keep a file, and name it as Telegram does."""
        number = self.number()
        stored = StoredFile(
            file_id=f"AgACAgUAAxk{kind}{number:06d}",
            path=f"{kind}s/file_{number}.{ending}",
            content=content,
            size=len(content) if size is None else size,
        )
        self.files[stored.file_id] = stored
        return stored
