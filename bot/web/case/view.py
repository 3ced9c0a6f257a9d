"""What a case's page shows, chosen from what was read. Pure; what is not put into a view cannot reach a template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.cases.case import AWAITED, Case, CaseEvent, Identity, Location, Visibility, is_public
from actions.cases.citizen_actions import is_urgent_and_taken, waits_to_be_taken
from actions.cases.handlers import SeenCase
from actions.privacy.redaction import NOTHING_MODERATED, Moderated
from actions.regency.model import Regency
from bot.conversation.events import FileRefusal
from bot.conversation.screen import Label, LabelSource, Line, Value, line
from bot.files.file_views import OpenedFile
from bot.web.case.words import FILES, NEXT, STATUS, TYPES
from bot.web.chat.words import place_words


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """A label and what stands beside it."""

    label: Line
    value: Line | Label | str


@dataclass(frozen=True, slots=True)
class StatusStep:
    """One change of status: what, when, and who holds the case since."""

    status: Line
    day: Line
    iso_day: str
    agency: Label


@dataclass(frozen=True, slots=True)
class ShownFile:
    """An attachment; `address` and `thumb` are "" where there is nothing to open."""

    name: Line
    address: str = ""
    thumb: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """What only the reporter sees; `chain_proof` is for her to keep, "" until the day after filing.

    `is_published`: anybody reads the answer as well.
    """

    about: Line
    reason: str
    story: Line | str
    place: Sequence[Line | str]
    identity: Sequence[Line]
    files: Sequence[ShownFile]
    proofs: Sequence[ShownFile] = ()
    chain_proof: str = ""
    is_published: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """What anybody may read of a case; `is_shared`: the public address opens.

    `answer`: the agency's, as a moderator has let it out; "" while none is.
    """

    ticket: str
    title: Line | str
    status: Line
    next: Line
    facts: Sequence[LabelledValue]
    steps: Sequence[StatusStep]
    is_shared: bool
    answer: str = ""


def public_view(
    seen: SeenCase,
    events: Sequence[CaseEvent],
    regency: Regency,
    now: datetime,
    moderated: Moderated = NOTHING_MODERATED,
) -> CaseView:
    """What anyone may see of a case, by the rules of docs/cases.md."""
    case = seen.case
    return CaseView(
        ticket=case.ticket,
        title=moderated.title or title_of(case, regency),
        status=STATUS[case.status],
        next=NEXT[case.status],
        facts=tuple(_facts(seen, regency, now)),
        steps=tuple(_step(event, regency) for event in _moves(events)),
        is_shared=is_public(case),
        answer=moderated.answer,
    )


def own_part(
    seen: SeenCase,
    files: Sequence[OpenedFile],
    regency: Regency,
    proofs: Sequence[OpenedFile] = (),
    chain_proof: str = "",
    *,
    is_published: bool = False,
) -> Own:
    """Everything of hers, and the pictures that came with the answer to her."""
    case, words = seen.case, seen.words
    is_secret = case.visibility is Visibility.SECRET
    is_named = case.identity is Identity.NAMED and words and words.name
    who = line("card-named", name=words.name) if is_named and words and words.name else line("card-anonymous")
    return Own(
        about=line("case-yours-about-secret") if is_secret else line("case-yours-about"),
        reason=case.reason,
        story=words.story if words else line("case-story-erased"),
        place=tuple(_place(case.location, regency)),
        identity=(who, line("card-secret")) if is_secret else (who,),
        files=tuple(shown_file(file, number) for number, file in enumerate(files, 1)),
        proofs=tuple(shown_file(file, number) for number, file in enumerate(proofs, 1)),
        chain_proof=chain_proof,
        is_published=is_published,
    )


def title_of(case: Case, regency: Regency) -> Line:
    """Until a moderator has written one: category and district."""
    category, place = _category(case), case.location
    if place.outside is not None or place.outside_province:
        return line("case-title-outside", category=category, regency=regency.name)
    district = regency.region(place.district) if place.district else None
    if district:
        return line("case-title-district", category=category, district=district.name)
    return line("case-title-regency", category=category, regency=regency.name)


def _facts(seen: SeenCase, regency: Regency, now: datetime) -> list[LabelledValue]:
    case, zone = seen.case, regency.time_zone
    facts = [
        LabelledValue(line("case-type"), TYPES[case.type]),
        LabelledValue(line("case-category"), _category(case)),
        LabelledValue(line("case-regency"), regency.name),
        LabelledValue(line("case-agency"), Label(LabelSource.AGENCY, case.agency)),
        LabelledValue(line("case-filed"), line("case-day", date=case.filed_at.astimezone(zone).date())),
    ]
    if seen.people > 1:
        facts.append(LabelledValue(line("case-people"), line("case-people-count", people=seen.people)))
    if case.status not in AWAITED:
        return facts
    if seen.own and waits_to_be_taken(case):
        hours = line("case-urgent-take", count=regency.deadlines.take_hours)
        return [*facts, LabelledValue(line("case-urgent"), hours)]
    if seen.own and is_urgent_and_taken(case):
        facts.append(LabelledValue(line("case-urgent"), line("case-urgent-taken")))
    due: Value = case.deadline
    is_late = now.astimezone(zone).date() > case.deadline
    when = line("case-deadline-late", date=due) if is_late else line("case-deadline-day", date=due)
    return [*facts, LabelledValue(line("case-deadline"), when)]


def _moves(events: Sequence[CaseEvent]) -> Iterator[CaseEvent]:
    """The events after which it stands elsewhere, or with somebody else."""
    held_by = ""
    for event in events:
        if event.came_from is not event.to or event.agency != held_by:
            yield event
        held_by = event.agency


def _step(event: CaseEvent, regency: Regency) -> StatusStep:
    day = event.at.astimezone(regency.time_zone).date()
    return StatusStep(
        STATUS[event.to], line("case-day", date=day), day.isoformat(), Label(LabelSource.AGENCY, event.agency)
    )


def _category(case: Case) -> Label:
    return Label(LabelSource.CATEGORY, case.category) if case.category else Label(LabelSource.TEXT, "category-none")


def _place(place: Location, regency: Regency) -> list[Line | str]:
    """The place in the reporter's words, in the regency's, and as a point."""
    regions = [regency.region(code) for code in (place.village, place.district) if code]
    named = ", ".join(region.name for region in regions if region)
    said = [words for words in (place.spoken, named, place.outside) if words]
    pin = [place_words(place.lat, place.lon)] if place.lat is not None and place.lon is not None else []
    return [*dict.fromkeys(said), *pin] or [line("card-no-place")]


def not_kept(name: Line, why: FileRefusal) -> Line:
    """That this file is not kept, and why."""
    return line("case-file-refused", file=(name,), why=(line(why.value),))


def shown_file(file: OpenedFile, number: int) -> ShownFile:
    """An attachment as a page shows it; `number` counts those that stand together."""
    name = FILES[file.kind if file.kind in FILES else "document"](number)
    if file.state == "kept":
        return ShownFile(name, file.address, file.thumb)
    if file.state == "refused" and file.refusal in set(FileRefusal):
        return ShownFile(not_kept(name, FileRefusal(file.refusal)))
    state = line("case-file-wanted", file=(name,)) if file.state == "wanted" else line("case-file-gone", file=(name,))
    return ShownFile(state)
