"""What is said of what the service found out: a filed case, a limit, a status, a withdrawal."""

from __future__ import annotations

from bot.conversation.attachments import tell_files_refused
from bot.conversation.dialogue import FiledDraft
from bot.conversation.effects import Retire, Say
from bot.conversation.events import Event, Filed, FilesRefused, FilingPaused
from bot.conversation.joining.requests import tell_joining
from bot.conversation.matters import next_draft
from bot.conversation.others_cases.events import (
    NearbyFound,
    Supported,
    SupportRefused,
    SupportStopped,
    WeeklyRefused,
    WeeklyStopped,
    WeeklyTaken,
)
from bot.conversation.others_cases.lookups import show_cases, show_missing, show_status
from bot.conversation.others_cases.supporting import (
    show_nearby,
    tell_support_refused,
    tell_support_stopped,
    tell_supported,
)
from bot.conversation.others_cases.weekly import tell_not_taken, tell_stopped, tell_taken
from bot.conversation.own_cases.events import (
    CasesListed,
    LinkRenewed,
    LinkToChoose,
    OwnCaseAsked,
    OwnCaseMoved,
    OwnCaseRefused,
    StatusFound,
    StatusMissing,
    WithdrawalRefused,
    Withdrawn,
)
from bot.conversation.own_cases.new_link import ask_which, tell_renewed
from bot.conversation.own_cases.results import tell_asked, tell_moved, tell_refused
from bot.conversation.own_cases.screens import copy_ticket
from bot.conversation.own_cases.words import without_refused
from bot.conversation.own_data.events import Forgotten, OwnDataGathered
from bot.conversation.own_data.requests import tell_forgotten, tell_gathered
from bot.conversation.screen import Label, LabelSource, button, line, screen
from bot.conversation.staff.accounts import tell_not_tied, tell_tied
from bot.conversation.staff.events import AccountNotTied, AccountTied, LessonShown, LessonsRefused
from bot.conversation.staff.lessons import refuse_lessons, show_lesson
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn


class UnknownEvent(TypeError):
    """An event of a kind that the talk does not know: a fault of ours, never of a citizen's."""


def tell_result(talk: Talk, turn: Turn, event: Event) -> Turn:
    """What a citizen is told of what was found out, or done, for her.

    Raises:
        UnknownEvent: the event is of no kind that the talk knows.
    """
    match event:
        case Filed():
            return tell_filed(talk, turn, event)
        case FilingPaused():
            return tell_paused(talk, turn, event)
        case FilesRefused():
            return tell_files_refused(talk, without_refused(turn, event), event)
        case StatusFound():
            return show_status(talk, turn, event)
        case StatusMissing():
            return show_missing(talk, turn, event)
        case CasesListed():
            return show_cases(talk, turn, event)
        case Withdrawn():
            return tell_withdrawn(talk, turn, event)
        case WithdrawalRefused():
            return tell_withdrawal_refused(talk, turn, event)
    return _tell_of_own_case(talk, turn, event)


def _tell_of_own_case(talk: Talk, turn: Turn, event: Event) -> Turn:
    match event:
        case OwnCaseAsked():
            return tell_asked(talk, turn, event)
        case OwnCaseMoved():
            return tell_moved(talk, turn, event)
        case OwnCaseRefused():
            return tell_refused(talk, turn, event)
        case LinkRenewed():
            return tell_renewed(talk, turn, event)
        case LinkToChoose():
            return ask_which(talk, turn, event)
    return _tell_supporter(talk, turn, event)


def _tell_supporter(talk: Talk, turn: Turn, event: Event) -> Turn:
    match event:
        case NearbyFound():
            return show_nearby(talk, turn, event)
        case Supported():
            return tell_supported(talk, turn, event)
        case SupportRefused():
            return tell_support_refused(talk, turn, event)
        case SupportStopped():
            return tell_support_stopped(talk, turn, event)
    return _tell_of_herself(talk, turn, event)


def _tell_of_herself(talk: Talk, turn: Turn, event: Event) -> Turn:
    match event:
        case OwnDataGathered():
            return tell_gathered(talk, turn, event)
        case Forgotten():
            return tell_forgotten(talk, turn, event)
        case WeeklyTaken():
            return tell_taken(talk, turn, event)
        case WeeklyRefused():
            return tell_not_taken(talk, turn, event)
        case WeeklyStopped():
            return tell_stopped(talk, turn, event)
    return tell_joining(talk, turn, event) or _tell_staff(talk, turn, event)


def _tell_staff(talk: Talk, turn: Turn, event: Event) -> Turn:
    match event:
        case AccountTied():
            return tell_tied(talk, turn, event)
        case AccountNotTied():
            return tell_not_tied(talk, turn, event)
        case LessonShown():
            return show_lesson(talk, turn, event)
        case LessonsRefused():
            return refuse_lessons(talk, turn, event)
    raise UnknownEvent(type(event).__name__)


def tell_filed(talk: Talk, turn: Turn, filed: Filed) -> Turn:
    """The number, who has it and why, until when, and how she follows it."""
    moment = "filed" if filed.forwarded else "filed-held"
    lines = [
        line(moment, ticket=filed.ticket),
        line("filed-agency", agency=Label(LabelSource.AGENCY, filed.agency), reason=filed.reason),
        line("filed-urgent", count=filed.take_hours)
        if filed.take_hours
        else line("filed-deadline", date=filed.deadline),
        *([line("filed-secret")] if filed.secret else []),
        line("filed-follow"),
        line("filed-link", link=filed.link),
    ]
    rows = [[copy_ticket(filed.ticket)], [button("show-status", f"status:{filed.ticket}")]]
    draft = turn.dialogue.draft
    kept = list(talk.flow.card_lines(draft, talk.catalogue))[:-1] if draft else []
    category = (draft.decided_category or "") if draft else ""
    turn = turn.closed(FiledDraft(filed.draft_key, filed.ticket, category))
    card = screen(line("card-filed"), *kept, files=draft.file_ids if draft else ())
    turn = turn.then(Say(screen(*lines, rows=rows), name=_name_of_card(filed)), Retire(card))
    if draft is None or draft.later is None:
        return turn
    return talk.proceed(turn.with_draft(next_draft(draft, draft.later, filed.at)), note=line("split-next"))


def _name_of_card(filed: Filed) -> str:
    """This message becomes the case's live card; when it is told again it is a message like any other."""
    return "" if filed.again else f"{filed.ticket}.card"


def tell_paused(talk: Talk, turn: Turn, paused: FilingPaused) -> Turn:
    """Too many at once: the draft is kept, and when the next may go."""
    del talk
    return turn.say(line("filing-paused", until=paused.until))


def tell_withdrawn(talk: Talk, turn: Turn, withdrawn: Withdrawn) -> Turn:
    """Say that her case is withdrawn, or goes on without her because others support it."""
    ticket = withdrawn.ticket
    said = line("withdrawn-alone", ticket=ticket) if withdrawn.goes_on else line("withdrawn", ticket=ticket)
    return talk.offer(turn.say(said))


def tell_withdrawal_refused(talk: Talk, turn: Turn, refused: WithdrawalRefused) -> Turn:
    """Say that the case can no longer be withdrawn, and how to see where it is."""
    return talk.offer(turn.say(line("withdrawal-refused", ticket=refused.ticket)))
