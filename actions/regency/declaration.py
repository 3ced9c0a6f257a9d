"""What a regency wrote: reading a file of it, and saying what in it cannot stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

type Part = str | int | Phrase


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words with places in them, and what stands there, kept apart so that they can be said in another language.

    `form`: English, the places in braces; a part that is made of words is a phrase itself. Its str is the English.
    """

    form: str
    parts: tuple[tuple[str, Part], ...] = ()

    def __str__(self) -> str:
        """In English."""
        return self.form.format_map(dict(self.parts))


def phrase(form: str, **parts: Part) -> Phrase:
    """A phrase, written as it reads."""
    return Phrase(form, tuple(parts.items()))


class WrongDeclaration(Exception):
    """Something in a regency's files that cannot stand. Its str is one sentence.

    Attributes:
        file: where it stands.
        line: counted from 1.
        what: what is wrong, without a full stop.
        mend: what to do about it, in the imperative, without a full stop.
    """

    def __init__(self, file: Path, line: int, what: Phrase, mend: Phrase) -> None:
        """Takes the four parts of the sentence."""
        super().__init__(f"{file}, line {line}: {what}; {mend}.")
        self.file, self.line, self.what, self.mend = file, line, what, mend


def read_text(file: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        mend = phrase("save it again as UTF-8 (in Excel: CSV UTF-8)")
        raise WrongDeclaration(file, line, phrase("this is not UTF-8"), mend) from None
    except OSError as error:
        what = phrase("cannot be read ({error})", error=error.strerror or type(error).__name__)
        raise WrongDeclaration(file, 1, what, phrase("put the file there")) from None
