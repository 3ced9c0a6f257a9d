"""Writes a message as SMS: in the letters of GSM-7, in numbered parts of at most 160. Pure; loses no word."""

from unicodedata import category, normalize

MOST_LETTERS = 160
LETTERS = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""3GPP TS 23.038, without the extension table: its letters count two, and gateways miscount them."""
ALIKE = str.maketrans("·•–—“”‘’`\t[]{}~^|\\", "----\"\"''' ()()-'//", "\u200d\ufe0f")  # noqa: RUF001 - as phones write


def in_gsm(text: str) -> str:
    """The text in the letters that an SMS has; one that has no likeness there becomes a question mark."""
    return "".join(map(_letter, normalize("NFC", text).translate(ALIKE)))


def segments(text: str) -> list[str]:
    """The text in as few messages as it takes, "1/3 " before each where there are several; none when blank."""
    found, digits = [text], 0
    if len(text) <= MOST_LETTERS:
        return found if text.strip() else []
    while len(str(len(found))) > digits:
        digits += 1
        found = _parts(text, MOST_LETTERS - len("/ ") - 2 * digits)
    return [f"{number}/{len(found)} {part}" for number, part in enumerate(found, 1)]


def _letter(letter: str) -> str:
    alike = letter if letter in LETTERS else normalize("NFKD", letter)
    return "".join(one for one in alike if one in LETTERS) or ("" if category(letter)[0] in "MC" else "?")


def _parts(rest: str, room: int) -> list[str]:
    """Each ends behind a line or a word, with the blank that stands there; only a word too long is broken."""
    parts = list[str]()
    while len(rest) > room:
        end = rest.rfind("\n", room // 2, room) + 1 or rest.rfind(" ", 0, room) + 1 or room
        parts.append(rest[:end])
        rest = rest[end:]
    return [*parts, rest]
