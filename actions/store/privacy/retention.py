"""What is due to go, kind by kind, and how it goes: found by its keys some at a time, and taken away by them.

Messages are apart (`actions/store/messages/pruning.py`), for what a talk still needs of them only the talk knows.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Table,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy import tuple_ as pair
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import LEFT, NOBODY, OLD, OPEN, TERMINAL
from actions.cases.ports import Chance
from actions.people.roles import Role
from actions.privacy.handlers import another_name
from actions.privacy.retention import RetainedKind
from actions.store.cases.callers import drop_callers_without_case
from actions.store.cases.handling import case_saying_files, case_sayings
from actions.store.cases.presence import case_looks, case_notes
from actions.store.cases.redactions import case_redactions
from actions.store.cases.supporters import case_supporters
from actions.store.cases.transcriptions import transcriptions
from actions.store.engine.settings_changes import settings_changes
from actions.store.engine.tables import (
    case_attachments,
    case_events,
    case_words,
    cases,
    dialogues,
    files,
    inbox,
    outbox,
    push_subscriptions,
)
from actions.store.integrations.webhooks import webhook_deliveries
from actions.store.messages.groups import officer_digests, officer_group_codes, officer_topics
from actions.store.messages.joined_chats import join_codes, joined_chats
from actions.store.messages.message_parts import failing_chats, message_parts, sent_parts, unconfirmed_arrivals
from actions.store.messages.messages import ASIDE, NEW
from actions.store.messages.officer_cards import officer_cards, officer_drafts
from actions.store.messages.officer_reminders import officer_reminders
from actions.store.messages.public_posts import public_posts
from actions.store.messages.reply_windows import HELD, reply_windows
from actions.store.people.people import people, people_events, people_sessions
from actions.store.people.sign_in import people_tries
from actions.store.privacy.deletion_log import NOTHING_DUE, deletion_log
from actions.store.privacy.forgetting import (
    erase_files,
    erase_words,
    forget_samples,
    rename_reporters,
    unwant_files_of,
)
from actions.store.statistics.case_statistics import case_statistics
from actions.store.training.act_samples import act_samples
from actions.store.training.category_proposals import category_proposals, forget_proposals
from actions.store.training.samples import State, samples
from actions.store.training.turn_samples import turn_samples

CHANCE = Chance(secrets.randbelow, secrets.token_bytes)
CHECKPOINT_SECONDS = 0.2
"""How long the last look at a file waits for those who read it; it is done the next time."""

type Keys = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Sweepable:
    """Part of a kind.

    Attributes:
        find: a query for the keys of what is older than a moment.
        forget: takes away what these keys name; returns how many rows that were.
        is_told: its keys are numbers of cases of whose reporters something goes, which agencies' own systems hold, too.
    """

    find: Callable[[datetime], Select[Any]]
    forget: Callable[[AsyncConnection, Keys], Awaitable[int]]
    is_told: bool = False


async def due(connection: AsyncConnection, part: Sweepable, before: datetime, most: int) -> Keys:
    """The keys of up to so many that are due."""
    found: Keys = (await connection.execute(part.find(before).limit(most))).all()
    return found


async def still_due(connection: AsyncConnection, part: Sweepable, before: datetime, keys: Keys) -> Keys:
    """Those of these keys that are due still: nobody else has taken them away meanwhile."""
    query = part.find(before)
    named = pair(*query.selected_columns).in_([tuple(key) for key in keys])
    found: Keys = (await connection.execute(query.where(named))).all()
    return found


async def count_due(connection: AsyncConnection, part: Sweepable, before: datetime) -> int:
    """How many are due."""
    query = select(func.count()).select_from(part.find(before).subquery())
    return (await connection.execute(query)).scalar_one()


# Rows that go as they are ---------------------------------------------------------------------------------------


def _old_rows(table: Table, moment: Column[Any], *also: ColumnElement[bool]) -> Sweepable:
    """Rows of a table whose moment is past."""
    keys = list(table.primary_key.columns)

    def find(before: datetime) -> Select[Any]:
        return select(*keys).where(moment < _as_kept(moment, before), *also)

    async def forget(connection: AsyncConnection, found: Keys) -> int:
        named = pair(*keys).in_([tuple(key) for key in found])
        return (await connection.execute(delete(table).where(named))).rowcount

    return Sweepable(find, forget)


def _as_kept(moment: Column[Any], before: datetime) -> object:
    """The moment as the table stores it: a date where its column is a date."""
    return before.date() if moment.type.python_type.__name__ == "date" else before


def _not_the_last(table: Table) -> ColumnElement[bool]:
    """SQLite would give its number to the next row."""
    return table.c.id < select(func.max(table.c.id)).scalar_subquery()


def _expired_codes() -> Sweepable:
    async def forget(connection: AsyncConnection, found: Keys) -> int:
        which = people.c.id.in_([key for (key,) in found])
        return (
            await connection.execute(update(people).where(which).values(code_digest=None, code_until=None))
        ).rowcount

    return Sweepable(lambda before: select(people.c.id).where(people.c.code_until < before), forget)


# Talks ----------------------------------------------------------------------------------------------------------


def _silent_talks(before: datetime) -> Select[Any]:
    hers = cases.c.reporter == dialogues.c.channel + ":" + dialogues.c.chat
    is_open = exists().where(hers, cases.c.status.in_([status.value for status in OPEN]))
    return select(dialogues.c.channel, dialogues.c.chat).where(dialogues.c.changed_at < before, ~is_open)


async def _forget_talks(connection: AsyncConnection, found: Keys) -> int:
    chats = [(channel, chat) for channel, chat in found]
    await unwant_files_of(connection, chats)
    which = pair(dialogues.c.channel, dialogues.c.chat).in_(chats)
    return (await connection.execute(delete(dialogues).where(which))).rowcount


# Samples --------------------------------------------------------------------------------------------------------


def _old_proposals() -> Sweepable:
    async def forget(connection: AsyncConnection, found: Keys) -> int:
        return await forget_proposals(connection, [key for (key,) in found])

    return Sweepable(lambda before: select(category_proposals.c.id).where(category_proposals.c.at < before), forget)


def _old_samples(*also: ColumnElement[bool]) -> Sweepable:
    async def forget(connection: AsyncConnection, found: Keys) -> int:
        return await forget_samples(connection, samples.c.id.in_([key for (key,) in found]))

    return Sweepable(lambda before: select(samples.c.id).where(samples.c.at < before, *also), forget)


# Cases that are at their end ------------------------------------------------------------------------------------


def _ended(before: datetime, *left: ColumnElement[bool]) -> Select[Any]:
    """Cases to which nothing has happened since their end, and of which one of these is left."""
    over = select(case_statistics.c.ticket, case_statistics.c.changed_on)
    over = over.where(text(NOTHING_DUE), case_statistics.c.changed_on < before.date())  # written as its index has it
    over = over.where(case_statistics.c.status.in_([status.value for status in TERMINAL]))
    ended = over.subquery("ended")
    query = select(ended.c.ticket).join(cases, cases.c.ticket == ended.c.ticket)
    return query.where(or_(*left)).order_by(ended.c.changed_on)


_HAS_TOLD = (
    exists().where(case_words.c.ticket == cases.c.ticket),
    exists().where(case_notes.c.ticket == cases.c.ticket),
    cases.c.place.is_not(None),
    cases.c.lat.is_not(None),
)
_HAS_WORDS = (
    *_HAS_TOLD,
    exists().where(case_sayings.c.ticket == cases.c.ticket),
    exists().where(case_redactions.c.ticket == cases.c.ticket),
)
_HAS_SENT = exists().where(case_attachments.c.ticket == cases.c.ticket)
_HAS_FILES = (_HAS_SENT, exists().where(case_saying_files.c.ticket == cases.c.ticket))


def _is_hers(said: Table) -> ColumnElement[bool]:
    """Something that its reporter said or sent with an event of the case."""
    is_event = and_(case_events.c.ticket == said.c.ticket, case_events.c.number == said.c.number)
    hers = and_(said.c.ticket == cases.c.ticket, is_event, case_events.c.who == Role.REPORTER.value)
    return exists().where(hers)


_HAS_HERS = (*_HAS_TOLD, _HAS_SENT, _is_hers(case_sayings), _is_hers(case_saying_files))
_HAS_REPORTER = and_(*(~cases.c.reporter.contains(f":{mark}", autoescape=True) for mark in NOBODY))
_IS_LEFT = cases.c.reporter.contains(f":{LEFT}", autoescape=True)
_HAS_SOMEBODY = (
    _HAS_REPORTER,
    exists().where(case_supporters.c.ticket == cases.c.ticket),
    exists().where(case_words.c.ticket == cases.c.ticket, case_words.c.name.is_not(None)),
    cases.c.lat.is_not(None),
)


async def _erase_words(connection: AsyncConnection, found: Keys) -> int:
    tickets = _tickets(found)
    await erase_words(connection, tickets)
    return len(tickets)


async def _erase_files(connection: AsyncConnection, found: Keys) -> int:
    tickets = _tickets(found)
    await erase_files(connection, tickets)
    return len(tickets)


async def _erase_hers(connection: AsyncConnection, found: Keys) -> int:
    """What the reporter told, said and sent; what officers answered stays until its own rule."""
    tickets = _tickets(found)
    await erase_files(connection, tickets, Role.REPORTER)
    await erase_words(connection, tickets, Role.REPORTER)
    return len(tickets)


async def _forget_reporters(connection: AsyncConnection, found: Keys) -> int:
    tickets = _tickets(found)
    known = select(cases.c.ticket, cases.c.reporter).where(cases.c.ticket.in_(tickets))
    names = {
        row.ticket: another_name(row.reporter, CHANCE, OLD)
        for row in await connection.execute(known.where(_HAS_REPORTER))
    }
    await rename_reporters(connection, names)
    await connection.execute(delete(case_supporters).where(case_supporters.c.ticket.in_(tickets)))
    await drop_callers_without_case(connection)
    await connection.execute(update(cases).where(cases.c.ticket.in_(tickets)).values(lat=None, lon=None))
    return len(tickets)


def _tickets(found: Keys) -> list[str]:
    return [ticket for (ticket,) in found]


def _of_ended(forget: Callable[[AsyncConnection, Keys], Awaitable[int]], *left: ColumnElement[bool]) -> Sweepable:
    return Sweepable(lambda before: _ended(before, *left), forget)


_CARDS_OF_ENDED = or_(
    exists().where(officer_cards.c.ticket == cases.c.ticket),
    exists().where(officer_topics.c.ticket == cases.c.ticket),
    exists().where(officer_reminders.c.ticket == cases.c.ticket),
)


async def _drop_cards(connection: AsyncConnection, found: Keys) -> int:
    gone = 0
    for table in (officer_cards, officer_topics, officer_reminders):
        gone += (await connection.execute(delete(table).where(table.c.ticket.in_(_tickets(found))))).rowcount
    return gone


_IS_LABELLED = samples.c.state == "done"
_HAS_TALK = exists().where(dialogues.c.channel == joined_chats.c.channel, dialogues.c.chat == joined_chats.c.chat)

PARTS: Mapping[RetainedKind, tuple[Sweepable, ...]] = {
    RetainedKind.LEFT: (
        replace(_of_ended(_erase_hers, and_(_IS_LEFT, or_(*_HAS_HERS))), is_told=True),
        _old_rows(files, files.c.created_at, files.c.state == "gone", files.c.chat.startswith(LEFT, autoescape=True)),
    ),
    RetainedKind.WORDS: (replace(_of_ended(_erase_words, *_HAS_WORDS), is_told=True),),
    RetainedKind.PHOTOS: (
        _of_ended(_erase_files, *_HAS_FILES),
        _old_rows(files, files.c.created_at, files.c.state == "gone"),
    ),
    RetainedKind.REPORTERS: (replace(_of_ended(_forget_reporters, *_HAS_SOMEBODY), is_told=True),),
    RetainedKind.STUCK: (
        _old_rows(inbox, inbox.c.received_at, inbox.c.state == ASIDE, _not_the_last(inbox)),
        _old_rows(outbox, outbox.c.created_at, outbox.c.state == NEW, _not_the_last(outbox)),
        _old_rows(webhook_deliveries, webhook_deliveries.c.created_at),
        _old_rows(message_parts, message_parts.c.received_at),
        _old_rows(unconfirmed_arrivals, unconfirmed_arrivals.c.received_at),
        _old_rows(sent_parts, sent_parts.c.at),
        _old_rows(failing_chats, failing_chats.c.since),
        _old_rows(reply_windows, reply_windows.c.wrote_at),
        _old_rows(public_posts, public_posts.c.arrived_at),
        _old_rows(join_codes, join_codes.c.shown_at),
        _old_rows(transcriptions, transcriptions.c.created_at),
        _old_rows(outbox, outbox.c.created_at, outbox.c.state == HELD, _not_the_last(outbox)),
    ),
    RetainedKind.REPLACED: (),  # in files of the data folder, not in the database
    RetainedKind.TALKS: (
        Sweepable(_silent_talks, _forget_talks),
        _old_rows(joined_chats, joined_chats.c.since, ~_HAS_TALK),
    ),
    RetainedKind.BROWSERS: (_old_rows(push_subscriptions, push_subscriptions.c.since),),
    RetainedKind.NOTES: (_old_rows(turn_samples, turn_samples.c.at),),
    RetainedKind.SAMPLES: (
        _old_samples(~_IS_LABELLED),
        _old_rows(act_samples, act_samples.c.at, act_samples.c.state != State.DONE),
    ),
    RetainedKind.LABELLED: (
        _old_samples(_IS_LABELLED),
        _old_rows(act_samples, act_samples.c.at, act_samples.c.state == State.DONE),
    ),
    RetainedKind.SESSIONS: (
        _old_rows(people_sessions, people_sessions.c.ends_at),
        _old_rows(people_tries, people_tries.c.last_at),
        _old_rows(officer_group_codes, officer_group_codes.c.until),
        _expired_codes(),
    ),
    RetainedKind.OFFICER_DRAFTS: (_old_rows(officer_drafts, officer_drafts.c.changed_at),),
    RetainedKind.OFFICER_CARDS: (_of_ended(_drop_cards, _CARDS_OF_ENDED),),
    RetainedKind.OFFICER_DIGESTS: (_old_rows(officer_digests, officer_digests.c.day),),
    RetainedKind.OFFICER_DEEDS: (
        _old_rows(people_events, people_events.c.at),
        _old_rows(settings_changes, settings_changes.c.at),
        _old_proposals(),
        _old_rows(case_looks, case_looks.c.until),
    ),
    RetainedKind.PROTOCOL: (_old_rows(deletion_log, deletion_log.c.at),),
}
"""The parts of every kind but the messages."""


def empty_the_log(file: Path) -> bool:
    """What was overwritten in a SQLite file goes from its log as well; False while somebody reads it. Blocks."""
    with closing(sqlite3.connect(file, timeout=CHECKPOINT_SECONDS)) as connection:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
