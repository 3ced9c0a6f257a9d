"""The way of one thing through the code as it runs: every call into another file that hands the thing over."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType

HOME = Path(__file__).parents[1]
CODE = tuple(f"{HOME / folder}/" for folder in ("bot", "actions"))


class Walk:
    """Notes which file each step leads into, while it is followed.

    A step is a call from one file into another with the thing, in any of its forms, among what is handed over. Reading
    a property of the thing is none, nor is going on where it was called from.
    """

    def __init__(self, *forms: type) -> None:
        """`forms`: the classes that the thing is an instance of on its way."""
        self.steps: list[str] = []
        self._forms = forms
        self._begun = set[FrameType]()

    @contextmanager
    def followed(self) -> Generator[None]:
        """Follow it until the end of this block."""
        sys.setprofile(self._note)
        try:
            yield
        finally:
            sys.setprofile(None)
            self._begun.clear()

    def _note(self, frame: FrameType, kind: str, _: object) -> None:
        file = frame.f_code.co_filename
        if kind != "call" or not file.startswith(CODE) or frame in self._begun:
            return
        self._begun.add(frame)  # a coroutine that goes on is called again
        if _caller(frame) != file and any(isinstance(_first(one), self._forms) for one in _handed_over(frame)):
            self.steps.append(str(Path(file).relative_to(HOME)))


def _caller(frame: FrameType) -> str:
    return frame.f_back.f_code.co_filename if frame.f_back else ""


def _handed_over(frame: FrameType) -> list[object]:
    code: CodeType = frame.f_code
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return [frame.f_locals.get(name) for name in names if name != "self"]


def _first(value: object) -> object:
    """Of several that are handed over together, the first."""
    return next(iter(value), value) if isinstance(value, list | tuple) else value
