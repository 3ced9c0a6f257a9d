"""What must hold after any number of kills: the fake Telegram knows what was confirmed and heard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.records import read_outgoing
from tests.fakes.telegram_chats import Meaning
from tests.integration.process.books import Books, rows
from tests.integration.process.kills import Town
from tests.integration.process.reporting import tickets_of


def wrong_updates(town: Town, books: Books) -> list[int]:
    """Updates that were confirmed to Telegram and not worked."""
    worked = {int(number) for (number,) in rows(books, "SELECT sequence FROM inbox WHERE state = 'done'")}
    return sorted(town.telegram.world.updates.all.keys() - worked)


def wrong_reports(town: Town, books: Books) -> list[str]:
    """What is not as the citizens reported it: lost, filed twice, in part, or out of order."""
    told = "SELECT ticket, reporter, story, place FROM cases JOIN case_words USING (ticket) ORDER BY cases.id"
    cases = {ticket: (reporter, story, place) for ticket, reporter, story, place in rows(books, told)}
    photos = dict(rows(books, "SELECT ticket, count(*) FROM case_attachments GROUP BY ticket"))
    wrong = [f"{ticket} was filed by nobody" for ticket in cases.keys() - {report.ticket for report in town.reports}]
    for report in town.reports:
        reporter, story, place = cases.get(report.ticket, ("", "", ""))
        if reporter != report.reporter:
            wrong.append(f"{report.ticket} is not hers, or lost")
        elif not holds(story, place or "", report.parts):
            wrong.append(f"{report.ticket} tells something else")
        elif photos.get(report.ticket, 0) != report.photos:
            wrong.append(f"{report.ticket} has {photos.get(report.ticket, 0)} photos, not {report.photos}")
    for citizen in town.citizens:
        filed = [ticket for ticket, (reporter, _, _) in cases.items() if reporter == f"telegram:{citizen.id}"]
        if tickets_of(citizen) != filed:
            wrong.append(f"{citizen.id} was told of {tickets_of(citizen)}, not of {filed}")
    return wrong


def holds(story: str, place: str, parts: Sequence[str]) -> bool:
    """Whether each message stands once in the story, in her order, or as the place: when a kill parts two messages,
    she is asked for the place in between."""
    told = story.split("\n")
    as_place = [part for part in parts if part in place and part not in told]
    return told == [part for part in parts if part not in as_place]


def wrongly_told(town: Town, books: Books) -> list[int]:
    """Chats that heard something else than the outbox held, or heard anything twice but across a kill."""
    wrong = []
    for citizen in town.citizens:
        sent = rows(books, "SELECT message FROM outbox WHERE chat = ? ORDER BY id", str(citizen.id))
        letters = [letter for (row,) in sent if (letter := read_outgoing(row)).kind is not OutboxMessageKind.ANSWER]
        heard_at = [meaning[citizen.id] for meaning in town.heard_at_kills]
        if not is_told(citizen.private.meaning, letters, heard_at):
            wrong.append(citizen.id)
    return wrong


def heard_twice(town: Town, books: Books) -> int:
    """How many messages reached a chat a second time."""
    messages = [read_outgoing(row).kind for (row,) in rows(books, "SELECT message FROM outbox")]
    meaning = sum(not meaning.edited for citizen in town.citizens for meaning in citizen.private.meaning)
    return meaning - messages.count(OutboxMessageKind.MESSAGE)


def is_told(meaning: Sequence[Meaning], letters: Sequence[OutboxMessage], heard_at_kills: Sequence[int]) -> bool:
    """Whether what was heard are these letters in order, each once, or once more after each kill.

    An edit that changed nothing, or was repeated, is not heard.
    """

    def lives(at: int) -> int:
        return sum(at >= kill for kill in heard_at_kills)

    @cache
    def fits(at: int, letter: int) -> bool:
        if letter == len(letters):
            return at == len(meaning)
        if letters[letter].kind is OutboxMessageKind.EDIT and fits(at, letter + 1):
            return True
        end = at
        while end < len(meaning) and _is(meaning[end], letters[letter]) and (end == at or lives(end) > lives(end - 1)):
            end += 1
            if fits(end, letter + 1):
                return True
        return False

    return fits(0, 0)


def _is(meaning: Meaning, letter: OutboxMessage) -> bool:
    return meaning.text == letter.text.strip() and meaning.edited == (letter.kind is OutboxMessageKind.EDIT)
