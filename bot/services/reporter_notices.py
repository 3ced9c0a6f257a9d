"""Tells the reporter of a case what somebody else has done to it: messages of their own, where she must know or act.

What she did herself the talk answers. A notice is called "<ticket>.<number of its event>" in the outbox, so that none
is sent twice and a reminder can be looked up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.cases.case import Case, is_in_trust
from actions.cases.citizen_actions import is_promised
from actions.cases.clocks import ClockMark, ClockName
from actions.cases.event_words import read_details
from actions.cases.handlers import SeenCase
from actions.cases.outcome import Done, ends_link, is_reachable
from actions.people.roles import Role
from actions.regency.model import Regency
from actions.store.cases.page_links import link_editions
from actions.store.messages.joined_chats import last_used
from actions.store.messages.messages import Chat, known_places, put_in_outbox
from bot.configuration.case_links import CaseLinks
from bot.conversation.events import Event
from bot.conversation.own_cases.screens import live_card, own_rows
from bot.conversation.screen import Line, line, screen
from bot.messaging.abilities import AbilitiesOf
from bot.messaging.outbox_message import ButtonSigner, OutboxMessageKind, TemplateUse
from bot.messaging.records import write_outgoing
from bot.messaging.rendering import AddressedMessage, MessageRenderer
from bot.services.daily_line import DailyLines
from bot.services.effect_runner import status_found
from bot.services.own_cases import elsewhere_of, standing_part
from bot.services.reporter_news import asked_of_her, notice
from bot.texts.words import Texts

type Addressed = tuple[Chat, AddressedMessage]
NOWHERE_ELSE: Mapping[str, Chat] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ReporterNotices:
    """The notifier of reporters: what they must know or do as a message, everything else on the case's live card.

    In a channel of plain text she sends the number of her report to be asked the same, and of mere progress nothing is
    sent; where messages have buttons and cannot be changed it is a line a day.
    """

    texts: Texts
    regency: Regency
    signer: ButtonSigner
    links: CaseLinks
    abilities_of: AbilitiesOf

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """A message for each thing that she must hear of; one alone of the marks that came at once."""
        editions = await link_editions(connection, {done.case.ticket for done in all_done})
        changed = {_card_name(done.case) for done in all_done if self._changes_card(done)}
        chats = {(*_chat(done.case), _card_name(done.case)) for done in all_done}
        known = await known_places(connection, [chat for chat in chats if chat[-1] in changed])
        is_shown = [done for done in all_done if _card_name(done.case) in known]
        where = await self._chats_used_last(connection, [done.case for done in all_done])
        outgoing_messages = self.cards(is_shown, editions) + self.notes(all_done, editions, where)
        await put_in_outbox(connection, [_row(chat, letter, at) for chat, letter in outgoing_messages])
        lines = self._progress(all_done, where)
        for chat, moved in lines.items():
            await DailyLines(self.regency).tell(connection, chat, moved, self._wording(moved[0], chat), at)
        return {chat for chat, _ in outgoing_messages} | {*lines}

    def _progress(self, all_done: Sequence[Done], where: Mapping[str, Chat]) -> Mapping[Chat, Sequence[Case]]:
        """Whose cases merely went on, by the chat that is told of it once a day: where she wrote last, else its own."""
        found = dict[Chat, dict[str, Case]]()
        for done in all_done:
            case = done.case
            chats = (where.get(case.ticket, _chat(case)), _chat(case)) if is_reachable(case.channel) else ()
            daily = next((chat for chat in chats if self.abilities_of(chat[0]).has_daily_line), None)
            is_hers = done.event.who is Role.REPORTER
            if daily and not is_hers and _is_progress(done) and not notice(done, self.regency):
                found.setdefault(daily, {})[case.ticket] = case
        return {chat: list(moved.values()) for chat, moved in found.items()}

    async def _chats_used_last(self, connection: AsyncConnection, cases: Sequence[Case]) -> Mapping[str, Chat]:
        """Where else than in its own chat notices of a case go, by its number.

        That is the one of its reporter's joined chats in which she wrote last; of a secret or sensitive case only
        where she has opened those to the other chats.
        """
        used = await last_used(connection, {_chat(case) for case in cases})
        told = {case.ticket: (used[_chat(case)], case) for case in cases if _chat(case) in used}
        return {
            ticket: found.chat for ticket, (found, case) in told.items() if found.shows_secret or not is_in_trust(case)
        }

    def notes(
        self, all_done: Sequence[Done], editions: Mapping[str, int], where: Mapping[str, Chat] = NOWHERE_ELSE
    ) -> list[Addressed]:
        """Returns the messages that a reporter is sent of what was done to her case.

        Args:
            all_done: what was done, oldest first.
            editions: of the links to these cases that are in force; those that are not there have their first one.
            where: the chat that they go to, by the case's number, where it is another than the case's own.
        """
        reachable = [done for done in all_done if is_reachable(done.case.channel)]
        worth = ((done, notice(done, self.regency)) for done in _worth_telling(reachable))
        return [
            self._note(done, [*lines, *self._new_link(done, editions)], where.get(done.case.ticket, _chat(done.case)))
            for done, lines in worth
            if lines
        ]

    def _new_link(self, done: Done, editions: Mapping[str, int]) -> Sequence[Line]:
        """The link that follows the one that ended with this."""
        ticket = done.case.ticket
        link = self.links.reporters_own(ticket, editions.get(ticket, 0))
        return [line("link-renewed", ticket=ticket, link=link), line("link-former")] if ends_link(done) else []

    async def tell_reporter(
        self, connection: AsyncConnection, case: Case, ref: str, lines: Sequence[Line], at: datetime
    ) -> Collection[Chat]:
        """One message about a case that nobody did anything to here; `ref` is its name in the outbox."""
        if not is_reachable(case.channel):
            return ()
        chat = (await self._chats_used_last(connection, [case])).get(case.ticket, _chat(case))
        outgoing = replace(self._wording(case, chat).message(screen(*lines), 1), is_notice=True)
        await put_in_outbox(connection, [_row(chat, AddressedMessage(ref, outgoing), at)])
        return {chat}

    def cards(self, all_done: Sequence[Done], editions: Mapping[str, int]) -> list[Addressed]:
        """The live card of each case as it now stands, in the place of the one before, where there is one."""
        latest = {done.case.ticket: done for done in all_done if self._changes_card(done)}
        return [self._card(done, editions.get(done.case.ticket, 0)) for done in latest.values()]

    def _note(self, done: Done, lines: Sequence[Line], chat: Chat) -> Addressed:
        case, asked = done.case, asked_of_her(done, self.regency)
        abilities = self.abilities_of(chat[0])
        if not abilities.is_plain:
            shown = screen(*lines, rows=own_rows(case.ticket, case.version, asked))
        else:
            shown = screen(*lines, *([line("notice-by-number", ticket=case.ticket)] if asked else []))
        outgoing = self._wording(case, chat).message(shown, 1)
        if abilities.is_billed:
            outgoing = replace(outgoing, is_notice=True)
        if abilities.reply_window:
            outgoing = replace(outgoing, template=_template(done), facts=(("ticket", case.ticket),))
        return chat, AddressedMessage(f"{case.ticket}.{done.event.number}", outgoing)

    def _card(self, done: Done, edition: int) -> Addressed:
        case, card = done.case, _card_name(done.case)
        at = done.event.at
        found = status_found(SeenCase(case, own=True, can_withdraw=False), Event(id="", at=at))
        found = replace(found, **standing_part(case, done.case_state, at, self.regency))
        found = replace(found, elsewhere=elsewhere_of(done.event, done.saying))
        shown = live_card(found, self.links.reporters_own(case.ticket, edition))
        outgoing = replace(self._wording(case).message(shown, 1), kind=OutboxMessageKind.EDIT)
        return _chat(case), AddressedMessage(f"{card}.{done.event.number}", outgoing, edits=card)

    def _changes_card(self, done: Done) -> bool:
        return self.abilities_of(done.case.channel).has_live_cards and _is_progress(done)

    def _wording(self, case: Case, chat: Chat | None = None) -> MessageRenderer:
        channel, name = chat or _chat(case)
        abilities, language = self.abilities_of(channel), self.texts.spoken(case.language)
        return MessageRenderer(self.texts, self.signer, name, language, plain=False, abilities=abilities)


def _is_progress(done: Done) -> bool:
    """Of the marks of a clock only that what was promised is late; and whoever has left sees once that she has."""
    is_filing = done.action is CaseAction.FORWARD and done.event.who is Role.SYSTEM
    is_unseen = done.action in UNSEEN or (_is_mark(done) and not _breaks_a_promise(done))
    is_hers = not done.case_state.is_left or done.action is CaseAction.WITHDRAW
    return is_hers and not (is_filing or is_unseen)


def _chat(case: Case) -> Chat:
    channel, _, chat = case.reporter.partition(":")
    return channel, chat


def _card_name(case: Case) -> str:
    """The name of the place in the outbox where a case's live card stands."""
    return f"{case.ticket}.card"


def _row(chat: Chat, letter: AddressedMessage, at: datetime) -> dict[str, object]:
    return {
        "channel": chat[0],
        "chat": chat[1],
        "ref": letter.ref,
        "edits": letter.edits,
        "message": write_outgoing(letter.outgoing),
        "created_at": at,
    }


TEMPLATES: Mapping[CaseAction, TemplateUse] = {
    CaseAction.ASK: TemplateUse.QUESTION,
    CaseAction.ANSWER: TemplateUse.ANSWERED,
    CaseAction.REJECT: TemplateUse.CLOSED,
    CaseAction.REFER: TemplateUse.CLOSED,
    CaseAction.MERGE: TemplateUse.CLOSED,
    CaseAction.CLOSE_UNREPLIED: TemplateUse.CLOSED,
    CaseAction.CLOSE_UNCONFIRMED: TemplateUse.CLOSED,
}
"""What a notice may go as where she has not written for long; any other waits for her next word."""


def _template(done: Done) -> str:
    if done.action is CaseAction.REMIND:
        is_reply = ClockName(read_details(done.event.details).clock) is ClockName.REPLY
        return TemplateUse.QUESTION if is_reply else TemplateUse.ANSWERED
    return TEMPLATES.get(done.action, "")


UNSEEN = frozenset(
    {
        CaseAction.FILE,
        CaseAction.ADD,
        CaseAction.NOTE,
        CaseAction.RATE,
        CaseAction.REMIND,
        CaseAction.HIDE,
        CaseAction.REDACT,
    }
)
"""Filing sends the card itself; the others change nothing of what it says."""


def _breaks_a_promise(done: Done) -> bool:
    details = read_details(done.event.details)
    return details.mark == ClockMark.LATE and is_promised(ClockName(details.clock), done.case_state)


def _worth_telling(all_done: Sequence[Done]) -> list[Done]:
    """Without what is overtaken: of an office's clock only the last of the marks that came at once."""
    last = {(done.case.ticket, read_details(done.event.details).clock): done for done in all_done if _is_mark(done)}
    return [done for done in all_done if not _is_mark(done) or done in last.values()]


def _is_mark(done: Done) -> bool:
    return done.action is CaseAction.ESCALATE
