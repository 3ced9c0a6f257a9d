"""What is kept of a citizen is taken away: who she is in her cases, what she said, her messages and files.

Events, facts and what officers did stay, so that chain, replay and public numbers are whole. Rows of inbox and outbox
are emptied and not removed: by their numbers and names nothing is worked or sent twice, and no number is given again.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Delete,
    String,
    Update,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import LEFT
from actions.cases.links import Erased
from actions.people.people import STAFF_CHANNEL
from actions.people.roles import Role
from actions.store.cases.handling import case_saying_files, case_sayings
from actions.store.cases.links import bury
from actions.store.cases.presence import case_notes
from actions.store.cases.publications import drop_publications
from actions.store.cases.redactions import case_redactions, forget_titles
from actions.store.cases.supporters import case_supporters
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import (
    BROWSERS,
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
from actions.store.messages.groups import officer_groups
from actions.store.messages.joined_chats import forget_joined
from actions.store.messages.message_parts import failing_chats, message_parts, sent_parts
from actions.store.messages.messages import Chat
from actions.store.messages.officer_cards import officer_cards, officer_drafts
from actions.store.messages.public_posts import public_posts
from actions.store.messages.reply_windows import reply_windows
from actions.store.messages.weekly_tables import weekly_subscriptions
from actions.store.people.people import people
from actions.store.privacy.deletion_log import forgotten_chats
from actions.store.privacy.forgotten_names import forgotten_name
from actions.store.training.act_samples import act_samples
from actions.store.training.category_proposals import forget_examples_of
from actions.store.training.samples import sample_labels, samples
from actions.store.training.turn_samples import turn_samples

NOTHING = "{}"
"""An event or a message of which nothing is left."""


async def rename_reporters(connection: AsyncConnection, names: Mapping[str, str]) -> Mapping[str, str]:
    """Another name stands in these cases (by number) from now on in the place of who reported them; returns which.

    Her files keep belonging to the case; cases that share one get one name. Where she had given her name, it goes with
    the salt, so that the story that stays can be compared with its digest no more.
    """
    if not names:
        return names
    names = await _sharing(connection, names)
    rows = [
        {"which": ticket, "new_name": name, "new_chat": name.partition(":")[2], "new_key": f"{name}.{ticket}"}
        for ticket, name in names.items()
    ]
    await connection.execute(_FILES_RENAMED, rows)
    await connection.execute(_SENT_RENAMED, rows)
    renamed = {"reporter": bindparam("new_name"), "draft_key": bindparam("new_key"), "identity": "anonymous"}
    await connection.execute(update(cases).where(cases.c.ticket == bindparam("which")).values(**renamed), rows)
    named = and_(case_words.c.ticket.in_(names.keys()), case_words.c.name.is_not(None))
    await connection.execute(update(case_words).where(named).values(name=None, salt=""))
    await bury(connection, names, Erased.NAME)
    return names


async def _sharing(connection: AsyncConnection, names: Mapping[str, str]) -> dict[str, str]:
    """The same name for cases that share a file, which has one owner."""
    given, first = dict(names), dict[str, str]()
    for table in (case_attachments, case_saying_files):
        query = select(table.c.file_id, table.c.ticket).where(table.c.ticket.in_(names)).order_by(table.c.ticket)
        for file_id, ticket in await connection.execute(query):
            given[ticket] = given[first.setdefault(file_id, ticket)]
    return given


def _files_renamed() -> Update:
    attached = (
        select(files.c.id)
        .join(case_attachments, case_attachments.c.file_id == files.c.file_id)
        .join(cases, cases.c.ticket == case_attachments.c.ticket)
        .where(cases.c.ticket == bindparam("which"))
        .where(files.c.channel == cases.c.channel, files.c.channel + ":" + files.c.chat == cases.c.reporter)
    )
    said = (
        select(files.c.id)
        .join(case_saying_files, _is_sent_file())
        .join(cases, cases.c.ticket == case_saying_files.c.ticket)
        .where(cases.c.ticket == bindparam("which"), files.c.channel + ":" + files.c.chat == cases.c.reporter)
    )
    return update(files).where(or_(files.c.id.in_(attached), files.c.id.in_(said))).values(chat=bindparam("new_chat"))


def _is_sent_file() -> ColumnElement[bool]:
    sent = case_saying_files.c
    return and_(sent.channel == files.c.channel, sent.chat == files.c.chat, sent.file_id == files.c.file_id)


def _sent_renamed() -> Update:
    sent = case_saying_files
    reporter = select(cases.c.reporter).where(cases.c.ticket == bindparam("which")).scalar_subquery()
    hers = and_(sent.c.ticket == bindparam("which"), sent.c.channel + ":" + sent.c.chat == reporter)
    return update(sent).where(hers).values(chat=bindparam("new_chat"))


_FILES_RENAMED, _SENT_RENAMED = _files_renamed(), _sent_renamed()


async def erase_words(connection: AsyncConnection, tickets: Collection[str], who: Role | None = None) -> int:
    """What was told and said of these cases goes.

    `who`: of what was said only what this role said, so that what officers answered stays, and what of it a moderator
    let anybody read. What they noted among themselves, titles, which may quote her, and what the service has published
    go in any case.
    """
    if not tickets:
        return 0
    said = _said_in(case_sayings.c.ticket, case_sayings.c.number, tickets, who)
    gone = await _run(connection, delete(case_sayings).where(said))
    gone += await _run(connection, delete(case_words).where(case_words.c.ticket.in_(tickets)))
    gone += await _run(connection, delete(case_notes).where(case_notes.c.ticket.in_(tickets)))
    gone += await drop_publications(connection, tickets)
    if who is None:
        gone += await _run(connection, delete(case_redactions).where(case_redactions.c.ticket.in_(tickets)))
    else:
        gone += await forget_titles(connection, tickets)
    gone += await _run(connection, delete(turn_samples).where(turn_samples.c.ticket.in_(tickets)))
    gone += await forget_samples_of_cases(connection, tickets)
    await _cover_officers_messages(connection, tickets)
    placed = and_(cases.c.ticket.in_(tickets), or_(cases.c.place.is_not(None), cases.c.lat.is_not(None)))
    gone += await _run(connection, update(cases).where(placed).values(place=None, lat=None, lon=None))
    await bury(connection, tickets, Erased.ALL if who is None else Erased.HERS)
    return gone


def _said_in(
    ticket: ColumnElement[str], number: ColumnElement[int], tickets: Collection[str], who: Role | None
) -> ColumnElement[bool]:
    if who is None:
        return ticket.in_(tickets)
    is_event = and_(case_events.c.ticket == ticket, case_events.c.number == number)
    return and_(ticket.in_(tickets), exists().where(is_event, case_events.c.who == who.value))


async def erase_files(connection: AsyncConnection, tickets: Collection[str], who: Role | None = None) -> int:
    """What was sent with these cases goes off the disk, unless it also belongs to another case."""
    if not tickets:
        return 0
    sent = _said_in(case_saying_files.c.ticket, case_saying_files.c.number, tickets, who)
    attached = (
        select(files.c.id)
        .join(case_attachments, case_attachments.c.file_id == files.c.file_id)
        .join(cases, cases.c.ticket == case_attachments.c.ticket)
        .where(cases.c.ticket.in_(tickets), files.c.channel + ":" + files.c.chat == cases.c.reporter)
    )
    said = select(files.c.id).join(case_saying_files, _is_sent_file()).where(sent)
    numbers = set((await connection.execute(attached.union(said))).scalars())
    gone = await _run(connection, delete(case_attachments).where(case_attachments.c.ticket.in_(tickets)))
    gone += await _run(connection, delete(case_saying_files).where(sent))
    await _unwant(connection, and_(files.c.id.in_(numbers), ~belongs_to_a_case()))
    return gone


def belongs_to_a_case() -> ColumnElement[bool]:
    """Whether some case still holds this file."""
    attached = exists().where(case_attachments.c.file_id == files.c.file_id)
    sent = exists().where(case_saying_files.c.file_id == files.c.file_id)
    return or_(attached, sent)


async def _unwant(connection: AsyncConnection, which: ColumnElement[bool]) -> int:
    """Marks these files as no longer wanted; the fetcher removes them from the disk."""
    unwanted = {"state": "unwanted", "not_before": 0.0, "to_tell": "", "attempts": 0}
    return await _run(connection, update(files).where(which, files.c.state.in_(("wanted", "kept"))).values(**unwanted))


async def unwant_files_of(connection: AsyncConnection, chats: Collection[Chat]) -> int:
    """What was sent in these chats and belongs to no case goes off the disk."""
    return await _unwant(connection, and_(tuple_(files.c.channel, files.c.chat).in_(chats), ~belongs_to_a_case()))


async def forget_samples(connection: AsyncConnection, which: ColumnElement[bool]) -> int:
    """These are no samples any more; what was saved of one in the training data, personal data covered, stays there."""
    numbers = list((await connection.execute(select(samples.c.id).where(which))).scalars())
    if numbers:
        await forget_examples_of(connection, numbers)
        await connection.execute(delete(sample_labels).where(sample_labels.c.sample.in_(numbers)))
        await connection.execute(delete(samples).where(samples.c.id.in_(numbers)))
    return len(numbers)


async def forget_samples_of_cases(connection: AsyncConnection, tickets: Collection[str]) -> int:
    """Nothing of these cases is a sample any more, nor any message of the talks in which they were told."""
    gone = await forget_samples(connection, samples.c.ticket.in_(tickets))
    return gone + await _run(connection, delete(act_samples).where(act_samples.c.ticket.in_(tickets)))


async def forget_sample_of(connection: AsyncConnection, channel: str, at: datetime, texts: Collection[str]) -> int:
    """What was said in a talk at this moment, as one of these texts, is nothing to learn from any more."""
    notes = and_(turn_samples.c.channel == channel, turn_samples.c.at == at, turn_samples.c.words.in_(texts))
    said = and_(samples.c.ticket.is_(None), samples.c.channel == channel, samples.c.at == at, samples.c.text.in_(texts))
    acts = act_samples.c
    in_talks = and_(acts.ticket.is_(None), acts.channel == channel, acts.at == at, acts.words.in_(texts))
    gone = await _run(connection, delete(turn_samples).where(notes))
    gone += await _run(connection, delete(act_samples).where(in_talks))
    return gone + await forget_samples(connection, said)


async def received_of(connection: AsyncConnection, chat: Chat) -> Sequence[str]:
    """The events that are still kept of a chat, as rows."""
    query = select(inbox.c.event).where(inbox.c.channel == chat[0], inbox.c.chat == chat[1]).order_by(inbox.c.id)
    return (await connection.execute(query)).scalars().all()


async def forget_chat(connection: AsyncConnection, chat: Chat, tickets: Collection[str], at: datetime) -> int:
    """All that is kept of a chat beside its cases, of which these were hers, but for what is worked in this turn."""
    channel, name = chat
    citizen = f"{channel}:{name}"
    gone = await empty_inbox(connection, chat, inbox.c.state != "new")
    gone += await empty_outbox(connection, chat, ~_is_officers_card())
    await _cover_officers_messages(connection, tickets)
    for statement in _others_of(chat, citizen, tickets):
        gone += await _run(connection, statement)
    gone += await forget_samples_of_cases(connection, tickets)
    gone += await forget_joined(connection, chat)
    await _rename_sent_to_others(connection, chat)
    gone += await unwant_files_of(connection, [chat])
    await _finish_later(connection, chat, at)
    return gone


async def _rename_sent_to_others(connection: AsyncConnection, chat: Chat) -> None:
    """What she sent here for a case of a chat that was joined with this one stays with that case, and names her not."""
    sent = case_saying_files.c
    mine = (sent.channel == chat[0], sent.chat == chat[1])
    for file_id in (await connection.execute(select(sent.file_id).where(*mine).distinct())).scalars().all():
        another = f"{LEFT}{secrets.token_hex(12)}"
        kept = (files.c.channel == chat[0], files.c.chat == chat[1], files.c.file_id == file_id)
        await connection.execute(update(files).where(*kept).values(chat=another))
        await connection.execute(update(case_saying_files).where(*mine, sent.file_id == file_id).values(chat=another))


async def _finish_later(connection: AsyncConnection, chat: Chat, at: datetime) -> None:
    """She must still be told; what that leaves goes when it has arrived."""
    first = select(func.min(inbox.c.id)).where(inbox.c.channel == chat[0], inbox.c.chat == chat[1])
    worked = (await connection.execute(first)).scalar_one() or 0
    name = forgotten_name(connection, chat)
    new = insert_into(connection, forgotten_chats).values(channel=chat[0], chat=name, at=at, row=worked)
    again = {"at": new.excluded.at, "row": new.excluded.row}
    await connection.execute(new.on_conflict_do_update(index_elements=["channel", "chat"], set_=again))


def _others_of(chat: Chat, citizen: str, tickets: Collection[str]) -> tuple[Delete, ...]:
    channel, name = chat
    mine = (
        delete(dialogues).where(dialogues.c.channel == channel, dialogues.c.chat == name),
        delete(case_supporters).where(case_supporters.c.supporter == citizen),
        delete(turn_samples).where(turn_samples.c.ticket.in_(tickets), turn_samples.c.ticket != ""),
        delete(weekly_subscriptions).where(
            weekly_subscriptions.c.channel == channel, weekly_subscriptions.c.chat == name
        ),
        delete(officer_drafts).where(officer_drafts.c.ticket.in_(tickets)),
        *(
            delete(table).where(table.c.channel == channel, table.c.chat == name)
            for table in (message_parts, sent_parts, failing_chats, public_posts)
        ),
        close_window(chat, ~exists().where(inbox.c.channel == channel, inbox.c.chat == name)),
    )
    sse_signals = (
        (delete(push_subscriptions).where(push_subscriptions.c.visitor == name),) if channel == BROWSERS else ()
    )
    return (*mine, *sse_signals)


def close_window(chat: Chat, which: ColumnElement[bool]) -> Delete:
    """When she wrote is forgotten; as long as she must still be told, the channel sends by it."""
    of = reply_windows.c
    return delete(reply_windows).where(of.channel == chat[0], of.chat == chat[1], which)


def _is_officers_card() -> ColumnElement[bool]:
    """A card of a case that an officer has in the same chat: an account may be a citizen's and an officer's."""
    is_hers = and_(outbox.c.channel == STAFF_CHANNEL, officer_cards.c.chat == outbox.c.chat)
    return exists().where(is_hers, officer_cards.c.ref == outbox.c.ref)


async def empty_inbox(connection: AsyncConnection, chat: Chat, which: ColumnElement[bool]) -> int:
    """Takes who, what and, where it names her, the update out of these rows of a chat."""
    hers = and_(inbox.c.channel == chat[0], inbox.c.chat == chat[1], which)
    named = inbox.c.update_id.startswith(f"{chat[1]}.", autoescape=True)  # by versions before this one
    await connection.execute(update(inbox).where(hers, named).values(update_id="gone." + cast(inbox.c.id, String)))
    return await _run(connection, update(inbox).where(hers).values(chat="", event=NOTHING, press_id="", state="done"))


async def empty_outbox(connection: AsyncConnection, chat: Chat, which: ColumnElement[bool]) -> int:
    """One on its way may still arrive; none that waits does."""
    hers = and_(outbox.c.channel == chat[0], outbox.c.chat == chat[1], which)
    nameless = "gone." + cast(outbox.c.id, String)
    emptied = {"chat": "", "ref": nameless, "edits": "", "message": NOTHING, "message_id": "", "state": "failed"}
    return await _run(connection, update(outbox).where(hers).values(**emptied))


async def _cover_officers_messages(connection: AsyncConnection, tickets: Collection[str]) -> None:
    """What officers were shown of these cases is kept by its name alone, so that it can still be edited."""
    groups = select(officer_groups.c.chat)
    alone = select(people.c.telegram).where(people.c.telegram.is_not(None))
    chats = (await connection.execute(groups.union(alone))).scalars().all()
    for ticket in tickets if chats else ():
        about = outbox.c.ref.between(f"officer.{ticket}.", f"officer.{ticket}/")
        shown = and_(outbox.c.channel == STAFF_CHANNEL, outbox.c.chat.in_(chats), about, outbox.c.state != "new")
        await connection.execute(update(outbox).where(shown).values(message=NOTHING))


async def _run(connection: AsyncConnection, statement: Delete | Update) -> int:
    result: CursorResult[object] = await connection.execute(statement)
    return result.rowcount
