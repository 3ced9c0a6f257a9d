"""Who wrote an SMS: a person's number, or a name, a short code or a machine, which is never answered. Pure."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.channels.sms.gsm import in_sms_letters

NUMBER: Final = re.compile(r"\+\d{9,15}", re.ASCII)
"""A subscriber (ITU-T E.164). Names are masked senders, shorter numbers short codes (Permen Kominfo 21/2013): machines,
which would answer our answers for ever."""
AN_HOUR: Final = timedelta(hours=1)
SAME_TEXTS: Final = 3
SHORTEST_OF_A_MACHINE: Final = 20
"""Letters: a person sends "1" or "ya" again and again."""
MOST_REMEMBERED: Final = 2_000


def person(sender: str) -> str:
    """The number of a subscriber, in one spelling; "" for any other sender."""
    chat = re.sub("^(0|62)", "+62", re.sub(r"[\s().-]", "", sender))
    return chat if NUMBER.fullmatch(chat) else ""


@dataclass(slots=True)
class MachineWatch:
    """Tells an automatic reply from a person: the same long text again and again within an hour.

    What it knows ends with the process; a machine then has three answers more.
    """

    _texts: deque[tuple[datetime, str, int]] = field(default_factory=lambda: deque(maxlen=MOST_REMEMBERED))

    def is_machine(self, chat: str, text: str, key: str, at: datetime) -> bool:
        """Whether this is a machine's: as many others of the same words were kept."""
        said = _of_somebody(chat, text)
        same = {name for then, name, what in self._texts if said and what == said and at - then < AN_HOUR} - {key}
        return len(same) >= SAME_TEXTS

    def was_kept(self, chat: str, text: str, key: str, at: datetime) -> None:
        """Counts a message, once however often it is brought; whatever is not kept is brought again by anybody."""
        if said := _of_somebody(chat, text):
            self._texts.append((at, key, said))


def _of_somebody(chat: str, text: str) -> int:
    """Stands for these words of this number; 0 for words that people send again and again."""
    bare = in_sms_letters(text).strip().casefold()
    return hash((chat, bare)) if len(bare) >= SHORTEST_OF_A_MACHINE else 0
