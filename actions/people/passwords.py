"""Which passwords are taken: long ones that nobody guesses first. Pure; hashes nothing.

After NIST SP 800-63B (5.1.1.2): length and a list of what is tried first, no rules about kinds of symbols.
"""

from __future__ import annotations

import unicodedata

SHORTEST = 12
LONGEST = 256
"""Symbols; so that nobody has us hash a book."""
FEWEST_DIFFERENT = 5
GUESSED_FIRST = frozenset(
    {
        "administrator",
        "adminadminadmin",
        "assalamualaikum",
        "bismillahirrahmanirrahim",
        "indonesiaraya",
        "indonesiamerdeka",
        "kabupatenpenajam",
        "katasandikatasandi",
        "merdekamerdeka",
        "laporlaporlapor",
        "lapor",
        "password",
        "passwordpassword",
        "penajampaserutara",
        "qwertyuiop",
        "qwertyuiopas",
        "qwertyuiopasdfghjkl",
        "asdfghjkl",
        "rahasiarahasia",
        "sayangkusayang",
        "sayasayasaya",
        "letmein",
        "welcome",
        "selamatdatang",
        "indonesia",
        "bismillah",
        "rahasia",
        "katasandi",
        "sayang",
        "merdeka",
        "admin",
        "penajam",
    }
)
"""What is left of such a password when its digits and signs are taken away: `Indonesia1945!` is none the better."""
ROWS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


class WeakPassword(Exception):
    """A password that is not taken; the message says why, and never what it was."""


def composed(password: str) -> str:
    """One form of what different keyboards send for the same symbols (Unicode NFKC)."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, name: str) -> None:
    """Whether this person may have this password.

    Raises:
        WeakPassword: it is too short, too long, the person's name, or among the first that anybody would try.
    """
    typed = composed(password)
    if len(typed) < SHORTEST:
        raise WeakPassword(f"the password is too short; take {SHORTEST} symbols or more, a few words are best")
    if len(typed) > LONGEST:
        raise WeakPassword(f"the password is too long; take at most {LONGEST} symbols")
    folded = typed.casefold()
    letters = _letters(folded)
    if letters and _is_made_of(letters, {_letters(name.casefold()), *_words(name.casefold())}):
        raise WeakPassword("the password is the person's name; take other words")
    is_row = any(folded in row for row in ROWS)
    if letters in GUESSED_FIRST or is_row or len(set(folded)) < FEWEST_DIFFERENT:
        raise WeakPassword("the password is among the first that anybody would try; take a few words of your own")


def _letters(text: str) -> str:
    return "".join(symbol for symbol in composed(text) if symbol.isalpha())


def _words(name: str) -> set[str]:
    return {_letters(word) for word in name.split()}


def _is_made_of(letters: str, words: set[str]) -> bool:
    """Whether nothing is left when these words are taken out."""
    for word in sorted(words - {""}, key=len, reverse=True):
        letters = letters.replace(word, "")
    return not letters
