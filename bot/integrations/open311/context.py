"""The parts of the door of other systems, and who may come in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request

from actions.regency.model import Regency
from actions.store.engine.database import Database
from actions.store.integrations.api_keys import ApiKey, key_of_digest
from bot.conversation.screen import Label, Line
from bot.integrations.open311.documents import Open311Documents
from bot.integrations.open311.filing import RequestFiling
from bot.integrations.open311.keys import key_digest
from bot.integrations.open311.limits import ApiLimits, wait_seconds, waits_seconds
from bot.integrations.open311.problems import (
    MAY_NOT_SEND,
    NO_KEY,
    NO_SUCH_JURISDICTION,
    WRONG_KEY,
    TurnedAway,
    too_soon,
)
from bot.web.case.lookup_limits import FailedLookups
from bot.web.chat.context import ChatContext
from bot.web.chat.transcript import asked_language

PATH: Final = "/open311/v2"
LONGEST_KEY: Final = 200


@dataclass(slots=True)
class Open311Context:
    """Language, address and clock are the chat's; `count` is told the channel of each case that is filed."""

    chat: ChatContext
    filing: RequestFiling
    limits: ApiLimits = field(default_factory=ApiLimits)
    count: Callable[[str], None] = lambda _: None
    failed: FailedLookups = field(init=False)
    slugs: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Opens nothing."""
        self.failed = FailedLookups(self.regency.limits.failed_lookups_an_hour)
        self.slugs = frozenset(leaf.slug for leaf in self.regency.leaves())

    @property
    def regency(self) -> Regency:
        """Whose cases they are."""
        return self.filing.regency

    @property
    def database(self) -> Database:
        """Where they are."""
        return self.filing.database

    @property
    def endpoint(self) -> str:
        """The address of this door."""
        return f"{self.filing.effect_runner.links.base}{PATH}"

    def today(self) -> date:
        """By the region's own calendar."""
        return self.regency.calendar.day(self.chat.now())

    def language(self, request: Request) -> str:
        """As whoever asks wishes, else the regency's own."""
        spoken = self.regency.languages
        return asked_language(request.headers.get("accept-language", ""), spoken) or spoken[0]

    def documents(self, language: str) -> Open311Documents:
        """What is answered with, in this language."""
        texts = self.filing.effect_runner.texts

        def say(words: Line | Label) -> str:
            return texts.label(language, words)

        return Open311Documents(self.regency, self.filing.effect_runner.links, say)

    def check_jurisdiction(self, told: str) -> None:
        """There is but one: by its Kemendagri code, or by the host of this service.

        Raises:
            TurnedAway: another one is asked for.
        """
        known = {self.regency.code, urlsplit(self.filing.effect_runner.links.base).hostname}
        if told.strip() and told.strip().lower() not in known:
            raise TurnedAway(NO_SUCH_JURISDICTION)

    async def reader(self, request: Request) -> str:
        """By which name somebody who reads is counted: that of her key, else her address.

        Raises:
            TurnedAway: her key is wrong, or she asks too often.
        """
        address = self.chat.addresses.of(request)
        given = _given_key(request, request.query_params.get("api_key", ""))
        if given:
            key = await self._known(given, address)
            wait = wait_seconds(self.limits.reads_of_key, key.name)
        else:
            wait = wait_seconds(self.limits.reads_of_address, address)
        if wait:
            raise TurnedAway(too_soon(wait))
        return f"key {key.name}" if given else f"address {address}"

    async def sender(self, request: Request, typed: str) -> ApiKey:
        """Whose system sends.

        Args:
            request: which may carry the key in its head.
            typed: what stands as key in its form.

        Raises:
            TurnedAway: it has no key that may, or sends too much.
        """
        given = _given_key(request, typed)
        if not given:
            raise TurnedAway(NO_KEY)
        key = await self._known(given, self.chat.addresses.of(request))
        if not key.may_send:
            raise TurnedAway(MAY_NOT_SEND)
        if wait := wait_seconds(self.limits.sends_of_key, key.name):
            raise TurnedAway(too_soon(wait))
        return key

    async def _known(self, given: str, address: str) -> ApiKey:
        if wait := waits_seconds(self.limits.wrong_keys, address):
            raise TurnedAway(too_soon(wait))
        async with self.database.reading() as connection:
            key = await key_of_digest(connection, key_digest(given[:LONGEST_KEY]))
        if key is None:
            wait_seconds(self.limits.wrong_keys, address)
            raise TurnedAway(WRONG_KEY)
        return key


def _given_key(request: Request, typed: str) -> str:
    """A key in the head of a request is in no log of a proxy; one in its address or form is as the specification."""
    kind, _, bearer = request.headers.get("authorization", "").partition(" ")
    return bearer.strip() if kind.lower() == "bearer" and bearer.strip() else typed.strip()
