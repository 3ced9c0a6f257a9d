"""The roles that a handler needs filled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from actions.case import Case, CaseEvent, Words

type Clock = Callable[[], datetime]
"""What time it is now, aware."""


class CaseBook(Protocol):
    """Every case of this installation, within one transaction."""

    async def filed_from(self, draft_key: str) -> Case | None:
        """The case that this draft became."""
        ...

    async def filed_since(self, reporter: str, since: datetime) -> list[datetime]:
        """When this reporter filed since then, oldest first."""
        ...

    async def by_ticket(self, ticket: str) -> Case | None:
        """The case of this number."""
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
        """A new case with its first event."""
        ...

    def save(self, case: Case, event: CaseEvent) -> None:
        """A case as this event left it."""
        ...
