"""Words that press a button: its own, its number in a plain-text channel, a standing one like Kirim, or a wish."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.messaging.records import ChatRecord
from bot.understanding.acts.certain import is_yes_to_deleting
from bot.understanding.cues import wish

NOT_LETTERS = re.compile(r"[^\w&]+")
ALWAYS_PRESSABLE = ("send", "change", "skip", "back", "cancel")
"""Buttons whose words are never taken for a story while a draft is open, shown or not."""


NEED_THE_BUTTON = frozenset({"publish"})
"""What is only done by the button, or its own words: words that are near to it are asked about."""


WHERE_SHOWN = frozenset({"split", "join"})
"""What is only wished for where its button stands: elsewhere the same words are about something else."""


def bare(words: str) -> str:
    """Words without case, punctuation and emoji."""
    return NOT_LETTERS.sub(" ", words.casefold()).strip()


POLITE = frozenset(
    "ok oke okay ya iya yes pak bu bapak ibu min mas mbak kak bang tolong dong deh sip saja aja please".split()  # noqa: SIM905
)
"""Said around a button's word, and no part of it."""


def plain_words(words: str) -> str:
    """Bare words without what is said out of politeness."""
    return " ".join(word for word in bare(words).split() if word not in POLITE)


def pressed_by(words: str, record: ChatRecord, case_state: Mapping[str, str], *, plain: bool) -> str | None:
    """What these words press.

    Args:
        words: as she typed them.
        record: the chat, with the buttons now shown.
        case_state: the words of each of `ALWAYS_PRESSABLE`, by verb, in her language.
        plain: a number presses the button of that number; elsewhere it does where `record.is_numbered`.

    Returns:
        What the button says, or None when the words press none. With a draft open, what she wants done with it in
        words of her own counts, too ("mau dirahasiakan aja").
    """
    said = bare(words)
    if not said:
        return None
    if (plain or record.is_numbered) and said.isdecimal() and 1 <= int(said) <= len(record.shown):
        return record.shown[int(said) - 1].press
    wanted = plain_words(words)
    for same, meant in ((bare, said), (plain_words, wanted)):
        for button in reversed(record.shown):
            if meant and same(button.words) == meant:
                return button.press
    if not record.dialogue.draft or (record.dialogue.step == "cancel" and wanted != said and is_yes_to_deleting(words)):
        return None  # "ya, batal" answers the question whether to delete; it does not ask for it again
    return next((verb for verb, label in case_state.items() if wanted and bare(label) == wanted), None) or _wished(
        words, record
    )


def _wished(words: str, record: ChatRecord) -> str | None:
    """What she wants in words of her own; to publish needs the button's own words."""
    verb = wish(words)
    if verb == "send" and record.dialogue.step == "cancel":
        return None  # who is asked whether to delete it reads the card again before it goes
    if verb in WHERE_SHOWN:
        presses = (button.press for button in reversed(record.shown))
        return next((press for press in presses if press.partition("@")[0] == verb), None)
    return None if verb in NEED_THE_BUTTON else verb
