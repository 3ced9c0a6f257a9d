"""A message as a citizen sees it, and as a talk file writes it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

LONGEST_LINE = 400
KEY_OF_A_LINK = re.compile(r"\?k=[\w-]+")


class How(StrEnum):
    """How a message came: by itself, in the place of another, or so that only its buttons went.

    PROGRESS: a case's live card reads differently now.
    """

    SENT = "sent"
    EDITED = "edited"
    UNCHANGED = "unchanged"
    RETIRED = "retired"
    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class Message:
    """What she reads, and the labels of its buttons; `special`: those that a plain text cannot have."""

    text: str
    labels: tuple[str, ...] = ()
    special: frozenset[str] = frozenset()
    how: How = How.SENT


def rendered(message: Message) -> str:
    """As a talk file has it: words behind `<`, buttons in brackets on the last line."""
    first, *more = map(_shortened, message.text.split("\n"))
    lines = [f"< {first}", *(f"  {line}" if line else "" for line in more)]
    if message.labels:
        lines.append("  " + " ".join(f"[{label}]" for label in message.labels))
    return "\n".join(lines)


def _shortened(line: str) -> str:
    """A line that nobody would read in a diff, by its beginning, its length and its end."""
    if len(line) <= LONGEST_LINE:
        return line
    return f"{line[:60]} … ({len(line)} letters) … {line[-60:]}"


@dataclass(frozen=True, slots=True)
class Mask:
    """Writes ticket numbers as `LP-****-****`; the second as `LP-****-***2`, and so on."""

    tickets: Sequence[str]
    mistyped: str

    def cover(self, messages: Iterable[Message]) -> list[Message]:
        """Messages in which no number is to be seen."""
        return [
            replace(
                message,
                text=self._covered(message.text),
                labels=tuple(map(self._covered, message.labels)),
                special=frozenset(map(self._covered, message.special)),
            )
            for message in messages
        ]

    def uncover(self, text: str) -> str:
        """The words that she types, with real numbers."""
        named = {"{tiket}": self.tickets[0], "{tiket salah}": self.mistyped}
        named |= {f"{{tiket {number}}}": ticket for number, ticket in enumerate(self.tickets, 1)}
        for name, ticket in named.items():
            text = text.replace(name, ticket)
        return text

    def _covered(self, text: str) -> str:
        shown = {ticket: f"LP-****-***{number if number > 1 else '*'}" for number, ticket in enumerate(self.tickets, 1)}
        shown[self.mistyped] = "LP-****-***?"
        text = KEY_OF_A_LINK.sub("?k=****", text)
        return re.sub("|".join(map(re.escape, shown)), lambda found: shown[found[0]], text)
