"""Gathers what a turn's words mean before the turn begins: the model's labels, and rules for everything else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import Protocol
from zoneinfo import ZoneInfo

from actions.cases.ticket import Mistyped, read_back
from actions.regency.model import Regency, Region
from actions.regency.regions import locate
from bot.conversation.commands import taken_apart
from bot.conversation.dialogue import Dialogue
from bot.conversation.events import Edited, Event, Pressed, Said, SentPhoto, SharedPlace, Transcribed
from bot.conversation.moment import moment_of
from bot.conversation.turn_context import CONTENT, SaidPlace, TicketSeen, Understood, told_by
from bot.conversation.voice import transcript_of
from bot.messaging.name_said import name_said
from bot.messaging.place_said import place_said
from bot.messaging.turn_plan import TurnPlan
from bot.understanding.acts.certain import (
    certain_act,
    is_beside_the_question,
    is_negated,
    is_yes_to_deleting,
    looks_like_place,
    may_be_name,
    may_be_place,
    parts_of_certain,
)
from bot.understanding.acts.dialogue_act import AskedMessage, DialogueAct
from bot.understanding.acts.model import ActsModel
from bot.understanding.acts.own import acts_of
from bot.understanding.answers import AnswerBook
from bot.understanding.cues import (
    announces,
    asks,
    corrects,
    fears,
    follows_up,
    opens_with_place,
    pauses,
    requests,
    scolds,
    what_is_meant,
    wish,
    without_denied,
)
from bot.understanding.danger.rules import is_emergency, is_sensitive
from bot.understanding.matters.baseline import known_matters
from bot.understanding.matters.marked import ways_to_divide
from bot.understanding.matters.model import spans_of
from bot.understanding.port import ModelAnswer, Understanding, UnderstandingState
from bot.understanding.purpose.baseline import known_purposes
from bot.understanding.understood import OTHER, Guess, Meaning, Place, When

LONGEST_UNDERSTOOD = 5_000
LONGEST_LEARNED = 300
"""Letters of a message that trainers are asked what it does: a longer one tells, nearly always."""
LIKELY_ACTS = 9
WORDS_OF_A_NAME = 4
SURE_BESIDE = 0.6
"""So sure an act beside a wish must be not to be heard as something that she tells."""
GIVES_NAME = frozenset({"want_named", "correct_name", "want_anonymous"})
"""Dialogue acts beside which she may say her name."""
BEFORE_A_NAME = ("di", "desa")
"""Words before a name that make a village of it."""


class FindsPlaces(Protocol):
    """Finds a place in words."""

    def find(self, text: str) -> Place:
        """Returns the place that these words name."""
        ...


@dataclass(frozen=True, slots=True)
class UnderstandingRules:
    """What is understood without a model: place, time, danger, sensitive matters."""

    places: FindsPlaces
    find_when: Callable[[str, date], When]
    zone: ZoneInfo

    def day_of(self, at: datetime) -> date:
        """Returns the date that a moment has in the time zone of the regency."""
        return at.astimezone(self.zone).date()

    def hear(self, text: str, reading: ModelAnswer, today: date, *, at_place: bool = False) -> Meaning:
        """Put a model's reading and the rules together.

        Args:
            text: the message.
            reading: what a model makes of it.
            today: the day of the message where it is read.
            at_place: it was asked where, so that a name alone is that of a village, though it is a word, too ("Riko").
        """
        short = text[:LONGEST_UNDERSTOOD]
        return Meaning(
            intent=reading.intent,
            categories=reading.categories,
            sure=reading.sure,
            place=self._place(short, at_place=at_place),
            when=self.find_when(without_denied(short), today),
            emergency=is_emergency(short),
            sensitive=is_sensitive(short),
        )

    def place_said(self, text: str, whole: Place, acts: Sequence[DialogueAct]) -> SaidPlace | None:
        """The part that says where, of words that do something else, too."""
        return place_said(text[:LONGEST_UNDERSTOOD], whole, acts, lambda part: self._place(part, at_place=True))

    def _place(self, text: str, *, at_place: bool) -> Place:
        """Where it is; of words that put a place right, the right one."""
        meant = what_is_meant(text)
        is_put_right = meant != text
        found = (self.places.find(meant), self._village_alone(meant, ends=True)) if is_put_right else ()
        place = next((one for one in found if one != Place()), None) or self.places.find(text)
        if place.is_known() or not at_place:
            return place
        alone = self._village_alone(meant)
        return alone if alone.is_known() else place

    def _village_alone(self, text: str, *, ends: bool = False) -> Place:
        """The village of a few words that are its name, though they are words, too; or of how they end."""
        words = text.split()
        if len(words) > WORDS_OF_A_NAME or not may_be_place(text):
            return Place()
        parts = [" ".join(words[number:]) for number in range(len(words) if ends else 1)]
        named = (self.places.find(f"{before} {part}") for part in parts for before in BEFORE_A_NAME)
        return next((one for one in named if one.village), Place())


@dataclass(slots=True)
class EventWords:
    """The words of one event of a turn, and what is to be understood of them.

    Attributes:
        texts: they themselves first, then the stories that they may become part of.
        acts: what they do after what was asked.
        asked_message: all that they may do, where trainers may learn from it.
    """

    plan: TurnPlan
    number: int
    texts: list[str] = field(init=False)
    acts: tuple[DialogueAct, ...] = ()
    asked_message: AskedMessage | None = None

    def __post_init__(self) -> None:
        """Gathers the texts."""
        self.texts = texts_of(self.plan, self.number)

    @property
    def event(self) -> Event:
        """What brought them."""
        return self.plan.events[self.number]

    @property
    def moment(self) -> str:
        """What was asked just before."""
        return moment_of(self.plan.record.dialogue)

    def with_told(self, told: str) -> list[str]:
        """Gather also the stories with what they tell alone, and return those."""
        more = texts_of(self.plan, self.number, told)
        self.texts = list(dict.fromkeys([*self.texts, *more]))
        return more


@dataclass(frozen=True, slots=True)
class UnderstandingService:
    """Understands the events of turns, all texts of a batch together."""

    understanding: Understanding
    rules: UnderstandingRules
    answers: AnswerBook
    regency: Regency

    async def listen(self, plans: Sequence[TurnPlan]) -> list[list[Understood]]:
        """What each event of each plan means, in order; without a model, keywords have answered."""
        turns = [[EventWords(plan, number) for number in range(len(plan.events))] for plan in plans]
        every = [words for turn in turns for words in turn]
        read = await self._read([text for words in every for text in words.texts])
        for words in every:
            words.acts, words.asked_message = self._acts(words, read), self._asked_message(words, read)
        told = [text for words in every if (told := told_by(words.acts)) for text in words.with_told(told)]
        read |= await self._read([text for text in told if text not in read])
        return [await self._turn_understood(turn, read) for turn in turns]

    async def _read(self, texts: Iterable[str]) -> dict[str, ModelAnswer]:
        """What a model makes of texts, and of the parts of each that may be matters of their own."""
        told = dict.fromkeys(text for text in texts if text.strip())
        every = list(dict.fromkeys([*told, *(part for text in told for part in self._parts_to_read(text))]))
        readings = await self.understanding.understand([text[:LONGEST_UNDERSTOOD] for text in every]) if every else []
        return dict(zip(every, readings, strict=True))

    async def _turn_understood(self, turn: Sequence[EventWords], read: Mapping[str, ModelAnswer]) -> list[Understood]:
        understood = []
        for words in turn:
            understood.append(self._understood(words, read))
            await asyncio.sleep(0)  # rules take milliseconds; whoever writes meanwhile is acknowledged between them
        return understood

    def _understood(self, words: EventWords, read: Mapping[str, ModelAnswer]) -> Understood:
        event, texts = words.event, words.texts
        if isinstance(event, SharedPlace):
            return Understood(Meaning(Guess("none", 0.0), place=place_of_pin(self.regency, event.lat, event.lon)))
        day, at_place = self.rules.day_of(event.at), words.moment == "place"
        divisions = {text: parts for text in texts if (parts := self._matters(text, read))}
        every = dict.fromkeys([*texts, *(part for parts in divisions.values() for part in parts)])
        meaning = {
            text: self.rules.hear(text, self._refined(text, read[text]), day, at_place=at_place and text == texts[0])
            for text in every
            if text in read
        }
        if not meaning:
            return Understood.nothing()
        understood = understood_of(texts[0], meaning, self.answers, words.acts)
        gives_name = words.moment == "name" or (understood.leading and understood.leading.name in GIVES_NAME)
        name = name_said(texts[0]) if gives_name else ""
        where = self.rules.place_said(texts[0], meaning[texts[0]].place, understood.acts) if at_place else None
        return replace(understood, divisions=divisions, name=name, place_said=where, asked_message=words.asked_message)

    def _refined(self, text: str, reading: ModelAnswer) -> ModelAnswer:
        """The reading of a text with what it is for; as it is where no compiled model answers."""
        knows = self.understanding.state is UnderstandingState.COMPILED
        return known_purposes().refined(text, reading) if knows else reading

    def _parts_to_read(self, text: str) -> Iterable[str]:
        """The parts of a text that may be matters of their own."""
        if self.understanding.state is UnderstandingState.COMPILED:
            return spans_of(text)
        return (part for parts in ways_to_divide(text) for part in parts)

    def _matters(self, text: str, read: Mapping[str, ModelAnswer]) -> tuple[str, ...]:
        """The matters of a text with several; without the compiled model what is set apart, each part surely known."""
        if self.understanding.state is UnderstandingState.COMPILED:
            is_read = read.keys() >= set(spans_of(text))
            parts = known_matters().parts_of(text, read.__getitem__) if is_read else ()
            return () if any(_is_wish(part, read[part], acts_of(self.understanding)) for part in parts) else parts
        return next((parts for parts in ways_to_divide(text) if _are_different(parts, read)), ())

    def _acts(self, words: EventWords, read: Mapping[str, ModelAnswer]) -> tuple[DialogueAct, ...]:
        """What the words do after what was asked; without the compiled model, wishes that are certain."""
        text = words.texts[0] if words.texts else ""
        if not isinstance(words.event, Said) or text not in read:
            return ()
        certain = parts_of_certain(text)
        if self.understanding.state is not UnderstandingState.COMPILED:
            return certain
        if not certain:
            return acts_of(self.understanding).hear(words.moment, text, read[text])
        return tuple(_heard_beside(certain, words.moment, read[text], acts_of(self.understanding)))

    def _asked_message(self, words: EventWords, read: Mapping[str, ModelAnswer]) -> AskedMessage | None:
        """The message and its likeliest acts; None without the compiled model, and for a long one."""
        text = words.texts[0] if words.texts else ""
        is_heard = isinstance(words.event, Said) and 0 < len(text) <= LONGEST_LEARNED and text in read
        if not is_heard or self.understanding.state is not UnderstandingState.COMPILED:
            return None
        return AskedMessage(
            words.moment, text, acts_of(self.understanding).likely(words.moment, text, read[text], LIKELY_ACTS)
        )


def _heard_beside(
    certain: Sequence[DialogueAct], moment: str, reading: ModelAnswer, model: ActsModel
) -> Iterator[DialogueAct]:
    """Certain wishes, and beside them what she tells.

    But for a fear, whose reasons would say who she is, and for what tells nothing ("duh, jangan sampai ada yang tahu").
    """
    for is_wish, acts in groupby(certain, key=lambda one: bool(one.name)):
        clauses = tuple(acts)
        words = ", ".join(one.words for one in clauses)
        found = () if is_wish else model.hear(moment, words, reading)
        if any(one.name == "afraid" for one in found) and all(one.confidence >= SURE_BESIDE for one in found):
            yield from (one if one.name == "afraid" else replace(one, name="", confidence=0.0) for one in found)
        elif not found or any(one.name != "small_talk" or one.confidence < SURE_BESIDE for one in found):
            yield from clauses


def _is_wish(part: str, reading: ModelAnswer, acts: ActsModel) -> bool:
    """Whether part of a message has no category, and says what she wants of her report instead of telling."""
    return reading.categories[0].name == OTHER and acts.hear("card", part, reading)[0].name not in CONTENT


def _are_different(parts: Sequence[str], read: Mapping[str, ModelAnswer]) -> bool:
    """Whether each of some texts is surely of a category of its own."""
    names = {read[part].categories[0].name for part in parts if part in read and read[part].sure}
    return len(names - {OTHER}) == len(parts)


def understood_of(
    words: str, meaning: Mapping[str, Meaning], answers: AnswerBook, acts: tuple[DialogueAct, ...] = ()
) -> Understood:
    """Everything that is known of these words.

    Args:
        words: the message.
        meaning: what it means, and the stories it may become part of.
        answers: what is known of questions about the service.
        acts: what it does after what was asked.
    """
    asked = answers.find(words)
    message = meaning.get(words, Meaning.nothing())
    parts = acts or parts_of_certain(words)
    told = ", ".join(one.words for one in parts if one.name in {"", "answer", "tell"}) if len(parts) > 1 else ""
    return Understood(
        message=message,
        stories=meaning,
        tickets=tuple(TicketSeen(one.number, isinstance(one, Mistyped)) for one in read_back(words)),
        answer=asked.key if asked else None,
        answer_is_exact=bool(asked and asked.exact),
        asks=asks(words),
        requests=requests(words),
        scolds=scolds(words),
        pauses=pauses(words),
        fears=fears(words),
        follows_up=follows_up(words),
        wish=wish(words),
        opens_with_place=opens_with_place(words),
        corrects=corrects(words),
        announces=announces(words),
        acts=parts,
        certain=certain_act(words),
        yes_to_deleting=is_yes_to_deleting(words),
        negates=is_negated(words),
        looks_like_place=looks_like_place(told or what_is_meant(words), message.place),
        may_be_place=may_be_place(words),
        may_be_name=may_be_name(words),
        beside=is_beside_the_question(words),
    )


def place_of_pin(regency: Regency, lat: float, lon: float) -> Place:
    """The village of a pin, or the neighbour it lies in."""
    region = locate(regency, lat, lon)
    if region is None:
        return Place(outside_province=True)
    if region.code not in regency.regions:
        return Place(outside=region.name)
    return place_of_region(regency, region)


def place_of_region(regency: Regency, region: Region) -> Place:
    """A village, a district, or the whole regency, as a place that words have named."""
    district = regency.regions.get(".".join(region.code.split(".")[:3]))
    is_district = district is None or district.code == region.code
    known = district.name if district else None
    return Place(district=known, village=None if is_district else region.name)


def texts_of(plan: TurnPlan, number: int, told: str = "") -> list[str]:
    """The texts that must be understood for one event: its words first, then the stories they may become part of.

    Args:
        plan: the turn.
        number: which of its events.
        told: what of the words may become part of a story, where that is not all of them.
    """
    event = plan.events[number]
    dialogue = plan.record.dialogue
    words = told or _words(event, dialogue)
    if not words:
        return []
    pieces = [(piece.ref, piece.text) for piece in dialogue.draft.pieces] if dialogue.draft else []
    grown, fresh = (_grown(before, plan.events[:number], dialogue) for before in (pieces, []))
    stories = [_story_with(before, event, words) for before in (grown, pieces, fresh)]
    return list(dict.fromkeys([words, *stories]))


def _grown(pieces: Sequence[tuple[str, str]], events: Sequence[Event], dialogue: Dialogue) -> list[tuple[str, str]]:
    """The pieces of a story, as (ref, text), when these events have become part of it."""
    grown = list(pieces)
    for event in events:
        if isinstance(event, Said) and event.parts:
            grown += event.parts
        elif isinstance(event, Edited):
            grown = [(ref, event.text if ref == event.ref else text) for ref, text in grown]
        elif not isinstance(event, Transcribed):  # which is no part of it before she has said so
            grown.append((event.ref if isinstance(event, Said | SentPhoto) else "", _words(event, dialogue)))
    return grown


def _story_with(pieces: Sequence[tuple[str, str]], event: Event, words: str) -> str:
    """The story with an event's words: in the place of the message that they edit, else at its end."""
    if isinstance(event, Edited) and event.ref in {ref for ref, _ in pieces}:
        return _joined(*(words if ref == event.ref else text for ref, text in pieces))
    return _joined(*(text for _, text in pieces), words)


def _words(event: Event, dialogue: Dialogue) -> str:
    match event:
        case Said():
            return _without_command(event.text)
        case SentPhoto():
            return event.caption.strip()
        case Edited():
            return event.text
        case Transcribed():
            return event.text
        case Pressed():
            return transcript_of(dialogue, event.press) or dialogue.aside
    return ""


def _without_command(text: str) -> str:
    return taken_apart(text)[1] if text.startswith("/") else text


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
