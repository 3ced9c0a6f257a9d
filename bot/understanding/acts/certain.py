"""What words certainly do, without a model: on in every mode. Pure."""

from __future__ import annotations

import re

from bot.understanding import words
from bot.understanding.acts.clauses import clauses_of
from bot.understanding.acts.dialogue_act import DialogueAct
from bot.understanding.acts.features import classes_of
from bot.understanding.cues import announces, asks, fears, opens_with_place, wish, without_courtesy
from bot.understanding.normalise import normalise
from bot.understanding.understood import Place

_LISTS = words.lists("acts", "certain")
_WORDS = words.lists("acts", "words")
_SOMEWHERE = {name: re.compile(rf"\b(?:{'|'.join(members)})(?!\w)") for name, members in _LISTS.items()}
_WHOLE = {name: re.compile("|".join(f"(?:{member})" for member in members)) for name, members in _LISTS.items()}
_POLITE = re.compile(
    r"\b(?:pak|bapak|ibu|bu|buk|kak|kakak|min|admin|mas|mbak|bang|bos|bro|gan|ya|yah|dong|deh|sih|nih|kok|lah|tolong|mohon|"
    r"tapi|tetapi|dan|juga|sekalian|cuma|eh|oh|oke|ok|sip|maaf|please)\b|[^\w\s'-]"
)
_WHETHER = re.compile(r"^(?!.*\b(?:biar|supaya|agar|jangan|tidak (?:usah|perlu|ada|bisa))\b).*\b(?:tidak|kah|kan)\b")
"""A question by its "or not", without a mark: "nanti camat tahu tidak kalau saya yang lapor"."""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_MOST_WORDS_OF_A_WISH = 14
_MOST_WORDS_OF_A_PLACE = 12
_MOST_WORDS_OF_A_DOUBTFUL_PLACE = 6
_FEW_WORDS = 3
_NO_PLACE = frozenset(_WORDS["no_place"])
_TELLS = frozenset(_WORDS["tells"])
"""Words of who did what: those of a place do without them."""
_QUESTIONS = frozenset(_WORDS["questions"])
_NO_NAME = frozenset(_WORDS["no_name"])
_SAFE = frozenset({"want_secret", "want_anonymous", "afraid"})
_WISHES = ("remove_photo", "want_open", "want_anonymous", "want_secret")


def is_yes_to_deleting(text: str) -> bool:
    """Whether these words mean "yes, delete it" and nothing else; a negation never does."""
    is_yes = bool(_WHOLE["yes_delete"].fullmatch(_bare(text) or _yes(text)))
    return is_yes and "?" not in text and not is_negated(text)


def is_negated(text: str) -> bool:
    """Whether these words refuse, or want to go on: "jangan dibatalkan", "ga usah", "lanjutkan"."""
    return bool(_SOMEWHERE["negated"].search(normalise(text)))


def certain_act(text: str) -> str:
    """The one thing that these words certainly do at any moment of a report, as dialogue acts are named; "" for none.

    A question is none ("bisa dirahasiakan?"), nor is a message that tells of something besides.
    """
    bare = _bare(text)
    is_question = "?" in text or asks(bare) or not _QUESTIONS.isdisjoint(bare.split())
    is_asked = (is_question or _WHETHER.search(bare)) and "jangan" not in bare.split()
    if is_asked and _WHOLE["ask_who_sees"].fullmatch(bare):
        return "ask_who_sees"
    if is_question or not bare or len(bare.split()) > _MOST_WORDS_OF_A_WISH:
        return ""
    if wish(text) == "photo":
        return "add_photo"
    if _WHOLE["send"].fullmatch(bare):
        return "send"
    if _WHOLE["afraid"].fullmatch(bare):
        return "afraid"
    return next((name for name in _WISHES if _is_wish(name, bare)), "")


def is_beside_the_question(text: str) -> bool:
    """Whether these words only say that nothing is said: "terserah", "kan sudah saya tulis"."""
    return bool(_WHOLE["beside"].fullmatch(_bare(text)))


def looks_like_place(text: str, place: Place) -> bool:
    """Whether a message says where and nothing more: a known name alone, a road, a landmark, a noun phrase of place."""
    text = without_courtesy(text)
    found = _WORD.findall(normalise(text))
    if asks(text) or not 0 < len(found) <= _MOST_WORDS_OF_A_PLACE:
        return False
    if (_NO_PLACE | _TELLS | _QUESTIONS).intersection(found) or found[0] == "dari":
        return False
    says_where = place != Place() or opens_with_place(text)
    named = set(_WORD.findall(" ".join((place.village or "", place.district or "", place.road or "")).lower()))
    happens = any("happens" in classes_of(word) for word in found if word not in named)
    if not says_where or (happens and not _is_named_after(found)):
        return False
    return place.is_known() or opens_with_place(text) or len(found) <= _FEW_WORDS


def may_be_place(text: str) -> bool:
    """Whether a few words may be a place that nothing is known of: none of them asks, tells, refuses or wishes."""
    text = without_courtesy(text)
    found = _WORD.findall(normalise(text))
    is_other = asks(text) or _NO_PLACE.intersection(found) or any("happens" in classes_of(word) for word in found)
    return 0 < len(found) <= _MOST_WORDS_OF_A_DOUBTFUL_PLACE and not is_other


def may_be_name(text: str) -> bool:
    """Whether a few words may be somebody's name: none of them asks, tells, refuses or wishes."""
    found = _WORD.findall(normalise(text))
    told = found[2:] if found[:2] in (["nama", "saya"], ["nama", "aku"]) else found
    return bool(told) and not asks(text) and not _NO_NAME.intersection(told)


def parts_of_certain(text: str) -> tuple[DialogueAct, ...]:
    """A message with a certain wish in one clause and other words in others, in order; empty for any other message."""
    clauses = clauses_of(text)
    certain = [certain_act(clause) for clause in clauses]
    if len(clauses) == 1 or certain_act(text) or fears(text) or not _SAFE.intersection(certain) or all(certain):
        return ()
    if all(name or announces(words) for name, words in zip(certain, clauses, strict=True)):
        return ()
    return tuple(DialogueAct(name, 1.0 if name else 0.0, words) for name, words in zip(certain, clauses, strict=True))


def _is_named_after(found: list[str]) -> bool:
    """Of a place's own words one may also happen: "dekat tiang listrik", "depan parit"; not "air … mati"."""
    happening = [word for word in found if classes_of(word) and "happens" in classes_of(word)]
    return len(happening) == 1 and "spot" in classes_of(found[0]) and found[0] not in happening


def _is_wish(name: str, bare: str) -> bool:
    """Whether the whole message is this wish, but for a fear or a reason behind it ("rahasia ya, saya takut …")."""
    match = _WHOLE[name].match(bare)
    if match is None:
        return False
    rest = bare[match.end() :].strip()
    return not rest or bool(_SOMEWHERE["afraid"].search(rest)) or len(rest.split()) <= _FEW_WORDS


def _bare(text: str) -> str:
    return " ".join(_POLITE.sub(" ", normalise(text)).split())


def _yes(text: str) -> str:
    """Politeness alone is a yes where it holds one."""
    return (
        "ya"
        if re.fullmatch(
            r"\W*(?:(?:ya|iya|yes|y|yoi|yup)\b\W*)+(?:(?:pak|bu|min|kak|mas|mbak|bang)\W*)?", text.casefold()
        )
        else ""
    )
