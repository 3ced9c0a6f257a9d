"""Tells whoever writes as a machine does from a person, so that no two machines answer each other for ever. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

AN_HOUR: Final = timedelta(hours=1)
SAME_TEXTS: Final = 3
SHORTEST_OF_A_MACHINE: Final = 20
"""Letters: a person sends "1" or "ya" again and again."""
MOST_REMEMBERED: Final = 2_000


@dataclass(slots=True)
class MachineWatch:
    """Knows an automatic reply: the same long text again and again within an hour, or too many messages.

    What it knows ends with the process; a machine then has three answers more.

    Attributes:
        most_an_hour: messages of one chat; None where their number says nothing.
    """

    most_an_hour: int | None = None
    _texts: deque[tuple[datetime, str, int, int]] = field(default_factory=lambda: deque(maxlen=MOST_REMEMBERED))

    def is_machine(self, chat: str, text: str, key: str, at: datetime) -> bool:
        """Whether this is a machine's: as many others of the same words, or of this chat, were kept."""
        whose, said = hash(chat), _of_somebody(chat, text)
        recent = [(name, who, what) for then, name, who, what in self._texts if at - then < AN_HOUR and name != key]
        same = {name for name, _, what in recent if said and what == said}
        is_too_much = self.most_an_hour is not None and self.most_an_hour <= len(
            {name for name, who, _ in recent if who == whose}
        )
        return len(same) >= SAME_TEXTS or is_too_much

    def was_kept(self, chat: str, text: str, key: str, at: datetime) -> None:
        """Counts a message, once however often it is brought; whatever is not kept is brought again by anybody."""
        self._texts.append((at, key, hash(chat), _of_somebody(chat, text)))


def _of_somebody(chat: str, text: str) -> int:
    """Stands for these words of this chat; 0 for words that people send again and again."""
    bare = text.strip().casefold()
    return hash((chat, bare)) if len(bare) >= SHORTEST_OF_A_MACHINE else 0
