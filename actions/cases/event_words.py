"""What somebody types and sends along with a step of a case, kept apart from the step's event. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass

from actions.cases import chain


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Something sent along: what kind, in which chat of which channel, and the channel's own name for it."""

    kind: str
    channel: str
    chat: str
    file_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What was typed and sent with one step.

    Attributes:
        words: the question, the answer, the note, the reason.
        mend: what the reporter of a rejected case can do.
        body, contact: who is responsible for a referred case, and how to reach them.
        salt: of its digest, in hexadecimal; "" where nothing was typed.
    """

    words: str = ""
    mend: str = ""
    body: str = ""
    contact: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    salt: str = ""

    @property
    def is_nothing(self) -> bool:
        """Neither words nor pictures."""
        return not (self.typed or self.enclosures)

    @property
    def typed(self) -> str:
        """All that was typed, as it is digested: the words alone where there is nothing else; "" for nothing."""
        more = {name: told for name in ("mend", "body", "contact") if (told := getattr(self, name))}
        return json.dumps({"words": self.words, **more}, sort_keys=True) if more else self.words

    @property
    def photos(self) -> int:
        """How many pictures and films it holds."""
        return sum(enclosure.kind in PICTURES for enclosure in self.enclosures)

    @property
    def digest(self) -> str:
        """What the event holds of it; "" where nothing was typed."""
        return chain.digest(self.typed, bytes.fromhex(self.salt)) if self.typed else ""


PICTURES = frozenset({"photo", "video"})
NOTHING_SAID = Saying()
