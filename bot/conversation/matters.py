"""Two matters in one story: she is offered to report them one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.conversation.dialogue import Draft, Matter, Piece
from bot.conversation.screen import Label, Line, Names, line
from bot.conversation.understood import Understood
from bot.understanding.heard import Heard
from bot.understanding.matters import parts_of


def two_matters(draft: Draft, whole: Heard, understood: Understood) -> tuple[Matter, ...]:
    """The matters of a story, when it falls into two of which each is surely of a category of its own.

    Where and when are taken from the whole story, where a part does not say.
    """
    parts = parts_of(draft.story) if draft.later is None else None
    if parts is None:
        return ()
    found = [(text, understood.stories.get(text)) for text in (parts.first, parts.second)]
    matters = tuple(Matter(text, _placed(heard, whole)) for text, heard in found if heard and heard.sure)
    return matters if len({matter.heard.categories[0].name for matter in matters}) == len(found) else ()


def _placed(part: Heard, whole: Heard) -> Heard:
    place = part.place if part.place.is_known() else whole.place
    return replace(part, place=place, when=part.when if part.when.since else whole.when)


def offer_line(draft: Draft) -> Line:
    """Which two matters the card could be divided into."""
    first, second = (Label(Names.CATEGORY, matter.heard.categories[0].name) for matter in draft.matters)
    return line("card-matters", first=first, second=second)


def divided(draft: Draft) -> Draft:
    """The draft with its first matter alone; the second waits until this one is filed."""
    first, later = draft.matters
    whole = Matter(draft.story, draft.heard)
    story = (Piece(draft.pieces[0].ref, first.text),)
    apart = replace(draft, pieces=story, heard=first.heard, type=None, category=None, matters=())
    return replace(apart, later=later, whole=whole)


def joined(draft: Draft) -> Draft:
    """The draft with both matters in one story again, as she told them; what she added since stays below."""
    if draft.whole is None:
        return draft
    story = (Piece(draft.pieces[0].ref, draft.whole.text), *draft.pieces[1:])
    one = replace(draft, pieces=story, heard=draft.whole.heard, type=None, category=None)
    return replace(one, later=None, whole=None)


def next_draft(filed: Draft, later: Matter, at: datetime) -> Draft:
    """A draft of the matter that waited, with the place, name and secrecy that she gave for both."""
    return Draft(
        key=f"{filed.key}+",
        opened_at=at,
        touched_at=at,
        pieces=(Piece("", later.text),),
        heard=later.heard,
        given_place=filed.given_place,
        name=filed.name,
        secret=filed.secret,
        warned=filed.warned,
    )
