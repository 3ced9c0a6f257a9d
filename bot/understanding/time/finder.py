"""When a matter happened, from free words. Pure: the day of reading is given, and nothing is looked up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from bot.understanding.normalise import normalise
from bot.understanding.time.dates import dates
from bot.understanding.time.english import in_indonesian
from bot.understanding.time.feasts import Feasts, feasts_of
from bot.understanding.time.grammar import DateContext, TimeMatch
from bot.understanding.time.points import points
from bot.understanding.time.spans import spans
from bot.understanding.understood import When

_SINCE = re.compile(
    r"\b(?:sejak|dari|mulai(?: dari| sejak)?|semenjak|terhitung(?: dari| sejak| mulai)?)"
    r"(?:(?<=sejak)(?: \w+){1,2}?)?(?: (?:jam \d{1,2}(?:[.:]\d\d)?(?: (?:pagi|siang|sore|malam))?|"
    r"sekitar|kira-kira|kurang lebih|pada|hari|tanggal|bulan|tahun|waktu|masa|habis|setelah|sebelum|sudah|hampir|"
    r"lebih dari))*\s?$"
)
_SUPPOSED = re.compile(r"\b(?:kalau|jika|bila|apabila|setiap(?: kali)?|tiap(?: kali)?|sebelum) $")
_EXPLAINED = re.compile(r",? ?\(?(?:tanggal )?")
_SINCE_INSIDE = re.compile(r"^(?:sejak|dari|mulai|semenjak)\b")
_TO_NOW = re.compile(r"^,?\s?(?:sampai|hingga|s/d)\s?(?:dengan )?(?:sekarang|saat ini|detik ini|kini|hari ini)\b")
_TO = re.compile(r"^\s?(?:sampai(?: dengan)?|hingga|s/d|-)\s?(?:hari |tanggal )?$")


def find_when(text: str, today: date, feasts: Feasts = feasts_of) -> When:
    """The span of days that the message speaks of.

    Args:
        text: as typed.
        today: the day of the message in the regency's time zone.
        feasts: first days of the feasts of a year.

    Returns:
        One day has both ends equal; a length of time and "sejak …" run to `today`; `When()` without any. A day
        to come is returned only when the words say so ("besok").
    """
    plain = in_indonesian(normalise(text))
    calendar = DateContext(today, feasts)
    meaning = [*dates(plain, calendar), *points(plain, calendar), *spans(plain, calendar)]
    found = _told_once(plain, _apart([f for f in meaning if not _SUPPOSED.search(plain, 0, f.start)]))
    told = [_in_context(plain, found, index, today) for index in range(len(found))]
    seen = [f for f in told if f.is_future or (f.when.since is not None and f.when.since <= today)]
    best = min(seen, key=lambda f: (f.is_future, f.rank, f.start), default=None)
    if best is None:
        return When()
    if not best.is_future and best.when.until is not None and best.when.until > today:
        return When(best.when.since, today)
    return best.when


def _apart(found: Sequence[TimeMatch]) -> list[TimeMatch]:
    """Of times that overlap the longest, of equals the first found."""
    kept: list[TimeMatch] = []
    for candidate in sorted(found, key=lambda f: f.start - f.end):
        if all(candidate.end <= other.start or other.end <= candidate.start for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda f: f.start)


def warm(today: date) -> None:
    """Load what dateparser and holidays load on their first use (half a second), before a citizen waits for it."""
    find_when("5 maret, sejak lebaran", today)


def _told_once(text: str, found: Sequence[TimeMatch]) -> list[TimeMatch]:
    """Without the days that a date explains: "hari Sabtu tanggal 1 Oktober" is 1 October."""
    explained = {this for this, after in pairwise(found) if _EXPLAINED.fullmatch(text, this.end, after.start)}
    return [this for this in found if this not in explained]


def _in_context(text: str, found: Sequence[TimeMatch], index: int, today: date) -> TimeMatch:
    """A time with what stands around it: "sejak" before, "sampai sekarang" or another time after."""
    this = found[index]
    following = found[index + 1] if index + 1 < len(found) else None
    since = _SINCE.search(text, 0, this.start) or _SINCE_INSIDE.search(text[this.start : this.end])
    if following is not None and _TO.search(text[this.end : following.start]):
        return replace(this, when=When(this.when.since, following.when.until), end=following.end, rank=0)
    if (
        (since or _TO_NOW.search(text[this.end :]))
        and this.when.since is not None
        and not (this.is_future or this.is_closed)
    ):
        return replace(this, when=When(this.when.since, today), rank=0)
    return this
