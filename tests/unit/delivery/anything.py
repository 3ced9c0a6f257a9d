"""Any event and any talk that rows may hold, for property tests."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC
from typing import cast

from hypothesis import strategies as st

from bot.conversation.dialogue import CHOOSE, CONTRIBUTE, Contribution, Dialogue, FiledDraft
from bot.conversation.draft import Draft, File, GivenPlace, Pin, StoryPiece
from bot.conversation.events import Event, RefusedFile
from bot.conversation.own_cases.screens import ASKING, CHOICES
from bot.messaging.outbox_message import Keyboard, OutboxMessage, OutboxMessageKind, WordedButton
from bot.messaging.records import KINDS, ChatRecord, ShownButton
from bot.understanding.understood import REPORT_TYPES, Guess, Meaning, Place, When

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
"""Letters that every database takes; others are left out when an event is written."""
maybe_words = st.none() | words
moments = st.datetimes(timezones=st.just(UTC))
days = st.none() | st.dates()
degrees = st.floats(-180, 180)


def some(*strategies: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """A few of these, as dataclasses hold them."""
    return st.lists(st.one_of(*strategies), max_size=3).map(tuple)


known = {"at": moments, "name": maybe_words, "language": maybe_words, "lat": degrees, "lon": degrees}


def of_kind(kind: type[Event]) -> st.SearchStrategy[Event]:
    """Any event of a kind, every field of it, also those that came later."""
    return st.builds(kind, **{field.name: known.get(field.name, ...) for field in fields(kind)}).map(without_nul)


def without_nul[T](value: T) -> T:
    """The same, in letters that every database takes, however deep they lie."""
    found: object = value
    if type(value) is str:
        found = value.replace("\0", "")
    elif isinstance(value, tuple):
        found = tuple(map(without_nul, value))
    elif isinstance(value, Event | RefusedFile):
        found = replace(value, **{field.name: without_nul(getattr(value, field.name)) for field in fields(value)})
    return cast("T", found)


events: st.SearchStrategy[Event] = st.one_of(*map(of_kind, KINDS.values()))
events_of_talk: st.SearchStrategy[Event] = st.one_of(
    *(of_kind(kind) for kind in KINDS.values() if kind.__module__ == Event.__module__)
)
"""Without those of officers, which never touch a citizen's talk."""

places = st.builds(
    Place,
    **dict.fromkeys(("district", "village", "road", "rt", "rw", "landmark", "outside"), maybe_words),
    km=st.none() | st.floats(0, 500),
    outside_province=st.booleans(),
)
guesses = st.builds(Guess, words, st.floats(0, 1))
meaning = st.builds(
    Meaning,
    intent=guesses,
    categories=some(guesses),
    sure=st.booleans(),
    place=places,
    when=st.builds(When, days, days),
    emergency=st.booleans(),
    sensitive=st.booleans(),
)
drafts = st.builds(
    Draft,
    key=words,
    opened_at=moments,
    touched_at=moments,
    pieces=some(st.builds(StoryPiece, words, words)),
    meaning=meaning,
    type=st.none() | st.sampled_from(REPORT_TYPES),
    category=maybe_words,
    given_place=st.none()
    | st.builds(
        GivenPlace,
        place=places,
        words=maybe_words,
        pin=st.none() | st.builds(Pin, degrees, degrees),
        skipped=st.booleans(),
    ),
    files=some(st.builds(File, words, words)),
    name=maybe_words,
    secret=st.booleans(),
    warned=st.booleans(),
    doubted=maybe_words,
    answers=st.dictionaries(words, words, max_size=3),
)
contributions = st.builds(
    Contribution,
    asked_at=moments,
    ticket=words,
    action=words | st.sampled_from(ASKING),
    seen=st.integers(0, 9),
    question=words,
    words=words,
    files=some(st.builds(File, words, words)),
    choices=some(st.builds("{}.{}".format, st.sampled_from(CHOICES), words)),
    said=some(st.tuples(words, words)),
)
dialogues = st.builds(
    Dialogue,
    language=maybe_words,
    step=words | st.sampled_from([CONTRIBUTE, CHOOSE]),
    about=words,
    draft=st.none() | drafts,
    aside=words,
    filed=some(st.builds(FiledDraft, words, words)),
    failed_lookups=some(moments),
    greeted_group=st.booleans(),
    contribution=st.none() | contributions,
)
records = st.builds(
    ChatRecord,
    dialogue=dialogues,
    shown=some(st.builds(ShownButton, words, words)),
    card=words,
    has_reply_keyboard=st.booleans(),
)
buttons = st.builds(WordedButton, words, words, number=st.integers(0, 9))
outgoings = st.builds(
    OutboxMessage,
    kind=st.sampled_from(OutboxMessageKind),
    text=words,
    rows=some(some(buttons)),
    keyboard=st.sampled_from(Keyboard),
    target=words,
)
