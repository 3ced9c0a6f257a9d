"""Following a case by its number: limits on guessing, and what is said of what was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation.dialogue import ShownStatus
from bot.conversation.events import Said
from bot.conversation.joining.requests import joined_line
from bot.conversation.others_cases.supporting import support_lines, support_rows
from bot.conversation.own_cases.effects import ListCases, ShowStatus
from bot.conversation.own_cases.events import CasesListed, OwnCase, StatusFound, StatusMissing
from bot.conversation.own_cases.screens import category_label, own_rows, short_status_lines, status_label, status_lines
from bot.conversation.questions.story import story_line
from bot.conversation.screen import Button, Line, button, line
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import TicketSeen

AN_HOUR = timedelta(hours=1)
WORDS_OF_A_QUESTION = 12
MOST_REMEMBERED = 5
"""Cases of which is remembered how they stood when she last asked."""


def look_up(talk: Talk, turn: Turn, said: Said, seen: TicketSeen) -> Turn:
    """Show the case of a number that she wrote; many words around it may be a complaint of their own."""
    if len(said.text.split()) > WORDS_OF_A_QUESTION:
        turn = turn.with_aside(said.text) if _is_asked(turn) else ask_what_it_is(turn, said)
    return ask_status(talk, turn, said.at, seen)


def ask_what_it_is(turn: Turn, said: Said) -> Turn:
    """Words after a report that may be another one, or about one of hers."""
    rows = [[button("make-report", "make-report")], [button("mine", "mine")]]
    return turn.with_aside(said.text).say(line("aside-ask"), rows=rows)


def ask_status(talk: Talk, turn: Turn, at: datetime, seen: TicketSeen, *, whole: bool = False) -> Turn:
    """Look up, but after too many failures of the last hour only among her own."""
    recent = tuple(moment for moment in turn.dialogue.failed_lookups if at - moment < AN_HOUR)
    paused = len(recent) >= talk.catalogue.failed_lookups_an_hour
    turn = turn.with_failed_lookups(recent)
    return turn.then(ShowStatus(seen.number, mistyped=seen.mistyped, only_own=paused, whole=whole))


def list_cases(turn: Turn) -> Turn:
    """Look up her own cases and those that she supports."""
    return turn.then(ListCases())


def show_cases(talk: Talk, turn: Turn, listed: CasesListed) -> Turn:
    """None: how to follow one by its number. One: that one. Several: a button each. And which chats they are of."""
    if listed.joined:
        turn = turn.say(joined_line(listed.joined))
    if not listed.cases:
        if turn.dialogue.draft:
            return talk.offer(turn.say(line("cases-none")))
        return talk.offer(turn.at("ticket"), note=line("cases-none"))
    if len(listed.cases) == 1:
        return turn.then(ShowStatus(listed.cases[0].ticket))
    lines = (_listed(case) for case in listed.cases)
    rows = [
        [Button(Line("button-ticket", (("ticket", case.ticket),)), f"status:{case.ticket}")] for case in listed.cases
    ]
    return talk.offer(turn.say(line("cases-title"), *lines, rows=rows))


def _listed(case: OwnCase) -> Line:
    status, category = status_label(case.status), category_label(case.category)
    if case.is_supported:
        return line("cases-supported", ticket=case.ticket, status=status, category=category)
    return line("cases-one", ticket=case.ticket, status=status, category=category, date=case.filed_at)


def show_status(talk: Talk, turn: Turn, found: StatusFound) -> Turn:
    """Where it stands and what changed since she last asked, or all of it; her own with what she may do."""
    rows = [*own_rows(found.ticket, found.version, found.may), *support_rows(found)]
    if found.whole:
        return talk.offer(_rest(turn).say(*_whole(found), rows=rows))
    more = [button("more", f"more:{found.ticket}")]
    known = {shown.ticket: shown for shown in turn.dialogue.shown_statuses}
    before = known.pop(found.ticket, None)
    now = ShownStatus(found.ticket, found.status, found.version, found.at)
    kept = (*known.values(), now)[-MOST_REMEMBERED:]
    turn = replace(turn, dialogue=replace(turn.dialogue, shown_statuses=kept))
    since = [_since(before, now)] if before else []
    return talk.offer(_rest(turn).say(*since, *short_status_lines(found), rows=[*rows, more]))


def _since(before: ShownStatus, now: ShownStatus) -> Line:
    if before.status != now.status:
        return line("status-changed", before=status_label(before.status), status=status_label(now.status))
    return line("status-same", at=before.at) if before.version == now.version else line("status-news", at=before.at)


def _whole(found: StatusFound) -> list[Line]:
    place = [line("card-place", place=found.place)] if found.place else []
    story = [story_line("card-story", found.story)] if found.story else []
    return [*status_lines(found), *support_lines(found), *place, *story]


def show_missing(talk: Talk, turn: Turn, missing: StatusMissing) -> Turn:
    """A mistyped number is told from an unknown one; her own likely one is offered."""
    rows = (
        [[Button(Line("button-ticket", (("ticket", missing.likely),)), f"status:{missing.likely}")]]
        if missing.likely
        else []
    )
    meant = [line("ticket-likely")] if missing.likely else []
    if missing.mistyped:
        return talk.offer(turn.say(line("ticket-mistyped", number=missing.number), *meant, rows=rows))
    failed = (*turn.dialogue.failed_lookups, missing.at)
    if len(failed) > talk.catalogue.failed_lookups_an_hour:
        until = failed[0] + AN_HOUR
        return talk.offer(turn.say(line("ticket-paused", until=until), rows=rows))
    turn = turn.with_failed_lookups(failed).say(line("ticket-unknown", number=missing.number), *meant, rows=rows)
    return talk.offer(turn)


def _rest(turn: Turn) -> Turn:
    return turn if _is_asked(turn) else turn.at("idle")


def _is_asked(turn: Turn) -> bool:
    return bool(turn.dialogue.draft or turn.dialogue.contributing)
