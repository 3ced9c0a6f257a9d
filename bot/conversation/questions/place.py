"""Where it is: a pin, words taken as typed, or Lewati."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import Draft, GivenPlace, StoryPiece
from bot.conversation.events import Said
from bot.conversation.place_names import place_words
from bot.conversation.questions.question import DraftPress, OpenScreen, Question, opens
from bot.conversation.screen import Button, ButtonKind, Line, Screen, button, line, screen
from bot.conversation.turn import Turn
from bot.conversation.turn_context import MATTERS, SURE, SaidPlace, Understood
from bot.understanding.acts.clauses import clauses_of
from bot.understanding.cues import opens_with_place, what_is_meant, without_courtesy
from bot.understanding.understood import Place

if TYPE_CHECKING:
    from bot.conversation.presses.press import Press
    from bot.conversation.talk import Talk

WORDS_OF_A_PLACE = 12
WORDS_OF_A_LONG_PLACE = 25
FEWEST_WORDS_OF_A_MATTER = 4
FEWEST_WORDS_OF_A_REMARK = 3
_NAMES_IT = re.compile(r"\W*(?:yang|yg|itu|namanya|persisnya|tepatnya)\b", re.IGNORECASE)
"""How a clause begins that goes on describing a place ("pasar lama, yang dekat sungai")."""
SURE_OF_A_PLACE = 0.8
"""So sure a model must be of an answer that has no word of place."""
ANSWERS = frozenset({"answer", "correct_place"})
"""Dialogue acts that say where."""


@dataclass(frozen=True)
class PlaceQuestion(Question):
    """Where it is. A place in words is taken whether or not the regions know it."""

    name: str = "place"

    @property
    def text_keys(self) -> frozenset[str]:
        """The question, as it is put after a question of hers too, what changes it, and its buttons."""
        asked = {f"{self.name}-ask", f"{self.name}-ask-information", "new-place-ask", "place-help"}
        return frozenset({*asked, "button-change-place", "button-share-place", "button-skip", "button-cancel"})

    def is_done(self, draft: Draft) -> bool:
        """Somebody could go there, or she does not want to say."""
        given = draft.given_place
        return draft.place.is_known() or bool(given and (given.words or given.pin or given.skipped))

    def screen(self, draft: Draft, catalogue: Catalogue) -> Screen:
        """The question, with buttons where the letters are: only there can a phone share its position."""
        del catalogue
        moment = "ask-information" if draft.report_type == "information" else "ask"
        return _asked(f"{self.name}-{moment}", draft, button("cancel", "cancel", draft.key))

    def accepts(self, words: str, draft: Draft, understood: Understood) -> bool:
        """What says where and tells nothing else: a known name, a road, a landmark, a noun phrase of place."""
        leading, count = understood.leading, len(words.split())
        if understood.place_said and understood.acts and not understood.acts_beside_place:
            return True
        if understood.asks or understood.beside or count > WORDS_OF_A_LONG_PLACE:
            return False
        is_polite = understood.looks_like_place and leading is not None and leading.name == "small_talk"
        if leading and leading.confidence >= SURE and leading.name not in ANSWERS and not is_polite:
            return False
        if understood.looks_like_place:
            return not _tells_of_another(draft, words, understood)
        is_heard = leading is not None and leading.name in ANSWERS and leading.confidence >= SURE_OF_A_PLACE
        is_heard = is_heard and (understood.may_be_place or understood.opens_with_place)
        is_heard = is_heard or _is_said_after_a_doubt(draft, words, understood)
        is_heard = is_heard and not _tells_of_another(draft, words, understood)
        corrects = understood.corrects and understood.message.place.is_known() and count <= WORDS_OF_A_PLACE
        return bool(is_heard or corrects) and count <= WORDS_OF_A_PLACE and not understood.message.when.since

    def answer(self, talk: Talk, turn: Turn, draft: Draft, said: Said, understood: Understood) -> Turn:
        """The place as typed; where the flow asks, what the story says of it stays beside.

        A message that tells something besides is part of the story, too.
        """
        if understood.place_said and not understood.looks_like_place:
            taken = _with_said(turn, draft, said, understood.place_said)
            return talk.proceed(taken, note=line("place-noted", place=place_as_said(understood.place_said.words)))
        place = understood.message.place
        where = _clauses_of_place(understood.told or said.text, place)
        words = place_as_said(what_is_meant(where))
        if turn.dialogue.step == self.name:
            place = _together(place, draft.meaning.place)
        given = GivenPlace(place, words=words, ref=said.ref)
        changed = replace(draft.touched(said.at), given_place=given)
        if where in {understood.told, said.text} or turn.dialogue.step != self.name:
            return talk.proceed(turn.with_draft(changed), note=line("place-noted", place=words))
        grown = replace(changed, pieces=(*draft.pieces, StoryPiece(f"{said.ref}+", said.text)))
        return talk.proceed(talk.tell(turn, grown, understood), note=line("place-noted", place=words))

    def was_answered_by(self, draft: Draft, ref: str) -> bool:
        """Whether this message is the place as she typed it."""
        return bool(draft.given_place and ref and draft.given_place.ref == ref)

    def put_right(self, draft: Draft, understood: Understood) -> Draft:
        """The draft with the place that words behind the story give, where they may replace it."""
        given = place_put_right(draft, understood)
        return replace(draft, given_place=given) if given else draft

    @property
    def asked_again(self) -> Line:
        """How little of an answer is enough."""
        return line("place-help")

    @property
    def can_skip(self) -> bool:
        """Yes: a report may be filed without a place."""
        return True

    def skip(self, talk: Talk, turn: Turn, draft: Draft) -> Turn:
        """She does not say where; what the story says stays, unless she was changing the place."""
        told = Place() if turn.dialogue.step == "new-place" else draft.meaning.place
        given = GivenPlace(told, skipped=True)
        return talk.proceed(turn.with_draft(replace(draft, given_place=given)), note=line("place-skipped"))

    def take_named(self, talk: Talk, turn: Turn, draft: Draft, said: Said, understood: Understood) -> Turn | None:
        """A known place, but for one in words that refuse ("pokoknya bukan di Sotek")."""
        place = understood.message.place
        if where := understood.place_said:
            taken = _with_said(turn, draft, said, where)
            return talk.proceed(taken, note=line("place-noted", place=place_as_said(where.words)))
        if understood.negates or not place.is_known():
            return None
        given = GivenPlace(_together(place, draft.meaning.place), ref=said.ref)
        changed = replace(draft.touched(said.at), given_place=given)
        return talk.proceed(turn.with_draft(changed), note=line("place-noted", place=place_words(changed) or said.text))

    def take_said_beside(self, turn: Turn, draft: Draft, said: Said, understood: Understood) -> Turn | None:
        """The draft with where she said it is in one part of a message that does something else, too; None without."""
        where = understood.place_said
        if where is None or turn.dialogue.step not in self.steps or self.accepts(said.text, draft, understood):
            return None
        return _with_said(turn, draft, said, where)

    @property
    def presses(self) -> Mapping[str, DraftPress]:
        """Its entry behind Ubah; a position is shared by the phone, not pressed."""
        return {"change-place": opens("new-place"), "place-is": _take_aside}

    @property
    def screens(self) -> Mapping[str, OpenScreen]:
        """The screen behind Ubah that asks for the place again."""
        return {"new-place": _ask_again}

    def card_lines(self, draft: Draft, catalogue: Catalogue) -> Iterator[Line]:
        """The place, and where a place outside leads."""
        del catalogue
        words = place_words(draft)
        if words:
            yield line("card-place", place=words)
        elif draft.given_place and draft.given_place.pin:
            yield line("card-place-pin")
        else:
            yield line("card-no-place")
        if draft.place.outside_province:
            yield line("card-outside-province")
        elif draft.place.outside:
            yield line("card-outside", place=draft.place.outside)

    def change_button(self, draft: Draft) -> Button | None:
        """Its button behind Ubah."""
        return button("change-place", "change-place", draft.key)


def _with_said(turn: Turn, draft: Draft, said: Said, where: SaidPlace) -> Turn:
    given = GivenPlace(_together(where.place, draft.meaning.place), words=place_as_said(where.words))
    return turn.with_draft(replace(draft.touched(said.at), given_place=given, doubted=""))


def place_as_said(words: str) -> str:
    """The words of a place on one line, without what is only polite around them."""
    return without_courtesy(" ".join(words.split()))


def _clauses_of_place(words: str, place: Place) -> str:
    """The clauses that say where, if others tell something ("pakai baju merah, terakhir dilihat di pelabuhan")."""
    named = (place.village, place.district, place.road, place.landmark)
    known = {word for name in named if name for word in name.casefold().split()}
    clauses = clauses_of(words)
    where = [one for one in clauses if opens_with_place(one) or not known.isdisjoint(one.casefold().split())]
    told = [one for one in clauses if one not in where]
    tells = any(len(one.split()) >= FEWEST_WORDS_OF_A_REMARK and not _NAMES_IT.match(one) for one in told)
    return ", ".join(where) if where and tells else words


def _asked(key: str, draft: Draft, last: Button) -> Screen:
    share = Button(Line("button-share-place"), "share-place", ButtonKind.SHARE_PLACE)
    rows: Iterable[Iterable[Button]] = [[share], [button("skip", "skip", draft.key), last]]
    return screen(line(key), rows=rows, as_keyboard=True)


def _take_aside(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    """What she wrote is where it is, as she says now."""
    del press
    asked = draft.doubted or turn.dialogue.aside
    words = " ".join(asked.split())
    if not words:
        return talk.proceed(turn)
    place = understood.message.place if asked == turn.dialogue.aside else Place()
    given = GivenPlace(_together(place, draft.meaning.place), words=words)
    turn = turn.with_aside("").with_draft(replace(draft, given_place=given, doubted=""))
    return talk.proceed(turn, note=line("place-noted", place=words))


def _is_said_after_a_doubt(draft: Draft, words: str, understood: Understood) -> bool:
    """Once she was asked whether other words are the place, the likeliest is taken, and what she says again."""
    if draft.doubted is None or not understood.may_be_place:
        return False
    is_likeliest = understood.leading is not None and understood.leading.name in ANSWERS
    return is_likeliest or words in {draft.doubted, *(piece.text for piece in draft.pieces)}


def _ask_again(draft: Draft, about: str, catalogue: Catalogue) -> Screen:
    del about, catalogue
    return _asked("new-place-ask", draft, button("back", "back", draft.key))


def _tells_of_another(draft: Draft, text: str, understood: Understood) -> bool:
    """Something else that happens, with no word of where: "pak RT minta uang 50 ribu" after a broken road."""
    meaning = understood.message
    if meaning.place != Place() or understood.opens_with_place or len(text.split()) < FEWEST_WORDS_OF_A_MATTER:
        return False
    before = draft.meaning.categories[0].name if draft.meaning.categories else None
    differs = meaning.sensitive or (meaning.sure and meaning.categories[0].name != before)
    return differs and understood.surely_means(MATTERS)


def place_put_right(draft: Draft, understood: Understood) -> GivenPlace | None:
    """The place with what other words say of it; None where they change nothing.

    A place of which no village or district is known is completed ("belakang rumah biru", then "Petung"). A known one,
    and a pin, is replaced only when she corrects herself. Another RT, RW or kilometre is put right within the place
    that is known ("maksudnya RT 7"), but not beside a pin.
    """
    place, given = understood.message.place, draft.given_place
    has_pin, words = given is not None and given.pin is not None, given.words if given else None
    if place.is_known():
        before = draft.place
        lacks_village = not (before.village or before.district or before.outside)
        if lacks_village and (words or before.is_known()) and not (understood.corrects or has_pin):
            return GivenPlace(_together(place, before), words=words, ref=given.ref if given else "")
        leading = understood.leading
        is_heard = leading is not None and leading.name == "correct_place" and leading.confidence >= SURE
        if understood.corrects:
            return GivenPlace(place)
        return GivenPlace(_in_area_of(before, place)) if is_heard and not has_pin else None
    if place == Place() or has_pin or not (understood.corrects and draft.place.is_known()):
        return None
    return GivenPlace(_together(place, draft.place))


def _in_area_of(before: Place, place: Place) -> Place:
    """A place of which she names no village or district, in that of the place before it."""
    names_area = place.village or place.district or place.outside or place.outside_province
    return place if names_area else replace(place, village=before.village, district=before.district)


def _together(first: Place, second: Place) -> Place:
    """The first, and where it says nothing the second; another district or village leaves the second's out."""
    if first.outside or (first.village and second.village and first.village != second.village):
        return first
    if first.district and second.district and first.district != second.district:
        return first
    missing = {f.name: getattr(second, f.name) for f in fields(Place) if not getattr(first, f.name)}
    return replace(first, **missing)


PLACE = PlaceQuestion()
