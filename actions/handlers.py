"""What the service can do with cases: each handler loads, asks the domain, saves, and tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions import chain, ticket
from actions.case import (
    Attachment,
    Case,
    CaseEvent,
    Identity,
    Location,
    ReportType,
    Severity,
    Status,
    Visibility,
    Who,
    Words,
)
from actions.lifecycle import Refused, transition
from actions.ports import CaseBook
from actions.regency.agencies import siblings
from actions.regency.model import Regency
from actions.routing import Decision, handling_class, route
from actions.workdays import deadline

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)

type InWords = Callable[[Decision, Location, str], str]
"""The words of a decision's reason in a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
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
class Chance:
    """Where numbers and salts come from: `secrets.randbelow` and `secrets.token_bytes`, in tests a seed."""

    randbelow: Callable[[int], int]
    token_bytes: Callable[[int], bytes]


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
    book: CaseBook, regency: Regency, report: Report, at: datetime, chance: Chance, in_words: InWords
) -> FiledCase | Paused:
    """Make a case of a report, exactly once however often it is asked for.

    Raises:
        KeyError: the category is none of the regency's.
    """
    if known := await book.filed_from(report.draft_key):
        return FiledCase(known, again=True)
    if until := _pause(regency, await book.filed_since(report.reporter, at - A_DAY), at):
        return Paused(until)
    decision = route(
        regency,
        type=report.type,
        category=report.category,
        location=report.location,
        severity=report.severity,
        sensitive=report.sensitive,
        secret=report.secret,
    )
    salt = chance.token_bytes(16)
    case = _new_case(regency, report, at, decision, ticket.draw(chance.randbelow))
    case = replace(case, reason=in_words(decision, report.location, report.language))
    digest = chain.digest_words(report.words, salt)
    case, first = transition(case, Status.RECEIVED, Who.REPORTER, at, "filed", words_digest=digest)
    first = chain.seal(first)
    book.add(case, first, report.words, salt.hex())
    if decision.forward:
        why = in_words(decision, report.location, regency.languages[0])
        case, second = transition(case, Status.FORWARDED, Who.SYSTEM, at, why)
        book.save(case, chain.seal(second, first.hash))
    return FiledCase(case)


def _pause(regency: Regency, filed: list[datetime], at: datetime) -> datetime | None:
    """When the next may be filed, where the limits of an hour or a day are reached."""
    limits = ((AN_HOUR, regency.limits.filed_an_hour), (A_DAY, regency.limits.filed_a_day))
    waits = []
    for span, most in limits:
        recent = sorted(moment for moment in filed if moment > at - span)
        if len(recent) >= most:
            waits.append(recent[-most] + span)
    return max(waits, default=None)


def _new_case(regency: Regency, report: Report, at: datetime, decision: Decision, number: str) -> Case:
    handling = handling_class(regency.deadlines, report.type, report.category)
    category = regency.categories[report.category] if report.category else None
    days = regency.deadlines.resolve[handling]
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
        sensitive=report.sensitive or bool(category and category.sensitive),
        channel=report.channel,
        reporter=report.reporter,
        language=report.language,
        filed_at=at,
        deadline=deadline(at, days, regency.holidays, regency.time_zone),
        consent=report.consent,
        attachments=report.attachments,
    )


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case as one reader may see it. Only her own shows why that agency has it, her words, and what she may do."""

    case: Case
    own: bool
    can_withdraw: bool
    words: Words | None = None


async def see_case(book: CaseBook, number: str, reader: str) -> SeenCase | None:
    """The case of a number; None when there is none, or it is secret and not the reader's."""
    case = await book.by_ticket(number)
    if case is None:
        return None
    own = case.reporter == reader
    if case.visibility is Visibility.SECRET and not own:
        return None
    can_withdraw = own and case.status in {Status.RECEIVED, Status.FORWARDED}
    return SeenCase(case, own, can_withdraw, await book.words(number) if own else None)


async def withdraw_case(book: CaseBook, number: str, reporter: str, at: datetime) -> Case:
    """Take a case back before anyone has worked on it.

    Raises:
        Refused: it is not the reporter's, or no longer to be withdrawn.
    """
    seen = await see_case(book, number, reporter)
    if seen is None or not seen.can_withdraw:
        raise Refused("refused-not-yours", who=Who.REPORTER, to=Status.WITHDRAWN)
    case, event = transition(seen.case, Status.WITHDRAWN, Who.REPORTER, at, "withdrawn")
    book.save(case, chain.seal(event, await _last_hash(book, number)))
    return case


async def forward_case(
    book: CaseBook, regency: Regency, number: str, agency: str, at: datetime, reasons: tuple[str, str]
) -> Case:
    """Forward by hand: a received case as its verifier, a forwarded one within its government, or by a return.

    Args:
        book: the cases.
        regency: its agencies.
        number: of the case.
        agency: code of the agency that shall hold it.
        at: when.
        reasons: why, in the reporter's language and in the regency's.

    Raises:
        Refused: the table does not allow it.
        LookupError: there is no such case or no such agency.
    """
    case = await book.by_ticket(number)
    if case is None or agency not in regency.agencies:
        raise LookupError(number if case is None else agency)
    related = siblings(regency.agencies, case.agency)
    steps: list[tuple[Status, Who]] = [(Status.FORWARDED, Who.VERIFIER)]
    if case.status is Status.FORWARDED and agency in related:
        steps = [(Status.FORWARDED, Who.AGENCY_ADMIN)]
    elif case.status is Status.FORWARDED:
        steps = [(Status.RECEIVED, Who.AGENCY_ADMIN), *steps]
    previous = await _last_hash(book, number)
    for to, who in steps:
        case, event = transition(replace(case, reason=reasons[0]), to, who, at, reasons[1], agency, siblings=related)
        sealed = chain.seal(event, previous)
        book.save(case, sealed)
        previous = sealed.hash
    return case


async def _last_hash(book: CaseBook, number: str) -> str:
    events: list[CaseEvent] = await book.events(number)
    return events[-1].hash if events else chain.BEGINNING
