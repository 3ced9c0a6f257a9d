"""Words, photos and pins of a citizen that may be for a case of hers.

They go to a case only where she was just asked for them, where they answer a message about that case, or after she has
said with a button which case they are for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from bot.conversation.dialogue import CHOOSE, CONTRIBUTE, IDLE, Contribution, FiledDraft
from bot.conversation.draft import File
from bot.conversation.events import FilesRefused, Said, SentPhoto, SharedPlace
from bot.conversation.joining.words import wish_to_join
from bot.conversation.own_cases.effects import DoOwnCase, FindAwaited
from bot.conversation.own_cases.events import AwaitedCase, AwaitedFound
from bot.conversation.own_cases.new_link import asks_new_link
from bot.conversation.own_cases.screens import A_WHILE, CHOICES, REMARK, STAYS_OPEN
from bot.conversation.own_data.words import is_of_own_data
from bot.conversation.screen import Line, line
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import SURE, Understood
from bot.understanding.understood import Place

type Sent = Said | SentPhoto

TELLS = frozenset({"tell", "danger"})
"""Dialogue acts that tell of something."""
AROUND = frozenset({"greet", "thanks", "goodbye", "help", "about_bot"})
"""Small talk that is answered around what stands open, when it is no more than a few words."""
WORDS_OF_SMALL_TALK = 4
WORDS_OF_MORE = 12
_MORE = re.compile(
    r"\b(?:juga|jg|jua|tambahan|ditambah|masih|makin|tambah|tadi|kelupaan|tersebut|also|too|still)\b"
    r"|^\W*(?!(?:apa|bagaimana|kira|soal|perihal|katanya|rupa|biasa|harus|mesti)nya\b)\w{3,}nya\b",
    re.IGNORECASE,
)
"""Words that say more of something, or point back to it ("lubangnya …", "yang tadi")."""


def hear_own(talk: Talk, turn: Turn, sent: Sent, understood: Understood) -> Turn | None:
    """What she says or sends for a case of hers; None where it is not for one."""
    asked = turn.dialogue.contributing
    if _is_around(sent, understood, asked):
        return None
    if sent.reply_to:
        return turn.then(FindAwaited(sent))
    if asked:
        return _contribute(talk, turn, asked, sent, understood)
    return hear_after_answer(talk, turn, sent, understood) if isinstance(sent, SentPhoto) else None


def hear_after_answer(talk: Talk, turn: Turn, sent: Sent, understood: Understood) -> Turn | None:
    """Takes what follows an answer within minutes as more of it; None where it does not.

    A file without words goes to the case at once. Words may be about something else, so that she says what they are
    for; those that surely tell of a matter are a report.
    """
    still_open = _still_open(turn, sent.at)
    if still_open is None:
        return None
    grown = _grown(talk, still_open, sent)
    if not grown.words:
        return turn.then(action_of(grown))
    message = understood.message
    if isinstance(sent, Said) and (message.sure or message.emergency or message.sensitive):
        return None
    choices = (f"add.{still_open.ticket}",)
    return _offer_choices(talk, turn, replace(grown, ticket="", action="", choices=choices))


def _still_open(turn: Turn, at: datetime) -> Contribution | None:
    """What she adds to an answer that she gave minutes ago; None where she begins something else."""
    answered = turn.dialogue.answered
    if answered is None or turn.dialogue.draft or at - answered.at > STAYS_OPEN:
        return None
    return Contribution(at, answered.ticket, "add")


def hear_own_pin(talk: Talk, turn: Turn, pin: SharedPlace, understood: Understood) -> Turn | None:
    """A pin that answers what she is asked, in words; None where she is asked nothing."""
    place = understood.message.place
    asked = turn.dialogue.contributing or _still_open(turn, pin.at)
    if asked is None:
        return None
    named = [name for name in (place.village or place.district or place.outside,) if name]
    words = " · ".join([*named, f"{pin.lat:.5f}, {pin.lon:.5f}"])
    return _contribute(talk, turn, asked, Said(id=pin.id, at=pin.at, text=words), understood)


def without_refused(turn: Turn, refused: FilesRefused) -> Turn:
    """What could not be kept does not go to a case either."""
    asked, gone = turn.dialogue.contributing, {file.file_id for file in refused.files}
    if asked is None:
        return turn
    kept = replace(asked, files=tuple(file for file in asked.files if file.file_id not in gone))
    return with_contribution(turn, turn.dialogue.step, kept)


def hear_awaited(talk: Talk, turn: Turn, found: AwaitedFound, understood: Understood) -> Turn | None:
    """What she wrote unasked may be about these cases; None where it is about none."""
    if found.is_reply and any("reply" in case.may for case in found.cases):
        asked = Contribution(found.at, found.cases[0].ticket, "reply")
        return _contribute(talk, turn, asked, found.sent, understood)
    choices = tuple(choice for case in found.cases for choice in _choices(case, is_reply=found.is_reply))
    if not choices:
        return None
    said = tuple((case.ticket, case.said) for case in found.cases if case.said)
    return _offer_choices(talk, turn, _grown(talk, Contribution(found.at, choices=choices, said=said), found.sent))


def _contribute(talk: Talk, turn: Turn, asked: Contribution, sent: Sent, understood: Understood) -> Turn:
    grown = _grown(talk, asked, sent)
    if asked.choices:
        return _offer_choices(talk, turn, grown)
    if sent.at - asked.asked_at > A_WHILE or (asked.action == REMARK and _tells_of_something(understood)):
        choice = asked.action if asked.action in CHOICES else "add"
        return _offer_choices(talk, turn, replace(grown, choices=(f"{choice}.{asked.ticket}",)))
    if isinstance(sent, Said):
        return turn.then(action_of(grown))
    return talk.offer(with_contribution(turn, CONTRIBUTE, grown))


def _offer_choices(talk: Talk, turn: Turn, asked: Contribution) -> Turn:
    return talk.offer(with_contribution(turn.with_aside(asked.words), CHOOSE, asked))


def offer_to_add(talk: Talk, turn: Turn, words: str, at: datetime, *, note: Line | None = None) -> Turn:
    """What she says after a report may belong to the one that she sent last, or be a new one: she chooses."""
    choices = (f"add.{turn.dialogue.filed[-1].ticket}",)
    asked = Contribution(at, words=words, choices=choices)
    return talk.offer(with_contribution(turn.with_aside(words), CHOOSE, asked), note=note)


def goes_on(said: Said, understood: Understood, sent: FiledDraft) -> bool:
    """Whether a few words say more of what was reported, or put it right: "airnya juga bau got".

    They refer to it, or are about nothing else, and name no place of their own; or they say where, without a village,
    which another report would name, too.
    """
    meaning, leading = understood.message, understood.leading
    is_heard = leading is not None and leading.confidence >= SURE
    if len(said.text.split()) > WORDS_OF_MORE or meaning.sensitive or understood.asks:
        return False
    if is_heard and leading is not None and leading.name.startswith("correct_"):
        return True
    is_of_it = not meaning.sure or meaning.categories[0].name == sent.category
    is_told = is_heard and leading is not None and leading.name in TELLS and is_of_it
    refers = bool(_MORE.search(said.text))
    if meaning.emergency and not (refers or (meaning.sure and is_of_it)):
        return False
    says_where = understood.looks_like_place and not (meaning.place.district or meaning.place.outside)
    return (meaning.place == Place() or says_where) and (is_told or refers)


def asks_of_it(understood: Understood, sent: FiledDraft) -> bool:
    """Whether a question without a place is about what was just reported: "kapan dikerjakan jalannya"."""
    meaning = understood.message
    is_of_it = bool(meaning.categories) and meaning.categories[0].name == sent.category
    return understood.asks and is_of_it and not (meaning.place != Place() or meaning.emergency or meaning.sensitive)


def _choices(case: AwaitedCase, *, is_reply: bool) -> list[str]:
    """What words may be for; only where they answer a message of ours may they simply be added."""
    wanted = [action for action in ("reply", "confirm", "dispute") if action in case.may]
    added = ["add"] if is_reply and not wanted and "add" in case.may else []
    return [f"{action}.{case.ticket}" for action in (*wanted, *added)]


def _grown(talk: Talk, asked: Contribution, sent: Sent) -> Contribution:
    """With what she sent now; nothing twice, and no more files than a report may have."""
    words = (sent.text if isinstance(sent, Said) else sent.caption).strip()
    is_new = bool(words) and words not in asked.words.split("\n")
    joined = "\n".join(part for part in (asked.words, words) if part) if is_new else asked.words
    new = (File(sent.kind, sent.file_id),) if isinstance(sent, SentPhoto) else ()
    files = tuple(dict.fromkeys((*asked.files, *new)))[: talk.catalogue.most_files]
    return replace(asked, words=joined, files=files)


def _is_around(sent: Sent, understood: Understood, asked: Contribution | None) -> bool:
    """A command, a ticket number, a sign without words, a few polite words, or what is about her own data."""
    if isinstance(sent, SentPhoto):
        return False
    words = sent.text.split()
    if sent.text.startswith("/") or not any(letter.isalnum() for letter in sent.text):
        return True
    if is_of_own_data(sent.text) or asks_new_link(sent.text) or wish_to_join(sent.text):
        return True
    is_short = len(words) <= WORDS_OF_SMALL_TALK
    if is_short and understood.tickets:
        return True
    is_remark = asked is not None and asked.action == REMARK
    return is_short and not is_remark and understood.surely_means(AROUND)


def _tells_of_something(understood: Understood) -> bool:
    """Words to a rating are hardly ever of a matter at a place: that is something new."""
    message = understood.message
    return message.sure or message.place.is_known() or message.emergency or message.sensitive


def action_of(asked: Contribution) -> DoOwnCase:
    """What she has sent, as something to be done."""
    return DoOwnCase(asked.ticket, asked.action, asked.seen, asked.words, asked.files)


def with_contribution(turn: Turn, step: str, asked: Contribution | None) -> Turn:
    """At this step of saying something of a case."""
    turn = turn.at(step, asked.ticket if asked else "")
    return replace(turn, dialogue=replace(turn.dialogue, contribution=asked))


def at_rest(turn: Turn) -> Turn:
    """Nothing is asked about a case of hers any more."""
    step = turn.dialogue.step if turn.dialogue.contributing is None else IDLE
    return with_contribution(turn, step, None).with_aside("") if turn.dialogue.contributing else turn


def leave_contribution(talk: Talk, turn: Turn) -> Turn:
    """She would rather say nothing, or nothing more."""
    asked = turn.dialogue.contributing
    if asked is None or not asked.ticket:
        return go_on(talk, at_rest(turn).say(line("deny")))
    said = line("own-remark-none") if asked.action == REMARK else line("own-kept", ticket=asked.ticket)
    return go_on(talk, at_rest(turn).say(said))


def go_on(talk: Talk, turn: Turn) -> Turn:
    """Back to an open report, where there is one."""
    return talk.proceed(turn) if turn.dialogue.draft else turn
