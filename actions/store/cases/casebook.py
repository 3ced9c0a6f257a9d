"""Cases in the database. Reads at once; writes are gathered and go set by set when the turn is committed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import and_, bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import (
    Attachment,
    Case,
    CaseEvent,
    Words,
    members_of_event,
)
from actions.cases.event_words import NOTHING_SAID, Saying
from actions.cases.nearby import Candidate, NearbyQuery
from actions.cases.outcome import Done
from actions.cases.ports import Filing
from actions.people.roles import Role
from actions.privacy.retention import OWN_REQUEST
from actions.store.cases.case_rows import attachment_rows, case_of_row, change_of_case, event_of_row, row_of_case
from actions.store.cases.files import is_reporters
from actions.store.cases.handling import (
    HandlingRows,
    agency_of_officer,
    ancestors_of,
    case_of_message,
    count_delivered_to,
    hold_cases,
    sayings_of,
    without_liaison,
)
from actions.store.cases.links import write_links
from actions.store.cases.page_links import link_editions, withdraw_link
from actions.store.cases.supporters import Support, candidates, count_supporters_of, does_support, supported_by
from actions.store.engine.tables import case_attachments, case_events, case_words, cases, files
from actions.store.integrations.webhooks import put_forgotten_letters
from actions.store.messages.joined_chats import others_of
from actions.store.messages.messages import Chat
from actions.store.messages.weekly import Subscription, subscribe, unsubscribe
from actions.store.privacy.deletion_log import DeletionLogEntry, note
from actions.store.privacy.forgetting import (
    erase_files,
    erase_words,
    forget_chat,
    forget_sample_of,
    received_of,
    rename_reporters,
)

_CHANGING = (
    "status",
    "category",
    "handling_class",
    "sensitive",
    "agency",
    "reason",
    "deadline",
    "returns",
    "version",
    "next_due_at",
    "due_on",
    "is_hidden",
    "assignee",
)
"""What of a case its events change."""


class SqlCaseBook:
    """A `CaseBook` over one connection. `flush` writes what was gathered; `merge` takes over another's."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Start with nothing gathered."""
        self._connection = connection
        self._added: list[tuple[Case, Words, str]] = []
        self._changed: dict[str, Case] = {}
        self._events: list[CaseEvent] = []
        self._handling = HandlingRows()

    @property
    def gathered(self) -> int:
        """How many new cases were gathered and are not written yet."""
        return len(self._added)

    async def filed_from(self, draft_key: str) -> Case | None:
        """The case that this draft became, gathered ones included."""
        gathered = next((case for case, _, _ in self._added if case.draft_key == draft_key), None)
        if gathered:
            return self._changed.get(gathered.ticket, gathered)
        return await self._one(cases.c.draft_key == draft_key)

    async def filings(self, reporter: str, since: datetime, draft_key: str) -> list[Filing]:
        """What this reporter filed since then, oldest first, and what this draft became, however long ago."""
        lately = and_(cases.c.reporter == reporter, cases.c.filed_at > since)
        query = select(cases.c.draft_key, cases.c.ticket, cases.c.filed_at).where(
            or_(cases.c.draft_key == draft_key, lately)
        )
        stored = [Filing(*row) for row in await self._connection.execute(query.order_by(cases.c.filed_at))]
        gathered = [case for case, _, _ in self._added if case.draft_key == draft_key or case.reporter == reporter]
        return stored + [Filing(case.draft_key, case.ticket, case.filed_at) for case in gathered]

    async def by_ticket(self, ticket: str) -> Case | None:
        """The case of this number, as it stands now."""
        if "\0" in ticket:  # which no server takes, not even to look for it
            return None
        added = next((case for case, _, _ in self._added if case.ticket == ticket), None)
        return self._changed.get(ticket) or added or await self._one(cases.c.ticket == ticket)

    async def of_reporter(self, reporter: str, most: int) -> list[Case]:
        """This reporter's cases, newest first."""
        query = select(cases).where(cases.c.reporter == reporter).order_by(cases.c.filed_at.desc(), cases.c.id.desc())
        stored = [case_of_row(row) for row in await self._connection.execute(query.limit(most))]
        mine = [case for case, _, _ in reversed(self._added) if case.reporter == reporter]
        return [self._changed.get(case.ticket, case) for case in [*mine, *stored]][:most]

    async def latest(self, most: int | None) -> list[Case]:
        """Every case, newest first, with its attachments."""
        query = select(cases).order_by(cases.c.id.desc())
        rows = (await self._connection.execute(query.limit(most) if most is not None else query)).all()
        found = [case_of_row(row) for row in rows]
        attachments = await self._attachments([case.ticket for case in found] if most is not None else None)
        return [replace(case, attachments=attachments.get(case.ticket, ())) for case in found]

    async def events(self, ticket: str) -> list[CaseEvent]:
        """What happened to a case, from the first; of one that is gathered here nothing is stored yet."""
        if self._is_gathered(ticket):
            return [event for event in self._events if event.ticket == ticket]
        query = select(case_events).where(case_events.c.ticket == ticket).order_by(case_events.c.number)
        stored = [event_of_row(row) for row in await self._connection.execute(query)]
        return stored + [event for event in self._events if event.ticket == ticket]

    async def words(self, ticket: str) -> Words | None:
        """What the citizen wrote, gathered cases included."""
        gathered = next((words for case, words, _ in self._added if case.ticket == ticket), None)
        if gathered:
            return gathered
        query = select(case_words.c.story, case_words.c.name).where(case_words.c.ticket == ticket)
        row = (await self._connection.execute(query)).one_or_none()
        return Words(row.story, row.name) if row else None

    async def salt(self, ticket: str) -> str:
        """The salt of this case's words digests."""
        query = select(case_words.c.salt).where(case_words.c.ticket == ticket)
        return str((await self._connection.execute(query)).scalar_one())

    def add(self, case: Case, event: CaseEvent, words: Words, salt: str) -> None:
        """Gather a new case with its first event."""
        self._added.append((case, words, salt))
        self._events.append(event)

    def save(self, case: Case, event: CaseEvent) -> None:
        """Gather a case as this event left it."""
        self._changed[case.ticket] = case
        self._events.append(event)

    @property
    def done(self) -> list[Done]:
        """What others are to be told of, in the transaction of the flush."""
        return self._handling.done

    async def hold(self, tickets: Collection[str]) -> None:
        """Implements the method of `WorkBook`."""
        if known := [ticket for ticket in tickets if not self._is_gathered(ticket)]:  # the others nobody knows yet
            await hold_cases(self._connection, known)

    async def without_liaison(self, agencies: Collection[str]) -> frozenset[str]:
        """Implements the method of `WorkBook`."""
        return await without_liaison(self._connection, agencies)

    async def agency_of_officer(self, person: str) -> str | None:
        """Implements the method of `WorkBook`."""
        return await agency_of_officer(self._connection, person)

    async def ancestors(self, ticket: str) -> frozenset[str]:
        """Implements the method of `WorkBook`."""
        return await ancestors_of(self._connection, ticket)

    async def count_supporters(self, ticket: str) -> int:
        """Implements the method of `WorkBook`."""
        return await count_supporters_of(self._connection, ticket)

    async def supports(self, ticket: str, supporter: str) -> bool:
        """Implements the method of `WorkBook`."""
        return await does_support(self._connection, ticket, supporter)

    async def supported_by(self, supporter: str, most: int) -> list[Case]:
        """Implements the method of `WorkBook`."""
        return await supported_by(self._connection, supporter, most)

    async def near(self, sought: NearbyQuery) -> list[Candidate]:
        """Implements the method of `WorkBook`."""
        return await candidates(self._connection, sought)

    async def count_delivered(self, case: Case, numbers: Collection[int]) -> int:
        """Implements the method of `WorkBook`."""
        refs = [f"{case.ticket}.{number}" for number in numbers]
        return await count_delivered_to(self._connection, case.reporter, refs)

    async def said(self, ticket: str, number: int) -> Saying:
        """Implements the method of `WorkBook`."""
        return (await sayings_of(self._connection, ticket)).get(number, NOTHING_SAID)

    async def case_of_message(self, reporter: str, message: str) -> str | None:
        """Implements the method of `WorkBook`."""
        return await case_of_message(self._connection, reporter, message)

    async def link_edition(self, ticket: str) -> int:
        """Implements the method of `WorkBook`."""
        return (await link_editions(self._connection, [ticket])).get(ticket, 0)

    async def withdraw_link(self, ticket: str) -> int:
        """Implements the method of `WorkBook`."""
        return await withdraw_link(self._connection, ticket)

    def say(self, event: CaseEvent, saying: Saying) -> None:
        """Implements the method of `WorkBook`."""
        self._handling.say(event, saying)

    def merge_into(self, case: Case, parent: str, at: datetime) -> None:
        """Implements the method of `WorkBook`."""
        self._handling.merges.append((case, parent, at))

    def take_out(self, case: Case) -> None:
        """Implements the method of `WorkBook`."""
        self._handling.taken_out.append(case)

    def support(self, ticket: str, supporter: str, language: str, at: datetime) -> None:
        """Implements the method of `WorkBook`."""
        self._handling.supports.append(Support(ticket, supporter, language, at))

    def stop_supporting(self, ticket: str, supporter: str) -> None:
        """Implements the method of `WorkBook`."""
        self._handling.unsupported.append((ticket, supporter))

    def postpone(self, ticket: str, until: datetime | None) -> None:
        """Implements the method of `WorkBook`."""
        if not self._is_gathered(ticket):
            self._handling.postponed[ticket] = until
        elif ticket in self._changed:
            self._changed[ticket] = replace(self._changed[ticket], next_due_at=until)
        else:
            self._added = [
                (replace(case, next_due_at=until) if case.ticket == ticket else case, words, salt)
                for case, words, salt in self._added
            ]

    async def rename_reporter(self, names: Mapping[str, str]) -> Mapping[str, str]:
        """Implements the method of `CitizensBook`."""
        return await rename_reporters(self._connection, names)

    async def erase_hers(self, tickets: Collection[str]) -> None:
        """Implements the method of `CitizensBook`."""
        await erase_files(self._connection, tickets, Role.REPORTER)
        await erase_words(self._connection, tickets, Role.REPORTER)

    async def received_from(self, reporter: str) -> Sequence[str]:
        """Implements the method of `CitizensBook`."""
        return await received_of(self._connection, _chat(reporter))

    async def joined_channels(self, reporter: str) -> Sequence[str]:
        """Implements the method of `CitizensBook`."""
        return [one.channel for one in await others_of(self._connection, _chat(reporter))]

    async def forget_sample(self, reporter: str, at: datetime, texts: Collection[str]) -> None:
        """Implements the method of `CitizensBook`."""
        await forget_sample_of(self._connection, _chat(reporter)[0], at, texts)

    async def forget_citizen(self, reporter: str, tickets: Collection[str], at: datetime) -> None:
        """Implements the method of `CitizensBook`."""
        rows = await forget_chat(self._connection, _chat(reporter), tickets, at)
        line = await note(self._connection, DeletionLogEntry(at, OWN_REQUEST, 0, rows + len(tickets)))
        await put_forgotten_letters(self._connection, tickets, line, at)

    async def take_weekly(self, citizen: str, village: str, language: str, told_until: date, at: datetime) -> None:
        """Implements the method of `CitizensBook`."""
        await subscribe(self._connection, _chat(citizen), Subscription(village, language, told_until), at)

    async def stop_weekly(self, citizen: str) -> bool:
        """Implements the method of `CitizensBook`."""
        return await unsubscribe(self._connection, _chat(citizen))

    def tell(self, done: Done) -> None:
        """Remember what was done, for notifiers to read after the flush."""
        self._handling.done.append(done)
        self._handling.steps.append(done)

    def merge(self, other: SqlCaseBook) -> None:
        """Takes over the writes that another case book has gathered."""
        self._added += other._added
        self._changed |= other._changed
        self._events += other._events
        self._handling.take_over(other._handling)

    async def flush(self) -> None:
        """Write what was gathered, one statement a table."""
        added = [(self._changed.pop(case.ticket, case), words, salt) for case, words, salt in self._added]
        now = {case.ticket: case for case, _, _ in added} | self._changed
        await self._insert(cases, [row_of_case(case) for case, _, _ in added])
        await self._insert(
            case_words,
            [{"ticket": c.ticket, "story": w.story, "name": w.name, "salt": salt} for c, w, salt in added],
        )
        await self._insert(case_attachments, [row for case, _, _ in added for row in attachment_rows(case)])
        if self._changed:
            query = update(cases).where(cases.c.ticket == bindparam("which"))
            names = _CHANGING
            changed = query.values({name: bindparam(f"new_{name}") for name in names})
            await self._connection.execute(changed, [change_of_case(case, names) for case in self._changed.values()])
        await self._insert(case_events, [members_of_event(event) for event in self._events])
        await write_links(self._connection, self._events, now, {case.ticket: salt for case, _, salt in added})
        await self._handling.write(self._connection)
        self._added, self._changed, self._events = [], {}, []
        self._handling = HandlingRows(done=self._handling.done)

    def _is_gathered(self, ticket: str) -> bool:
        """Whether it is a new case that is not written yet."""
        return any(case.ticket == ticket for case, _, _ in self._added)

    async def _insert(self, table: object, rows: Sequence[dict[str, object]]) -> None:
        if rows:
            await self._connection.execute(insert(table), rows)  # type: ignore[arg-type]

    async def _one(self, condition: object) -> Case | None:
        row = (await self._connection.execute(select(cases).where(condition))).one_or_none()  # type: ignore[arg-type]
        if row is None:
            return None
        case = case_of_row(row)
        attachments = await self._attachments([case.ticket])
        return replace(case, attachments=attachments.get(case.ticket, ()))

    async def _attachments(self, tickets: Sequence[str] | None) -> dict[str, tuple[Attachment, ...]]:
        is_its_file = and_(files.c.file_id == case_attachments.c.file_id, is_reporters())
        with_files = case_attachments.join(cases, cases.c.ticket == case_attachments.c.ticket)
        query = (
            select(case_attachments, files.c.state)
            .select_from(with_files.outerjoin(files, is_its_file))
            .order_by(case_attachments.c.ticket, case_attachments.c.number)
        )
        if tickets is not None:
            query = query.where(case_attachments.c.ticket.in_(tickets))
        found: dict[str, tuple[Attachment, ...]] = {}
        for row in await self._connection.execute(query):
            found[row.ticket] = (*found.get(row.ticket, ()), Attachment(row.kind, row.file_id, row.state == "refused"))
        return found


def _chat(reporter: str) -> Chat:
    channel, _, chat = reporter.partition(":")
    return channel, chat
