"""English words of time said in Indonesian, so that one grammar reads both. Pure."""

from __future__ import annotations

import re

_COUNTED = r"(?:(?:the|last|past|a|an|one|two|three|four|five|six|more|almost|about) |\d)"
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"\bthe day before yesterday\b", "kemarin lusa"),
    (r"\byesterday(?: (?:morning|evening|afternoon|night))?\b", "kemarin"),
    (r"\blast night\b", "semalam"),
    (r"\bthis (?:morning|afternoon|evening)\b", "tadi pagi"),
    (r"\b(?:today|tonight|just now)\b", "hari ini"),
    (r"\blast (week|month|year)\b", r"\1 lalu"),
    (r"\bthis (week|month|year)\b", r"\1 ini"),
    (r"\blast (monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", r"hari \1 lalu"),
    (r"\bon (monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", r"hari \1"),
    (r"\bsince\b", "sejak"),
    (rf"\b(?:for|over|almost|already) (?={_COUNTED})", "selama "),
    (r"\b(?:the )?(?:last|past) (?=\d|two|three|four|five|few)", ""),
    (r"\b(?:more than|almost|about|over|nearly) ", ""),
    (r"\bweek\b", "minggu"),
    (r"\bmonth\b", "bulan"),
    (r"\byear\b", "tahun"),
    (r"\bday\b", "hari"),
    (r"\b(?:until|till) now\b", "sampai sekarang"),
)
_COMPILED = tuple((re.compile(pattern), meaning) for pattern, meaning in _PHRASES)
_ENGLISH = re.compile(r"\b(?:yesterday|last|this|today|tonight|since|for|ago|on|now|past)\b")


def in_indonesian(text: str) -> str:
    """`text` with its English words of time said in Indonesian; the same text when it has none."""
    if not _ENGLISH.search(text):
        return text
    for pattern, meaning in _COMPILED:
        text = pattern.sub(meaning, text)
    return text
