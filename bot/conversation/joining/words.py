"""The words with which a citizen joins a chat with another one of hers, or parts them."""

from __future__ import annotations

import re
from typing import Final

CODE_DIGITS: Final = 8
_JOIN = r"(?:tolong |mau |saya mau |saya ingin |ingin )?(?:gabung|gabungkan|hubungkan|sambungkan|join|link|connect)"
_WHAT = (
    r"(?: (?:akun|chat|percakapan|obrolan|nomor|aplikasi|account|chats|app|apps|other|lain|saya|my|dua|ini|this|the))"
)
_WHERE = r"(?: (?:dengan|ke|dan|with|to|and|di))?(?: (?:telegram|whatsapp|wa|sms|web|email|surel|x|twitter))"
_ASKS: Final = re.compile(rf"{_JOIN}(?:{_WHAT}|{_WHERE}){{1,5}}")
_ENTERS: Final = re.compile(r"(?:(?:gabung|gabungkan|join)(?: kode| code)?|kode gabung|join code) ?((?:\d ?){8})")
_CONFIRMS: Final = frozenset({"ya gabungkan", "iya gabungkan", "ya gabung", "yes join them", "yes join"})
_DECLINES: Final = frozenset({"jangan gabungkan", "jangan digabung", "tolak gabung", "do not join them", "do not join"})
_PARTS: Final = frozenset(
    {
        "pisah",
        "pisahkan",
        "pisahkan lagi",
        "pisahkan akun",
        "pisahkan percakapan",
        "pisahkan aplikasi",
        "lepas gabungan",
        "batalkan gabungan",
        "part",
        "part them",
        "unlink",
        "disconnect my accounts",
    }
)
_SHOWS: Final = frozenset(
    {
        "perlihatkan yang rahasia",
        "perlihatkan laporan rahasia",
        "tampilkan yang rahasia",
        "tampilkan laporan rahasia",
        "show secret reports",
        "show the secret ones",
    }
)
_HIDES: Final = frozenset(
    {
        "sembunyikan yang rahasia",
        "sembunyikan laporan rahasia",
        "hide secret reports",
        "hide the secret ones",
    }
)
START, CONFIRM, DECLINE, PART, SHOW, HIDE = "start", "confirm", "decline", "part", "show", "hide"
ENTER: Final = "enter"
_OF_COMMAND: Final = {
    "ya": CONFIRM,
    "yes": CONFIRM,
    "tidak": DECLINE,
    "no": DECLINE,
    "rahasia": SHOW,
    "secret": SHOW,
    "tanpa rahasia": HIDE,
    "without secret": HIDE,
    "": START,
}
_SAID: Final = (
    (_CONFIRMS, CONFIRM),
    (_DECLINES, DECLINE),
    (_PARTS, PART),
    (_SHOWS, SHOW),
    (_HIDES, HIDE),
)


def wish_to_join(text: str) -> str:
    """Returns what these words want of joined chats: "" where they want nothing of the kind."""
    said = _compared(text)
    if code_in(text):
        return ENTER
    found = next((wish for words, wish in _SAID if said in words), "")
    return found or (START if _ASKS.fullmatch(said) else "")


def wish_of_command(text: str) -> str:
    """Returns what the words behind the command to join want; "" where they are none that it knows."""
    if code_in(f"gabung {text}"):
        return ENTER
    return _OF_COMMAND.get(_compared(text), "")


def code_in(text: str) -> str:
    """Returns the digits of a code, of words that give one to join; "" for any others."""
    found = _ENTERS.fullmatch(_compared(text))
    return found[1].replace(" ", "") if found else ""


def _compared(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
