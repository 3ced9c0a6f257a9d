"""Files what another system sends, as the chat files a draft: the same rules, routing, clocks and limits.

What danger and bribery sound like, and where a place lies, is heard in its words as in a citizen's. What she consented
to she was asked at the other door; whoever has a key has promised to ask (docs/open311.md).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.exc import IntegrityError

from actions.cases.handlers import FiledCase, Paused
from actions.regency.model import Regency
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.database import Database
from bot.conversation.draft import UNKNOWN, Draft, GivenPlace, Pin, StoryPiece
from bot.conversation.place_names import describe_place
from bot.conversation.screen import Label, LabelSource
from bot.integrations.open311.keys import channel_of
from bot.integrations.open311.posted import PostedRequest
from bot.messaging.turn_ports import Citizen, Notifier
from bot.messaging.understanding_service import UnderstandingRules, place_of_pin, place_of_region
from bot.services.effect_runner import EffectRunner
from bot.understanding.port import ModelAnswer
from bot.understanding.understood import Guess, Meaning, Place

CONSENT: Final = "open311-1"
"""The version of what is promised with a key."""
UNREAD: Final = ModelAnswer(Guess("none", 0.0), ())
NAME_DIGITS: Final = 32


@dataclass(frozen=True, slots=True)
class RequestFiling:
    """What files. `secret_key`: of the service; makes of an account's id a name that leads nowhere."""

    database: Database
    effect_runner: EffectRunner
    rules: UnderstandingRules
    notifiers: Sequence[Notifier]
    secret_key: bytes

    @property
    def regency(self) -> Regency:
        """The regency with which requests of other systems are filed."""
        return self.effect_runner.regency

    async def file(self, key: str, posted: PostedRequest, at: datetime, language: str) -> FiledCase | Paused:
        """One case for each reference, however often and in however many processes it is sent."""
        draft = self.draft(key, posted, at)
        citizen = Citizen(channel_of(key), self._citizen(key, posted), language)
        try:
            return await self._file(citizen, draft, at)
        except IntegrityError:  # another process files the same in this moment: now it is there
            return await self._file(citizen, draft, at)

    async def _file(self, citizen: Citizen, draft: Draft, at: datetime) -> FiledCase | Paused:
        async with self.database.writing() as connection:
            book = SqlCaseBook(connection)
            filed = await self.effect_runner.file_draft(book, citizen, draft, at, consent=CONSENT)
            await book.flush()
            for notifier in self.notifiers if book.done else ():
                await notifier.tell(connection, book.done, at)
        return filed

    def draft(self, key: str, posted: PostedRequest, at: datetime) -> Draft:
        """What was sent, as the chat would have it before Kirim."""
        story = posted.description or self._label(posted.category)
        meaning = self.rules.hear(story, UNREAD, self.rules.day_of(at))
        pin = Pin(posted.lat, posted.lon) if posted.lat is not None and posted.lon is not None else None
        given = GivenPlace(self._place(posted, meaning), words=posted.address or None, pin=pin)
        return Draft(
            key=self._hidden("reference", key, posted.reference) if posted.reference else secrets.token_hex(16),
            opened_at=at,
            touched_at=at,
            pieces=(StoryPiece("", story),),
            meaning=meaning,
            type=posted.type.value,
            category=posted.category or UNKNOWN,
            given_place=given,
            name=posted.name,
            secret=posted.is_secret,
            warned=meaning.emergency,
        )

    def _label(self, category: str | None) -> str:
        """A request without words says at least what it is about."""
        label = Label(LabelSource.CATEGORY, category) if category else Label(LabelSource.TEXT, "category-none")
        return self.effect_runner.texts.label(self.regency.languages[0], label)

    def _place(self, posted: PostedRequest, meaning: Meaning) -> Place:
        """By its position, else its code, else its words, else what the description says."""
        if posted.lat is not None and posted.lon is not None:
            return place_of_pin(self.regency, posted.lat, posted.lon)
        if posted.region:
            return place_of_region(self.regency, self.regency.regions[posted.region])
        named = self.rules.places.find(posted.address)
        return named if describe_place(named) else meaning.place

    def _citizen(self, key: str, posted: PostedRequest) -> str:
        """The same name for the same person or the same reference; somebody else each time where neither is told."""
        if posted.account:
            return self._hidden("account", key, posted.account)
        if posted.reference:
            return self._hidden("citizen", key, posted.reference)
        return secrets.token_hex(NAME_DIGITS // 2)

    def _hidden(self, kind: str, key: str, told: str) -> str:
        message = f"open311 {kind}\0{key}\0{told}".encode("utf-8", "replace")
        return hmac.new(self.secret_key, message, hashlib.sha256).hexdigest()[:NAME_DIGITS]
