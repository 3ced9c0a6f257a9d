"""How words, files and pins become part of a report."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

from bot.conversation.dialogue import Dialogue, Draft, GivenPlace, StoryPiece
from bot.conversation.events import Event, Said
from bot.conversation.screen import Line, button, line
from bot.conversation.talk import Talk, open_draft, touched
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood
from bot.understanding.understood import Place

A_DAY = timedelta(days=1)
PLACE_STEPS = frozenset({"place", "new-place"})
WORDS_OF_A_PLACE = 12
WORDS_OF_A_LONG_PLACE = 25
WORDS_OF_A_REMARK = 8
FEWEST_WORDS_OF_A_MATTER = 4
SURE = 0.5
"""So sure an intent must be to be acted upon."""
MATTERS = frozenset({"complaint", "aspiration"})
"""Intents whose words tell of something, also where they are put as a question."""


def is_new_day(draft: Draft, event: Event) -> bool:
    """She has been away so long that these words may be another matter."""
    return not draft.is_blank and event.at - draft.touched_at >= A_DAY


def add_words(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    """Words become the answer to where it is, or part of the story; without a draft they open one."""
    draft = turn.dialogue.draft
    if draft is None:
        return _grow(talk, turn, open_draft(said), said, understood)
    if draft.put_aside or is_new_day(draft, said):
        return talk.offer(turn.with_aside(said.text).at("stale"))
    if turn.dialogue.step in PLACE_STEPS and _names_a_place(draft, said.text, understood):
        return answer_place(talk, turn, draft, said, understood)
    if _same(said.text) in {_same(piece.text) for piece in draft.pieces}:
        return talk.proceed(turn, note=line("story-same"))
    if at_card(talk, turn.dialogue) and _is_beside_the_point(said, understood):
        return leave_out(talk, turn, said, line("story-not-added"))
    return _grow(talk, turn, draft, said, understood)


def leave_out(talk: Talk, turn: Turn, said: Said, answer: Line) -> Turn:
    """Words that are no part of the open report, unless she says so; what stands open is shown again below."""
    return talk.offer(turn.with_aside(said.text).say(answer, rows=[[button("continue", "continue")]]))


def _grow(talk: Talk, turn: Turn, draft: Draft, said: Said, understood: Understood) -> Turn:
    is_at_card = at_card(talk, turn.dialogue)
    grown = replace(touched(draft, said.at), pieces=(*draft.pieces, *_pieces(said)))
    if place := _place_put_right(draft, understood):
        grown = replace(grown, given_place=GivenPlace(place))
    turn = talk.tell(turn, grown, understood)
    if is_at_card:
        return talk.proceed(turn.say(line("story-added")), in_place=True)
    return talk.proceed(turn, note=None if draft.is_blank else line("story-noted"))


def answer_place(talk: Talk, turn: Turn, draft: Draft, said: Said, understood: Understood) -> Turn:
    """A place in words is taken as typed, whether or not the regions know it."""
    words = " ".join(said.text.split())
    place = understood.message.place
    if turn.dialogue.step == "place":
        place = _together(place, draft.meaning.place)
    given = GivenPlace(place, words=words, ref=said.ref)
    changed = replace(touched(draft, said.at), given_place=given)
    return talk.proceed(turn.with_draft(changed), note=line("place-noted", place=words))


def replace_story(talk: Talk, turn: Turn, draft: Draft, said: Said, understood: Understood) -> Turn:
    """The story as she now wants it; everything else of the draft stays."""
    changed = replace(touched(draft, said.at), pieces=_pieces(said))
    return talk.proceed(talk.tell(turn.with_draft(None), changed, understood), note=line("story-replaced"))


def _pieces(said: Said) -> tuple[StoryPiece, ...]:
    return tuple(StoryPiece(ref, text) for ref, text in said.messages)


def _names_a_place(draft: Draft, text: str, understood: Understood) -> bool:
    """A known place, or a few words that ask nothing and tell of no time: she was just asked where it is."""
    if understood.message.place.is_known():
        return len(text.split()) <= WORDS_OF_A_LONG_PLACE
    asks_or_tells = understood.asks or understood.message.when.since or _tells_of_another(draft, text, understood)
    return len(text.split()) <= WORDS_OF_A_PLACE and not asks_or_tells


def _tells_of_another(draft: Draft, text: str, understood: Understood) -> bool:
    """Something else that happens, with no word of where: "pak RT minta uang 50 ribu" after a broken road."""
    meaning = understood.message
    if meaning.place != Place() or understood.opens_with_place or len(text.split()) < FEWEST_WORDS_OF_A_MATTER:
        return False
    before = draft.meaning.categories[0].name if draft.meaning.categories else None
    differs = meaning.sensitive or (meaning.sure and meaning.categories[0].name != before)
    return differs and meaning.intent.name in MATTERS and meaning.intent.confidence >= SURE


def may_be_a_remark(said: Said, understood: Understood) -> bool:
    """A few words without a place or a clear matter: "kapan ditangani pak"."""
    return not understood.message.sure and _is_a_few_words(said, understood)


def _is_beside_the_point(said: Said, understood: Understood) -> bool:
    """Questions and requests that nobody would look for in a report which has all that it needs."""
    intent, is_sure = understood.message.intent, understood.message.intent.confidence >= SURE
    asks = understood.asks and not (understood.message.sure and is_sure and intent.name in MATTERS)
    is_elsewhere = is_sure and intent.name == "out_of_scope"
    return (asks or is_elsewhere) and not understood.corrects and _is_a_few_words(said, understood)


def _is_a_few_words(said: Said, understood: Understood) -> bool:
    meaning = understood.message
    return len(said.text.split()) <= WORDS_OF_A_REMARK and not (
        meaning.place.is_known() or meaning.emergency or meaning.sensitive
    )


def _place_put_right(draft: Draft, understood: Understood) -> Place | None:
    """A known place replaces one that nobody knew; one that is known, and a pin, only when she corrects herself.

    Another RT, RW or kilometre is put right within the place that is known ("maksudnya RT 7"), but not beside a pin.
    """
    place, given = understood.message.place, draft.given_place
    if place.is_known():
        unknown = given is not None and given.words is not None and not given.place.is_known()
        return place if understood.corrects or unknown else None
    has_pin = given is not None and given.pin is not None
    if place == Place() or has_pin or not (understood.corrects and draft.place.is_known()):
        return None
    return _together(place, draft.place)


def _together(first: Place, second: Place) -> Place:
    """The first, and where it says nothing the second; another district or village leaves the second's out."""
    if first.outside or (first.village and second.village and first.village != second.village):
        return first
    if first.district and second.district and first.district != second.district:
        return first
    missing = {f.name: getattr(second, f.name) for f in fields(Place) if not getattr(first, f.name)}
    return replace(first, **missing)


def at_card(talk: Talk, dialogue: Dialogue) -> bool:
    """Whether nothing is left to ask: she only has to send it."""
    step = talk.flow.named(dialogue.step)
    return dialogue.draft is not None and not (step and not step.ends)


def _same(text: str) -> str:
    return " ".join(text.casefold().split())
