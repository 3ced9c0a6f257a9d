"""How a place is named in one line: on the card, in the case, and of several matters."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.draft import Draft, Matter
from bot.understanding.understood import Place


def describe_place(place: Place) -> str:
    """A place as one line of names, from the nearest to the widest."""
    km = f"Km {place.km:g}" if place.km is not None else None
    road = " ".join(part for part in (place.road, km) if part)
    hamlet = " ".join(f"{label} {value}" for label, value in (("RT", place.rt), ("RW", place.rw)) if value is not None)
    parts = (place.landmark, road, hamlet, place.village, place.district, place.outside)
    named: list[str] = []
    for part in parts:
        if part and not any(part.casefold() in before.casefold() for before in named):
            named.append(part)
    return ", ".join(named)


def place_words(draft: Draft) -> str | None:
    """The place as the card and the case name it: what she typed, else what was heard; None when unknown."""
    given = draft.given_place
    if several := places_of(draft.matters, given.words if given else None):
        return several
    known = describe_place(draft.place)
    if given and given.words:
        written = given.words.casefold()
        more = [name for name in known.split(", ") if name and name.casefold() not in written]
        return f"{given.words} ({', '.join(more)})" if more else given.words
    return known or None


def places_of(matters: Iterable[Matter], words: str | None = None) -> str | None:
    """The places of several matters that each say where, one behind the other; None where one is meant by all.

    Args:
        matters: in their order.
        words: what she typed when she was asked where the first is.
    """
    own = [describe_place(matter.meaning.place) for matter in matters if matter.says_where]
    named = list(dict.fromkeys([words, *own[1:]] if words else own))
    return "; ".join(named) if len(named) > 1 else None
