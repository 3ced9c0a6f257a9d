"""What is said of what the service found out: a filed case, a limit, a status, a withdrawal."""

from __future__ import annotations

from bot.conversation.dialogue import FiledDraft
from bot.conversation.effects import Retire, Say
from bot.conversation.events import Filed, FilingPaused, WithdrawalRefused, Withdrawn
from bot.conversation.matters import next_draft
from bot.conversation.own_cases.screens import copy_ticket
from bot.conversation.questions.card import card_lines
from bot.conversation.screen import Label, LabelSource, button, line, screen
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn


def tell_filed(talk: Talk, turn: Turn, filed: Filed) -> Turn:
    """The number, who has it and why, until when, and how she follows it."""
    moment = "filed" if filed.forwarded else "filed-held"
    lines = [
        line(moment, ticket=filed.ticket),
        line("filed-agency", agency=Label(LabelSource.AGENCY, filed.agency), reason=filed.reason),
        line("filed-deadline", date=filed.deadline),
        *([line("filed-secret")] if filed.secret else []),
        line("filed-follow"),
        line("filed-link", link=filed.link),
    ]
    rows = [[copy_ticket(filed.ticket)], [button("show-status", f"status:{filed.ticket}")]]
    draft = turn.dialogue.draft
    kept = list(card_lines(draft, talk.catalogue))[:-1] if draft else []
    turn = turn.closed(FiledDraft(filed.draft_key, filed.ticket))
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
    """It is taken back."""
    ticket = withdrawn.ticket
    said = line("withdrawn-alone", ticket=ticket) if withdrawn.goes_on else line("withdrawn", ticket=ticket)
    return talk.offer(turn.say(said))


def tell_withdrawal_refused(talk: Talk, turn: Turn, refused: WithdrawalRefused) -> Turn:
    """It could not be taken back, and what she can do."""
    return talk.offer(turn.say(line("withdrawal-refused", ticket=refused.ticket)))
