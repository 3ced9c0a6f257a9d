"""What the talk asks for with cases of others, and how supporters hear what has become of a case.

Nothing that an officer or the reporter wrote is passed on. The notice has the name that the reporter's has in her chat.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.cases.case import Location, ReportType, Status
from actions.cases.handlers import find_nearby, stop_supporting, support_case
from actions.cases.nearby import NearbyMatch, NearbyQuery
from actions.cases.outcome import Done, is_reachable
from actions.cases.ports import WorkBook
from actions.privacy.visibility import is_confidential
from actions.regency.model import Regency
from actions.store.cases.supporters import Support, supporters_of
from actions.store.messages.messages import Chat, put_in_outbox
from bot.configuration.case_links import CaseLinks
from bot.conversation.draft import NearbyCase
from bot.conversation.events import Event
from bot.conversation.others_cases.effects import FindNearby, StopSupporting, SupportCase
from bot.conversation.others_cases.events import NearbyFound, Supported, SupportRefused, SupportStopped
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.records import write_outgoing
from bot.texts.words import Texts
from bot.understanding.normalise import normalise


@dataclass(frozen=True, slots=True)
class NearbyCases:
    """The handlers of cases of others, as the talk needs them."""

    regency: Regency
    links: CaseLinks

    async def find(self, book: WorkBook, citizen: str, place: Location, effect: FindNearby, cause: Event) -> Event:
        """What is there already of what a draft may be about."""
        draft = effect.draft
        sought = NearbyQuery(
            reporter=citizen,
            type=ReportType(draft.report_type),
            categories=effect.categories,
            location=place,
            story=normalise(draft.story),
            at=cause.at,
        )
        found = await find_nearby(book, self.regency, sought, normalise)
        return NearbyFound(
            id=cause.id,
            at=cause.at,
            draft_key=draft.key,
            cases=tuple(self._shown(one) for one in found),
            note=effect.note,
            in_place=effect.in_place,
        )

    async def support(self, book: WorkBook, citizen: str, language: str, effect: SupportCase, cause: Event) -> Event:
        """Makes the citizen a supporter of a case, or says why she cannot be one."""
        supported = await support_case(book, effect.ticket, citizen, language, cause.at)
        if supported is None:
            return SupportRefused(id=cause.id, at=cause.at, ticket=effect.ticket)
        link = self.links.public(effect.ticket)
        return Supported(
            id=cause.id,
            at=cause.at,
            ticket=effect.ticket,
            people=supported.people,
            link=link,
            draft_key=effect.draft_key,
        )

    async def stop(self, book: WorkBook, citizen: str, effect: StopSupporting, cause: Event) -> Event:
        """Ends the citizen's support of a case."""
        await stop_supporting(book, effect.ticket, citizen)
        return SupportStopped(id=cause.id, at=cause.at, ticket=effect.ticket)

    def _shown(self, found: NearbyMatch) -> NearbyCase:
        district = self.regency.region(found.district) if found.district else None
        zone = self.regency.time_zone
        return NearbyCase(
            ticket=found.ticket,
            status=found.status.value,
            category=found.category,
            place=district.name if district else self.regency.name,
            filed_on=found.filed_at.astimezone(zone).date(),
            people=found.people,
            closed_on=None if found.is_open else found.changed_at.astimezone(zone).date(),
        )


MILESTONES = frozenset(
    {Status.IN_PROGRESS, Status.ANSWERED, Status.CLOSED, Status.REJECTED, Status.REFERRED, Status.MERGED}
)


def news(done: Done) -> Line | None:
    """What is to be said to a supporter; None where it is nothing to her, or not for her to know."""
    case, before = done.case, done.before
    if done.action is CaseAction.HIDE:
        return None if is_confidential(before) else line("supported-hidden", ticket=case.ticket)
    if is_confidential(case) or case.status is before.status or case.status not in MILESTONES:
        return None
    if before.status is Status.NEEDS_INFO and case.status is Status.IN_PROGRESS:
        return None
    if case.status is Status.MERGED:
        return line("supported-merged", ticket=case.ticket)
    status = Label(LabelSource.TEXT, f"status-{case.status.value}")
    return line("supported-news", ticket=case.ticket, status=status)


@dataclass(frozen=True, slots=True)
class SupporterNotices:
    """Tells those who support a case what has become of it."""

    texts: Texts

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """One message for each of them and each step; whoever filed the case hears of it as its reporter."""
        told = [(done, said) for done in all_done if (said := news(done))]
        if not told:
            return ()
        found = await supporters_of(connection, {done.case.ticket for done, _ in told})
        everybody = [one for one in found if is_reachable(one.supporter)]
        rows = [
            self._row(done, said, one, at)
            for done, said in told
            for one in everybody
            if one.ticket == done.case.ticket and one.supporter != done.case.reporter
        ]
        await put_in_outbox(connection, rows)
        return {(str(row["channel"]), str(row["chat"])) for row in rows}

    def _row(self, done: Done, said: Line, support: Support, at: datetime) -> dict[str, object]:
        words = self.texts.say(self.texts.spoken(support.language), said)
        channel, _, chat = support.supporter.partition(":")
        return {
            "channel": channel,
            "chat": chat,
            "ref": f"{done.case.ticket}.{done.event.number}",
            "edits": "",
            "message": write_outgoing(OutboxMessage(OutboxMessageKind.MESSAGE, words, is_notice=True)),
            "created_at": at,
        }
