"""The roles that a handler needs filled."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from actions.cases.case import Case, CaseEvent, Words
from actions.cases.event_words import Saying
from actions.cases.nearby import Candidate, NearbyQuery
from actions.cases.outcome import Done

type Clock = Callable[[], datetime]
"""What time it is now, aware."""


@dataclass(frozen=True, slots=True)
class Chance:
    """Where numbers and salts come from: `secrets.randbelow` and `secrets.token_bytes`, in tests a seed."""

    randbelow: Callable[[int], int]
    token_bytes: Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Filing:
    """That a draft became a case, and when."""

    draft_key: str
    ticket: str
    filed_at: datetime


class CaseBook(Protocol):
    """Every case of this installation, within one transaction."""

    async def filed_from(self, draft_key: str) -> Case | None:
        """Returns the case that was filed from this draft, or None."""
        ...

    async def filings(self, reporter: str, since: datetime, draft_key: str) -> list[Filing]:
        """What this reporter filed since then, oldest first, and what this draft became, however long ago."""
        ...

    async def by_ticket(self, ticket: str) -> Case | None:
        """Returns the case with this ticket number, or None."""
        ...

    async def of_reporter(self, reporter: str, most: int) -> list[Case]:
        """This reporter's cases, newest first."""
        ...

    async def latest(self, most: int | None) -> list[Case]:
        """Every case, newest first."""
        ...

    async def events(self, ticket: str) -> list[CaseEvent]:
        """What happened to a case, from the first."""
        ...

    async def words(self, ticket: str) -> Words | None:
        """What the citizen wrote; None once it was erased."""
        ...

    async def salt(self, ticket: str) -> str:
        """The salt of this case's words digests."""
        ...

    def add(self, case: Case, event: CaseEvent, words: Words, salt: str) -> None:
        """Adds a new case with its first event."""
        ...

    def save(self, case: Case, event: CaseEvent) -> None:
        """Saves a case as this event has left it, and the event."""
        ...


class WorkBook(CaseBook, Protocol):
    """Cases that are worked on, within one transaction."""

    async def hold(self, tickets: Collection[str]) -> None:
        """Nobody else changes these until the transaction ends; whoever does now is waited for."""
        ...

    async def without_liaison(self, agencies: Collection[str]) -> frozenset[str]:
        """Those of these agencies that have no liaison; none where nobody at all is one yet."""
        ...

    async def agency_of_officer(self, person: str) -> str | None:
        """The agency of an officer, by id, who may work on its cases; None where there is none."""
        ...

    async def ancestors(self, ticket: str) -> frozenset[str]:
        """The cases that this one was merged into, all the way up."""
        ...

    async def count_supporters(self, ticket: str) -> int:
        """How many citizens support it, its reporter apart."""
        ...

    async def supports(self, ticket: str, supporter: str) -> bool:
        """Whether this citizen supports the case."""
        ...

    async def supported_by(self, supporter: str, most: int) -> list[Case]:
        """The cases of others that this citizen supports, the latest first; some may be public no more."""
        ...

    async def near(self, sought: NearbyQuery) -> list[Candidate]:
        """What may be about the same: cases of others that anybody may know of."""
        ...

    async def count_delivered(self, case: Case, numbers: Collection[int]) -> int:
        """How many of the notices on these of its events have reached the reporter."""
        ...

    async def said(self, ticket: str, number: int) -> Saying:
        """What was typed and sent with this event of a case; nothing where there is none, or it was erased."""
        ...

    async def case_of_message(self, reporter: str, message: str) -> str | None:
        """The number of the case that a message to this reporter is about, by the channel's own name for it."""
        ...

    async def link_edition(self, ticket: str) -> int:
        """Which link to its reporter's own page is in force: how many were withdrawn before it."""
        ...

    async def withdraw_link(self, ticket: str) -> int:
        """Ends the link to its reporter's own page; returns the edition of the one that follows."""
        ...

    def say(self, event: CaseEvent, saying: Saying) -> None:
        """Keeps the words and files that belong to an event."""
        ...

    def merge_into(self, case: Case, parent: str, at: datetime) -> None:
        """Notes that this case is part of another one now, which its reporter supports."""
        ...

    def take_out(self, case: Case) -> None:
        """It is part of no other any more, and its reporter no supporter of that."""
        ...

    def support(self, ticket: str, supporter: str, language: str, at: datetime) -> None:
        """This citizen says "me too"; once, however often."""
        ...

    def stop_supporting(self, ticket: str, supporter: str) -> None:
        """Ends a citizen's support of a case."""
        ...

    def postpone(self, ticket: str, until: datetime | None) -> None:
        """The service itself looks at it then; nothing has happened to it."""
        ...

    def tell(self, done: Done) -> None:
        """Whoever is to hear of it will be told when this is written."""
        ...
