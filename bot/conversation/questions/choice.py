"""A question that is answered with one of a few buttons, and kept in `Draft.answers` under its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import Draft
from bot.conversation.presses.press import Press, stale_button
from bot.conversation.questions.question import BrokenFlow, DraftPress, OpenScreen, Question, opens
from bot.conversation.screen import Button, Line, Screen, button, line, screen
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

if TYPE_CHECKING:
    from bot.conversation.talk import Talk

SKIPPED = ""
"""The answer of a citizen who pressed Lewati."""
FORM_OF_A_NAME = re.compile(r"[a-z]+(-[a-z]+)*")
LONGEST_PRESS = 30
"""Letters of question and choice in one button: a channel carries 64 bytes, with the draft's key and a signature."""


@dataclass(frozen=True)
class Choice(Question):
    """One of a few choices.

    Its words are two texts: `<name>-ask` is the question, and `<name>-label`, with a variant for each choice in
    `$choice`, is what its buttons and the card say; the variant `*[title]` names the question itself.

    Attributes:
        choices: from two on, as the draft keeps them and the variants of the label are called.
        can_skip: whether it has Lewati.

    Raises:
        BrokenFlow: a name that no text key or button can have, or too few choices.
    """

    name: str
    choices: tuple[str, ...]
    can_skip: bool = True

    def __post_init__(self) -> None:
        """Refuse names that no text key or button can have, and a question without a choice."""
        if wrong := [name for name in (self.name, *self.choices) if not FORM_OF_A_NAME.fullmatch(name)]:
            raise BrokenFlow(f"question {self.name!r}: {wrong} must be small letters, with - between words")
        if len(set(self.choices)) != len(self.choices) or len(self.choices) < 2:  # noqa: PLR2004 - one is no choice
            raise BrokenFlow(f"question {self.name!r}: give it two choices or more, each once")
        if "title" in self.choices:
            raise BrokenFlow(f"question {self.name!r}: call the choice 'title' otherwise, it names the question")
        if too_long := [one for one in self.choices if len(f"{self.name}:{one}") > LONGEST_PRESS]:
            raise BrokenFlow(f"question {self.name!r}: shorten {too_long}, a button holds {LONGEST_PRESS} letters")

    @property
    def text_keys(self) -> frozenset[str]:
        """The question, the label, and the buttons below."""
        return frozenset({f"{self.name}-ask", f"{self.name}-label", "button-skip", "button-cancel", "button-back"})

    def is_done(self, draft: Draft) -> bool:
        """She chose, or skipped it. What an older version offered and this one does not is asked anew."""
        answer = draft.answers.get(self.name)
        return answer in self.choices or (self.can_skip and answer == SKIPPED)

    def screen(self, draft: Draft, catalogue: Catalogue) -> Screen:
        """The question, with a button for each choice, Lewati where it may be skipped, and Batal."""
        del catalogue
        return self._ask(draft, button("cancel", "cancel", draft.key))

    @property
    def screens(self) -> Mapping[str, OpenScreen]:
        """The same question, asked again behind Ubah."""
        return {f"new-{self.name}": self._ask_again}

    @property
    def presses(self) -> Mapping[str, DraftPress]:
        """A button of one choice, and the one behind Ubah that asks again."""
        return {self.name: self._choose, f"change-{self.name}": opens(f"new-{self.name}")}

    def skip(self, talk: Talk, turn: Turn, draft: Draft) -> Turn:
        """Go on without an answer, where the question may be skipped."""
        return self._take(talk, turn, draft, SKIPPED) if self.can_skip else talk.proceed(turn)

    def card_lines(self, draft: Draft, catalogue: Catalogue) -> Iterable[Line]:
        """What the question is about, and what she chose."""
        del catalogue
        return [self._line("card-answer", draft)] if self.is_done(draft) else []

    def change_button(self, draft: Draft) -> Button | None:
        """Its button behind Ubah, labelled with what the question is about."""
        return Button(self._label("title"), f"change-{self.name}@{draft.key}")

    def filed_lines(self, draft: Draft) -> Iterable[Line]:
        """As on the card; nothing of what she skipped."""
        return [self._line("card-answer", draft)] if draft.answers.get(self.name) in self.choices else []

    def labels(self) -> Iterator[Line]:
        """The question's own and one for each choice."""
        return (self._label(choice) for choice in ("title", *self.choices))

    def _label(self, choice: str) -> Line:
        return line(f"{self.name}-label", choice=choice)

    def _line(self, key: str, draft: Draft) -> Line:
        answer = draft.answers[self.name]
        said = self._label(answer) if answer in self.choices else line("answer-skipped")
        return line(key, question=(self._label("title"),), answer=(said,))

    def _ask(self, draft: Draft, last: Button) -> Screen:
        choices = [[Button(self._label(one), f"{self.name}:{one}@{draft.key}")] for one in self.choices]
        skip = [button("skip", "skip", draft.key)] if self.can_skip else []
        return screen(line(f"{self.name}-ask"), rows=[*choices, [*skip, last]])

    def _ask_again(self, draft: Draft, about: str, catalogue: Catalogue) -> Screen:
        del about, catalogue
        return self._ask(draft, button("back", "back", draft.key))

    def _choose(self, talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
        del understood
        if press.about not in self.choices:
            return stale_button(talk, turn, press)
        return self._take(talk, turn, draft, press.about)

    def _take(self, talk: Talk, turn: Turn, draft: Draft, answer: str) -> Turn:
        changed = replace(draft, answers={**draft.answers, self.name: answer})
        return talk.change_draft(turn, changed, note=self._line("answer-noted", changed))
