"""The forms in which Indonesians write a verb: memukul, mukul, mukulin, dipukuli, kepukul, pemukulan. Pure."""

from __future__ import annotations

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
