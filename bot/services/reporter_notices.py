"""Tells the reporter of a case what somebody else has done to it: messages of their own, where she must know or act.

What she did herself the talk answers. A notice is called "<ticket>.<number of its event>" in the outbox, so that none
is sent twice and a reminder can be looked up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.cases.case import Case
from actions.cases.citizen_actions import is_promised
from actions.cases.clocks import ClockMark, ClockName
from actions.cases.event_words import read_details
from actions.cases.handlers import SeenCase
from actions.cases.outcome import Done, ends_link, is_reachable
from actions.people.roles import Role
from actions.regency.model import Regency
from actions.store.cases.page_links import link_editions
from actions.store.messages.messages import Chat, known_places, put_in_outbox
from bot.configuration.case_links import CaseLinks
from bot.conversation.events import Event
from bot.conversation.own_cases.screens import live_card, own_rows
from bot.conversation.screen import Line, line, screen
from bot.messaging.abilities import AbilitiesOf
from bot.messaging.outbox_message import ButtonSigner, OutboxMessageKind
from bot.messaging.records import write_outgoing
from bot.messaging.rendering import AddressedMessage, MessageRenderer
from bot.services.effect_runner import status_found
from bot.services.own_cases import elsewhere_of, standing_part
from bot.services.reporter_news import asked_of_her, notice
from bot.texts.words import Texts

type Addressed = tuple[Chat, AddressedMessage]


@dataclass(frozen=True, slots=True)
class ReporterNotices:
    """The notifier of reporters: what they must know or do as a message, everything else on the case's live card.

    In a channel without live cards she sends the number of her report to be asked the same, and of mere progress
    nothing is sent.
    """

    texts: Texts
    regency: Regency
    signer: ButtonSigner
    links: CaseLinks
    abilities_of: AbilitiesOf

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """A message for each thing that she must hear of; one alone of the marks that came at once."""
        editions = await link_editions(connection, {done.case.ticket for done in all_done})
        cards = self.cards(all_done, editions)
        known = await known_places(connection, [(*chat, card.edits) for chat, card in cards])
        outgoing_messages = [one for one in cards if one[1].edits in known] + self.notes(all_done, editions)
        await put_in_outbox(connection, [_row(chat, letter, at) for chat, letter in outgoing_messages])
        return {chat for chat, _ in outgoing_messages}

    def notes(self, all_done: Sequence[Done], editions: Mapping[str, int]) -> list[Addressed]:
        """Returns the messages that a reporter is sent of what was done to her case.

        Args:
            all_done: what was done, oldest first.
            editions: of the links to these cases that are in force; those that are not there have their first one.
        """
        reachable = [done for done in all_done if is_reachable(done.case.channel)]
        worth = ((done, notice(done, self.regency)) for done in _worth_telling(reachable))
        return [self._note(done, [*lines, *self._new_link(done, editions)]) for done, lines in worth if lines]

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
        letter = AddressedMessage(ref, self._wording(case).message(screen(*lines), 1))
        await put_in_outbox(connection, [_row(_chat(case), letter, at)])
        return {_chat(case)}

    def cards(self, all_done: Sequence[Done], editions: Mapping[str, int]) -> list[Addressed]:
        """The live card of each case as it now stands, in the place of the one before, where there is one."""
        latest = {done.case.ticket: done for done in all_done if self._changes_card(done)}
        return [self._card(done, editions.get(done.case.ticket, 0)) for done in latest.values()]

    def _note(self, done: Done, lines: Sequence[Line]) -> Addressed:
        case, asked = done.case, asked_of_her(done, self.regency)
        if self.abilities_of(case.channel).has_live_cards:
            shown = screen(*lines, rows=own_rows(case.ticket, case.version, asked))
        else:
            shown = screen(*lines, *([line("notice-by-number", ticket=case.ticket)] if asked else []))
        outgoing = self._wording(case).message(shown, 1)
        return _chat(case), AddressedMessage(f"{case.ticket}.{done.event.number}", outgoing)

    def _card(self, done: Done, edition: int) -> Addressed:
        case, card = done.case, f"{done.case.ticket}.card"
        at = done.event.at
        found = status_found(SeenCase(case, own=True, can_withdraw=False), Event(id="", at=at))
        found = replace(found, **standing_part(case, done.case_state, at, self.regency))
        found = replace(found, elsewhere=elsewhere_of(done.event, done.saying))
        shown = live_card(found, self.links.reporters_own(case.ticket, edition))
        outgoing = replace(self._wording(case).message(shown, 1), kind=OutboxMessageKind.EDIT)
        return _chat(case), AddressedMessage(f"{card}.{done.event.number}", outgoing, edits=card)

    def _changes_card(self, done: Done) -> bool:
        """Of the marks of a clock only that what was promised is late; and whoever has left sees once that she has."""
        is_filing = done.action is CaseAction.FORWARD and done.event.who is Role.SYSTEM
        is_unseen = done.action in UNSEEN or (_is_mark(done) and not _breaks_a_promise(done))
        is_hers = not done.case_state.is_left or done.action is CaseAction.WITHDRAW
        has_card = self.abilities_of(done.case.channel).has_live_cards
        return is_hers and not (is_filing or is_unseen) and has_card

    def _wording(self, case: Case) -> MessageRenderer:
        return MessageRenderer(self.texts, self.signer, _chat(case)[1], self.texts.spoken(case.language), plain=False)


def _chat(case: Case) -> Chat:
    channel, _, chat = case.reporter.partition(":")
    return channel, chat


def _row(chat: Chat, letter: AddressedMessage, at: datetime) -> dict[str, object]:
    return {
        "channel": chat[0],
        "chat": chat[1],
        "ref": letter.ref,
        "edits": letter.edits,
        "message": write_outgoing(letter.outgoing),
        "created_at": at,
    }


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
