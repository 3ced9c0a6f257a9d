"""What she wants done with the report that she is writing. None of it deletes, publishes, names or sends by itself."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.commands import ask_to_cancel
from bot.conversation.dialogue_acts.secrecy import keep_secret, wants_secret
from bot.conversation.draft import Draft
from bot.conversation.events import Said
from bot.conversation.moment import moment_of
from bot.conversation.own_cases.words import offer_to_add
from bot.conversation.questions.name import LETTERS_OF_A_NAME, opens_with_name
from bot.conversation.remarks import leave_out
from bot.conversation.screen import button, line
from bot.conversation.screens import MENU
from bot.conversation.sending import complete
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood
from bot.understanding.normalise import normalise

_AND_NAME = re.compile(
    r"\b(?:nama|identitas|data)\w*(?: saya| aku| diri| pelapor)? (?:dan|serta|maupun|sama)\b"
    r"|\b(?:dan|serta|maupun|sama) (?:nama|identitas|data)\w*(?: saya| aku| diri| pelapor)?(?!\w)"
)
_SECRET_REPORT = re.compile(r"^(?!.*\b(?:tidak|jangan)\b)(?=.*lapor)(?=.*rahasia)")
_REPORT = "lapor"


def stay_anonymous(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """A given name goes; where none was given she hears that none is shown. "Nama dan laporan …" is both wishes.

    Of a report that was sent she hears who sees her name, and can pass her wish on to the officers.
    """
    draft, plain = turn.dialogue.draft, normalise(said.text)
    if (of_report := _AND_NAME.sub(" ", plain)) != plain and _SECRET_REPORT.search(of_report):
        kept = turn.with_draft(replace(draft, name=None)) if draft else turn
        return keep_secret(talk, kept, said, understood)
    if draft is None:
        sent = turn.dialogue.filed
        return offer_to_add(talk, turn, said.text, said.at, note=line("name-hidden-filed")) if sent else None
    if not draft.name and talk.is_at_card(turn.dialogue) and _only_gives_name(said, understood):
        return _ask_to_name(turn, draft)
    note = line("name-dropped") if draft.name else line("name-none")
    return talk.proceed(turn.with_draft(replace(draft.touched(said.at), name=None)), note=note)


def offer_to_name(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """The name that she says is noted, and stands on the card; without one, to name her needs the button.

    A report that was sent can only be added to.
    """
    draft = turn.dialogue.draft
    if draft is None:
        return offer_to_add(talk, turn, said.text, said.at, note=line("name-filed")) if turn.dialogue.filed else None
    if name := understood.name[:LETTERS_OF_A_NAME]:
        named = replace(draft.touched(said.at), name=name)
        return talk.proceed(turn.with_draft(named), note=line("name-noted", name=name))
    if draft.is_blank or not talk.is_at_card(turn.dialogue):
        return None
    return _ask_to_name(turn, draft)


def _ask_to_name(turn: Turn, draft: Draft) -> Turn:
    rows = [[button("name", "name", draft.key), button("stay-anonymous", "stay-anonymous", draft.key)]]
    return turn.say(line("name-offer"), rows=rows)


def _only_gives_name(said: Said, understood: Understood) -> bool:
    """Whether words that a model hears as a wish for no name say hers and refuse nothing: what she wants is asked."""
    refuses = understood.negates or understood.certain or wants_secret(said, understood)
    return bool(understood.name) and opens_with_name(said.text) and not refuses


def show_card_to_send(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """To send needs Kirim: the card is shown, or what is still to be asked."""
    del said, understood
    draft = turn.dialogue.draft
    if draft is None or draft.is_blank:
        return None
    turn, whole = complete(talk, turn, draft)
    return talk.proceed(turn.with_draft(whole), note=line("affirm-draft")) if whole else turn


def ask_before_deleting(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """To delete needs the button, or a plain yes to the question whether to; a name that is asked is given up first."""
    draft = turn.dialogue.draft
    if moment_of(turn.dialogue) == "name" and _REPORT not in normalise(said.text):
        return stay_anonymous(talk, turn, said, understood)
    if draft is None:
        return ask_to_withdraw(talk, turn) if turn.dialogue.filed else None
    return turn.closed().say(line("deny"), rows=MENU) if draft.is_blank else ask_to_cancel(talk, turn)


def ask_to_withdraw(talk: Talk, turn: Turn) -> Turn:
    """Whether the report that she sent last may be taken back: it needs the button, or a plain yes."""
    return talk.offer(turn.at("withdraw", turn.dialogue.filed[-1].ticket))


def keep_report(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """What she wrote stays, and she hears so."""
    del said, understood
    draft = turn.dialogue.draft
    return None if draft is None else talk.proceed(turn, note=line("kept-safe"))


def go_on_later(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """Everything is kept until she writes again."""
    del understood
    return leave_out(talk, turn, said, line("pauses")) if turn.dialogue.draft else turn.say(line("deny"), rows=MENU)
