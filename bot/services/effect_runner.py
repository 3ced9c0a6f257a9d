"""Carries out what the talk asks for with cases, and answers with what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import AWAITED, Attachment, Location, ReportType, Severity, Visibility, Words
from actions.cases.handlers import (
    FiledCase,
    InWords,
    Paused,
    ReviewedDraft,
    SeenCase,
    file_case,
    see_case,
    supported_cases,
)
from actions.cases.lifecycle import StepRefused
from actions.cases.officer_handlers import NoSuchCase, Wish, act_on_case
from actions.cases.ports import Chance, WorkBook
from actions.cases.ticket import likely
from actions.people.roles import REPORTER
from actions.privacy.handlers import CitizensBook
from actions.regency.model import Regency
from bot.configuration.case_links import CaseLinks
from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import UNKNOWN, Draft
from bot.conversation.effects import Effect, FileCase
from bot.conversation.events import Event, Filed, FilingPaused
from bot.conversation.others_cases.effects import FindNearby, StopSupporting, StopWeekly, SupportCase, TakeWeekly
from bot.conversation.own_cases.effects import (
    AskOwnCase,
    DoOwnCase,
    FindAwaited,
    ListCases,
    RenewLink,
    ShowStatus,
    WithdrawCase,
)
from bot.conversation.own_cases.events import (
    CasesListed,
    OwnCase,
    StatusFound,
    StatusMissing,
    WithdrawalRefused,
    Withdrawn,
)
from bot.conversation.own_data.effects import ForgetMe, GatherOwnData
from bot.conversation.place_names import place_words
from bot.conversation.questions.secrecy import is_sensitive
from bot.conversation.screen import Line
from bot.messaging.abilities import AbilitiesOf
from bot.messaging.turn_ports import Citizen, TurnBooks
from bot.services.forgetting import OwnDataService
from bot.services.own_cases import OwnCases, own_part
from bot.services.page_links import PageLinks
from bot.services.supporting import NearbyCases
from bot.texts.words import Texts
from bot.understanding.understood import Place

MOST_LISTED, MOST_SUPPORTED_LISTED = 10, 5
LONGEST_NAME = 80
"""Letters that a case has room for; a profile in Telegram may have more."""


@dataclass(frozen=True, slots=True)
class EffectRunner:
    """The handlers of cases, as the talk needs them."""

    regency: Regency
    catalogue: Catalogue
    texts: Texts
    chance: Chance
    in_words: InWords
    links: CaseLinks
    abilities_of: AbilitiesOf

    async def carry_out(self, book: CitizensBook, citizen: Citizen, effect: Effect, cause: Event) -> Event | None:
        """Do what an effect asks; None for one that only says something."""
        match effect:
            case FileCase():
                return await self._file(book, citizen, effect, cause)
            case ShowStatus():
                return await self._status(book, citizen, effect, cause)
            case ListCases():
                return await self._list(book, citizen, cause)
            case WithdrawCase():
                return await self._withdraw(book, citizen, effect.ticket, cause)
            case RenewLink():
                return await PageLinks(self.links, citizen.reporter).renew(book, effect, cause)
            case AskOwnCase() | DoOwnCase() | FindAwaited():
                own = OwnCases(self.regency, self.chance, citizen, self.abilities_of)
                return await own.carry_out(book, effect, cause)
        return await self._of_others(book, citizen, effect, cause)

    async def in_turn(self, books: TurnBooks, citizen: Citizen, effect: Effect, cause: Event) -> Event | None:
        """The same within a turn, as a `CarryOut`."""
        return await self.carry_out(books.cases, citizen, effect, cause)

    async def _of_others(self, book: CitizensBook, citizen: Citizen, effect: Effect, cause: Event) -> Event | None:
        neighbours = NearbyCases(self.regency, self.links)
        match effect:
            case FindNearby():
                place = self._location(effect.draft)
                return await neighbours.find(book, citizen.reporter, place, effect, cause)
            case SupportCase():
                return await neighbours.support(book, citizen.reporter, citizen.language, effect, cause)
            case StopSupporting():
                return await neighbours.stop(book, citizen.reporter, effect, cause)
            case GatherOwnData() | ForgetMe() | TakeWeekly() | StopWeekly():
                channel, chat, language = citizen.channel, citizen.chat, citizen.language
                abilities = self.abilities_of(channel)
                herself = OwnDataService(self.regency, self.chance, self.links.base, channel, chat, language, abilities)
                return await herself.carry_out(book, effect, cause)
        return None

    async def _file(self, book: WorkBook, citizen: Citizen, sent: FileCase, cause: Event) -> Event:
        draft = sent.draft
        filed = await self.file_draft(book, citizen, draft, cause.at, answers=sent.answers)
        if isinstance(filed, Paused):
            return FilingPaused(id=cause.id, at=cause.at, until=filed.until)
        case = filed.case
        return Filed(
            id=cause.id,
            at=cause.at,
            draft_key=draft.key,
            ticket=case.ticket,
            agency=case.agency,
            reason=case.reason,
            deadline=case.deadline,
            forwarded=case.status == "forwarded",
            secret=case.visibility is Visibility.SECRET,
            link=self.links.reporters_own(case.ticket, await book.link_edition(case.ticket) if filed.again else 0),
            again=filed.again,
            take_hours=self.regency.deadlines.take_hours if case.severity is Severity.URGENT else 0,
        )

    async def file_draft(
        self,
        book: WorkBook,
        citizen: Citizen,
        draft: Draft,
        at: datetime,
        *,
        consent: str = "",
        draft_key: str = "",
        answers: Sequence[Line] = (),
    ) -> FiledCase | Paused:
        """Make a case of a draft.

        `consent` names what was consented to, where that was not what the card says, and `draft_key` the draft, where
        its key is of no chat. `answers` are written below the story, each a line.
        """
        report = self._report(citizen, draft)
        if answers:
            told = "\n".join(self.texts.say(citizen.language, answer) for answer in answers)
            report = replace(report, words=replace(report.words, story=f"{report.words.story}\n\n{told}"))
        report = replace(report, consent=consent or report.consent, draft_key=draft_key or report.draft_key)
        return await file_case(book, self.regency, report, at, self.chance, self.in_words)

    def _report(self, citizen: Citizen, draft: Draft) -> ReviewedDraft:
        category = draft.decided_category
        return ReviewedDraft(
            draft_key=f"{citizen.reporter}:{draft.key}",
            reporter=citizen.reporter,
            channel=citizen.channel,
            language=citizen.language,
            type=ReportType(draft.report_type),
            category=None if category == UNKNOWN else category,
            location=self._location(draft),
            severity=Severity.URGENT if draft.warned else Severity.NORMAL,
            secret=draft.secret,
            sensitive=is_sensitive(draft, self.catalogue),
            words=Words(draft.story, draft.name[:LONGEST_NAME] if draft.name else None),
            attachments=tuple(Attachment(file.kind, file.file_id) for file in draft.files),
            consent=self.texts.version(citizen.language, "card-consent"),
        )

    def _location(self, draft: Draft) -> Location:
        place = draft.place
        district, village = self._codes(place)
        pin = draft.given_place.pin if draft.given_place else None
        return Location(
            district=district,
            village=village,
            spoken=place_words(draft),
            outside=place.outside or ("" if place.outside_province else None),
            outside_province=place.outside_province,
            lat=pin.lat if pin else None,
            lon=pin.lon if pin else None,
        )

    def _codes(self, place: Place) -> tuple[str | None, str | None]:
        """Kemendagri's codes of a place's district and village."""
        regions = self.regency.regions.values()
        district = next((r.code for r in regions if r.level == "district" and r.name == place.district), None)
        village = next(
            (
                r.code
                for r in regions
                if r.name == place.village
                and r.level in {"kelurahan", "desa"}
                and (district is None or r.code.startswith(f"{district}."))
            ),
            None,
        )
        return district, village

    async def _status(self, book: WorkBook, citizen: Citizen, asked: ShowStatus, cause: Event) -> Event:
        seen = None if asked.mistyped else await see_case(book, asked.number, citizen.reporter)
        if seen is None or (asked.only_own and not seen.own):
            own = [case.ticket for case in await book.of_reporter(citizen.reporter, MOST_LISTED)]
            return StatusMissing(
                id=cause.id,
                at=cause.at,
                number=asked.number,
                mistyped=asked.mistyped,
                likely=likely(asked.number, own),
            )
        found = replace(status_found(seen, cause), whole=asked.whole)
        return replace(found, **await own_part(book, self.regency, found.ticket, cause.at)) if seen.own else found

    async def _list(self, book: WorkBook, citizen: Citizen, cause: Event) -> Event:
        cases = await book.of_reporter(citizen.reporter, MOST_LISTED)
        own = tuple(OwnCase(case.ticket, case.status, case.category, case.filed_at) for case in cases)
        supported = tuple(
            OwnCase(case.ticket, case.status, case.category, case.filed_at, is_supported=True)
            for case in await supported_cases(book, citizen.reporter, MOST_SUPPORTED_LISTED)
        )
        return CasesListed(id=cause.id, at=cause.at, cases=(*own, *supported))

    async def _withdraw(self, book: WorkBook, citizen: Citizen, ticket: str, cause: Event) -> Event:
        try:
            wish = Wish(
                ticket=ticket, command=CaseCommand(action=CaseAction.WITHDRAW), who=REPORTER, reporter=citizen.reporter
            )
            done = await act_on_case(book, self.regency, wish, cause.at, self.chance)
        except (StepRefused, NoSuchCase):
            return WithdrawalRefused(id=cause.id, at=cause.at, ticket=ticket)
        return Withdrawn(id=cause.id, at=cause.at, ticket=ticket, goes_on=done.case_state.is_left)


def status_found(seen: SeenCase, cause: Event) -> StatusFound:
    """What this reader sees of a case's status; her own part of it is `own_part`."""
    case = seen.case
    return StatusFound(
        id=cause.id,
        at=cause.at,
        ticket=case.ticket,
        status=case.status.value,
        type=case.type.value,
        category=case.category,
        agency=case.agency,
        reason=case.reason,
        filed_at=case.filed_at,
        deadline=case.deadline if case.status in AWAITED else None,
        own=seen.own,
        secret=case.visibility is Visibility.SECRET,
        place=case.location.spoken or "",
        story=seen.words.story if seen.words else "",
        people=seen.people,
        supports=seen.supports,
        can_support=seen.can_support,
    )
