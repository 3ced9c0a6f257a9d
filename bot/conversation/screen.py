"""What is to be said, before it has words: keys of the text files, their arguments, and buttons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class LabelSource(StrEnum):
    """Where the words of a `Label` come from."""

    TEXT = "text"
    CATEGORY = "category"
    AGENCY = "agency"
    ANSWER = "answer"
    LANGUAGE = "language"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Label:
    """Something whose words the text files or the regency's declarations know."""

    names: LabelSource
    name: str


type Value = str | int | float | date | datetime | Label | tuple[Line, ...]
"""A date is a day, a datetime a moment; several lines are listed in one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a message: a key of the text files and what it needs."""

    key: str
    args: tuple[tuple[str, Value], ...] = ()


def line(key: str, **args: Value) -> Line:
    """A `Line` of this key; keyword arguments become its arguments, in alphabetical order."""
    return Line(key, tuple(sorted(args.items())))


class ButtonKind(StrEnum):
    """What pressing does: tell us, share a position, copy a text to the clipboard, or ring a number."""

    PRESS = "press"
    SHARE_PLACE = "share_place"
    COPY = "copy"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Button:
    """A button; `press` is what comes back (`Pressed.press`), the text that is copied, or the number that is rung.

    `asks_for_files`: it asks her to send files, so it stands only where files can come in.
    """

    label: Line | Label
    press: str
    kind: ButtonKind = ButtonKind.PRESS
    asks_for_files: bool = False


type Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A message with its buttons.

    Attributes:
        as_keyboard: the buttons stand where the letters are (to share a place).
        files: the channel's own names of the files that it is about; a channel that can, shows them small.
        file_buttons: none, or one for each of `files`, for such a channel.
    """

    lines: tuple[Line, ...]
    rows: Rows = ()
    as_keyboard: bool = False
    files: tuple[str, ...] = ()
    file_buttons: tuple[Button, ...] = ()


def screen(
    *lines: Line, rows: Iterable[Iterable[Button]] = (), as_keyboard: bool = False, files: Iterable[str] = ()
) -> Screen:
    """A screen, written as it reads; empty rows are left out."""
    return Screen(lines, tuple(tuple(row) for row in rows if row), as_keyboard, tuple(files))


def button(key: str, press: str, draft_key: str = "") -> Button:
    """A button labelled by `button-<key>`; with `draft_key` it belongs to that draft and no other."""
    return Button(Line(f"button-{key}"), f"{press}@{draft_key}" if draft_key else press)
