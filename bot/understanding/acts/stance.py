"""Whether words that speak of secrecy may refuse it: a model hears the word, and not always what denies it. Pure."""

from __future__ import annotations

import re

from bot.understanding import words
from bot.understanding.acts.clauses import clauses_of
from bot.understanding.normalise import normalise

_LISTS = words.lists("stance", "secrecy")
_NAMED, _REFUSES = (re.compile(rf"\b(?:{'|'.join(_LISTS[name])})(?!\w)") for name in ("named", "refuses"))


def may_refuse_secrecy(text: str) -> bool:
    """Whether secrecy is named only in clauses that refuse something as well ("biar umum lihat, jangan dirahasiakan").

    What is refused is not told from these words alone ("jangan lupa dirahasiakan"), so they are asked about.
    """
    named = [plain for plain in map(normalise, clauses_of(text)) if _NAMED.search(plain)]
    return bool(named) and all(_REFUSES.search(plain) for plain in named)
