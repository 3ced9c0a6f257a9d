"""A citizen says "me too" on a case of somebody else: what its buttons do, and what she is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.effects import Retire
from bot.conversation.others_cases.effects import StopSupporting, SupportCase
from bot.conversation.others_cases.events import NearbyFound, Supported, SupportRefused, SupportStopped
from bot.conversation.own_cases.events import StatusFound
from bot.conversation.own_cases.screens import copy_ticket
from bot.conversation.presses.press import Press
from bot.conversation.questions.story import story_line
from bot.conversation.screen import Button, Line, button, line, screen
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood


def support_lines(found: StatusFound) -> Iterator[Line]:
    """How many say so, once somebody else does, and whether this reader is one of them."""
    if found.people > 1:
        yield line("status-people", people=found.people)
    if found.supports:
        yield line("status-supported")


def support_rows(found: StatusFound) -> list[list[Button]]:
    """The button that supports the case, or stops supporting it; none where she may do neither."""
    if found.supports:
        return [[button("stop-supporting", f"stop-supporting:{found.ticket}")]]
    return [[button("support", f"support:{found.ticket}")]] if found.can_support else []


def show_nearby(talk: Talk, turn: Turn, found: NearbyFound) -> Turn:
    """The card once more, with what is there already; it stays as it is where nothing is."""
    draft = turn.dialogue.draft
    if draft is None or draft.key != found.draft_key or not found.cases:
        return turn
    turn = turn.with_draft(replace(draft, nearby=replace(draft.nearby, cases=found.cases)))
    return talk.offer(turn, in_place=found.in_place, note=found.note)


def support(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """Say "me too" on a case that she looked up."""
    del talk, understood
    return turn.then(SupportCase(press.about))


def stop_supporting(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """Stop supporting a case of somebody else."""
    del talk, understood
    return turn.then(StopSupporting(press.about))


def tell_supported(talk: Talk, turn: Turn, supported: Supported) -> Turn:
    """The number, and that she hears of it; the draft that she did not file is kept until she says so."""
    ticket, draft = supported.ticket, turn.dialogue.draft
    lines = [
        line("supported", ticket=ticket, people=supported.people),
        line("supported-follow"),
        line("supported-link", link=supported.link),
    ]
    rows = [[copy_ticket(ticket)], [button("show-status", f"status:{ticket}")]]
    turn = turn.say(*lines, rows=rows)
    if draft is None or draft.key != supported.draft_key:
        return talk.offer(turn)
    kept = story_line("card-story", draft.story)
    card = screen(line("card-put-aside", ticket=ticket), kept, files=draft.file_ids)
    return talk.offer(turn.with_draft(replace(draft, put_aside=ticket)).then(Retire(card)).at("put-aside"))


def tell_support_refused(talk: Talk, turn: Turn, refused: SupportRefused) -> Turn:
    """Why not, as far as she may know; her draft stays open."""
    return talk.offer(turn.say(line("support-refused", ticket=refused.ticket)))


def tell_support_stopped(talk: Talk, turn: Turn, stopped: SupportStopped) -> Turn:
    """Say that she no longer supports the case and hears no more of it."""
    return talk.offer(turn.say(line("support-stopped", ticket=stopped.ticket)))
