"""What a check finds, and the example it is found in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Fault:
    """Something to mend.

    Attributes:
        file: where it stands.
        line: counted from 1; 0 when the file as a whole is meant.
        words: what is wrong and how to mend it, one sentence or two.
    """

    file: Path
    line: int
    words: str

    def __str__(self) -> str:
        """As the command prints it: file, line, words."""
        return f"{self.file}:{self.line}: {self.words}" if self.line else f"{self.file}: {self.words}"


@dataclass(frozen=True)
class Example:
    """One line of a file.

    Attributes:
        text: what somebody might write.
        intent: what its sender wants.
        category: what it is about; None where its block bears none.
        file: where it stands.
        line: counted from 1.
    """

    text: str
    intent: str
    category: str | None
    file: Path
    line: int

    @property
    def label(self) -> str:
        """Intent and category, as a person says it."""
        return f"{self.intent}, {self.category}" if self.category else self.intent

    def fault(self, words: str) -> Fault:
        """A fault of this example."""
        return Fault(self.file, self.line, words)
