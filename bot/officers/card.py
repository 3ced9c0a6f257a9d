"""The card of a case as officers read it, and its buttons. Pure; decides nothing about who may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from actions.cases.actions import CaseAction
from actions.cases.case import AWAITED, Case, Severity, Status, Visibility, Words
from actions.cases.case_state import CaseState
from actions.cases.clocks import ClockMark
from actions.cases.officer_handlers import buttons
from actions.people.roles import Role
from actions.privacy.visibility import Reader, see
from actions.regency.model import Regency
from bot.configuration.case_links import CaseLinks
from bot.conversation.screen import Button, ButtonKind, Label, LabelSource, Line, Screen, button, line, screen
from bot.officers.callback_data import CallbackData, Verb
from bot.officers.chat_bindings import ChatBinding
from bot.officers.covering import in_the_chat
from bot.officers.draft import PARTS
from bot.officers.reasons import reasons_in_chat

LONGEST_STORY = 1_500
A_ROW = 2
NOTHING_SAID: Mapping[CaseAction, str] = {}
AT_THE_DESK = frozenset({CaseAction.ASSIGN})
"""What has no button in a chat: it needs a list of colleagues."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A case as one chat sees it.

    Attributes:
        case, standing: as it stands now.
        words: what its reporter wrote; None once it was erased.
        claimed_by: the name of who works on it; "" for nobody.
        is_group: several read it, not all of whom need be officers.
        said: the last words of each action that gives a reason for the next.
    """

    case: Case
    case_state: CaseState
    words: Words | None
    claimed_by: str
    is_group: bool
    said: Mapping[CaseAction, str] = field(default_factory=dict)


def card(sight: Sight, offers: Collection[CaseAction], regency: Regency) -> Screen:
    """The whole card; `offers` are the actions that whoever reads it may do."""
    case, offered = sight.case, set(offers) - AT_THE_DESK
    lines = [
        *_head(case),
        *_where(case, regency),
        *_when(case),
        *_late(sight.case_state, regency),
        *_who(sight),
        *_story(sight),
        *_advice(sight),
        *reasons_in_chat(case, sight.said, sight.words, is_group=sight.is_group),
    ]
    if offered:
        lines.append(line("officer-card-hint"))
    rows = _rows(action_button(action, case) for action in PARTS if action in offered)
    return screen(*lines, rows=[*rows, [look_button(case)]])


def card_for(  # noqa: PLR0913, PLR0917 - what one card is made of
    chat_binding: ChatBinding,
    case: Case,
    case_state: CaseState,
    words: Words | None,
    claimed_by: str,
    regency: Regency,
    links: CaseLinks,
    said: Mapping[CaseAction, str] = NOTHING_SAID,
) -> Screen:
    """The card as it stands in this chat, with a button for each action of those who act there."""
    seen = see(case, words, Reader.GROUP if chat_binding.is_group else Reader.OFFICER)
    if seen is None:
        return over(case, is_confidential=True)
    sight = Sight(seen.case, case_state, seen.words, claimed_by, chat_binding.is_group, said)
    shown = card(sight, buttons(case, case_state, chat_binding.actors, regency), regency)
    is_moderator = any(actor.role is Role.MODERATOR for actor in chat_binding.actors)
    link = links.redaction(case.ticket) if is_moderator else ""
    return replace(shown, lines=(*shown.lines, line("officer-card-redact", link=link))) if link else shown


def in_full(sight: Sight, regency: Regency) -> Screen:
    """All that an officer may read of it, for her alone: the whole story, and the point where it is."""
    case, location = sight.case, sight.case.location
    lines = [*_head(case), *_where(case, regency), *_who(sight)]
    told = line("officer-card-story", words=sight.words.story) if sight.words else line("officer-card-erased")
    if location.lat is None or location.lon is None:
        return screen(*lines, told)
    point = f"{location.lat:.6f}, {location.lon:.6f}"
    copied = Button(line("button-officer-copy-point"), point, ButtonKind.COPY)
    return screen(*lines, line("officer-card-point", point=point), told, rows=[[copied]])


def over(case: Case, *, is_confidential: bool) -> Screen:
    """What stays of a card: of a case at its end, or with others; nothing at all of one that a group must not know."""
    if is_confidential:
        return screen(line("officer-card-gone"))
    status, agency = status_label(case), Label(LabelSource.AGENCY, case.agency)
    return screen(line("officer-card-over", ticket=case.ticket, status=status, agency=agency))


def look_button(case: Case) -> Button:
    """The button that shows all of a case to whoever presses it, alone."""
    return button("officer-look", CallbackData(Verb.LOOK, case.ticket, case.version).written())


def action_button(action: CaseAction, case: Case) -> Button:
    """The button with which an action begins."""
    return Button(line(f"button-officer-{action.value}"), CallbackData(action, case.ticket, case.version).written())


def place_in_words(case: Case, regency: Regency) -> str:
    """The place: what the reporter called it, and the official names; "" for none. Never the pin."""
    location = case.location
    codes = [code for code in (location.village, location.district) if code]
    official = [region.name for code in codes if (region := regency.region(code))]
    spoken = (location.spoken or "").casefold()
    more = [name for name in (*official, location.outside or "") if name and name.casefold() not in spoken]
    return ", ".join([*([location.spoken] if location.spoken else []), *more])


def status_label(case: Case) -> Label:
    """The status of the case, in words."""
    return Label(LabelSource.TEXT, f"status-{case.status.value}")


def _head(case: Case) -> Iterator[Line]:
    yield line("officer-card-title", ticket=case.ticket, status=status_label(case))
    kind = Label(LabelSource.TEXT, f"type-{case.type.value}")
    if case.category:
        yield line("officer-card-about", type=kind, category=Label(LabelSource.CATEGORY, case.category))
    else:
        yield line("officer-card-about-unknown", type=kind)
    if case.severity is Severity.URGENT:
        yield line("officer-card-urgent")
    if case.visibility is Visibility.SECRET:
        yield line("officer-card-secret")
    elif case.sensitive:
        yield line("officer-card-sensitive")


def _where(case: Case, regency: Regency) -> Iterator[Line]:
    place = place_in_words(case, regency)
    yield line("officer-card-place", place=place) if place else line("officer-card-no-place")


def _when(case: Case) -> Iterator[Line]:
    yield line("officer-card-filed", date=case.filed_at)
    if case.status in AWAITED:
        yield line("officer-card-deadline", date=case.deadline)


def _late(case_state: CaseState, regency: Regency) -> Iterator[Line]:
    """Each clock that slipped, with its own day, and who is told next and when."""
    for clock in case_state.clocks:
        if clock.is_paused or ClockMark.LATE not in {mark for mark, _ in clock.past}:
            continue
        what = Label(LabelSource.TEXT, f"clock-{clock.name.value}")
        yield line("officer-card-late", what=what, date=clock.last_day(regency.calendar))
        if following := clock.next_mark(regency.deadlines.ladder, regency.calendar):
            yield line(f"officer-card-late-{following[1].value}", date=following[0])


def _who(sight: Sight) -> Iterator[Line]:
    """The reporter's name where it is for officers (`visible.py`)."""
    name = sight.words.name if sight.words else None
    yield line("officer-card-reporter", name=name) if name else line("officer-card-nameless")
    if sight.claimed_by:
        yield line("officer-card-claimed", name=sight.claimed_by)


def _story(sight: Sight) -> Iterator[Line]:
    if sight.words is None:
        yield line("officer-card-erased")
        return
    story = in_the_chat(sight.words.story, sight.case, is_group=sight.is_group)
    yield line("officer-card-story", words=story if len(story) <= LONGEST_STORY else f"{story[:LONGEST_STORY]}…")
    if sight.case.attachments:
        yield line("officer-card-files", count=len(sight.case.attachments))


def _advice(sight: Sight) -> Iterator[Line]:
    """What the agency said that sent it back."""
    if not sight.case.returns or sight.case.status not in {Status.RECEIVED, Status.DISPUTED_AUTHORITY}:
        return
    suggested = sight.case_state.suggested
    if suggested in {"", "unknown"}:
        yield line("officer-card-returned")
    else:
        yield line("officer-card-suggested", agency=Label(LabelSource.AGENCY, suggested))


def _rows(buttons: Iterable[Button]) -> list[list[Button]]:
    every = list(buttons)
    return [every[start : start + A_ROW] for start in range(0, len(every), A_ROW)]
