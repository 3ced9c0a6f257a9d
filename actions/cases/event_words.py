"""What an event holds beside its statuses: small details, and words and files somebody added. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields

from actions.cases import chain

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Templates:
    """What says nothing (data/empty_phrases.toml).

    Attributes:
        phrases: sentences, in small letters and without punctuation.
        fillers: words of politeness and of filling.
        own_words: how many other words a note needs.
    """

    phrases: tuple[str, ...] = ()
    fillers: Collection[str] = frozenset()
    own_words: int = 1


def is_bare(words: str, templates: Templates) -> bool:
    """Whether nothing but templates, politeness and filling is there."""
    said = f" {' '.join(_WORD.findall(words.lower()))} "
    for phrase in sorted(templates.phrases, key=len, reverse=True):
        said = said.replace(f" {phrase} ", "  ")
    own = {word for word in said.split() if word not in templates.fillers}
    return len(own) < templates.own_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What replaying needs besides.

    Attributes:
        days: the allowance of each clock that the event started, in working days, by its name.
        handling_class, category, code, rating: as in `acts.Act`.
        suggested: code of the agency that a return names, "unknown" for none.
        parent: ticket that the case was merged into.
        clock, mark: which mark came.
        accused: codes of the agencies that the words of a filing name.
        assignee: the officer, by id, to whom it was given.
    """

    days: Mapping[str, int] = field(default_factory=dict)
    handling_class: str = ""
    category: str = ""
    suggested: str = ""
    code: str = ""
    parent: str = ""
    rating: int = 0
    clock: str = ""
    mark: str = ""
    accused: tuple[str, ...] = ()
    assignee: str = ""

    def written(self) -> str:
        """As JSON, without what is empty; "" when all is."""
        told = {name: value for name in _OF_DETAILS if (value := getattr(self, name))}
        return json.dumps(told, sort_keys=True, separators=(",", ":")) if told else ""


_OF_DETAILS = tuple(one.name for one in fields(Details))


def read_details(text: str) -> Details:
    """Reads details from the text that `Details.written` has made of them."""
    if not text:
        return NO_DETAILS
    told = json.loads(text)
    return Details(**told | {"accused": tuple(told.get("accused", ()))})


NO_DETAILS = Details()


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Something sent along: what kind, in which chat of which channel, and the channel's own name for it."""

    kind: str
    channel: str
    chat: str
    file_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What was typed and sent with one step.

    Attributes:
        words: the question, the answer, the note, the reason.
        mend: what the reporter of a rejected case can do.
        body, contact: who is responsible for a referred case, and how to reach them.
        salt: of its digest, in hexadecimal; "" where nothing was typed.
    """

    words: str = ""
    mend: str = ""
    body: str = ""
    contact: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    salt: str = ""

    @property
    def is_nothing(self) -> bool:
        """Whether there are neither words nor pictures."""
        return not (self.typed or self.enclosures)

    @property
    def typed(self) -> str:
        """All that was typed, as it is digested: the words alone where there is nothing else; "" for nothing."""
        more = {name: told for name in ("mend", "body", "contact") if (told := getattr(self, name))}
        return json.dumps({"words": self.words, **more}, sort_keys=True) if more else self.words

    @property
    def photos(self) -> int:
        """How many pictures and films it holds."""
        return sum(enclosure.kind in PICTURES for enclosure in self.enclosures)

    @property
    def digest(self) -> str:
        """What the event holds of it; "" where nothing was typed."""
        return chain.digest(self.typed, bytes.fromhex(self.salt)) if self.typed else ""


PICTURES = frozenset({"photo", "video"})
NOTHING_SAID = Saying()
