"""Messages about the report itself: what she wants done with it, how it goes, that she is afraid to send it. Pure.

Each is found by patterns that a whole message has to match, once what is said around it is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.understanding import words

_AROUND = {name: frozenset(members) for name, members in words.lists("wishes", "around").items()}
_WISHES = {name: words.pattern("wishes", f"wishes.{name}") for name in words.lists("wishes", "wishes")}
_PROGRESS = words.pattern("wishes", "progress.asked")
_FEAR = words.pattern("wishes", "fear.said")
_WORD = re.compile(r"[\w'-]+")
_MOST_WORDS = 12
_OF_A_SENT_REPORT = frozenset({"photo", "more", *(verb for verb in _WISHES if verb.startswith("change"))})


def wish(text: str) -> str | None:
    """What she wants done with the report that she is writing, as the verb of its button; None for anything else.

    A question is none ("bisa dirahasiakan?").
    """
    if "?" in text:
        return None
    said = _without(text, _AROUND["words"])
    return next((verb for verb, pattern in _WISHES.items() if pattern.fullmatch(said)), None)


def follows_up(text: str) -> bool:
    """Whether these words are about a report that was sent: how it goes, or something to add to it or put right."""
    said = _without(text, _AROUND["words"] | _AROUND["since"])
    return bool(_PROGRESS.fullmatch(said)) or wish(text.replace("?", "")) in _OF_A_SENT_REPORT


def fears(text: str) -> bool:
    """Whether these words say that she is afraid, as of being found out, and nothing else: "takut ketahuan"."""
    return bool(_FEAR.fullmatch(_without(text, _AROUND["words"] | _AROUND["tale"])))


def _without(text: str, around: Collection[str]) -> str:
    found = _WORD.findall(text.casefold())
    return " ".join(word for word in found if word not in around) if len(found) <= _MOST_WORDS else ""
