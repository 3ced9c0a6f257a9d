"""Lets a citizen do in one of her joined chats what she may do with the cases of the others.

Cases keep their reporter: for one effect she stands in the place of the chat in which a case was filed. What is secret
or sensitive is seen only there, unless she has said there that the others show it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from actions.cases.case import is_in_trust
from actions.store.cases.casebook import SqlCaseBook
from actions.store.messages.joined_chats import JoinedChat, others_of
from bot.conversation.effects import Effect
from bot.conversation.events import Event
from bot.conversation.others_cases.effects import StopSupporting, SupportCase
from bot.conversation.own_cases.effects import (
    AskOwnCase,
    DoOwnCase,
    FindAwaited,
    ListCases,
    RenewLink,
    ShowStatus,
    WithdrawCase,
)
from bot.conversation.own_cases.events import AwaitedFound, CasesListed, LinkToChoose, OwnCase
from bot.conversation.screen import Line
from bot.messaging.turn_ports import CarryOut, Citizen, TurnBooks
from bot.services.effect_runner import MOST_LISTED
from bot.services.joining import label_key

OF_CASES = (
    AskOwnCase,
    DoOwnCase,
    FindAwaited,
    ListCases,
    RenewLink,
    ShowStatus,
    StopSupporting,
    SupportCase,
    WithdrawCase,
)
"""What is done with cases of hers, or with her support of others."""


@dataclass(frozen=True, slots=True)
class JoinedCases:
    """Carries out effects on cases, over every joined chat.

    Attributes:
        carry_out_alone: the same for one chat.
        labels: names of channels for people.
    """

    carry_out_alone: CarryOut
    labels: Mapping[str, Line]

    async def carry_out(self, books: TurnBooks, citizen: Citizen, effect: Effect, cause: Event) -> Event | None:
        """Do what an effect asks; None for one that is about no case."""
        others = list[JoinedChat]()
        if isinstance(effect, OF_CASES):
            others = await others_of(books.connection, (citizen.channel, citizen.chat))
        if not others:
            return await self.carry_out_alone(books, citizen, effect, cause)
        match effect:
            case ListCases():
                return await self._list(books, citizen, others, effect, cause)
            case FindAwaited():
                return await self._find(books, citizen, others, effect, cause)
            case RenewLink(ticket=""):
                return await self._renew(books, citizen, others, effect, cause)
        owner = await _owner(books.cases, others, effect)
        return await self.carry_out_alone(books, replace(citizen, owner=owner), effect, cause)

    async def _list(
        self, books: TurnBooks, citizen: Citizen, others: Sequence[JoinedChat], effect: ListCases, cause: Event
    ) -> Event | None:
        """Her own, newest first, and behind them those of others that she supports; each once."""
        found = dict[str, OwnCase]()
        for one in (None, *others):
            who = replace(citizen, owner=one.reporter) if one else citizen
            listed = await self.carry_out_alone(books, who, effect, cause)
            for case in listed.cases if isinstance(listed, CasesListed) else ():
                if one is None or case.is_supported or await _is_shown(books.cases, one, case.ticket):
                    found.setdefault(case.ticket, case)
        own = sorted((case for case in found.values() if not case.is_supported), key=lambda case: case.filed_at)
        supported = [case for case in found.values() if case.is_supported]
        joined = tuple(label_key(self.labels, one.channel) for one in others)
        cases = (*own[::-1][:MOST_LISTED], *supported)
        return CasesListed(id=cause.id, at=cause.at, cases=cases, joined=joined)

    async def _find(
        self, books: TurnBooks, citizen: Citizen, others: Sequence[JoinedChat], effect: FindAwaited, cause: Event
    ) -> Event | None:
        """Those of this chat, and those of the others that she is told of here."""
        first = await self.carry_out_alone(books, citizen, effect, cause)
        if not isinstance(first, AwaitedFound):
            return first
        found = list(first.cases)
        for one in others:
            more = await self.carry_out_alone(books, replace(citizen, owner=one.reporter), effect, cause)
            cases = more.cases if isinstance(more, AwaitedFound) else ()
            found += [case for case in cases if await _is_shown(books.cases, one, case.ticket)]
        return replace(first, cases=tuple(found))

    async def _renew(
        self, books: TurnBooks, citizen: Citizen, others: Sequence[JoinedChat], effect: RenewLink, cause: Event
    ) -> Event | None:
        """Of the only case that she has in all of them; of several she says which."""
        book = books.cases
        tickets = [case.ticket for case in await book.of_reporter(citizen.reporter, MOST_LISTED)]
        for one in others:
            hers = await book.of_reporter(one.reporter, MOST_LISTED)
            tickets += [case.ticket for case in hers if one.shows_secret or not is_in_trust(case)]
        if len(tickets) != 1:
            return LinkToChoose(id=cause.id, at=cause.at, tickets=tuple(tickets[:MOST_LISTED]))
        asked = replace(effect, ticket=tickets[0])
        owner = await _owner(book, others, asked)
        return await self.carry_out_alone(books, replace(citizen, owner=owner), asked, cause)


async def _owner(book: SqlCaseBook, others: Sequence[JoinedChat], effect: Effect) -> str:
    """As whom she does this: the joined chat whose case it is, or which supports it; "" for this chat itself."""
    ticket = effect.number if isinstance(effect, ShowStatus) else effect.ticket  # type: ignore[union-attr]
    for one in others:
        if await _is_shown(book, one, ticket) or await book.supports(ticket, one.reporter):
            return one.reporter
    return ""


async def _is_shown(book: SqlCaseBook, one: JoinedChat, ticket: str) -> bool:
    """Whether a case was filed in this joined chat, and is seen in the others."""
    case = await book.by_ticket(ticket)
    return case is not None and case.reporter == one.reporter and (one.shows_secret or not is_in_trust(case))
