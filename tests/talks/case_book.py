"""Cases without a database."""

from __future__ import annotations

from datetime import datetime

from actions.case import Case, CaseEvent, Words


class RememberingCaseBook:
    """A `CaseBook` that writes at once and forgets nothing while it lives."""

    def __init__(self) -> None:
        self.cases: dict[str, Case] = {}
        self.written: dict[str, Words] = {}
        self._events: dict[str, list[CaseEvent]] = {}
        self._salts: dict[str, str] = {}

    async def filed_from(self, draft_key: str) -> Case | None:
        """The case that this draft became."""
        return next((case for case in self.cases.values() if case.draft_key == draft_key), None)

    async def filed_since(self, reporter: str, since: datetime) -> list[datetime]:
        """When this reporter filed since then, oldest first."""
        mine = (case.filed_at for case in self.cases.values() if case.reporter == reporter)
        return sorted(moment for moment in mine if moment > since)

    async def by_ticket(self, ticket: str) -> Case | None:
        """The case of this number."""
        return self.cases.get(ticket)

    async def of_reporter(self, reporter: str, most: int) -> list[Case]:
        """This reporter's cases, newest first."""
        return [case for case in reversed(self.cases.values()) if case.reporter == reporter][:most]

    async def latest(self, most: int | None) -> list[Case]:
        """Every case, newest first."""
        return list(reversed(self.cases.values()))[:most]

    async def events(self, ticket: str) -> list[CaseEvent]:
        """What happened to a case, from the first."""
        return list(self._events.get(ticket, ()))

    async def words(self, ticket: str) -> Words | None:
        """What the citizen wrote."""
        return self.written.get(ticket)

    async def salt(self, ticket: str) -> str:
        """The salt of this case's words digests."""
        return self._salts[ticket]

    def add(self, case: Case, event: CaseEvent, words: Words, salt: str) -> None:
        """A new case with its first event."""
        self.cases[case.ticket] = case
        self.written[case.ticket] = words
        self._salts[case.ticket] = salt
        self._events[case.ticket] = [event]

    def save(self, case: Case, event: CaseEvent) -> None:
        """A case as this event left it."""
        self.cases[case.ticket] = case
        self._events[case.ticket].append(event)
