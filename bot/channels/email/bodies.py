"""The words and files in the parts of a mail, however they are nested and encoded; bounded, whatever it is. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import Final

from inscriptis import ParserError, get_text
from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.html_properties import Display
from inscriptis.model.config import ParserConfig
from inscriptis.model.html_element import HtmlElement

from bot.channels.email.headers import text_of

MOST_PARTS: Final = 60
MOST_FILES: Final = 10
MOST_LETTERS: Final = 8_000
"""Of the words of one mail: twice what Telegram takes in one message."""
MOST_BYTES_OF_TEXT: Final = 200_000
MOST_BYTES_OF_FILE: Final = 20 * 1024 * 1024 + 1
"""One more than a file may have, so that it is refused in words."""
LARGEST_LOGO_BYTES: Final = 20_000
KINDS: Final = {"image": "photo", "audio": "voice", "video": "video"}
NO_FILES: Final = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "text/calendar"}
)
QUOTED_IN_HTML: Final = "blockquote"


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file of a mail; `kind` as in `SentPhoto`."""

    kind: str
    content: bytes

    @property
    def digest(self) -> str:
        """Stands for what is in it."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class MailBody:
    """What a mail holds: its text, quotations included, and its files."""

    text: str
    files: tuple[AttachedFile, ...]


def body_of(mail: Message) -> MailBody:
    """The body of a mail that was read."""
    leaves = [part for part in _parts(mail) if not part.is_multipart()]
    plain = [_text(part) for part in leaves if _is_text(part, "text/plain")]
    written = "\n".join(one for one in plain if one.strip())
    if not written:
        written = "\n".join(_of_html(_text(part)) for part in leaves if _is_text(part, "text/html"))
    files = (file for part in leaves if _is_file(part) and (file := _file(part)))
    return MailBody(written[:MOST_LETTERS], tuple(file for file, _ in zip(files, range(MOST_FILES), strict=False)))


def _parts(mail: Message) -> Iterator[Message]:
    return (part for part, _ in zip(mail.walk(), range(MOST_PARTS), strict=False))


def _is_text(part: Message, kind: str) -> bool:
    return part.get_content_type() == kind and not _is_file(part)


def _is_file(part: Message) -> bool:
    if part.get_content_type() in NO_FILES:
        return False
    is_text = part.get_content_type() in {"text/plain", "text/html"}
    return not is_text or part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _file(part: Message) -> AttachedFile | None:
    """The file in a part; None for the small picture of a signature, which the text shows, and for an empty part."""
    content = _octets(part)[:MOST_BYTES_OF_FILE]
    is_logo = "Content-ID" in part and part.get_content_maintype() == "image" and len(content) < LARGEST_LOGO_BYTES
    return None if is_logo or not content else AttachedFile(KINDS.get(part.get_content_maintype(), "document"), content)


def _octets(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _text(part: Message) -> str:
    try:
        charset = str(part.get_param("charset") or "")
    except (ValueError, TypeError, LookupError):
        charset = ""
    return text_of(_octets(part)[:MOST_BYTES_OF_TEXT], charset).replace("\0", "")


def _of_html(written: str) -> str:
    """The text that a browser would show, without what is quoted; nothing of what is no HTML."""
    try:
        own = str(get_text(written, _without_quotations()))
        return own if own.strip() else str(get_text(written))
    except (ParserError, ValueError, RecursionError):
        return ""


def _without_quotations() -> ParserConfig:
    return ParserConfig(css={**STRICT_CSS_PROFILE, QUOTED_IN_HTML: HtmlElement(display=Display.none)})
