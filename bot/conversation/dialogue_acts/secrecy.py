"""She wants it secret, or is afraid: that is set at once, or offered first of all; to publish needs a button."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.draft import SecrecyOffer
from bot.conversation.events import Said
from bot.conversation.questions.secrecy import offer_secrecy
from bot.conversation.screen import Line, button, line
from bot.conversation.talk import Talk, open_draft
from bot.conversation.turn import Turn
from bot.conversation.turn_context import SURE_OF_A_WISH, Understood
from bot.understanding.acts.certain import certain_act
from bot.understanding.acts.clauses import clauses_of
from bot.understanding.acts.stance import may_refuse_secrecy
from bot.understanding.cues import announces
from bot.understanding.normalise import normalise

_ASKED_FOR = re.compile(
    r"\b(?:(?P<not>jangan(?!-)|tidak (?:mau|ingin))|tolong|mohon|minta|harap)\b"
    r"(?P<what>.*?)(?:\b(?:siapa|kalau|bahwa)\b.*)?$",
    re.DOTALL,
)
"""What a message asks for behind a reason: "saya takut pak, [jangan sampai ketahuan]"."""
WORDS_OF_YES_OR_NO = 3
FEWEST_WORDS_OF_A_STORY = 3
_AGAIN = re.compile(r"\b(?:lagi|lain|another|again)\b", re.IGNORECASE)


def wants_secret(said: Said, understood: Understood) -> bool:
    """Whether any part of the words wants it secret, whatever else they say."""
    if understood.wish == "secret" or any(
        one.name == "want_secret" and one.confidence >= SURE_OF_A_WISH for one in understood.acts
    ):
        return True
    asked_for = None if "?" in said.text else _ASKED_FOR.search(normalise(said.text))
    if asked_for is None:
        return False
    return certain_act(("jangan" if asked_for["not"] else "mohon") + asked_for["what"]) == "want_secret"


def keep_secret(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """The report is secret from now on, also one that only begins; of one that was sent she is told the way."""
    if turn.dialogue.draft is None and turn.dialogue.filed and not begins_another(said):
        return _tell_of_sent(turn)
    if is_doubtful(said.text):
        is_secret = turn.dialogue.draft is not None and turn.dialogue.draft.secret
        return ask_to_open(talk, turn, said, understood) if is_secret else talk.proceed(made_doubtful(turn, said))
    return talk.proceed(made_secret(turn, said), note=secret_heard(understood))


def is_doubtful(text: str) -> bool:
    """Whether words heard as a wish for secrecy may as well refuse it; not those that want it for certain."""
    return certain_act(text) != "want_secret" and may_refuse_secrecy(text)


def secret_heard(understood: Understood) -> Line:
    """That it is secret now; who is afraid as well is understood."""
    is_afraid = understood.fears or any(one.name == "afraid" for one in (*understood.acts, understood.leading) if one)
    return line("secret-heard-afraid" if is_afraid else "secret-heard")


def begins_another(said: Said) -> bool:
    """Whether part of the words says that another report will come: "mau lapor lagi, tapi rahasia ya"."""
    return any(_announces(clause) for clause in clauses_of(said.text))


def only_begins(said: Said) -> bool:
    """Whether the words say that a report will come, and tell nothing of it yet: "mau lapor lagi pak, boleh ya"."""
    clauses = clauses_of(said.text)
    told = [word for clause in clauses if not _announces(clause) for word in clause.split()]
    return begins_another(said) and len(told) < FEWEST_WORDS_OF_A_STORY


def _announces(clause: str) -> bool:
    return announces(_AGAIN.sub(" ", clause))


def _tell_of_sent(turn: Turn) -> Turn:
    return turn.say(line("fears-filed"), rows=[[button("mine", "mine")]])


def made_secret(turn: Turn, said: Said) -> Turn:
    """The turn with a secret report, opened where there is none."""
    draft = turn.dialogue.draft or open_draft(said)
    return turn.with_draft(replace(draft.touched(said.at), secret=True))


def made_doubtful(turn: Turn, said: Said) -> Turn:
    """The turn with a report that is secret until she answers whether it should be; that is asked before all else."""
    kept = made_secret(turn, said)
    draft = kept.dialogue.draft
    return kept.with_draft(replace(draft, secrecy_offer=SecrecyOffer.OWED_DOUBT)) if draft else kept


def made_afraid(turn: Turn, said: Said) -> Turn:
    """The turn with a report, opened where there is none, before whose next question secrecy is offered."""
    draft = turn.dialogue.draft or open_draft(said)
    return turn.with_draft(replace(draft.touched(said.at), secrecy_offer=SecrecyOffer.OWED_AFRAID))


def without_open_offer(turn: Turn) -> tuple[bool, Turn]:
    """Whether secrecy is being offered, and the turn in which it is not any more: whatever comes now settles it."""
    draft = turn.dialogue.draft
    if draft is None or draft.secrecy_offer is not SecrecyOffer.OPEN:
        return False, turn
    return True, turn.with_draft(replace(draft, secrecy_offer=SecrecyOffer.NONE))


def answer_secrecy_offer(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """A short yes keeps it secret, a short no leaves it open; None for words that say anything else.

    What is secret because her words were in doubt is opened by a no alone, and not by "jangan dibuka".
    """
    draft = turn.dialogue.draft
    if draft and draft.secret and (wants_secret(said, understood) or not understood.means("deny", "affirm")):
        return None
    if len(said.text.split()) > WORDS_OF_YES_OR_NO or "?" in said.text:
        return None
    if understood.negates or understood.means("deny", "cancel"):
        opened = turn.with_draft(replace(draft, secret=False)) if draft else turn
        return talk.proceed(opened, note=line("publish-noted" if draft and draft.secret else "open-stays"))
    return talk.proceed(made_secret(turn, said), note=line("secret-noted")) if understood.means("affirm") else None


def ask_to_open(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """To publish needs the button; one that is not secret stays as it is."""
    del said, understood
    draft = turn.dialogue.draft
    if draft is None:
        return None
    if not draft.secret:
        return talk.proceed(turn, note=line("open-already"))
    rows = [[button("publish", "publish", draft.key), button("stay-secret", "stay-secret", draft.key)]]
    return turn.say(line("open-ask"), rows=rows)


def reassure(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """A fear is answered and secrecy offered, or set where she wants it; nothing of it is told unless she says so."""
    draft = turn.dialogue.draft
    if wants_secret(said, understood):
        return keep_secret(talk, turn, said, understood)
    if draft is None and turn.dialogue.filed:
        return _tell_of_sent(turn)
    if draft is None or not draft.pieces:
        return talk.proceed(made_afraid(turn, said), note=line("fears"))
    add = button("continue", "continue")
    if draft.secret:
        return talk.offer(turn.with_aside(said.text).say(line("secret-heard-afraid"), rows=[[add]]))
    may_be_told = [] if understood.certain or understood.fears else [add]
    return offer_secrecy(turn.with_aside(said.text), draft, talk.catalogue, *may_be_told, is_afraid=True)
