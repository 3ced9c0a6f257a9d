"""Cases without a database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from actions.cases.case import Case, CaseEvent, Identity, Words, is_public
from actions.cases.event_words import NOTHING_SAID, Saying
from actions.cases.nearby import Candidate, NearbyQuery
from actions.cases.outcome import Done
from actions.cases.ports import Filing


class RememberingCaseBook:
    """A `WorkBook` that writes at once and forgets nothing while it lives."""

    def __init__(self) -> None:
        self.cases: dict[str, Case] = {}
        self.written: dict[str, Words] = {}
        self._events: dict[str, list[CaseEvent]] = {}
        self._salts: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._supporters: dict[str, dict[str, None]] = {}
        self.sayings: dict[tuple[str, int], Saying] = {}
        self.done: list[Done] = []
        self.weekly: dict[str, str] = {}
        self.editions: dict[str, int] = {}

    async def filed_from(self, draft_key: str) -> Case | None:
        """The case that this draft became."""
        return next((case for case in self.cases.values() if case.draft_key == draft_key), None)

    async def filings(self, reporter: str, since: datetime, draft_key: str) -> list[Filing]:
        """What this reporter filed since then, oldest first, and what this draft became, however long ago."""
        lately = (case for case in self.cases.values() if case.reporter == reporter and case.filed_at > since)
        wanted = {case.ticket: case for case in (*lately, await self.filed_from(draft_key)) if case}
        found = [Filing(case.draft_key, case.ticket, case.filed_at) for case in wanted.values()]
        return sorted(found, key=lambda filing: filing.filed_at)

    async def by_ticket(self, ticket: str) -> Case | None:
        """The case of this number."""
        return self.cases.get(ticket)

    async def of_reporter(self, reporter: str, most: int) -> list[Case]:
        """This reporter's cases, newest first."""
        return [case for case in reversed(self.cases.values()) if case.reporter == reporter][:most]

    async def latest(self, most: int | None) -> list[Case]:
        """Every case, newest first."""
        return list(reversed(self.cases.values()))[:most]

    @property
    def everything_done(self) -> list[CaseEvent]:
        """Every event of every case."""
        return [event for events in self._events.values() for event in events]

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

    async def hold(self, tickets: Collection[str]) -> None:
        """Nobody else is here."""

    async def without_liaison(self, agencies: Collection[str]) -> frozenset[str]:
        """Nobody is a liaison here."""
        del agencies
        return frozenset()

    async def agency_of_officer(self, person: str) -> str | None:
        """Nobody is an officer here."""
        del person

    async def ancestors(self, ticket: str) -> frozenset[str]:
        """The cases that this one was merged into."""
        parent = self._parents.get(ticket)
        return frozenset() if parent is None else await self.ancestors(parent) | {parent}

    async def count_supporters(self, ticket: str) -> int:
        """How many support it, its reporter apart."""
        return len(self._supporters.get(ticket, {}).keys() - {self.cases[ticket].reporter})

    async def supports(self, ticket: str, supporter: str) -> bool:
        """Whether she supports it."""
        return supporter in self._supporters.get(ticket, {})

    async def supported_by(self, supporter: str, most: int) -> list[Case]:
        """The cases of others that she supports, the latest first."""
        theirs = [self.cases[ticket] for ticket, known in self._supporters.items() if supporter in known]
        return [case for case in reversed(theirs) if case.reporter != supporter][:most]

    async def near(self, sought: NearbyQuery) -> list[Candidate]:
        """Whatever anybody may know of, wherever it is."""
        return [
            Candidate(
                ticket=case.ticket,
                status=case.status,
                type=case.type,
                category=case.category or "",
                location=case.location,
                filed_at=case.filed_at,
                changed_at=self._events[case.ticket][-1].at,
                supporters=await self.count_supporters(case.ticket),
                story=self.written[case.ticket].story,
            )
            for case in self.cases.values()
            if is_public(case) and not case.sensitive and case.reporter != sought.reporter
        ]

    async def count_delivered(self, case: Case, numbers: Collection[int]) -> int:
        """Everything arrives."""
        del case
        return len(numbers)

    async def said(self, ticket: str, number: int) -> Saying:
        """What was typed and sent with an event."""
        return self.sayings.get((ticket, number), NOTHING_SAID)

    async def case_of_message(self, reporter: str, message: str) -> str | None:
        """A message about a case is called after it."""
        del reporter
        ticket = message.partition(".")[0]
        return ticket if ticket in self.cases else None

    async def link_edition(self, ticket: str) -> int:
        """How many of its links were withdrawn."""
        return self.editions.get(ticket, 0)

    async def withdraw_link(self, ticket: str) -> int:
        """Another link is in force."""
        self.editions[ticket] = self.editions.get(ticket, 0) + 1
        return self.editions[ticket]

    async def rename_reporter(self, names: Mapping[str, str]) -> Mapping[str, str]:
        """Another name stands in these cases."""
        for ticket, name in names.items():
            case, words = self.cases[ticket], self.written[ticket]
            self.cases[ticket] = replace(case, reporter=name, draft_key=f"{name}.{ticket}", identity=Identity.ANONYMOUS)
            self.written[ticket] = replace(words, name=None)
        return names

    async def erase_hers(self, tickets: Collection[str]) -> None:
        """What she told of these goes."""
        for ticket in tickets:
            where = replace(self.cases[ticket].location, spoken=None, lat=None, lon=None)
            self.cases[ticket] = replace(self.cases[ticket], location=where, attachments=())
            self.written.pop(ticket, None)

    async def received_from(self, reporter: str) -> list[str]:
        """There is no inbox here."""
        del reporter
        return []

    async def joined_channels(self, reporter: str) -> tuple[str, ...]:
        """Of one chat alone there is none."""
        del reporter
        return ()

    async def forget_sample(self, reporter: str, at: datetime, texts: Collection[str]) -> None:
        """Nobody learns here."""

    async def forget_citizen(self, reporter: str, tickets: Collection[str], at: datetime) -> None:
        """She supports nothing any more, and takes no news."""
        del tickets, at
        self.weekly.pop(reporter, None)
        for known in self._supporters.values():
            known.pop(reporter, None)

    async def take_weekly(self, citizen: str, village: str, language: str, told_until: date, at: datetime) -> None:
        """She takes the news of this village."""
        del language, told_until, at
        self.weekly[citizen] = village

    async def stop_weekly(self, citizen: str) -> bool:
        """She takes none any more."""
        return self.weekly.pop(citizen, None) is not None

    def say(self, event: CaseEvent, saying: Saying) -> None:
        """What was typed and sent with an event."""
        self.sayings[event.ticket, event.number] = saying

    def merge_into(self, case: Case, parent: str, at: datetime) -> None:
        """It is part of another now."""
        self._parents[case.ticket] = parent
        self.support(parent, case.reporter, case.language, at)

    def take_out(self, case: Case) -> None:
        """It is part of no other any more."""
        self.stop_supporting(self._parents.pop(case.ticket, ""), case.reporter)

    def support(self, ticket: str, supporter: str, language: str, at: datetime) -> None:
        """She says "me too"."""
        del language, at
        self._supporters.setdefault(ticket, {})[supporter] = None

    def stop_supporting(self, ticket: str, supporter: str) -> None:
        """She says so no more."""
        self._supporters.get(ticket, {}).pop(supporter, None)

    def postpone(self, ticket: str, until: datetime | None) -> None:
        """The service itself looks at it then."""
        self.cases[ticket] = replace(self.cases[ticket], next_due_at=until)

    def tell(self, done: Done) -> None:
        """Whoever is to hear of it can be told."""
        self.done.append(done)
