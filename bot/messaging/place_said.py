"""The part of a message that says where, whatever else the message does ("petung pak, berapa lama ya?"). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.conversation.turn_context import SaidPlace
from bot.understanding.acts.certain import looks_like_place, may_be_place
from bot.understanding.acts.clauses import clauses_of
from bot.understanding.acts.dialogue_act import DialogueAct
from bot.understanding.cues import what_is_meant
from bot.understanding.understood import Place

SAYS_WHERE = frozenset({"answer", "correct_place"})
SURE_OF_A_PART = 0.8
"""So sure a model must be of a part that has no word of place."""


def place_said(text: str, whole: Place, acts: Sequence[DialogueAct], find: Callable[[str], Place]) -> SaidPlace | None:
    """Where it is by one part of a message of several, in the village that any part names; None where none says it.

    Args:
        text: the message, said where the place is asked.
        whole: the place that the message as a whole names.
        acts: what it does.
        find: finds the place of a part.
    """
    clauses = clauses_of(text)
    if len(clauses) == 1:
        return None
    likely = {one.words for one in acts if one.name in SAYS_WHERE and one.confidence >= SURE_OF_A_PART}
    said = list(_parts_that_say_where(clauses, likely, find))
    if not said:
        return None
    best = max(said, key=lambda one: (bool(one.place.village), one.place.is_known()))
    if whole.village and not best.place.village:
        return replace(best, place=replace(best.place, village=whole.village, district=whole.district))
    return best


def _parts_that_say_where(
    clauses: Sequence[str], likely: set[str], find: Callable[[str], Place]
) -> Iterator[SaidPlace]:
    for clause in clauses:
        meant = what_is_meant(clause)
        place = find(meant)
        if looks_like_place(meant, place) or (clause in likely and may_be_place(clause)):
            yield SaidPlace(meant, place)
