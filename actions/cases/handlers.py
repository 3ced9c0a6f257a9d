"""What the service can do with cases: each handler loads, asks the domain, saves, and tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions.cases import chain, ticket
from actions.cases.accused import accused_in
from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import (
    OPEN,
    Attachment,
    Case,
    Identity,
    Location,
    ReportType,
    Severity,
    Status,
    Visibility,
    Words,
)
from actions.cases.decide import decide
from actions.cases.nearby import NearbyMatch, NearbyQuery, Plain, nearest
from actions.cases.outcome import Done
from actions.cases.ports import Chance, WorkBook
from actions.cases.routing import RoutingDecision, handling_class, route
from actions.people.roles import REPORTER, SYSTEM
from actions.privacy.visibility import Reader, is_confidential, see
from actions.regency.model import AgencyKind, Regency


@dataclass(frozen=True, slots=True)
class SupportedCase:
    """A case that she supports now; `people` say that it is so, its reporter one of them."""

    case: Case
    people: int


def may_support(case: Case, citizen: str) -> bool:
    """Whether a citizen can say "me too": on a public case of somebody else that is not at its end."""
    return not is_confidential(case) and case.status in OPEN and case.reporter != citizen


async def find_nearby(book: WorkBook, regency: Regency, sought: NearbyQuery, plain: Plain) -> list[NearbyMatch]:
    """What is reported already of what a citizen is about to file."""
    return nearest(sought, await book.near(sought), regency, plain)


async def support_case(book: WorkBook, ticket: str, citizen: str, language: str, at: datetime) -> SupportedCase | None:
    """She supports it from now on; once, however often she says so. None where she cannot."""
    await book.hold([ticket])
    case = await book.by_ticket(ticket)
    if case is None or not may_support(case, citizen):
        return None
    others = await book.count_supporters(ticket) - await book.supports(ticket, citizen)
    book.support(ticket, citizen, language, at)
    return SupportedCase(case, people=others + 2)


async def supported_cases(book: WorkBook, citizen: str, most: int) -> list[Case]:
    """The cases of others that she supports, as far as anybody may still know of them."""
    seen = [see(case, None, Reader.ANYBODY) for case in await book.supported_by(citizen, most)]
    return [one.case for one in seen if one]


async def stop_supporting(book: WorkBook, ticket: str, citizen: str) -> bool:
    """Ends a citizen's support of a case; returns whether she supported it."""
    if not await book.supports(ticket, citizen):
        return False
    book.stop_supporting(ticket, citizen)
    return True


AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)

type InWords = Callable[[RoutingDecision, Location, str], str]
"""The words of a decision's reason in a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedDraft:
    """A draft that its reporter has reviewed and sent.

    Attributes:
        draft_key: unique in the installation; the same key is the same case for ever.
        category: leaf slug that she chose or confirmed; None for Tidak tahu.
        sensitive: by its words; a sensitive category makes it so in any case.
        consent: version of the text she consented to.
    """

    draft_key: str
    reporter: str
    channel: str
    language: str
    type: ReportType
    category: str | None
    location: Location
    severity: Severity
    secret: bool
    sensitive: bool
    words: Words
    attachments: tuple[Attachment, ...]
    consent: str


@dataclass(frozen=True, slots=True)
class FiledCase:
    """The case that a report became; `again`: it was one already."""

    case: Case
    again: bool = False


@dataclass(frozen=True, slots=True)
class Paused:
    """The reporter has filed as many as one person may; the next at `until`."""

    until: datetime


async def file_case(
    book: WorkBook, regency: Regency, report: ReviewedDraft, at: datetime, chance: Chance, in_words: InWords
) -> FiledCase | Paused:
    """Make a case of a report, exactly once however often it is asked for.

    Where liaisons have accounts, an agency that has none is passed over for the one above it; not the regency admin,
    whose verifiers read what it holds, and not whoever holds a secret or sensitive case in trust.
    A category that the regency declares no more, while the draft lay there, counts as none.
    """
    report = report if report.category in regency.categories else replace(report, category=None)
    filings = await book.filings(report.reporter, at - A_DAY, report.draft_key)
    if any(filing.draft_key == report.draft_key for filing in filings) and (
        known := await book.filed_from(report.draft_key)
    ):
        return FiledCase(known, again=True)
    if until := _pause(regency, [filing.filed_at for filing in filings], at):
        return Paused(until)
    sensitive = _is_sensitive(regency, report)
    accused = accused_in(regency, f"{report.words.story}\n{report.location.spoken or ''}", report.location)
    decision = route(
        regency,
        type=report.type,
        category=report.category,
        location=report.location,
        severity=report.severity,
        sensitive=report.sensitive,
        secret=report.secret,
        accused=accused if sensitive else (),
        inactive=await _unstaffed(book, regency, report),
    )
    salt = chance.token_bytes(16)
    case = _new_case(regency, report, at, decision, ticket.draw(chance.randbelow))
    case = replace(case, reason=in_words(decision, report.location, report.language))
    digest = chain.digest_words(report.words, salt)
    filing = CaseCommand(action=CaseAction.FILE, why="filed", words_digest=digest, accused=accused)
    filed = decide(case, None, filing, REPORTER, at, regency)
    first = chain.seal(filed.event)
    book.add(filed.case, first, report.words, salt.hex())
    passed_over = tuple(step.agency for step in decision.trail if step.what == "inactive")
    news = Done(before=case, case=filed.case, event=first, day=filed.day, case_state=filed.case_state)
    book.tell(replace(news, passed_over=passed_over))
    if not decision.forward:
        return FiledCase(filed.case)
    forwarding = CaseCommand(action=CaseAction.FORWARD, why=in_words(decision, report.location, regency.languages[0]))
    forwarded = decide(filed.case, filed.case_state, forwarding, SYSTEM, at, regency)
    second = chain.seal(forwarded.event, first.hash)
    book.save(forwarded.case, second)
    sent, day = forwarded.case, forwarded.day
    book.tell(Done(before=filed.case, case=sent, event=second, day=day, case_state=forwarded.case_state))
    return FiledCase(forwarded.case)


async def _unstaffed(book: WorkBook, regency: Regency, report: ReviewedDraft) -> frozenset[str]:
    if report.secret or report.category is None or _is_sensitive(regency, report):
        return frozenset()
    kinds = ((code, agency.kind) for code, agency in regency.agencies.items() if code not in regency.connected)
    return await book.without_liaison([code for code, kind in kinds if kind is not AgencyKind.REGENCY_ADMIN])


def _is_sensitive(regency: Regency, report: ReviewedDraft) -> bool:
    category = regency.categories[report.category] if report.category else None
    return report.sensitive or bool(category and category.sensitive)


def _pause(regency: Regency, filed: list[datetime], at: datetime) -> datetime | None:
    """When the next may be filed, where the limits of an hour or a day are reached."""
    limits = ((AN_HOUR, regency.limits.filed_an_hour), (A_DAY, regency.limits.filed_a_day))
    waits = []
    for span, most in limits:
        recent = sorted(moment for moment in filed if moment > at - span)
        if len(recent) >= most:
            waits.append(recent[-most] + span)
    return max(waits, default=None)


def _new_case(regency: Regency, report: ReviewedDraft, at: datetime, decision: RoutingDecision, number: str) -> Case:
    handling = handling_class(regency.deadlines, report.type, report.category)
    return Case(
        ticket=number,
        draft_key=report.draft_key,
        status=Status.RECEIVED,
        type=report.type,
        category=report.category,
        handling_class=handling,
        agency=decision.agency,
        reason="",
        location=report.location,
        severity=report.severity,
        identity=Identity.NAMED if report.words.name else Identity.ANONYMOUS,
        visibility=Visibility.SECRET if report.secret else Visibility.PUBLIC,
        sensitive=_is_sensitive(regency, report),
        channel=report.channel,
        reporter=report.reporter,
        language=report.language,
        filed_at=at,
        deadline=regency.calendar.day(at),
        consent=report.consent,
        attachments=report.attachments,
    )


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case as one citizen may see it (`actions/privacy/visibility.py`), and what she may do.

    Attributes:
        people: so many say that it is so, the reporter one of them.
        supports, can_support: this reader does, or may, say so too.
    """

    case: Case
    own: bool
    can_withdraw: bool
    words: Words | None = None
    people: int = 1
    supports: bool = False
    can_support: bool = False


async def see_case(book: WorkBook, number: str, citizen: str) -> SeenCase | None:
    """The case of a number; None when there is none, or it is secret or hidden and not hers."""
    case = await book.by_ticket(number)
    if case is None:
        return None
    own = case.reporter == citizen
    words = await book.words(number) if own else None
    seen = see(case, words, Reader.REPORTER if own else Reader.ANYBODY)
    if seen is None:
        return None
    supports = not own and await book.supports(number, citizen)
    return SeenCase(
        case=seen.case,
        own=own,
        can_withdraw=own and case.status in OPEN,
        words=seen.words,
        people=1 + await book.count_supporters(number),
        supports=supports,
        can_support=not supports and may_support(case, citizen),
    )
