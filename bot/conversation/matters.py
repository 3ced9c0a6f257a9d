"""Several matters in one story, or in messages one after the other: she is offered to report each by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.conversation.draft import UNKNOWN, Draft, GivenPlace, Matter, StoryPiece
from bot.conversation.place_names import places_of
from bot.conversation.screen import Button, Label, LabelSource, Line, line
from bot.conversation.turn_context import Understood
from bot.understanding.danger.violence import is_violence
from bot.understanding.matters.announcement import without_announcement
from bot.understanding.understood import Guess, Meaning, Place, When

FEWEST_WORDS = 5
"""Of a message that may be a matter of its own: fewer say more of the one before."""
_SPLIT = {2: line("button-split"), 3: line("button-split-three")}
WORDS_SHOWN = 8
"""Of the beginning of a matter, before it is set apart."""
_JOINS = re.compile(
    r"^\W*(?:(?:(?:oh|eh|nah|oiya|iya|ya|dan|serta|terus|trus|lalu|plus|also|and)"
    r"|(?:sama )?(?:ada )?(?:satu|satunya) lagi|(?:yang )?ke ?(?:dua|tiga)|one more(?: thing)?|another thing"
    r"|(?:mau |ingin |sekalian )*(?:me)?lapor(?:kan|in)?(?: lagi| juga)?"
    r"(?: (?:dua|tiga|empat|lima)(?: \w+)?(?=\s*[:,]))?)\b\W*"
    r"|(?:pak|bu|bapak|ibu|min|admin|kak|mas|mbak|bang)\s*[,.:]\s*)+"
    r"|(?:\W+(?:oh|eh|nah|dan|sama|serta|plus|and))+\W*$",
    re.IGNORECASE,
)
"""What only joins a matter to the one before or behind it ("oh sama satu lagi, …"), at its beginning and end."""


def matters_of(before: Draft | None, draft: Draft, understood: Understood) -> tuple[Matter, ...]:
    """The matters of a draft that has grown from `before`, each of a category of its own; none where there is one."""
    if draft.later is not None:
        return ()
    if before is None:
        return _in_one_story(draft, understood)
    return _in_messages(before, draft, understood) or _with_more(before, draft) or _in_one_story(draft, understood)


def is_another_matter(draft: Draft, words: str, understood: Understood) -> bool:
    """Whether these words are surely of another category than everything told, so that the card can be divided."""
    return draft.later is None and not understood.corrects and bool(_with(draft, words, understood.message, Place()))


def _in_one_story(draft: Draft, understood: Understood) -> tuple[Matter, ...]:
    """Where it is comes from the whole story, where a part does not say and others name no two places.

    The one village that they name is that of a part with a landmark alone. Since when comes from the story only where
    no part says.
    """
    parts = [(text, understood.story(text)) for text in understood.divisions.get(draft.story, ())]
    says_when = any(part.when.since for _, part in parts)
    places = {part.place for _, part in parts if part.place.is_known()}
    areas = {_area(place) for place in places if _area(place) != Place()}
    whole = replace(draft.meaning, when=When()) if says_when else draft.meaning
    if len(places) > 1:
        whole = replace(whole, place=areas.pop() if len(areas) == 1 else Place())
    return tuple(_matter(text, part, whole) for text, part in parts)


def _in_messages(before: Draft, draft: Draft, understood: Understood) -> tuple[Matter, ...]:
    """Where it is comes from what was told before, where the message does not say; since when does not."""
    words = draft.story.removeprefix(f"{before.story}\n")
    meaning = understood.stories.get(words) if words != draft.story else None
    if meaning is None or understood.corrects:
        return ()
    return _with(before, words, meaning, before.place)


def _with_more(before: Draft, draft: Draft) -> tuple[Matter, ...]:
    """The matters that she was offered, where she has only said more since: that goes with the first of them."""
    more = draft.story.removeprefix(f"{before.story}\n")
    if not before.matters or more == draft.story:
        return ()
    first, *others = before.matters
    meaning = replace(first.meaning, place=_within(first.meaning.place, draft.meaning.place))
    return (replace(first, text=f"{first.text}\n{more}", meaning=meaning), *others)


def _with(before: Draft, words: str, meaning: Meaning, place: Place) -> tuple[Matter, ...]:
    """What was told before, and these words as another matter; empty where they are none."""
    told = before.matters or _surely_told(before)
    names = {matter.meaning.categories[0].name for matter in told}
    is_short = len(words.split()) < FEWEST_WORDS
    if not told or is_short or not meaning.has_own_category or meaning.categories[0].name in names:
        return ()
    return (*told, _matter(words, meaning, replace(before.meaning, place=place, when=meaning.when)))


def _surely_told(before: Draft) -> tuple[Matter, ...]:
    """The one matter of a story, of the category that she chose or that is sure; empty in doubt."""
    decided = before.decided_category
    if decided is None or decided == UNKNOWN:
        return ()
    meaning = replace(before.meaning, categories=(Guess(decided, 1.0), *before.meaning.categories), sure=True)
    return (Matter(before.story, meaning, before.meaning.place.is_known()),)


def _matter(text: str, part: Meaning, whole: Meaning) -> Matter:
    """What a part means, with place and time of the whole where it does not say."""
    says_where = part.place.is_known()
    place = _within(part.place, whole.place) if says_where else whole.place
    when = part.when if part.when.since else whole.when
    told = _JOINS.sub("", without_announcement(text))
    return Matter(told or text, replace(part, place=place, when=when), says_where)


def _area(place: Place) -> Place:
    """The village and district of a place alone; nothing of one outside."""
    return Place() if place.outside else Place(district=place.district, village=place.village)


def _within(place: Place, around: Place) -> Place:
    """A road or landmark of which no village or district is known, in the village of what was told beside it."""
    if place.village or place.district or place.outside:
        return place
    return replace(place, village=around.village, district=around.district)


def place_of_several(matters: tuple[Matter, ...], place: Place) -> Place:
    """Where a report of several matters is: the place of the first that names one, where they name two."""
    named = [matter.meaning.place for matter in matters if matter.says_where]
    return named[0] if len(set(named)) > 1 else place


def offer_lines(draft: Draft) -> Iterator[Line]:
    """That the card could be divided, and each matter in a line: its category, and how its words begin."""
    if draft.matters:
        yield line("card-matters", count=len(draft.matters))
    for number, matter in enumerate(draft.matters, start=1):
        category = Label(LabelSource.CATEGORY, matter.meaning.categories[0].name)
        yield line("card-matter", number=number, category=category, words=beginning_of(matter.text))


def beginning_of(text: str) -> str:
    """The first words of a text in one line; "…" behind them where more follow."""
    words = text.split()
    return " ".join(words[:WORDS_SHOWN]) + (" …" if len(words) > WORDS_SHOWN else "")


def split_button(draft: Draft) -> Button:
    """Divides the card into as many reports as there are matters."""
    count = len(draft.matters)
    words = _SPLIT[count] if count in _SPLIT else line("button-split-many", count=count)
    return Button(words, f"split@{draft.key}")


def divided(draft: Draft) -> Draft:
    """The draft with its first matter alone; the others wait, each until the one before it is filed or cancelled.

    Each has the category that its line on the card named. What is secret stays so in each, until she opens it; what is
    sensitive as a whole and in no part, in each as well.
    """
    first, later, *further = _as_guarded_as(draft)
    whole = Matter(draft.story, draft.meaning)
    story = (StoryPiece(draft.pieces[0].ref, first.text),)
    apart = replace(draft, pieces=story, meaning=first.meaning, type=None, category=None, matters=())
    return replace(apart, later=later, further=tuple(further), whole=whole)


def _as_guarded_as(draft: Draft) -> Iterator[Matter]:
    nowhere = draft.meaning.sensitive and not any(matter.meaning.sensitive for matter in draft.matters)
    for matter in draft.matters:
        meaning = replace(matter.meaning, sensitive=nowhere or matter.meaning.sensitive, sure=True)
        yield replace(matter, meaning=meaning, secret=draft.secret)


def joined(draft: Draft) -> Draft:
    """The draft with all matters in one story again, as she told them; what she added since stays below."""
    if draft.whole is None:
        return draft
    story = (StoryPiece(draft.pieces[0].ref, draft.whole.text), *draft.pieces[1:])
    one = replace(draft, pieces=story, meaning=draft.whole.meaning, type=None, category=None)
    waiting = () if draft.later is None else (draft.later, *draft.further)
    told = (Matter(draft.story, draft.meaning, draft.meaning.place.is_known()), *waiting)
    if draft.given_place is None and (words := places_of(told)):
        one = replace(one, given_place=GivenPlace(draft.whole.meaning.place, words=words))
    return replace(one, later=None, further=(), whole=None)


def next_draft(filed: Draft, later: Matter, at: datetime) -> Draft:
    """A draft of the matter that waited, with the place and name that she gave for all of them.

    It is secret where they were when she divided them, where the one before it is, and where it tells of violence.
    """
    return Draft(
        key=f"{filed.key}+",
        opened_at=at,
        touched_at=at,
        pieces=(StoryPiece("", later.text),),
        meaning=later.meaning,
        given_place=None if later.says_where else filed.given_place,
        name=filed.name,
        secret=later.secret or filed.secret or is_violence(later.text),
        warned=filed.warned,
        later=next(iter(filed.further), None),
        further=filed.further[1:],
    )
