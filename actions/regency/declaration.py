"""What a regency wrote: reading a file of it, and saying what in it cannot stand."""

from __future__ import annotations

from pathlib import Path


class WrongDeclaration(Exception):
    """Something in a regency's files that cannot stand. Its str is one sentence.

    Attributes:
        file: where it stands.
        line: counted from 1.
        what: what is wrong, without a full stop.
        mend: what to do about it, in the imperative, without a full stop.
    """

    def __init__(self, file: Path, line: int, what: str, mend: str) -> None:
        """Takes the four parts of the sentence."""
        super().__init__(f"{file}, line {line}: {what}; {mend}.")
        self.file, self.line, self.what, self.mend = file, line, what, mend


def read_text(file: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        mend = "save it again as UTF-8 (in Excel: CSV UTF-8)"
        raise WrongDeclaration(file, line, "this is not UTF-8", mend) from None
    except OSError as error:
        raise WrongDeclaration(file, 1, f"cannot be read ({error.strerror})", "put the file there") from None
