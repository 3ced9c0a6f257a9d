"""Two matters in one story, or in two messages: she is offered to report them one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.conversation.draft import Draft, Matter, StoryPiece
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.conversation.turn_context import Understood
from bot.understanding.matters import Division, likely_parts, parts_of
from bot.understanding.understood import REPORT_TYPES, Meaning

LEAST_MARKED, LEAST_UNMARKED = 0.3, 0.7
"""The confidence of the category of each part."""
FEWEST_WORDS = 5
"""Of a message that may be a matter of its own: fewer say more of the one before."""


def matters_of(before: Draft | None, draft: Draft, understood: Understood) -> tuple[Matter, ...]:
    """The two matters of a draft that has grown from `before`, each surely of a category of its own; else none."""
    if draft.later is not None:
        return ()
    return (_in_two_messages(before, draft, understood) if before else ()) or _in_one_story(draft, understood)


def _in_one_story(draft: Draft, understood: Understood) -> tuple[Matter, ...]:
    """Where and when are taken from the whole story, where a part does not say."""
    parts = parts_of(draft.story)
    if parts is not None:
        found = [(text, understood.stories.get(text)) for text in (parts.first, parts.second)]
        sure = [_matter(text, meaning, draft.meaning) for text, meaning in found if meaning and meaning.sure]
        if two := _if_two(sure):
            return two
    likely = (_of_division(draft, one, understood) for one in likely_parts(draft.story))
    return next((two for two in likely if two), ())


def _of_division(draft: Draft, division: Division, understood: Understood) -> tuple[Matter, ...]:
    """Both parts are reports of likely categories that differ; likelier where no word says that another begins."""
    least = LEAST_MARKED if division.is_marked else LEAST_UNMARKED
    texts = (division.parts.first, division.parts.second)
    found = [(text, meaning) for text in texts if (meaning := understood.stories.get(text))]
    likely = [
        _matter(text, meaning, draft.meaning)
        for text, meaning in found
        if meaning.intent.name in REPORT_TYPES and meaning.categories and meaning.categories[0].confidence >= least
    ]
    return _if_two(likely)


def _in_two_messages(before: Draft, draft: Draft, understood: Understood) -> tuple[Matter, ...]:
    """Where it is comes from the draft, where the message does not say; since when does not: that is of the other."""
    if before.category or not before.meaning.sure or understood.corrects:
        return ()
    words = draft.story.removeprefix(f"{before.story}\n")
    meaning = understood.stories.get(words) if words != draft.story else None
    if meaning is None or not meaning.sure or len(words.split()) < FEWEST_WORDS:
        return ()
    second = _matter(words, meaning, replace(draft.meaning, when=meaning.when))
    return _if_two([Matter(before.story, before.meaning), second])


def _if_two(matters: Sequence[Matter]) -> tuple[Matter, ...]:
    names = {matter.meaning.categories[0].name for matter in matters}
    return tuple(matters) if len(names) == 2 else ()  # noqa: PLR2004 - two matters


def _matter(text: str, part: Meaning, whole: Meaning) -> Matter:
    """What a part means, with place and time of the whole story where it does not say."""
    says_where = part.place.is_known()
    place = part.place if says_where else whole.place
    when = part.when if part.when.since else whole.when
    return Matter(text, replace(part, place=place, when=when), says_where)


def offer_line(draft: Draft) -> Line:
    """Which two matters the card could be divided into."""
    first, second = (Label(LabelSource.CATEGORY, matter.meaning.categories[0].name) for matter in draft.matters)
    return line("card-matters", first=first, second=second)


def divided(draft: Draft) -> Draft:
    """The draft with its first matter alone; the second waits until this one is filed."""
    first, later = draft.matters
    whole = Matter(draft.story, draft.meaning)
    story = (StoryPiece(draft.pieces[0].ref, first.text),)
    apart = replace(draft, pieces=story, meaning=first.meaning, type=None, category=None, matters=())
    return replace(apart, later=later, whole=whole)


def joined(draft: Draft) -> Draft:
    """The draft with both matters in one story again, as she told them; what she added since stays below."""
    if draft.whole is None:
        return draft
    story = (StoryPiece(draft.pieces[0].ref, draft.whole.text), *draft.pieces[1:])
    one = replace(draft, pieces=story, meaning=draft.whole.meaning, type=None, category=None)
    return replace(one, later=None, whole=None)


def next_draft(filed: Draft, later: Matter, at: datetime) -> Draft:
    """A draft of the matter that waited, with the place, name and secrecy that she gave for both."""
    return Draft(
        key=f"{filed.key}+",
        opened_at=at,
        touched_at=at,
        pieces=(StoryPiece("", later.text),),
        meaning=later.meaning,
        given_place=None if later.says_where else filed.given_place,
        name=filed.name,
        secret=filed.secret,
        warned=filed.warned,
    )
