"""Tells officers what was done to cases: their cards are sent, changed and closed, and what they must hear is said.

Whoever is told by mail has no card: what waits for her is said once, and the desk shows it.

A card's message is called after the case and the event with which it came, in the same transaction as that event, so
that it stands once in each chat however many processes work.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.cases.case import Case, Words
from actions.cases.event_words import read_details
from actions.cases.outcome import Done
from actions.people.people import Person
from actions.people.roles import Role
from actions.privacy.visibility import is_confidential
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.handling import sayings_of, without_liaison
from actions.store.cases.officer_work import people_told, reasons_of, words_of
from actions.store.messages.groups import SqlGroups
from actions.store.messages.messages import Chat, put_in_outbox
from actions.store.messages.officer_cards import PostedCard, cards_of, remove_cards, save_cards, sent_under
from actions.store.messages.officer_reminders import may_remind
from actions.store.people.substitutes import substitutes_of
from bot.conversation.own_cases.screens import category_label
from bot.conversation.screen import Screen
from bot.messaging.outbox_message import TopicTurn
from bot.officers.card import NOTHING_SAID, card_for, over
from bot.officers.chat_bindings import ChatBinding, chat_bindings
from bot.officers.mails import case_mail, is_mail, mail_row, subject, waiting
from bot.officers.news import covered_news, erased_news, is_heard, is_silent, is_to_be_covered, news, news_name
from bot.officers.reasons import has_reasons
from bot.officers.session import BESIDE_THE_CASE, OfficersService, ref_of, ticket_of


async def take_words_out(
    officers_service: OfficersService, connection: AsyncConnection, tickets: Sequence[str], at: datetime
) -> None:
    """Change the messages about these cases where they stand, as far as they are still known by name.

    Cards need nothing: that of a case at its end holds no words.
    """
    chats = (await SqlGroups(connection).chats()).values()
    book, rows = SqlCaseBook(connection), list[dict[str, object]]()
    for ticket in tickets if chats else ():
        meaning = {ref_of(ticket, news_name(event)): event for event in await book.events(ticket) if is_heard(event)}
        for chat, ref in await sent_under(connection, chats, meaning):
            message = officers_service.message(chat, erased_news(meaning[ref]), is_edit=True)
            name = ref_of(ticket, f"{news_name(meaning[ref])}.erased")
            rows.append(officers_service.row(chat, name, replace(message, is_silent=True), at, edits=ref))
    await put_in_outbox(connection, rows)


OF_A_MODERATOR = frozenset({"officer-card-title", "officer-card-story", "officer-card-erased", "officer-card-files"})
PRINT_LETTERS = 16


@dataclass(frozen=True, slots=True)
class _Known:
    """Rows that were read once for a batch of changes."""

    groups: Mapping[str, str]
    people: Sequence[Person]
    words: Mapping[str, Words]
    reasons: Mapping[str, Mapping[CaseAction, str]]
    unmanned: Collection[str]
    away: Mapping[str, str]

    def name(self, person: str) -> str:
        return next((one.name for one in self.people if str(one.id) == person), "")


@dataclass(slots=True)
class _Post:
    """Messages and cards that a batch of changes writes."""

    rows: list[dict[str, object]]
    stand: list[PostedCard]
    fall: list[PostedCard]

    def say(self, row: dict[str, object]) -> None:
        """A notice; by mail it stands in the place of the one that the case has come, which it tells as well."""
        chat, ticket = str(row["chat"]), ticket_of(str(row["ref"]))
        if is_mail(chat):
            self.rows[:] = [one for one in self.rows if (one["chat"], ticket_of(str(one["ref"]))) != (chat, ticket)]
        self.rows.append(row)


def _only_moderates(chat_binding: ChatBinding) -> bool:
    """Whether whoever reads the card there only looks after what others may read."""
    return {actor.role for actor in chat_binding.actors} == {Role.MODERATOR}


def _print(chat_binding: ChatBinding, case: Case, shown: Screen) -> str:
    """The same as long as whoever reads this card reads the same; a moderator does not follow where a case goes."""
    lines = [one.key for one in shown.lines if one.key in OF_A_MODERATOR] if _only_moderates(chat_binding) else None
    told = repr(shown.lines) if lines is None else repr((lines, case.is_hidden, case.visibility, case.sensitive))
    return hashlib.sha256(told.encode()).hexdigest()[:PRINT_LETTERS]


async def _may_be_said(connection: AsyncConnection, done: Done, chat: str, at: datetime) -> bool:
    """Reminders are counted; what somebody did is always said."""
    if done.action is not CaseAction.ESCALATE:
        return True
    return await may_remind(connection, done.case.ticket, chat, done.event.number, at)


@dataclass(frozen=True, slots=True)
class OfficerCards:
    """Tells officers in Telegram, or by mail, what was done to their cases."""

    officers_service: OfficersService

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """Bring every card of these cases up to date, and say what must be heard."""
        groups, people = await SqlGroups(connection).chats(), await people_told(connection)
        if not groups and not people:
            return ()
        latest = {done.case.ticket: done for done in all_done}
        moved = {done.case.ticket for done in all_done if done.action not in BESIDE_THE_CASE}
        case_state = await cards_of(connection, latest.keys())
        known = await self._known(connection, groups, people, latest, at)
        post = _Post([], [], [])
        for ticket, done in latest.items():
            here = [one for one in case_state if one.ticket == ticket]
            self._cards(post, done, here, known, at, is_moved=ticket in moved)
        for done, chat, shown in news(all_done, known.words, groups, people, self.officers_service.regency, known.away):
            if await _may_be_said(connection, done, chat, at):
                post.say(self._row(chat, news_name(done.event), done, shown, at))
        for done in filter(is_to_be_covered, all_done):
            post.rows += await self._covered(connection, done, known, at)
        await remove_cards(connection, post.fall)
        await save_cards(connection, post.stand)
        await put_in_outbox(connection, post.rows)
        return {(str(row["channel"]), str(row["chat"])) for row in post.rows}

    async def _known(
        self,
        connection: AsyncConnection,
        groups: Mapping[str, str],
        people: Sequence[Person],
        latest: Mapping[str, Done],
        at: datetime,
    ) -> _Known:
        today = self.officers_service.regency.calendar.day(at)
        claimants = {done.case_state.claimed_by for done in latest.values() if done.case_state.claimed_by}
        assigned = {one for done in latest.values() if (one := read_details(done.event.details).assignee)}
        return _Known(
            groups,
            people,
            await words_of(connection, latest.keys()),
            await reasons_of(connection, [ticket for ticket, done in latest.items() if has_reasons(done.case_state)]),
            await without_liaison(connection, {done.case.agency for done in latest.values()}),
            await substitutes_of(connection, claimants | assigned, today),
        )

    def _cards(
        self,
        post: _Post,
        done: Done,
        case_state: Sequence[PostedCard],
        known: _Known,
        at: datetime,
        *,
        is_moved: bool,
    ) -> None:
        """Sends cards that stand nowhere yet, and changes those whose readers read something else now."""
        case, name = done.case, str(done.event.number)
        here = {one.chat: one for one in case_state}
        regency = self.officers_service.regency
        wanted = chat_bindings(case, done.case_state, known.groups, known.people, regency, known.unmanned)
        for chat, chat_binding in wanted.items():
            old, shown = here.get(chat), self._card(chat_binding, done, known)
            read = _print(chat_binding, done.case, shown)
            if old and old.shown == read and not (is_moved and not _only_moderates(chat_binding)):
                continue
            if not (is_mail(chat) and (old or _only_moderates(chat_binding))):
                turn = TopicTurn.NONE if old else TopicTurn.OPENS
                post.rows.append(self._row(chat, name, done, shown, at, edits=old.ref if old else "", turn=turn))
            ref = old.ref if old else ref_of(case.ticket, name)
            post.stand.append(PostedCard(case.ticket, chat, ref, case.version, read))
        for chat, old in here.items():
            if chat not in wanted and is_mail(chat):
                post.fall.append(old)
            elif chat not in wanted:
                is_secret = is_confidential(case) and chat in known.groups.values()
                shown = over(case, is_confidential=is_secret)
                post.rows.append(self._row(chat, name, done, shown, at, edits=old.ref, turn=TopicTurn.CLOSES))
                post.fall.append(old)

    def _card(self, chat_binding: ChatBinding, done: Done, known: _Known) -> Screen:
        return card_for(
            chat_binding,
            done.case,
            done.case_state,
            known.words.get(done.case.ticket),
            known.name(done.case_state.claimed_by),
            self.officers_service.regency,
            self.officers_service.links,
            known.reasons.get(done.case.ticket, NOTHING_SAID),
        )

    async def _covered(
        self, connection: AsyncConnection, done: Done, known: _Known, at: datetime
    ) -> list[dict[str, object]]:
        """What groups were told of what the reporter said, each in its place, as they may read it now."""
        ticket, said = done.case.ticket, await sayings_of(connection, done.case.ticket)
        events = [event for event in await SqlCaseBook(connection).events(ticket) if is_heard(event)]
        by_ref = {ref_of(ticket, news_name(event)): event for event in events if event.number in said}
        rows = list[dict[str, object]]()
        for chat, ref in await sent_under(connection, known.groups.values(), by_ref):
            event = by_ref[ref]
            shown = covered_news(done.case, event, said[event.number], known.words.get(ticket))
            rows.append(self._row(chat, f"{done.event.number}.{news_name(event)}", done, shown, at, edits=ref))
        return rows

    def _row(
        self,
        chat: str,
        name: str,
        done: Done,
        shown: Screen,
        at: datetime,
        *,
        edits: str = "",
        turn: TopicTurn = TopicTurn.NONE,
    ) -> dict[str, object]:
        if is_mail(chat):
            first = shown.lines[0] if name == news_name(done.event) else waiting(done.case)
            mail = case_mail(self.officers_service, done.case, first)
            return mail_row(self.officers_service, chat, ref_of(done.case.ticket, name), subject(done.case), mail, at)
        message = replace(
            self.officers_service.message(chat, shown, topic=self._topic(done.case), turn=turn, is_edit=bool(edits)),
            is_silent=is_silent(done.case, at, self.officers_service.regency),
            is_guarded=is_confidential(done.case),
        )
        return self.officers_service.row(chat, ref_of(done.case.ticket, name), message, at, edits)

    def _topic(self, case: Case) -> str:
        """What the topic of a case is called, by the words that a group may read of it."""
        label = category_label(case.category)
        return f"{case.ticket} {self.officers_service.texts.label(self.officers_service.language, label)}"
