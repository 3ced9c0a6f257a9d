"""Lengths of time: "sudah 2 minggu", "mati seminggu" reach to today; "2 hari yang lalu" is one day. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding import words
from bot.understanding.time.days import before, one_day
from bot.understanding.time.grammar import AMOUNT, NUMBER, DateContext, TimeMatch, amount
from bot.understanding.understood import When

_WORDS = {name: "|".join(members) for name, members in words.lists("times", "spans").items()}
_AMOUNT = re.compile(rf"\b{AMOUNT}")
_AGO = re.compile(r"(?: lebih)?(?: yang)? (?:lalu|kemarin|silam|ago)\b")
_NOT_AFTER = re.compile(rf"(?: lebih)?(?: yang)? (?:{_WORDS['not_after']})\b|\s?sekali\b")
_AFTER = re.compile(r"(?: (?:lebih|lamanya|penuh|berturut-turut|ini|terakhir|belakangan))*")
_TAIL = re.compile(rf"(?: lebih| lamanya)* (?:{_WORDS['tail']})\b")
_LEAD = re.compile(rf"\b(?:{_WORDS['lead']})(?: (?:{_WORDS['lead']}))* $")
_STATE = re.compile(rf"\b(?:{_WORDS['state']})(?: (?:{_WORDS['between']}))? $")
_OFTEN = re.compile(rf"\b(?:{_WORDS['often']}) $")
_PROMISE = re.compile(rf"\b(?:{_WORDS['promise']})\b[^.,;]{{0,18}}$")
_HOURS = re.compile(
    rf"\b(?:sudah|selama|hampir|lebih dari)(?: (?:hampir|lebih dari|sekitar))? (?P<n>{NUMBER}|se)\s?jam\b(?! sehari)"
)
_A_DAY_HOURS = 24
_REACH = 60


def spans(text: str, calendar: DateContext) -> Iterator[TimeMatch]:
    """The lengths of time in `text`, in no order."""
    for match in _AMOUNT.finditer(text):
        found = _span(match, text, calendar)
        if found is not None:
            yield found
    for match in _HOURS.finditer(text):
        if not match["n"].isdigit() or int(match["n"]) < _A_DAY_HOURS:
            yield TimeMatch(match.start(), match.end(), one_day(calendar.today), 1)


def _span(match: re.Match[str], text: str, calendar: DateContext) -> TimeMatch | None:
    """What one length of time means, by what stands around it; None when it is an age, a term or a promise."""
    since = before(calendar.today, *amount(match))
    ago = _AGO.match(text, match.end())
    if ago is not None:
        return TimeMatch(match.start(), ago.end(), one_day(since), 1)
    reach = text[max(0, match.start() - _REACH) : match.start()]
    if _NOT_AFTER.match(text, match.end()) or _OFTEN.search(reach):
        return None
    lead = _LEAD.search(reach) or _STATE.search(reach)
    tail = _TAIL.match(text, match.end())
    start = match.start() - (len(reach) - lead.start() if lead else 0)
    if (lead is None and tail is None) or _PROMISE.search(text, max(0, start - _REACH), start):
        return None
    end = tail or _AFTER.match(text, match.end()) or match
    return TimeMatch(start, end.end(), When(since, calendar.today), 0)
