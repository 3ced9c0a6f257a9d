"""What somebody wrote herself in a mail: without what she quotes, and without her signature. Pure.

Mail programs quote in many ways and languages, so our own mails begin with a line below which everything is quoted.
"""

from __future__ import annotations

import re
from typing import Final

import quotequail

ABOVE: Final = "##-"
"""Begins the line of ours; nobody writes it herself."""
SIGNATURE: Final = re.compile(r"^-- ?$", re.MULTILINE)
"""As RFC 3676, 4.3, has it; some programs take the blank away."""
SENT_FROM: Final = re.compile(
    r"\n\s*(?:dikirim (?:dari|melalui|menggunakan)|terkirim dari|sent (?:from|via|with)|get outlook for)\b[^\n]*\s*$",
    re.IGNORECASE,
)
"""What a phone writes below a mail."""
CLOSING: Final = re.compile(
    r"\n\s*\n\s*(?:salam|hormat (?:saya|kami)|wassalam\w*|terima ?kasih|makasih|regards|(?:best|kind) regards|thanks?)"
    r"[^\n]{0,30}(?:\n[^\n.?!]{0,60}){0,4}\s*$",
    re.IGNORECASE,
)
HEADER_LINE: Final = re.compile(r"\*?[^\W\d_][\w ]{1,20}\*?:\*? \S.*")
RULE: Final = re.compile(r"[-_=*\s]*|\s*-{3,}[^-]{1,60}-{3,}\s*")
LINES_OF_ATTRIBUTION: Final = 3
FEWEST_HEADERS: Final = 2
WORDS_OF_A_SHORT_ANSWER: Final = 4
MOST_LINES: Final = 10_000


def own_words(text: str, address: str) -> str:
    """The words of whoever wrote this mail; `address` is ours, by which the line above a quotation is known."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    head = text.partition(ABOVE)[0]
    kept = "".join(part for is_own, part in quotequail.quote(head, limit=MOST_LINES) if is_own)
    lines = kept.rstrip().split("\n")
    while lines and (lines[-1].lstrip().startswith(">") or not lines[-1].strip()):
        lines.pop()
    written = "\n".join(lines)
    if len(written) < len(text.rstrip()):
        written = _without_introduction(written, address)
    return _without_signature(written) if written.strip() else ""


def without_closing(text: str) -> str:
    """A short answer without the closing formula and the name below it; all of a longer one."""
    short = CLOSING.sub("", text).strip()
    return short if 0 < len(short.split()) <= WORDS_OF_A_SHORT_ANSWER else text


def _without_introduction(text: str, address: str) -> str:
    """Takes away the line that says who is quoted, or the headers of a quoted mail."""
    lines = _without_rules(text.split("\n"))
    paragraph = len(_without_rules(lines, is_rule=False))
    tails = [paragraph, *range(len(lines) - 1, max(len(lines) - LINES_OF_ATTRIBUTION, paragraph), -1)]
    start = next((start for start in tails if _introduces(lines[start:], address)), len(lines))
    return "\n".join(_without_rules(lines[:start]))


def _without_rules(lines: list[str], *, is_rule: bool = True) -> list[str]:
    """The lines before blank and drawn ones at the end; before all others at the end, where `is_rule` is false."""
    numbers = range(len(lines), 0, -1)
    return lines[: next((one for one in numbers if (RULE.fullmatch(lines[one - 1]) is None) is is_rule), 0)]


def _introduces(lines: list[str], address: str) -> bool:
    """Whether all of these lines say whose mail follows, and nothing else: an address stands in them."""
    whole = " ".join(line.strip() for line in lines).lower()
    if not (address in whole or "@" in whole):
        return False
    headers = [HEADER_LINE.fullmatch(line.strip()) is not None for line in lines]
    is_header_block = headers[0] and sum(headers) >= max(len(lines) - 1, FEWEST_HEADERS)
    return is_header_block or (len(lines) <= LINES_OF_ATTRIBUTION and whole.endswith(":"))


def _without_signature(text: str) -> str:
    above = SIGNATURE.split(f"\n{text}", maxsplit=1)[0]
    own = SENT_FROM.sub("", above if above.strip() else f"\n{text}")
    return own.strip()
