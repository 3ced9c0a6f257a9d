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
_CONTRAST = re.compile(
    r"\b(?P<not>(?:bukan|bkn|bukannya|dudu|not|lain)\s+(?:[^\s,.;!?]+\s+){0,3}[^\s,.;!?]+)(?P<between>[ ,]+)"
    r"(?P<but>(?:tapi|tp|tpi|tetapi|ning|nanging|but)\s+(?:[^\s,.;!?]+\s*){1,4}(?:$|[,.;!?]))",
    re.IGNORECASE,
)
"""What it is not and what it is, in few words: one thing said, of which neither half says it alone."""
_HELD = str.maketrans(" ,", "\ue000\ue001")
_FREED = {held: sign for sign, held in _HELD.items()}
"""Signs that nothing is cut at, for those between the halves of a contrast."""
_MOST_CLAUSES = 8


def clauses_of(text: str) -> tuple[str, ...]:
    """The clauses of a message, in order, as they were typed; the message itself where nothing divides it."""
    whole = _CONTRAST.sub(_held_together, _with_marks(text))
    found = [_JOINS.sub("", clause).translate(_FREED).strip() for clause in _CUT.split(whole)]
    kept = tuple(clause for clause in found if any(sign.isalnum() for sign in clause))
    return kept if 1 < len(kept) <= _MOST_CLAUSES else (text,)


def _held_together(contrast: re.Match[str]) -> str:
    """A contrast whose halves are not cut apart."""
    return f"{contrast['not']}{contrast['between'].translate(_HELD)}{contrast['but']}"


def _with_marks(text: str) -> str:
    """A question keeps its mark: what it asks is lost without."""
    return re.sub(r"\?+", " ?,", text)
