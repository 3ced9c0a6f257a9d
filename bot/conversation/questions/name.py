"""Her name: none, unless she presses Cantumkan nama; then her profile's, or what she types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import Draft
from bot.conversation.events import Said
from bot.conversation.questions.question import DraftPress, Precedence, Question
from bot.conversation.screen import Button, Line, button, line
from bot.conversation.turn import Turn
from bot.conversation.turn_context import SURE, Understood
from bot.understanding.acts.certain import may_be_name

if TYPE_CHECKING:
    from bot.conversation.presses.press import Press
    from bot.conversation.talk import Talk

WORDS_OF_A_NAME = 6
LETTERS_OF_A_NAME = 60
ANSWERS = frozenset({"answer", "correct_name", "want_named"})
"""Dialogue acts that say a name."""
RATHER_NOT = frozenset({"deny", "cancel"})
"""Intents of words that say that she would rather not give one."""

_ABOUT_IT = re.compile(
    r"^(?:(?:eh|oke|ya|tulis|pakai|pake|gunakan|cantumkan|catat)\W+)*(?:nama(?:ku| (?:saya|aku|sy))?)\W+"
    r"(?:adalah\W+|itu\W+)?",
    re.IGNORECASE,
)
"""What is said before a name: "nama saya …"."""
_BEHIND_IT = re.compile(
    r"(?:\W+(?:(?:di)?(?:tulis|cantumkan|catat|pakai|pake|sebut(?:kan)?|masukkan)|boleh|silakan|gapapa|tidak apa-apa))?"
    r"(?:\W+(?:saja|aja|ya|yah|deh|dong|boleh|gapapa|pak|bu|min|kak|mas|mbak))*\W*$",
    re.IGNORECASE,
)
"""What is said behind a name, and does not refuse it: "… ditulis aja"."""


@dataclass(frozen=True)
class NameQuestion(Question):
    """The name of a citizen who wants to be named."""

    name: str = "name"

    @property
    def text_keys(self) -> frozenset[str]:
        """What asks for it, its buttons, and what is said of it."""
        asked = {"name-ask", "name-from-profile", "name-noted", "name-dropped", "name-none"}
        buttons = {"button-name", "button-drop-name", "button-stay-anonymous"}
        return frozenset({*asked, *buttons, "card-named", "card-anonymous"})

    def precedence(self, step: str) -> Precedence:
        """Before small talk, because a name may read like a greeting."""
        del step
        return Precedence.BEFORE_SMALL_TALK

    def accepts(self, words: str, draft: Draft, understood: Understood) -> bool:
        """Whether the words are few enough to be a name, and do nothing else."""
        del draft
        leading = understood.leading
        few = len(words.split()) <= WORDS_OF_A_NAME
        if few and says_own_name(words, understood):
            return True
        is_other = leading is not None and leading.confidence >= SURE and leading.name not in ANSWERS
        return few and not is_other and (_says_name(words, understood) or understood.surely_means(RATHER_NOT))

    def answer(self, talk: Talk, turn: Turn, draft: Draft, said: Said, understood: Understood) -> Turn:
        """The name as typed, unless the words say that she would rather not give one."""
        if understood.surely_means(RATHER_NOT):
            return talk.proceed(turn)
        typed = _name_in(said.text) or said.text.strip()
        name = (typed if _is_name(said.text, understood) else understood.name)[:LETTERS_OF_A_NAME]
        return talk.change_draft(turn, replace(draft.touched(said.at), name=name), note=line("name-noted", name=name))

    @property
    def presses(self) -> Mapping[str, DraftPress]:
        """The buttons that give the profile's name, take a given name back, and leave the report without one."""
        return {"name": _take_from_profile, "drop-name": _drop, "stay-anonymous": _stay_anonymous}

    def option(self, draft: Draft) -> Button | None:
        """Cantumkan nama, or the button that takes the name back."""
        verb = "drop-name" if draft.name else "name"
        return button(verb, verb, draft.key)

    def waited_for(self, draft: Draft) -> Line | None:
        """Another than the profile's, or one at all."""
        return line("name-from-profile", name=draft.name) if draft.name else line("name-ask")

    def card_lines(self, draft: Draft, catalogue: Catalogue) -> Iterable[Line]:
        """The name, or that the report is anonymous."""
        del catalogue
        return [line("card-named", name=draft.name) if draft.name else line("card-anonymous")]


def _says_name(words: str, understood: Understood) -> bool:
    return bool(understood.name) or _is_name(words, understood)


def opens_with_name(words: str) -> bool:
    """Whether they begin as one says one's name: "nama saya …"."""
    return bool(_ABOUT_IT.match(words))


def says_own_name(words: str, understood: Understood) -> bool:
    """Whether they say "nama saya …" with a name, and nothing that refuses it: certain, whatever a model hears."""
    return bool(understood.name) and bool(_ABOUT_IT.match(words)) and _name_in(words) == understood.name


def _is_name(words: str, understood: Understood) -> bool:
    """Whether the whole of the words is a name, but for what is said around one."""
    return understood.may_be_name or bool(_ABOUT_IT.match(words) and may_be_name(_name_in(words)))


def _name_in(words: str) -> str:
    """The name alone, without what is said around it."""
    return _BEHIND_IT.sub("", _ABOUT_IT.sub("", " ".join(words.split()))).strip(" .,!")


def _take_from_profile(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del understood
    name = (press.event.name or "").strip()
    return talk.offer(turn.with_draft(replace(draft, name=name or None)).at(NAME.name), in_place=True)


def _stay_anonymous(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del draft, press, understood
    return talk.proceed(turn, note=line("name-none"))


def _drop(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del press, understood
    return talk.change_draft(turn, replace(draft, name=None), note=line("name-dropped"))


NAME = NameQuestion()
