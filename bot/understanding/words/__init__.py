"""Word lists and patterns of the understanding, as data. Read once when a module that needs them is imported."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import resources

_NASAL_FOR = {"p": "m", "t": "n", "k": "ng", "s": "ny", "c": "ny"}
_KEPT_AFTER = {
    "b": ("mem", "pem", "m", "nge"),
    "c": ("men", "pen", "nge"),
    "d": ("men", "pen", "nge", "n"),
    "g": ("meng", "peng", "nge", "ng"),
    "h": ("meng", "peng", "nge", "ng"),
    "j": ("men", "pen", "nge", "n"),
    "l": ("me", "pe", "nge", "ng"),
    "r": ("me", "pe", "nge", "ng"),
}
_VOWEL_AFTER = ("meng", "peng", "ng")
_FORMAL = {"m": ("mem", "pem"), "n": ("men", "pen"), "ng": ("meng", "peng"), "ny": ("meny", "peny")}
_PASSIVE = ("", "di", "ter", "te", "ke", "ka", "ta")
_SUFFIX = "(?:innya|inya|kan|nya|in|an|i)?"


def forms(root: str) -> str:
    """A pattern for every form of the verb `root`, formal and as it is typed in a chat.

    The sound at the root's start melts after the nasal (pukul: memukul, mukul, Banjar mamukul) or stays
    (bacok: membacok, mbacok).
    """
    active = [prefix + root for prefix in _KEPT_AFTER.get(root[0], ())]
    melted = _NASAL_FOR.get(root[0])
    if melted is not None:
        rest = root[1:]
        active += [
            melted + rest,
            f"ma{melted}{rest}",
            *(formal.removesuffix(melted) + melted + rest for formal in _FORMAL[melted]),
        ]
    if root[0] in "aiueo":
        active += [prefix + root for prefix in _VOWEL_AFTER]
    passive = [prefix + root for prefix in _PASSIVE]
    return f"(?:{'|'.join(sorted({*active, *passive}, key=len, reverse=True))}){_SUFFIX}"


_CLASS = re.compile(r"<(\w+)>")
_ROOT = re.compile(r"~([a-z]+)")
_SHORTEST_STEM = 4
"""Letters from which on a listed word is the beginning of others, too."""

type Lists = Mapping[str, tuple[str, ...]]


class WordsError(ValueError):
    """A file of words does not say what its reader expects."""


def _table(file: str, section: str) -> Mapping[str, object]:
    """The table `section` of `file`.toml; the whole file when `section` is empty."""
    document: object = tomllib.loads(resources.files(__name__).joinpath(f"{file}.toml").read_text("utf-8"))
    if section and isinstance(document, dict):
        document = document.get(section)
    if not isinstance(document, dict):
        message = f"words/{file}.toml: there is no table [{section}]"
        raise WordsError(message)
    return document


def lists(file: str, section: str = "") -> Lists:
    """Lists of words by name.

    Args:
        file: name of the file, without `.toml`.
        section: table inside the file; empty for the top level.

    Raises:
        WordsError: a member is no list of strings, or the table is not there.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, members in _table(file, section).items():
        if not isinstance(members, list) or not all(isinstance(member, str) for member in members):
            message = f"words/{file}.toml: {name} has to be a list of strings"
            raise WordsError(message)
        found[name] = tuple(members)
    return found


def word_classes(file: str, before: re.Pattern[str]) -> Callable[[str], tuple[str, ...]]:
    """Tells the classes of `[classes]` in a file that a word belongs to, with and without what is put before its stem.

    Args:
        file: name of the file, without `.toml`.
        before: what may stand before a stem.
    """
    classes = lists(file, "classes")

    @lru_cache(maxsize=8192)
    def classes_of(word: str) -> tuple[str, ...]:
        forms = {word, before.sub("", word)}
        return tuple(
            name for name, stems in classes.items() if any(_is_of(form, stem) for form in forms for stem in stems)
        )

    return classes_of


def _is_of(word: str, stem: str) -> bool:
    return word == stem or (len(stem) >= _SHORTEST_STEM and word.startswith(stem))


def lines_of(file: str) -> list[str]:
    """The words of `file`.txt, one a line."""
    return resources.files(__name__).joinpath(f"{file}.txt").read_text("utf-8").split()


def pairs(file: str, section: str = "") -> Mapping[str, str]:
    """One word for another, by word.

    Raises:
        WordsError: a value is no string, or the table is not there.
    """
    found: dict[str, str] = {}
    for name, value in _table(file, section).items():
        if not isinstance(value, str):
            message = f"words/{file}.toml: {name} has to be a string"
            raise WordsError(message)
        found[name] = value
    return found


def inverted(table: Lists) -> Mapping[str, str]:
    """From each member to the name of its list: `{"belum": ["blm"]}` becomes `{"blm": "belum"}`."""
    return {member: name for name, members in table.items() for member in members}


def pattern(file: str, *sources: str) -> re.Pattern[str]:
    """One expression for every pattern of some lists, at word borders.

    In a pattern `<name>` stands for a class of words, and `~pukul` for every form of that verb.

    Args:
        file: name of the file, without `.toml`; its table [classes] is optional.
        sources: lists to take, as "table.list".

    Raises:
        WordsError: a list or class is not there.
        re.error: a pattern is no regular expression.
    """
    classes = lists(file, "classes")
    taken: list[str] = []
    for source in sources:
        section, _, name = source.partition(".")
        taken.extend(lists(file, section)[name])
    whole = _CLASS.sub(lambda match: f"(?:{'|'.join(classes[match[1]])})", "|".join(taken))
    whole = _ROOT.sub(lambda match: forms(match[1]), whole)
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)")
