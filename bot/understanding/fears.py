"""Whether somebody says that she is afraid to report: "hmm kok saya takut ya kalo ketahuan". Pure."""

from __future__ import annotations

import re

_BEFORE = r"""(?:
    hm+|kok|tapi|tp|jujur|sebenarnya|sebenernya|jadi|kan|sih|aduh|duh|agak|rada|sedikit|masih|juga|cuma|cuman
    |saya|sy|aku|ak|kami|ulun|gue|gw|mau|pengen|pingin|ingin|lapor|melapor|ngadu|mengadu|min|admin|pak|bu|kak|bang|mas
    |mbak|ya|yah|iya|oh|eh|ah|maaf|i|am|m|but|so|want|to|report|a|bit|nanti|ntar
)"""
_FEAR = (
    r"(?:takut\w*|khawatir|kuatir|cemas|was\W?was|(?:tidak|tdk|gak?|nggak|ngga|enggak)\s+berani|afraid|scared|worried)"
)
_EXPOSED = r"""(?:
    ketahuan|ketauan|ketawan|dimarah\w*|diomel\w*|diancam|dibalas\w*|balas\s+dendam|dendam|dipersulit|disulitkan
    |didatang\w*|dipecat|dikucilkan|dimusuh\w*|dijauhi|diintimidasi|dituntut|identitas\w*|nama\s?(?:ku|saya)
    |lapor\w*|melapor|ngadu|mengadu|ngomong|(?:tahu|tau)\s+(?:saya|aku|kalau|kalo|siapa)
    |find\s+out|found\s+out|know\s+it|get\s+in\s+trouble|be\s+punished|report\w*|retaliat\w*
)"""
_FLAGS = re.IGNORECASE | re.VERBOSE | re.DOTALL
_SAYS_SO = re.compile(rf"^\W*(?:{_BEFORE}\W+)*{_FEAR}\W+(?:[^\W\d]+\W+){{0,5}}?{_EXPOSED}\b(?P<rest>.*)$", _FLAGS)
_IF_SEEN = re.compile(
    rf"""^\W*(?:{_BEFORE}\W+)*(?:kalau|kalo|klo|kl)\W+(?:(?:saya|aku|sampai)\W+)*
    (?:ketahuan|ketauan|dimarah\w*)\b(?P<rest>.*)$""",
    _FLAGS,
)
_NOTHING_ELSE = re.compile(
    rf"^\W*(?:{_BEFORE}\W+)*{_FEAR}(?:\W+(?:{_BEFORE}|euy|ih|nih|ni|lah|dong|deh|banget|bgt|sekali|jadinya|very))*\W*$",
    _FLAGS,
)
_WORD = re.compile(r"[^\W\d_]+")
WORDS_BEHIND = 5
"""More words behind the fear tell of what happened."""


def fears(text: str) -> bool:
    """Whether these words say that she is afraid (of being found out or punished), and nothing else."""
    if _NOTHING_ELSE.match(text):
        return True
    said = _SAYS_SO.match(text) or _IF_SEEN.match(text)
    return said is not None and len(_WORD.findall(said["rest"])) <= WORDS_BEHIND
