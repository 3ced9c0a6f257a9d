"""Authored sentences and what a hurried thumb makes of them; no citizen wrote any of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "data" / "nlu"
ODD = (
    "",
    " ",
    "?",
    "/start",
    "👍👍",
    "\x00",
    "ＢＡＮＪＩＲ",  # noqa: RUF001
    "".join(chr(0x1D5EE + ord(letter) - ord("a")) for letter in "jalan") + " rusak",
    "a" * 20_000,
    "jalan rusak\n" * 1_600,
    "الطريق مقطوع",
    "ꦗꦭꦤ꧀",
    "cafe\u0301 ½ ﬁ",
    "[NAMA] hp [TELP] a@b.id http://contoh.id/x",
    "081234567890",
    "1" * 5_000,
    "jum’at" * 900,  # noqa: RUF001
)
SIGNS = "'`’@[]_-.,!?23\n\u200d\u0301\u00a0ıİßﬁ½🙏\u1ac1𐞀Ꟁ"  # noqa: RUF001


def authored() -> list[str]:
    """Every sentence of the corpus."""
    lines = [line.strip() for file in [file for folder in ("category", "intent") for file in sorted((DATA / folder).glob("*.yml"))] for line in file.read_text("utf-8").splitlines()]
    return [line.removeprefix("- ") for line in lines if line.startswith("- ") and not line.startswith("- intent:")]


def disturbed(texts: list[str]) -> list[str]:
    """Each text once more, with a typo, other letters, a strange sign, or a part of it only."""
    dice = random.Random(5)  # noqa: S311 - the same texts in every run
    return [dice.choice(DISTURBANCES)(text, dice) for text in texts]


def _swapped(text: str, dice: random.Random) -> str:
    place = dice.randrange(max(1, len(text) - 1))
    return text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]


def _without_vowels(text: str, dice: random.Random) -> str:
    return "".join(letter for letter in text if letter not in "aiueo" or dice.random() > 0.3)


def _shouted(text: str, dice: random.Random) -> str:
    return text.upper() + "!" * dice.randrange(5)


def _stretched(text: str, dice: random.Random) -> str:
    place = dice.randrange(len(text) or 1)
    return text[:place] + text[place : place + 1] * 5 + text[place:]


def _with_signs(text: str, dice: random.Random) -> str:
    for _ in range(dice.randrange(1, 6)):
        place = dice.randrange(len(text) + 1)
        text = text[:place] + dice.choice(SIGNS) + text[place:]
    return text


def _cut(text: str, dice: random.Random) -> str:
    return text[: dice.randrange(len(text) + 1)]


DISTURBANCES: tuple[Callable[[str, random.Random], str], ...] = (
    _swapped,
    _without_vowels,
    _shouted,
    _stretched,
    _with_signs,
    _cut,
)
