"""What the card says of a draft, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.conversation.catalogue import Catalogue
from bot.conversation.dialogue import UNKNOWN, Draft
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.understanding.understood import Place

LONGEST_SHOWN = 2_400
BEGINNING_SHOWN, END_SHOWN = 1_600, 600
"""Letters of a story on a card; a message of Telegram holds 4,096 with everything else on it."""
FILE_KINDS = ("photo", "video", "voice", "document")


def card_lines(draft: Draft, catalogue: Catalogue) -> Iterator[Line]:
    """The draft as it stands; the last line says what pressing Kirim consents to."""
    yield story_line("card-story", draft.story) if draft.pieces else line("card-no-story")
    yield line("card-type", type=Label(LabelSource.TEXT, f"type-{draft.report_type}"))
    yield _category(draft)
    yield from _place(draft)
    if draft.meaning.when.since and draft.meaning.when.until:
        same = draft.meaning.when.since == draft.meaning.when.until
        yield line("card-day" if same else "card-days", since=draft.meaning.when.since, until=draft.meaning.when.until)
    if draft.files:
        yield files_line("card-files", (file.kind for file in draft.files))
    yield line("card-named", name=draft.name) if draft.name else line("card-anonymous")
    if draft.secret:
        yield line("card-secret")
    elif is_sensitive(draft, catalogue):
        yield line("card-sensitive")
    yield line("card-consent")


def files_line(key: str, kinds: Iterable[str]) -> Line:
    """How many files of each kind."""
    counts = Counter(kind if kind in FILE_KINDS else "document" for kind in kinds)
    return line(key, files=tuple(line(f"files-{kind}", count=counts[kind]) for kind in FILE_KINDS if counts[kind]))


def story_line(text_key: str, story: str) -> Line:
    """A story as a message shows it; of a very long one the beginning and the end, so that it stays one message."""
    if len(story) <= LONGEST_SHOWN:
        return line(text_key, story=story)
    left_out = line("story-left-out", count=len(story) - BEGINNING_SHOWN - END_SHOWN)
    return line(f"{text_key}-long", beginning=story[:BEGINNING_SHOWN], middle=(left_out,), end=story[-END_SHOWN:])


def is_sensitive(draft: Draft, catalogue: Catalogue) -> bool:
    """Bribery, violence and the like: by its words or by its category."""
    return draft.meaning.sensitive or draft.decided_category in catalogue.sensitive


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
    known = describe_place(draft.place)
    if given and given.words:
        written = given.words.casefold()
        more = [name for name in known.split(", ") if name and name.casefold() not in written]
        return f"{given.words} ({', '.join(more)})" if more else given.words
    return known or None


def _category(draft: Draft) -> Line:
    decided = draft.decided_category
    if decided == UNKNOWN:
        return line("card-category-unknown")
    if decided is None:
        return line("card-category-doubt")
    return line("card-category", category=Label(LabelSource.CATEGORY, decided))


def _place(draft: Draft) -> Iterator[Line]:
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
