"""What one step of the talk knows about the words it was given, gathered at the rim and handed in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.understanding.acts.dialogue_act import AskedMessage, DialogueAct
from bot.understanding.understood import Meaning, Place

SURE = 0.5
"""So sure an intent must be to be acted upon."""
SURE_OF_A_WISH = 0.45
"""So sure a wish must be that only protects her: secrecy, no name, keeping, waiting."""
MATTERS = frozenset({"complaint", "aspiration"})
"""Intents whose words tell of something, also where they are put as a question."""

CONTENT = frozenset({"", "answer", "tell", "danger", "correct_place", "correct_story", "correct_time", "other_matter"})
"""Acts whose words are what she tells, or an answer."""

BESIDE_A_PLACE = frozenset({"answer", "correct_place", "skip", "small_talk"})
"""Acts that say where, or take nothing from it."""


@dataclass(frozen=True, slots=True)
class TicketSeen:
    """A ticket number in the words, as it should be written. `mistyped`: its check symbol is wrong."""

    number: str
    mistyped: bool = False


@dataclass(frozen=True, slots=True)
class SaidPlace:
    """The part of a message that says where, as it was typed, and the place that it names, if one is known."""

    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of an event's words.

    Attributes:
        message: these words alone. For a pin, `message.place` is where it lies.
        stories: what whole stories mean that these words may become part of, and each matter of such a story, by text.
        divisions: the matters of a story that holds several, in its own words, by story.
        answer: key of the answer, when the words ask about the service itself.
        corrects: the words put something right that was said before ("eh bukan, di …").
        asks, scolds: the words are a question; they are an insult and nothing else.
        requests: they ask that something be done ("mohon diangkut, terima kasih").
        pauses: they begin with asking for a moment ("bentar ya"). fears: they only say that she is afraid to report.
        follows_up: they are about a report that was sent: how it goes, or something to add ("kapan diperbaiki").
        wish: what she wants done with her report, as the verb of its button ("mau dirahasiakan aja").
        opens_with_place: the first of them says where, or is a kind of place ("belakang …", "warung …").
        answer_is_exact: they ask for that answer almost word by word.
        announces: the words only say that a report will come ("mau lapor pak").
        acts: what the words do after what was asked, in order, as a model hears it; empty without one.
        certain: the one dialogue act that they have without any model; "" for none.
        yes_to_deleting: they mean "yes, delete it" and nothing else. negates: they refuse, or want to go on.
        looks_like_place: they say where, and nothing more. may_be_place: a few words that do nothing else, though none
            says where.
        may_be_name: they may be somebody's name. name: the one that they give as hers, where they want her named.
        beside: they only say that nothing is said ("terserah").
        place_said: the part that says where, of a message that does something else, too, where the place was asked.
        asked_message: the message and its likely acts, where trainers may learn from it; None else.
    """

    message: Meaning = field(default_factory=Meaning.nothing)
    stories: Mapping[str, Meaning] = field(default_factory=dict)
    divisions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tickets: tuple[TicketSeen, ...] = ()
    answer: str | None = None
    corrects: bool = False
    announces: bool = False
    asks: bool = False
    scolds: bool = False
    requests: bool = False
    pauses: bool = False
    fears: bool = False
    follows_up: bool = False
    wish: str | None = None
    opens_with_place: bool = False
    answer_is_exact: bool = False
    acts: tuple[DialogueAct, ...] = ()
    certain: str = ""
    yes_to_deleting: bool = False
    negates: bool = False
    looks_like_place: bool = False
    may_be_place: bool = False
    may_be_name: bool = False
    name: str = ""
    beside: bool = False
    place_said: SaidPlace | None = None
    asked_message: AskedMessage | None = None

    @property
    def leading(self) -> DialogueAct | None:
        """What the words do first of all; None without a model where nothing is certain."""
        if self.certain:
            return DialogueAct(self.certain, 1.0, "")
        return self.acts[0] if self.acts and self.acts[0].name else None

    @property
    def told(self) -> str:
        """Of words that do several things, those that tell or answer; "" for any other words."""
        return told_by(self.acts)

    @property
    def acts_beside_place(self) -> tuple[DialogueAct, ...]:
        """What the words do besides saying where it is; courtesies and "I do not know" are left out."""
        return tuple(one for one in self.acts if one.name not in BESIDE_A_PLACE)

    def means(self, *intents: str) -> bool:
        """Whether the intent of these words is one of these, however sure."""
        return self.message.intent.name in intents

    @classmethod
    def nothing(cls) -> Understood:
        """For an event without words."""
        return cls()

    def story(self, text: str) -> Meaning:
        """What this story means; where only the last words were understood, what those mean."""
        return self.stories.get(text, self.message)

    def surely_means(self, intents: Collection[str]) -> bool:
        """Whether the intent of these words is one of these, and sure enough to be acted upon."""
        return self.message.intent.name in intents and self.message.intent.confidence >= SURE


def told_by(acts: Sequence[DialogueAct]) -> str:
    """Of words that do several things, those that tell or answer ("di waru" of "di waru, tolong rahasiakan")."""
    return ", ".join(one.words for one in acts if one.name in CONTENT) if len(acts) > 1 else ""
