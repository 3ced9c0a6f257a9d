"""What she puts right on the card, or chooses there, in words: its category, place, photos and story."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.draft import UNKNOWN, Draft
from bot.conversation.events import Said
from bot.conversation.flow import CHANGE
from bot.conversation.moment import moment_of
from bot.conversation.own_cases.effects import AskOwnCase
from bot.conversation.own_cases.words import offer_to_add
from bot.conversation.place_names import place_words
from bot.conversation.questions.category import MOST_LIKELY
from bot.conversation.questions.photos import PHOTOS
from bot.conversation.questions.place import place_put_right
from bot.conversation.screen import line
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood
from bot.understanding.cues import without_denied
from bot.understanding.normalise import normalise
from bot.understanding.understood import Place

WORDS_OF_A_CHOICE = 5
WORDS_OF_A_NAME = 2
SURE_OF_AN_ANSWER = 0.9
LIKELY = 0.4
"""So likely a category must be that one or two words name; it stands on the card before she sends it."""
_NUMBERS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        r"1|(?<!jadi )(?<!jadikan )satu|pertama|first",
        "2|dua|kedua|second",
        "3|tiga|ketiga|third",
        "4|empat|keempat",
        "5|lima|kelima",
    )
)
_ALL = re.compile(r"\b(?:semua\w*|semuanya|kedua-duanya|all|both)\b")


def choose_category(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """What a few words name while it is asked or put right: one on the card by its number, or by what it is about."""
    draft, leading = turn.dialogue.draft, understood.leading
    is_put_right = leading is not None and leading.name == "correct_category"
    moments = {"category", "card"} if is_put_right else {"category"}
    if draft is None or moment_of(turn.dialogue) not in moments or len(said.text.split()) > WORDS_OF_A_CHOICE:
        return None
    slug = _by_number(draft, said.text)
    if slug is None and understood.message.place == Place():
        slug = _by_meaning(said.text, understood)
    if slug is None or not talk.catalogue.has(slug):
        return None
    return talk.change_draft(turn, replace(draft.touched(said.at), category=slug), note=line("category-noted"))


def _by_meaning(text: str, understood: Understood) -> str | None:
    """What the words are surely about; of a word or two that are surely an answer, what they are most likely about."""
    message, leading = understood.message, understood.leading
    likeliest = message.categories[0] if message.categories else None
    is_answer = leading is not None and leading.name == "answer" and leading.confidence >= SURE_OF_AN_ANSWER
    is_a_name = is_answer and len(text.split()) <= WORDS_OF_A_NAME
    if likeliest is None or not (message.sure or (is_a_name and likeliest.confidence >= LIKELY)):
        return None
    return likeliest.name


def _by_number(draft: Draft, text: str) -> str | None:
    if draft.decided_category:
        return None
    likely, number = draft.meaning.categories[:MOST_LIKELY], _number_in(text)
    return likely[number].name if number is not None and number < len(likely) else None


def _number_in(text: str) -> int | None:
    """The one place in a row that the words name, from 0; None for none or several."""
    plain = normalise(without_denied(text))
    named = [place for place, number in enumerate(_NUMBERS) if number.search(plain)]
    return named[0] if len(named) == 1 else None


def leave_category_open(talk: Talk, turn: Turn) -> Turn | None:
    """Who does not know the category that is asked leaves it to the officers; None where none is asked."""
    draft = turn.dialogue.draft
    if draft is None or moment_of(turn.dialogue) != "category" or draft.decided_category:
        return None
    return talk.change_draft(turn, replace(draft, category=UNKNOWN), note=line("category-unknown-noted"))


def put_place_right(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """On the card, words that say where and nothing else are the place, no part of the story.

    They are kept as typed ("dekat kebun karet di Labangka"), but for those of a correction.
    """
    draft = turn.dialogue.draft
    if draft is None or not talk.is_at_card(turn.dialogue) or not understood.looks_like_place:
        return None
    given = place_put_right(draft, understood)
    if given is None:
        return None
    if not given.words and understood.opens_with_place and not understood.corrects:
        given = replace(given, words=said.text, ref=said.ref)
    changed = replace(draft.touched(said.at), given_place=given)
    return talk.proceed(turn.with_draft(changed), note=line("place-noted", place=place_words(changed) or said.text))


def wait_for_photo(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """A photo is waited for: for the open report, or as an addition to the one that was sent last."""
    del understood
    dialogue = turn.dialogue
    if dialogue.draft is None and dialogue.filed:
        return turn.then(AskOwnCase(dialogue.filed[-1].ticket, "add"))
    if dialogue.draft is None or dialogue.draft.is_blank:
        return talk.begin(turn, said)
    return talk.offer(turn.at(PHOTOS.name))


def take_photo_back(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """The file that she names by its number, all, or the one that came last is no longer part of the report."""
    del understood
    draft = turn.dialogue.draft
    if draft is None:
        return None
    if not draft.files:
        return talk.proceed(turn, note=line("photo-none"))
    number, last = _number_in(said.text), len(draft.files) - 1
    gone = number if number is not None and number <= last else last
    is_all = bool(_ALL.search(normalise(said.text)))
    left = () if is_all else draft.files[:gone] + draft.files[gone + 1 :]
    note = line("photo-taken-back" if gone == last and not is_all else "photos-taken-back")
    return talk.proceed(turn.with_draft(replace(draft.touched(said.at), files=left)), note=note)


def open_changes(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """Who only says that something is wrong chooses what; words that say what is right are part of the story.

    What is wrong with a report that was sent can be added to it.
    """
    if turn.dialogue.draft is None and turn.dialogue.filed:
        return offer_to_add(talk, turn, said.text, said.at)
    message = understood.message
    says_what = message.sure or message.when.since or message.place.is_known() or understood.negates
    if turn.dialogue.draft is None or says_what or not talk.is_at_card(turn.dialogue):
        return None
    return talk.offer(turn.at(CHANGE))
