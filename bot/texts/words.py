"""Gives lines, buttons and screens their words: Fluent for texts, Babel for dates. Decides nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from fluent.runtime import FluentBundle, FluentResource

from bot.conversation.screen import Label, LabelSource, Line, Screen, Value
from bot.texts.own import project_text

DAY = "EEEE, d MMMM y"
MONTH = "MMMM y"
MOMENT = "EEEE, d MMMM y, HH.mm"
NOTHING_BROUGHT: Mapping[str, tuple[str, ...]] = {}
LABEL = re.compile(r"[^\W\d_][\w/&-]*(?: [\w/&-]+){0,2}(?=: )")
"""At most three words before a colon, as a text of the project or a regency begins: what follows is about them."""
TICKET = "ticket"
"""The argument of a text that is the number of a case."""
LONGEST_PART = 2_000
"""Letters of one argument that Fluent is given; it refuses 2,500, and a story may be longer."""


class UnknownText(KeyError):
    """A key that the text files of this language do not have."""


class BrokenText(ValueError):
    """A text that cannot be put into words: something it needs was not given."""


type Span = tuple[int, int]
"""Where a part of a text begins and ends, in characters."""


@dataclass(frozen=True, slots=True)
class WordedScreen:
    """A whole message in words, a line each; `bold` are its labels and the numbers of cases, in order."""

    text: str
    bold: tuple[Span, ...] = ()


class Declared(Protocol):
    """The words that a regency declares."""

    def category(self, slug: str, language: str) -> str:
        """A category or group, as a citizen reads it."""
        ...

    def agency(self, code: str) -> str:
        """An agency's name."""
        ...

    def answer(self, key: str, language: str) -> str:
        """The answer to a question about the service."""
        ...


class Texts:
    """The texts of every language, with the words of one regency."""

    def __init__(
        self,
        own: Mapping[str, str],
        declared: Declared,
        zone: ZoneInfo,
        brought: Mapping[str, tuple[str, ...]] = NOTHING_BROUGHT,
    ) -> None:
        """Read `<language>.ftl` for each language.

        Args:
            own: by language, a text file that the regency lays over the project's; the first language stands for
                those that are not spoken here.
            declared: what else the regency words.
            zone: in which days and hours are told.
            brought: by language, texts of parts that are installed beside the project.

        Raises:
            FileNotFoundError: a language has no text file.
        """
        self._bundles = {language: _bundle(language, text, brought.get(language, ())) for language, text in own.items()}
        self._declared = declared
        self._zone = zone
        self._fixed: dict[tuple[str, Line], str] = {}
        self._labels: dict[tuple[str, str], str] = {}

    def spoken(self, language: str | None) -> str:
        """This language where it is spoken here, else the first of the regency's."""
        return language if language in self._bundles else next(iter(self._bundles))

    def keys(self, language: str) -> frozenset[str]:
        """Every key this language has words for."""
        return frozenset(self._bundles[language]._messages)  # noqa: SLF001 - the library lists them nowhere else

    def has(self, language: str, key: str) -> bool:
        """Whether this language has words for the key."""
        return bool(self._bundles[language].has_message(key))

    def say(self, language: str, line: Line) -> str:
        """The words of one line.

        Raises:
            UnknownText: the key is unknown.
            BrokenText: the text needs something that the line does not bring.
        """
        if line.args:
            return self._worded(language, line)
        if (language, line) not in self._fixed:  # most lines say the same every time
            self._fixed[language, line] = self._worded(language, line)
        return self._fixed[language, line]

    def _worded(self, language: str, line: Line) -> str:
        bundle = self._bundles[language]
        if not bundle.has_message(line.key):
            raise UnknownText(line.key)
        pattern = bundle.get_message(line.key).value
        if pattern is None:
            raise UnknownText(line.key)
        args = {name: self._value(language, value) for name, value in line.args}
        words, errors = bundle.format_pattern(pattern, {name: _held_back(name, value) for name, value in args.items()})
        if errors:
            raise BrokenText(f"{line.key}: {[type(error).__name__ for error in errors]}")
        for name, value in args.items():
            words = str(words).replace(_mark(name), str(value))
        return str(words).strip()

    def label(self, language: str, label: Line | Label) -> str:
        """The words of a button."""
        return self.say(language, label) if isinstance(label, Line) else self._label(language, label)

    def message(self, language: str, screen: Screen) -> WordedScreen:
        """The words of a whole message, and what in them stands out."""
        texts: list[str] = []
        bold: list[Span] = []
        begins = 0
        for line in screen.lines:
            texts.append(self.say(language, line))
            bold += ((begins + start, begins + end) for start, end in self._bold(language, line, texts[-1]))
            begins += len(texts[-1]) + 1
        return WordedScreen("\n".join(texts), tuple(bold))

    def _bold(self, language: str, line: Line, text: str) -> Iterator[Span]:
        """The label with which a line begins, and each number of a case that it is given."""
        label = self._label_of(language, line.key)
        if label and text.startswith(label):
            yield 0, len(label)
        for name, value in line.args:
            at = text.find(str(value), len(label)) if name == TICKET else -1
            if at >= 0:
                yield at, at + len(str(value))

    def _label_of(self, language: str, key: str) -> str:
        """What the text of this key says before its colon, whatever it is given; "" where it says nothing there."""
        if (language, key) not in self._labels:
            pattern = self._bundles[language].get_message(key).value
            first = getattr(pattern, "elements", (pattern,))[0]
            found = LABEL.match(getattr(first, "value", ""))
            self._labels[language, key] = found[0] if found else ""
        return self._labels[language, key]

    def version(self, language: str, key: str) -> str:
        """Names the wording of a text, so that it can be shown later what somebody consented to."""
        words = self.say(language, Line(key))
        return f"{language}-{hashlib.sha256(words.encode()).hexdigest()[:12]}"

    def _value(self, language: str, value: Value) -> str | float:
        match value:
            case Label():
                return self._label(language, value)
            case tuple():
                return ", ".join(self.say(language, line) for line in value)
            case datetime():
                return format_datetime(value.astimezone(self._zone), MOMENT, locale=language)
            case date():
                return format_date(value, DAY, locale=language)
        return value

    def _label(self, language: str, label: Label) -> str:
        match label.names:
            case LabelSource.TEXT:
                return self.say(language, Line(label.name))
            case LabelSource.CATEGORY:
                return self._declared.category(label.name, language)
            case LabelSource.AGENCY:
                return self._declared.agency(label.name)
            case LabelSource.ANSWER:
                return self._declared.answer(label.name, language)
            case LabelSource.MONTH:
                return format_date(date.fromisoformat(f"{label.name}-01"), MONTH, locale=language)
            case LabelSource.LANGUAGE:
                return Locale.parse(label.name).get_display_name(language) or label.name


def _mark(name: str) -> str:
    return f"\ue000{name}\ue001"


def _held_back(name: str, value: str | float) -> str | float:
    """The value, or a mark in the place of a story that is longer than Fluent lets a part of a text be."""
    return _mark(name) if isinstance(value, str) and len(value) > LONGEST_PART else value


@lru_cache
def _bundle(language: str, own: str, brought: tuple[str, ...]) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(project_text(language)))
    for text in brought:
        bundle.add_resource(FluentResource(text))
    bundle.add_resource(FluentResource(own), allow_overrides=True)
    return bundle
