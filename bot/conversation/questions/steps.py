"""The kinds of step a report is made of: a question in words, a place, and the card."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.conversation.catalogue import Catalogue
from bot.conversation.dialogue import Draft
from bot.conversation.effects import FileCase
from bot.conversation.matters import offer_line
from bot.conversation.others_cases.nearby import nearby_lines, support_buttons
from bot.conversation.questions.card import card_lines
from bot.conversation.questions.options import Option
from bot.conversation.screen import Button, ButtonKind, Label, LabelSource, Line, Screen, button, line, screen


def count_words(text: str) -> int:
    """Words as a reader counts them."""
    return len(text.split())


@dataclass(frozen=True, slots=True)
class Ask:
    """A question answered in words: `<name>-ask`, and `<name>-too-short` after too few of them."""

    name: str
    at_least_words: int
    understand: bool = True
    ends: bool = False

    @property
    def text_keys(self) -> frozenset[str]:
        """The question, and the same asked again."""
        return frozenset({f"{self.name}-ask", f"{self.name}-too-short", "button-cancel"})

    def is_done(self, draft: Draft) -> bool:
        """Enough was told."""
        return count_words(draft.story) >= self.at_least_words

    def screen(self, draft: Draft, catalogue: Catalogue) -> Screen:
        """The question."""
        del catalogue
        moment = "too-short" if draft.pieces else "ask"
        return screen(line(f"{self.name}-{moment}"), rows=[[button("cancel", "cancel", draft.key)]])


def place_is_known(draft: Draft) -> bool:
    """Somebody could go there, or she does not want to say."""
    given = draft.given_place
    return draft.place.is_known() or bool(given and (given.words or given.pin or given.skipped))


@dataclass(frozen=True, slots=True)
class Locate:
    """Where it is: a pin, words, or Lewati."""

    name: str
    unless: Callable[[Draft], bool]
    ends: bool = False

    @property
    def text_keys(self) -> frozenset[str]:
        """The question, as it is put after a question of hers too, and its buttons."""
        asked = {f"{self.name}-{moment}" for moment in ("ask", "ask-information")}
        return frozenset({*asked, "button-share-place", "button-skip", "button-cancel"})

    def is_done(self, draft: Draft) -> bool:
        """The place is known or skipped."""
        return self.unless(draft)

    def screen(self, draft: Draft, catalogue: Catalogue) -> Screen:
        """The question, with buttons where the letters are: only there can a phone share its position."""
        del catalogue
        moment = "ask-information" if draft.report_type == "information" else "ask"
        share = Button(Line("button-share-place"), "share-place", ButtonKind.SHARE_PLACE)
        skip, cancel = button("skip", "skip", draft.key), button("cancel", "cancel", draft.key)
        return screen(line(f"{self.name}-{moment}"), rows=[[share], [skip, cancel]], as_keyboard=True)


def likeliest_categories(draft: Draft) -> tuple[str, ...]:
    """The three best guesses; fewer only when nothing was understood at all."""
    return tuple(guess.name for guess in draft.meaning.categories[:3])


@dataclass(frozen=True, slots=True)
class Review:
    """The card: everything as it stands, and Kirim.

    While the category is in doubt the card carries `in_doubt`'s categories, *Lihat semua* and *Tidak tahu*
    in the place of Kirim; before them *Pisahkan*, which leaves nothing in doubt, where there are two matters.
    """

    name: str
    send: type[FileCase]
    in_doubt: Callable[[Draft], tuple[str, ...]]
    options: tuple[Option, ...]
    ends: bool = True

    @property
    def text_keys(self) -> frozenset[str]:
        """What every card shows; the lines that depend on the draft are found by the text files' own test."""
        keys = {
            f"{self.name}-card",
            f"{self.name}-choose",
            "button-send",
            "button-all",
            "button-unknown",
            "button-split",
            "button-join",
            "button-cancel",
            "button-support",
            "card-nearby",
            "card-nearby-same",
        }
        return frozenset(keys.union(*(option.text_keys for option in self.options)))

    def is_done(self, draft: Draft) -> bool:
        """Never: only Kirim ends it."""
        del draft
        return False

    def screen(self, draft: Draft, catalogue: Catalogue) -> Screen:
        """The card."""
        options = [option.button(draft) for option in self.options]
        pairs = [options[i : i + 2] for i in range(0, len(options), 2)]
        last = [[button("cancel", "cancel", draft.key)]]
        moment = "card" if draft.decided_category else "choose"
        offer = [offer_line(draft)] if draft.matters else []
        lines = (line(f"{self.name}-{moment}"), *offer, *nearby_lines(draft), *card_lines(draft, catalogue))
        return screen(*lines, rows=[*self._decide(draft), *pairs, *last], files=draft.file_ids)

    def _decide(self, draft: Draft) -> Iterator[list[Button]]:
        """Kirim, or what is in doubt; two matters in one story may be divided, and joined until the first is filed."""
        split = [button("split", "split", draft.key)] if draft.matters else []
        if draft.decided_category:
            yield [button("send", "send", draft.key)]
        else:
            yield split
            yield from self._choose(draft)
        yield from ([one] for one in support_buttons(draft))
        if draft.decided_category:
            yield split
        if draft.whole is not None:
            yield [button("join", "join", draft.key)]

    def _choose(self, draft: Draft) -> list[list[Button]]:
        likely = [
            [Button(Label(LabelSource.CATEGORY, slug), f"pick:{slug}@{draft.key}")] for slug in self.in_doubt(draft)
        ]
        return [*likely, [button("all", "all", draft.key), button("unknown", "unknown", draft.key)]]
