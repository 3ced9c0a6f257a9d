"""Rows of the files that citizens send: which are still to be fetched, which are kept, and which were refused.

A file is `wanted` from the turn that recorded it, and becomes `kept`, `refused`, or `gone` where there never was one
to be had. One that a citizen gives up with her draft is `unwanted` until it is off the disk, and then `gone`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, Update, and_, func, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.event_words import Enclosure
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import case_attachments, cases, files
from actions.store.messages.messages import Chat

_WANTED: ColumnElement[str] = literal_column("'wanted'")
_UNWANTED: ColumnElement[str] = literal_column("'unwanted'")
_NOTHING: ColumnElement[str] = literal_column("''")
"""Written out, not bound: the indexes are for these alone."""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that is still to be fetched, or (`is_wanted` false) to be taken off the disk."""

    id: int
    channel: str
    chat: str
    file_id: str
    kind: str
    name: str
    state: str
    attempts: int
    refusal: str

    @property
    def is_wanted(self) -> bool:
        """Whether the file is still to be fetched."""
        return self.state == "wanted"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """What is known of a file that is on the disk. `thumb_bytes` is 0 where it has no thumbnail."""

    media_type: str
    bytes: int
    sha256: str
    width: int = 0
    height: int = 0
    thumb_bytes: int = 0


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as pages see it."""

    channel: str
    chat: str
    file_id: str
    kind: str
    name: str
    state: str
    refusal: str
    media_type: str
    bytes: int
    width: int
    height: int
    thumb_bytes: int


@dataclass(frozen=True, slots=True)
class ToTell:
    """A refused file of which its sender has not been told."""

    id: int
    channel: str
    chat: str
    file_id: str
    kind: str
    refusal: str


async def want_files(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Record files that came: `{"channel", "chat", "file_id", "kind", "name", "created_at"}`.

    One that is there already is fetched again if it was refused, given up or gone, and else left alone.
    """
    if rows:
        new = insert_into(connection, files)
        again = new.on_conflict_do_update(
            index_elements=["channel", "file_id", "chat"],
            set_={"state": "wanted", "attempts": 0, "not_before": 0, "refusal": "", "to_tell": ""},
            where=_is_one_of("refused", "unwanted", "gone"),
        )
        await connection.execute(again, rows)


async def unwant_files(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Give up files, as `want_files` takes them; one that was never recorded is recorded as given up."""
    if rows:
        new = insert_into(connection, files)
        given_up = new.on_conflict_do_update(
            index_elements=["channel", "file_id", "chat"],
            set_={"state": "unwanted", "not_before": 0, "to_tell": ""},
            where=_is_one_of("wanted", "kept"),
        )
        await connection.execute(given_up, [{**row, "state": "unwanted"} for row in rows])


async def due_files(connection: AsyncConnection, channels: Collection[str], now: float, most: int) -> list[OpenFile]:
    """The first open file of each chat whose time has come (`now` in seconds since 1970), the oldest first."""
    columns = (files.c.id, files.c.channel, files.c.chat, files.c.file_id, files.c.kind, files.c.name, files.c.state)
    first = (
        select(func.min(files.c.id))
        .where(files.c.state.in_((_WANTED, _UNWANTED)), files.c.channel.in_(channels), files.c.not_before <= now)
        .group_by(files.c.channel, files.c.chat)
    )
    query = (
        select(*columns, files.c.attempts, files.c.refusal)
        .where(files.c.id.in_(first))
        .order_by(files.c.id)
        .limit(most)
    )
    return [OpenFile(*row) for row in await connection.execute(query)]


async def end_file_waits_beyond(connection: AsyncConnection, channels: Collection[str], latest: float) -> None:
    """No open file waits for a time after `latest` (seconds since 1970): it is tried at once instead."""
    query = update(files).where(
        files.c.state.in_((_WANTED, _UNWANTED)), files.c.channel.in_(channels), files.c.not_before > latest
    )
    await connection.execute(query.values(not_before=0.0))


async def begin_file(connection: AsyncConnection, row: OpenFile, next_try: float) -> bool:
    """Count a try before it is made, so that what kills us is not tried for ever; False when all has changed."""
    begun = _of(row).where(files.c.state == row.state).values(attempts=row.attempts + 1, not_before=next_try)
    return (await connection.execute(begun)).rowcount > 0


async def postpone_file(connection: AsyncConnection, row: OpenFile, next_try: float) -> None:
    """Has a file fetched again, not before this moment."""
    await connection.execute(_of(row).values(not_before=next_try))


async def keep_file(connection: AsyncConnection, row: OpenFile, kept: KeptFile) -> bool:
    """Notes that a file is on the disk; returns False when it is no longer wanted there."""
    found = _of(row).where(files.c.state == _WANTED).values(state="kept", refusal="", to_tell="", **asdict(kept))
    return (await connection.execute(found)).rowcount > 0


async def refuse_file(connection: AsyncConnection, row: OpenFile, refusal: str, next_try: float | None = None) -> None:
    """It is not kept, and why; its sender is still to be told. With `next_try` it is wanted all the same."""
    told = {} if row.refusal == refusal else {"to_tell": refusal}
    state = {"state": "refused"} if next_try is None else {"not_before": next_try}
    await connection.execute(_of(row).where(files.c.state == _WANTED).values(refusal=refusal, **told, **state))


async def forget_file(connection: AsyncConnection, row: OpenFile) -> None:
    """Removes a file that does not exist at its source, without telling anybody."""
    await connection.execute(_of(row).where(files.c.state == row.state).values(state="gone", to_tell=""))


async def files_to_tell(connection: AsyncConnection, *, locked: bool) -> list[ToTell]:
    """Refused files whose senders are to be told, but for those who have a file on the way that was never tried.

    `locked`: no other process may tell of them until the transaction ends; those that another tells of are left out.
    """
    other = files.alias()
    on_the_way = (
        select(other.c.id)
        .where(other.c.state.in_((_WANTED, _UNWANTED)), other.c.state == _WANTED, other.c.attempts == 0)
        .where(other.c.channel == files.c.channel, other.c.chat == files.c.chat)
        .exists()
    )
    query = (
        select(files.c.id, files.c.channel, files.c.chat, files.c.file_id, files.c.kind, files.c.to_tell)
        .where(files.c.to_tell != _NOTHING, ~on_the_way)
        .order_by(files.c.channel, files.c.chat, files.c.id)
    )
    if locked:
        query = query.with_for_update(skip_locked=True)
    return [ToTell(*row) for row in await connection.execute(query)]


async def mark_told(connection: AsyncConnection, rows: Collection[int]) -> None:
    """Notes that the senders of these refused files have been told."""
    if rows:
        await connection.execute(update(files).where(files.c.id.in_(rows)).values(to_tell=""))


async def files_of_chat(connection: AsyncConnection, chat: Chat, file_ids: Collection[str]) -> list[FileRow]:
    """These files of one chat, in no order; one that is not recorded is left out."""
    return await _rows(
        connection, and_(files.c.channel == chat[0], files.c.chat == chat[1], files.c.file_id.in_(file_ids))
    )


async def enclosed_files(connection: AsyncConnection, enclosures: Iterable[Enclosure]) -> dict[str, FileRow]:
    """What was sent with steps of cases, by the channels' own names; one that is not recorded is left out."""
    chats: dict[Chat, list[str]] = {}
    for one in enclosures:
        chats.setdefault((one.channel, one.chat), []).append(one.file_id)
    rows = [row for chat, names in chats.items() for row in await files_of_chat(connection, chat, names)]
    return {row.file_id: row for row in rows}


async def wanted_of(connection: AsyncConnection, channels: Collection[str], file_ids: Collection[str]) -> set[str]:
    """Those of these files of these channels that are recorded and still to be fetched."""
    query = select(files.c.file_id).where(
        files.c.channel.in_(channels), files.c.file_id.in_(file_ids), files.c.state == "wanted"
    )
    return set((await connection.execute(query)).scalars())


async def files_of_case(connection: AsyncConnection, ticket: str) -> list[FileRow]:
    """The files of a case, in the order in which they were attached."""
    joined = files.join(cases, is_reporters()).join(
        case_attachments,
        and_(case_attachments.c.ticket == cases.c.ticket, case_attachments.c.file_id == files.c.file_id),
    )
    query = select(*_FILE).select_from(joined).where(cases.c.ticket == ticket).order_by(case_attachments.c.number)
    return [FileRow(**row._asdict()) for row in await connection.execute(query)]


async def file_by_name(connection: AsyncConnection, name: str) -> FileRow | None:
    """Returns the file with this random name, or None."""
    found = await _rows(connection, files.c.name == name)
    return found[0] if found else None


def is_reporters() -> ColumnElement[bool]:
    """Whether a file is of a case's reporter, whom the case names as channel and chat."""
    return and_(files.c.channel == cases.c.channel, files.c.channel + ":" + files.c.chat == cases.c.reporter)


_FILE = (
    *(files.c.channel, files.c.chat, files.c.file_id, files.c.kind, files.c.name, files.c.state, files.c.refusal),
    *(files.c.media_type, files.c.bytes, files.c.width, files.c.height, files.c.thumb_bytes),
)


async def _rows(connection: AsyncConnection, condition: ColumnElement[bool]) -> list[FileRow]:
    return [FileRow(**row._asdict()) for row in await connection.execute(select(*_FILE).where(condition))]


def _is_one_of(*states: str) -> ColumnElement[bool]:
    """As a row of conditions: a list would be unfolded for each row of a set, which SQLAlchemy refuses."""
    return or_(*(files.c.state == state for state in states))


def _of(row: OpenFile) -> Update:
    return update(files).where(files.c.id == row.id)
