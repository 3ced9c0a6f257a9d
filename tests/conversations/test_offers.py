"""No door offers what it lacks: a button to press, a position to share, a photo to send. Its declaration says what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import pytest

from bot.channels.declaration import AnyChannel
from bot.main.installed_channels import installed_channels
from bot.messaging.abilities import Abilities
from bot.messaging.outbox_message import ButtonSigner
from bot.messaging.rendering import MessageRenderer
from bot.texts.own import project_text
from bot.texts.source import read_source
from tests.conversations.talks import FILES, TALKS, screens_of
from tests.talks.channels import eyes_of
from tests.talks.text_uses import HOME, LANGUAGES, WORDINGS, uses_below
from tests.talks.world import declared

OFFERS: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "buttons": {
        "id": re.compile(r"\b(?:men|t)ekan\b|\btombol", re.IGNORECASE),
        "en": re.compile(r"\bpress|\bbutton", re.IGNORECASE),
    },
    "places": {
        "id": re.compile(r"bagikan lokasi|\blokasi\b[^.;]*\b(?:boleh|bisa)\b|mengerti [^.;]*\blokasi", re.IGNORECASE),
        "en": re.compile(r"share (?:your )?location|your location|\blocations\b", re.IGNORECASE),
    },
    "files": {
        "id": re.compile(
            r"\b(?:foto|gambar|video)(?:nya)?\b[^.;]*(?<!tidak )\b(?:boleh|bisa)\b"
            r"|\b(?:kirim|tambah|lampirkan|mengerti)\b[^.;]*\bfoto",
            re.IGNORECASE,
        ),
        "en": re.compile(
            r"\bphotos?\b[^.;]*\b(?:welcome|may|I do)\b|\b(?:send|add|understand)\b[^.;]*\bphoto", re.IGNORECASE
        ),
    },
}
"""Words that offer something, by language."""
WITH_FILES_ALONE = re.compile(r"(?:file-.+|button-photo)")
"""Texts that answer files, which have come, and a button that stands only where they come."""
IN_GROUPS_ALONE = "group"
ELSEWHERE = re.compile(r"(?:kept-button|button-share-place|refused-no-photo)")
"""In a file that she is sent, on a button that no such door has, and to an officer."""
PLACES_OF_A_TALK = ("bot/conversation", "bot/services", "bot/messaging")


def lacked(abilities: Abilities) -> list[str]:
    has = {"buttons": not abilities.is_plain, "places": abilities.takes_places, "files": abilities.takes_files}
    return [what for what, is_there in has.items() if not is_there]


DOORS = [one for one in installed_channels().declarations if lacked(one.abilities)]


def named(door: AnyChannel) -> str:
    return door.name


@cache
def texts(language: str) -> Mapping[str, str]:
    return {key: message.words for key, message in read_source(project_text(language)).by_key().items()}


@cache
def keys_of_a_talk() -> frozenset[str]:
    known = {use.key for folder in PLACES_OF_A_TALK for use in uses_below(HOME / folder)}
    return frozenset(key for key in known if not key.startswith(WORDINGS) and not ELSEWHERE.fullmatch(key))


def said_for(key: str, abilities: Abilities, language: str) -> str:
    """The key of the words that are said there."""
    known = (f"{wording}-{key}" for wording in abilities.wordings)
    return next((one for one in known if one in texts(language)), key)


def can_be_said(key: str, abilities: Abilities) -> bool:
    is_answer_to_file = WITH_FILES_ALONE.fullmatch(key) and not abilities.takes_files
    return not is_answer_to_file and (key != IN_GROUPS_ALONE or abilities.has_groups)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("door", DOORS, ids=named)
def test_no_text_of_a_talk_offers_what_a_door_lacks(door: AnyChannel, language: str) -> None:
    said = {
        key: texts(language)[said_for(key, door.abilities, language)]
        for key in keys_of_a_talk()
        if can_be_said(key, door.abilities)
    }
    wrong = {key: words for key, words in said.items() for what in lacked(door.abilities) if offers(what, words)}
    assert wrong == {}


def offers(what: str, words: str) -> bool:
    return any(pattern.search(words) for pattern in OFFERS[what].values())


@pytest.mark.thorough
@pytest.mark.parametrize("door", DOORS, ids=named)
def test_no_talk_at_a_door_offers_what_it_lacks(door: AnyChannel) -> None:
    """Answers of a regency and lines inside of lines are there, too."""
    what, read = lacked(door.abilities), read_at(door)
    assert read
    assert [one for one in sorted(read) if any(offers(thing, one) for thing in what)] == []


def read_at(door: AnyChannel) -> set[str]:
    """Every line that she reads of us in all talks; what she said herself stands in quotation marks."""
    eyes, shown = eyes_of(door.abilities), set[str]()
    for file in FILES:
        for screen, language in screens_of(file) if eyes.can_hold(TALKS[file]) else []:
            words = MessageRenderer(
                declared().texts, ButtonSigner(b"k"), "siti", language, plain=True, abilities=door.abilities
            )
            message = words.message(screen, 1)
            shown |= {*message.text.splitlines(), *(button.words for row in message.rows for button in row)}
    return {line for line in shown if not line.startswith(("“", '"'))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_in_the_place_of_others_need_no_more_than_those(language: str) -> None:
    messages = read_source(project_text(language)).by_key()
    more = {
        key: messages[key].names - messages[key.removeprefix(f"{one}-")].names
        for key in messages
        for one in WORDINGS
        if key.startswith(f"{one}-")
    }
    assert {key: names for key, names in more.items() if names} == {}
