"""What happened, in her own words: the question that every other answer is understood from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import Draft, StoryPiece
from bot.conversation.events import Said
from bot.conversation.questions.question import DraftPress, OpenScreen, Precedence, Question, opens
from bot.conversation.screen import Button, Line, Screen, button, line, screen
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

if TYPE_CHECKING:
    from bot.conversation.presses.press import Press
    from bot.conversation.talk import Talk

FEWEST_WORDS_AT_A_PLACE = 2
LONGEST_SHOWN = 2_400
BEGINNING_SHOWN, END_SHOWN = 1_600, 600
"""Letters of a story on a card; a message of Telegram holds 4,096 with everything else on it."""


@dataclass(frozen=True)
class StoryQuestion(Question):
    """The story, in as many messages as she likes.

    Attributes:
        at_least_words: fewer tell nobody what happened; she is asked for more.
    """

    at_least_words: int
    name: str = "story"

    @property
    def text_keys(self) -> frozenset[str]:
        """The question, the same after too few words, and what changes it."""
        asked = {
            f"{self.name}-ask",
            f"{self.name}-ask-there",
            f"{self.name}-too-short",
            f"{self.name}-too-short-there",
            "new-story-ask",
            "new-story-ask-long",
        }
        return frozenset({*asked, "card-story", "card-story-long", "button-change-story", "button-cancel"})

    def is_done(self, draft: Draft) -> bool:
        """Whether the story has enough words to be understood; fewer do where the place and the matter are sure."""
        fewest = FEWEST_WORDS_AT_A_PLACE if _is_there(draft) and draft.meaning.sure else self.at_least_words
        return len(draft.story.split()) >= fewest

    def screen(self, draft: Draft, catalogue: Catalogue) -> Screen:
        """The question; after too few words, for some more."""
        del catalogue
        moment = "too-short" if draft.pieces else "ask"
        moment = f"{moment}-there" if _is_there(draft) else moment
        return screen(line(f"{self.name}-{moment}"), rows=[[button("cancel", "cancel", draft.key)]])

    def precedence(self, step: str) -> Precedence:
        """She asked to write it anew: that cannot be about another report."""
        return Precedence.AFTER_SMALL_TALK if step == "new-story" else Precedence.AFTER_A_DAY_AWAY

    def accepts(self, words: str, draft: Draft, understood: Understood) -> bool:
        """Any words are part of the story."""
        del words, draft, understood
        return True

    def answer(self, talk: Talk, turn: Turn, draft: Draft, said: Said, understood: Understood) -> Turn:
        """Words are added; behind Ubah they take the story's place, and everything else of the draft stays."""
        if turn.dialogue.step != "new-story":
            return add_to_story(talk, turn, draft, said, understood)
        changed = replace(draft.touched(said.at), pieces=pieces_of(said))
        return talk.proceed(talk.tell(turn.with_draft(None), changed, understood), note=line("story-replaced"))

    @property
    def presses(self) -> Mapping[str, DraftPress]:
        """Its entry behind Ubah, and "write more" on a card."""
        return {"change-story": opens("new-story"), "more": _more}

    @property
    def screens(self) -> Mapping[str, OpenScreen]:
        """The story as it stands, to be written anew."""
        return {"new-story": _ask_anew}

    def card_lines(self, draft: Draft, catalogue: Catalogue) -> Iterable[Line]:
        """The story, or that there is none yet."""
        del catalogue
        return [story_line("card-story", draft.story) if draft.pieces else line("card-no-story")]

    def change_button(self, draft: Draft) -> Button | None:
        """Its button behind Ubah, after which the story is written anew."""
        return button("change-story", "change-story", draft.key)


def _is_there(draft: Draft) -> bool:
    """Whether she said where before she said what."""
    return draft.given_place is not None and not draft.given_place.skipped


def story_line(text_key: str, story: str) -> Line:
    """A story as a message shows it; of a very long one the beginning and the end, so that it stays one message."""
    if len(story) <= LONGEST_SHOWN:
        return line(text_key, story=story)
    left_out = line("story-left-out", count=len(story) - BEGINNING_SHOWN - END_SHOWN)
    return line(f"{text_key}-long", beginning=story[:BEGINNING_SHOWN], middle=(left_out,), end=story[-END_SHOWN:])


def add_to_story(talk: Talk, turn: Turn, draft: Draft, said: Said, understood: Understood) -> Turn:
    """The story with these words behind it, unless they stand there; other answers are put right by them."""
    if is_told(draft, said.text):
        return talk.proceed(turn, note=line("story-same"))
    is_at_card = talk.is_at_card(turn.dialogue) and not draft.is_blank
    grown = replace(draft.touched(said.at), pieces=(*draft.pieces, *pieces_of(said)))
    for question in talk.flow.questions:
        grown = question.put_right(grown, understood)
    turn = talk.tell(turn, grown, understood)
    if is_at_card:
        return talk.proceed(turn.say(line("story-added")), in_place=True)
    is_enough = len(grown.story.split()) >= STORY.at_least_words
    return talk.proceed(turn, note=line("story-noted") if is_enough and not draft.is_blank else None)


def is_told(draft: Draft, words: str) -> bool:
    """Whether one of her messages says just this."""
    return _same(words) in {_same(piece.text) for piece in draft.pieces}


def pieces_of(said: Said) -> tuple[StoryPiece, ...]:
    """Each of these messages as a piece of a story."""
    return tuple(StoryPiece(ref, text) for ref, text in said.messages)


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def _more(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    """Tell her that whatever she writes next is added to the story."""
    del draft, press, understood
    return talk.proceed(turn, note=line("story-more"))


def _ask_anew(draft: Draft, about: str, catalogue: Catalogue) -> Screen:
    del about, catalogue
    return screen(story_line("new-story-ask", draft.story), rows=[[button("back", "back", draft.key)]])


STORY = StoryQuestion(at_least_words=3)
