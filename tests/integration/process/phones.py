"""A citizen's telephone, in one app: what she writes is posted to a real process, and what it sends her is read."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import override

from httpx import AsyncClient

from tests.fakes.whatsapp import SITI as SITI_IN_WHATSAPP
from tests.fakes.whatsapp import FakeWhatsApp, Json, choices_of, is_list, words_of
from tests.fakes.x import SITI as SITI_IN_X
from tests.fakes.x import FakeX
from tests.integration.process.surroundings import until

CHOICE = re.compile(r"^(\d+)\) (.+)$", re.MULTILINE)


@dataclass
class Phone(ABC):
    """One door, as she has it in her hand.

    Attributes:
        service: where the provider posts.
    """

    service: AsyncClient
    _read: int = field(default=0, init=False)

    @abstractmethod
    def texts(self) -> Sequence[str]:
        """Everything that came to her, oldest first."""

    @abstractmethod
    async def says(self, text: str) -> None:
        """She writes."""

    @abstractmethod
    async def presses(self, label: str) -> None:
        """She presses a button, or types the number of a choice, of the last message that has it."""

    def unread(self) -> str:
        """What came since she heard something last."""
        return "\n".join(self.texts()[self._read :])

    async def hears(self, words: str) -> str:
        """Waits for these words, and returns what came with them; all of it is read then.

        Raises:
            TimeoutError: they did not come.
        """
        await until(lambda: words in self.unread(), f"{type(self).__name__} says: {words}")
        heard, self._read = self.unread(), len(self.texts())
        return heard


@dataclass
class WhatsAppPhone(Phone):
    """WhatsApp on her telephone."""

    provider: FakeWhatsApp

    @property
    def _came(self) -> Sequence[Json]:
        return [one for one in self.provider.sent if one["to"] == SITI_IN_WHATSAPP]

    @override
    def texts(self) -> Sequence[str]:
        return [words_of(one) for one in self._came]

    @override
    async def says(self, text: str) -> None:
        await self.brings(self.provider.said(text))

    @override
    async def presses(self, label: str) -> None:
        shown = [(one, press) for one in self._came for title, press in choices_of(one) if title == label]
        message, press = shown[-1]
        await self.brings(self.provider.pressed(press, label, in_list=is_list(message)))

    async def speaks(self, recording: bytes) -> None:
        """She sends a recording."""
        media = {"id": self.provider.new_file(recording), "mime_type": "audio/ogg; codecs=opus", "voice": True}
        await self.brings(self.provider.message("audio", media))

    async def brings(self, message: Json) -> None:
        """Post it, signed; the real one posts each again now and then."""
        assert await self.provider.posts(self.service, message, times=2) == [200, 200]


@dataclass
class XPhone(Phone):
    """X on her telephone."""

    provider: FakeX

    @override
    def texts(self) -> Sequence[str]:
        return [one.text for one in self.provider.sent if one.to == SITI_IN_X]

    @override
    async def says(self, text: str) -> None:
        assert await self.provider.brings(self.service, SITI_IN_X, text, times=2) == [200, 200]

    @override
    async def presses(self, label: str) -> None:
        shown = [number for text in self.texts() for number, words in CHOICE.findall(text) if words == label]
        await self.says(shown[-1])
