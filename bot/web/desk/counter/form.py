"""What an officer types in for somebody who came, called or wrote: the form, its words, and a draft. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from actions.cases.case import ReportType
from actions.cases.outcome import AT_THE_DESK
from actions.regency.model import Regency
from bot.conversation.draft import UNKNOWN, Draft, File, GivenPlace, StoryPiece
from bot.conversation.place_names import describe_place
from bot.conversation.screen import Line, line
from bot.messaging.understanding_service import UnderstandingRules, place_of_region
from bot.understanding.port import ModelAnswer
from bot.understanding.understood import Guess, Place

PHONE: Final = re.compile(r"\+?[0-9]{8,15}")
KEY: Final = re.compile(r"[0-9a-f]{32}")
LEAST_WORDS: Final = 3
LONGEST_STORY, LONGEST_PLACE, LONGEST_NAME = 4_000, 200, 80
UNREAD: Final = ModelAnswer(Guess("none", 0.0), ())
YES: Final = "ya"


@dataclass(frozen=True, slots=True)
class CounterForm:
    """The form as it stands.

    Attributes:
        key: names it; the same is one case however often it is sent.
        channel: how she reached the office, one of `AT_THE_DESK`.
        category: a leaf, "unknown", or "" while none is chosen.
        place, region: where it is, in her words and as a code.
        name: who she is; kept only where she wants the agency to know (`is_named`).
        has_consented: she was told what becomes of it, and agrees.
        files: what she brought, in its order.
    """

    key: str
    channel: str = "counter"
    type: str = ReportType.COMPLAINT.value
    category: str = ""
    story: str = ""
    place: str = ""
    region: str = ""
    name: str = ""
    is_named: bool = False
    is_secret: bool = False
    has_consented: bool = False
    files: tuple[File, ...] = ()

    @property
    def print(self) -> str:
        """Names what was looked at, so that nothing else is filed."""
        told = (self.type, self.category, self.story, self.place, self.region, self.name, self.is_named, self.is_secret)
        brought = tuple(file.file_id for file in self.files)
        return hashlib.sha256(repr((told, brought)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def posted_form(fields: Mapping[str, str], key: str) -> CounterForm:
    """The form as it was sent back, cut to what it can hold; `key` where it has none of its own."""
    told = fields.get
    sent = told("key", "")
    return CounterForm(
        key=sent if KEY.fullmatch(sent) else key,
        channel=told("channel", "") if told("channel") in AT_THE_DESK else AT_THE_DESK[0],
        type=told("type", "") if told("type") in set(ReportType) else ReportType.COMPLAINT.value,
        category=told("category", ""),
        story=told("story", "").replace("\r\n", "\n").strip()[:LONGEST_STORY],
        place=" ".join(told("place", "").split())[:LONGEST_PLACE],
        region=told("region", ""),
        name=" ".join(told("name", "").split())[:LONGEST_NAME],
        is_named=told("identity") == "named",
        is_secret=told("secret") == YES,
        has_consented=told("consent") == YES,
    )


def wrong_with(form: CounterForm, regency: Regency) -> Line | None:
    """Returns the errors of a form: fields that are missing or cannot be accepted."""
    leaves = {leaf.slug for leaf in regency.offered()}
    if len(form.story.split()) < LEAST_WORDS:
        return line("counter-no-story")
    if form.category not in {*leaves, UNKNOWN}:
        return line("counter-no-category")
    if form.region and form.region not in regency.regions:
        return line("counter-no-region")
    if form.is_named and not any(letter.isalpha() for letter in form.name):
        return line("counter-no-name")
    return None if form.has_consented else line("counter-no-consent")


def phone_number(typed: str) -> str:
    """A telephone number as it is rung, without what is written between its digits; "" where it is none."""
    number = re.sub(r"[\s().-]", "", typed)
    return number if PHONE.fullmatch(number) else ""


def draft_of(form: CounterForm, regency: Regency, rules: UnderstandingRules, at: datetime) -> Draft:
    """What was typed, as the chat would have it before Kirim."""
    meaning = rules.hear(form.story, UNREAD, rules.day_of(at))
    return Draft(
        key=form.key,
        opened_at=at,
        touched_at=at,
        pieces=(StoryPiece("", form.story),),
        meaning=meaning,
        type=form.type,
        category=form.category,
        given_place=GivenPlace(_place(form, regency, rules, meaning.place), words=form.place or None),
        name=form.name if form.is_named else None,
        secret=form.is_secret,
        files=form.files,
        warned=meaning.emergency,
    )


def _place(form: CounterForm, regency: Regency, rules: UnderstandingRules, told: Place) -> Place:
    """The region that was chosen, else what the words for the place say, else what the story says."""
    if region := regency.regions.get(form.region):
        return place_of_region(regency, region)
    named = rules.places.find(form.place) if form.place else Place()
    return named if describe_place(named) else told


WORDS: Mapping[str, Line] = {
    "about": line("counter-about"),
    "channel": line("counter-channel"),
    "story": line("counter-story"),
    "story_hint": line("counter-story-hint"),
    "type": line("case-type"),
    "category": line("case-category"),
    "choose": line("counter-choose"),
    "unknown": line("counter-unknown"),
    "place": line("counter-place"),
    "place_hint": line("counter-place-hint"),
    "region": line("counter-region"),
    "region_open": line("counter-region-open"),
    "identity": line("case-identity"),
    "anonymous": line("counter-anonymous"),
    "named": line("counter-named"),
    "name": line("counter-name"),
    "secret": line("counter-secret"),
    "consent": line("counter-consent"),
    "files": line("counter-files"),
    "files_hint": line("counter-files-hint"),
    "files_ticked": line("counter-files-ticked"),
    "look": line("counter-look"),
    "preview": line("counter-preview"),
    "agency": line("case-agency"),
    "reason": line("case-reason"),
    "nearby": line("desk-nearby"),
    "nearby_hint": line("counter-nearby-hint"),
    "file": line("counter-file"),
    "support": line("counter-support"),
    "phone": line("counter-phone"),
    "phone_hint": line("counter-phone-hint"),
}
SLIP: Mapping[str, Line] = {
    "number": line("case-number"),
    "category": line("case-category"),
    "agency": line("case-agency"),
    "filed": line("case-filed"),
    "deadline": line("desk-answer-due"),
    "follow": line("slip-follow"),
    "follow_own": line("slip-follow-own"),
    "follow_number": line("slip-follow-number"),
    "follow_here": line("slip-follow-here"),
    "secret": line("slip-secret"),
    "secret_here": line("slip-secret-here"),
    "keep": line("slip-keep"),
    "picture": line("case-share-picture"),
    "print": line("slip-print"),
    "next": line("slip-next"),
    "open": line("slip-open"),
}
