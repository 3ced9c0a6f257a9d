"""A message cut where one act may end and another begin: at signs, and before words like "tapi". Pure."""

from __future__ import annotations

import re

_CUT = re.compile(
    r"[.;!?\n]+\s+|[,;]+\s*|\s+-+\s+"
    r"|\s+(?=(?:tapi|tp|tpi|tetapi|cuma|cuman|sekalian|skalian|oh ya|oh iya|trus|trs|terus|tolong|tlg|mohon|but"
    r"|(?:habis|abis|sudah|udah) itu|btw|pokoknya|(?:yang|yg|sing) penting|nanging|pls|plis|please)\s)"
    r"|\s+(?:dan|&|and)\s+(?=(?:tolong|jangan|saya|aku|mohon|minta)\s)",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"^\s*(?:(?:tapi|tp|tpi|tetapi|nanging|cuma|cuman|dan|trus|trs|terus|(?:habis|abis|sudah|udah) itu|but|and)"
    r"\b\W*)+",
    re.IGNORECASE,
)
"""Words that join a clause to the one before."""
_MOST_CLAUSES = 8


def clauses_of(text: str) -> tuple[str, ...]:
    """The clauses of a message, in order, as they were typed; the message itself where nothing divides it."""
    found = [_JOINS.sub("", clause).strip() for clause in _CUT.split(_with_marks(text))]
    kept = tuple(clause for clause in found if any(sign.isalnum() for sign in clause))
    return kept if 1 < len(kept) <= _MOST_CLAUSES else (text,)


def _with_marks(text: str) -> str:
    """A question keeps its mark: what it asks is lost without."""
    return re.sub(r"\?+", " ?,", text)
