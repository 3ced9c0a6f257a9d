"""The source of a text file, message by message: what each says, what it names, and where it stands. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is written.

    Attributes:
        key: its name.
        words: its value, without the indent.
        names: the arguments that it names.
        is_plain: it is a value alone, without attributes, and needs no other message and no function.
        first, last: it stands at these characters, the last one not included.
    """

    key: str
    words: str
    names: frozenset[str]
    is_plain: bool
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Source:
    """A text file. `unreadable`: where something begins that is no message and no comment."""

    messages: Sequence[Message]
    unreadable: Sequence[int] = ()

    def by_key(self) -> Mapping[str, Message]:
        """Its messages; of two with the same name the last, as Fluent takes them."""
        return {message.key: message for message in self.messages}


def read_source(text: str) -> Source:
    """The messages of a text file, in its order."""
    body = FluentParser().parse(text).body
    rest = [entry for entry in body if isinstance(entry, (ast.Junk, ast.Term))]
    return Source(
        tuple(_message(entry, text) for entry in body if isinstance(entry, ast.Message)),
        tuple(_start(entry.span) for entry in rest),
    )


def with_message(text: str, key: str, words: str) -> str:
    """The file with these words for a message; "" takes it out. Whatever else stands there stays as it is."""
    known = read_source(text).by_key().get(key)
    written = f"{key} =\n{textwrap.indent(words.strip(), '    ')}\n" if words.strip() else ""
    if known is None:
        return f"{text}{'' if text.endswith('\n') or not text else '\n'}{written}"
    rest = text[known.last :]
    return f"{text[: known.first]}{written}{rest.removeprefix('\n')}"


class _Names(Visitor):
    """What a message names: arguments, and what is more than that."""

    def __init__(self) -> None:
        self.arguments: set[str] = set()
        self.others = 0

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the library's way
        self.arguments.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - the library's way
        del node
        self.others += 1

    visit_TermReference = visit_FunctionReference = visit_Attribute = visit_MessageReference  # noqa: N815 - as above


def _message(entry: ast.Message, text: str) -> Message:
    names = _Names()
    names.visit(entry)
    first, last = _start(entry.id.span), entry.span.end if entry.span else 0
    words = _words(entry.value, text) if entry.value else ""
    is_plain = bool(words) and not names.others
    return Message(entry.id.name, words, frozenset(names.arguments), is_plain, first, last)


def _words(pattern: ast.Pattern, text: str) -> str:
    """The value as somebody edits it: a block without its indent, a line as it stands."""
    start, end = _start(pattern.span), pattern.span.end if pattern.span else 0
    begins = text.rfind("\n", 0, start) + 1
    if not text[begins:start].strip():
        return textwrap.dedent(text[begins:end]).strip()
    line, _, rest = text[start:end].partition("\n")
    return f"{line}\n{textwrap.dedent(rest)}".strip()


def _start(span: ast.Span | None) -> int:
    return span.start if span else 0
