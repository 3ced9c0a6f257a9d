"""The words around the talk: labels of the page, notices, and what stands for a message without words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from bot.channels.web.arrivals import LONGEST_TEXT
from bot.conversation.screen import Line, line
from bot.texts.words import Texts
from bot.web.chat.forms import TOO_BIG, TOO_MANY

PAGE: dict[str, Line] = {
    "skip": line("web-skip"),
    "talk": line("web-talk"),
    "you": line("web-you"),
    "us": line("web-us"),
    "write": line("web-write"),
    "send": line("web-send"),
    "attach": line("web-attach"),
    "camera": line("web-camera"),
    "attached": line("web-attached"),
    "unattach": line("web-unattach"),
    "share_place": line("button-share-place"),
    "place_sought": line("web-place-sought"),
    "place_missing": line("web-place-missing"),
    "menu": line("web-menu"),
    "check_report": line("web-check-report"),
    "reports": line("web-reports"),
    "statistics": line("web-statistics"),
    "manual": line("manual-link"),
    "language": line("web-language"),
    "leave": line("web-leave"),
    "leave_about": line("web-leave-about"),
    "notices": line("web-notices"),
    "notices_on": line("web-notices-on"),
    "notices_off": line("web-notices-off"),
    "sending": line("web-sending"),
    "waiting": line("web-waiting"),
    "offline": line("web-offline"),
    "typing": line("web-typing"),
    "edit": line("web-edit"),
    "editing": line("web-editing"),
    "edit_stop": line("web-edit-stop"),
    "copied": line("web-copied"),
    "still_reading": line("web-still-reading"),
    "reload": line("web-reload"),
    "offline_title": line("web-offline-title"),
    "offline_about": line("web-offline-about"),
    "push": line("web-push"),
    "file_too_big": TOO_BIG,
    "file_too_many": TOO_MANY,
}
SLOW_DOWN = line("web-slow-down")
TOO_LONG = line("web-too-long", most=LONGEST_TEXT)
NOT_SAVED = line("web-not-saved")
NOT_FROM_HERE = line("web-not-from-here")
NOT_READ = line("web-not-read")
NO_VISITOR = line("web-no-visitor")

FILES: Mapping[str, Callable[[int], Line]] = {
    "photo": lambda count: line("files-photo", count=count),
    "video": lambda count: line("files-video", count=count),
    "voice": lambda count: line("files-voice", count=count),
    "document": lambda count: line("files-document", count=count),
}


def file_words(kinds: Sequence[str]) -> list[Line]:
    """How many files of each kind she sent."""
    counted = Counter(kind if kind in FILES else "document" for kind in kinds)
    return [FILES[kind](count) for kind, count in counted.items()]


def place_words(lat: float, lon: float) -> Line:
    """A pin that she shared."""
    return line("web-place-shared", lat=f"{lat:.5f}", lon=f"{lon:.5f}")


class PageWords:
    """The words of the page in each language, put together once."""

    def __init__(self, texts: Texts, regency: str, banner: Line | None = None) -> None:
        """`regency` is the name of whom the page is of, `banner` stands above the talk."""
        self._texts = texts
        self._lines = PAGE | {
            "title": line("web-title", regency=regency),
            "about": line("web-about", regency=regency),
        }
        self._banner = banner
        self.of: Callable[[str], Mapping[str, str]] = cache(self._of)

    def _of(self, language: str) -> Mapping[str, str]:
        """All words around the talk by their names in `PAGE`."""
        banner = self.say(language, self._banner) if self._banner else ""
        return {name: self.say(language, words) for name, words in self._lines.items()} | {"banner": banner}

    def say(self, language: str, words: Line) -> str:
        """Returns the words of one line."""
        return self._texts.say(language, words)
