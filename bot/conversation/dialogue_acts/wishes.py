"""What she wants done with the report that she is writing. None of it deletes, publishes, names or sends by itself."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.commands import ask_to_cancel
from bot.conversation.draft import Draft, SecrecyOffer
from bot.conversation.events import Said
from bot.conversation.moment import moment_of
from bot.conversation.own_cases.words import offer_to_add
from bot.conversation.questions.name import LETTERS_OF_A_NAME, opens_with_name
from bot.conversation.questions.secrecy import offer_secrecy
from bot.conversation.remarks import leave_out
from bot.conversation.screen import Line, button, line
from bot.conversation.screens import MENU
from bot.conversation.sending import complete
from bot.conversation.talk import Talk, open_draft
from bot.conversation.turn import Turn
from bot.conversation.turn_context import SURE_OF_A_WISH, Understood
from bot.understanding.acts.certain import certain_act
from bot.understanding.acts.clauses import clauses_of
from bot.understanding.cues import announces
from bot.understanding.normalise import normalise

_ASKED_FOR = re.compile(
    r"\b(?:(?P<not>jangan(?!-)|tidak (?:mau|ingin))|tolong|mohon|minta|harap)\b"
    r"(?P<what>.*?)(?:\b(?:siapa|kalau|bahwa)\b.*)?$",
    re.DOTALL,
)
"""What a message asks for behind a reason: "saya takut pak, [jangan sampai ketahuan]"."""
_AND_NAME = re.compile(
    r"\b(?:nama|identitas|data)\w*(?: saya| aku| diri| pelapor)? (?:dan|serta|maupun|sama)\b"
    r"|\b(?:dan|serta|maupun|sama) (?:nama|identitas|data)\w*(?: saya| aku| diri| pelapor)?(?!\w)"
)
_SECRET_REPORT = re.compile(r"^(?!.*\b(?:tidak|jangan)\b)(?=.*lapor)(?=.*rahasia)")
_REPORT = "lapor"
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
    return talk.proceed(made_secret(turn, said), note=secret_heard(understood))


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
    """A short yes keeps it secret, a short no leaves it open; None for words that say anything else."""
    if len(said.text.split()) > WORDS_OF_YES_OR_NO or "?" in said.text:
        return None
    if understood.negates or understood.means("deny", "cancel"):
        return talk.proceed(turn, note=line("open-stays"))
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


def stay_anonymous(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """A given name goes; where none was given she hears that none is shown. "Nama dan laporan …" is both wishes.

    Of a report that was sent she hears who sees her name, and can pass her wish on to the officers.
    """
    draft, plain = turn.dialogue.draft, normalise(said.text)
    if (of_report := _AND_NAME.sub(" ", plain)) != plain and _SECRET_REPORT.search(of_report):
        kept = turn.with_draft(replace(draft, name=None)) if draft else turn
        return keep_secret(talk, kept, said, understood)
    if draft is None:
        sent = turn.dialogue.filed
        return offer_to_add(talk, turn, said.text, said.at, note=line("name-hidden-filed")) if sent else None
    if not draft.name and talk.is_at_card(turn.dialogue) and _only_gives_name(said, understood):
        return _ask_to_name(turn, draft)
    note = line("name-dropped") if draft.name else line("name-none")
    return talk.proceed(turn.with_draft(replace(draft.touched(said.at), name=None)), note=note)


def offer_to_name(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """The name that she says is noted, and stands on the card; without one, to name her needs the button.

    A report that was sent can only be added to.
    """
    draft = turn.dialogue.draft
    if draft is None:
        return offer_to_add(talk, turn, said.text, said.at, note=line("name-filed")) if turn.dialogue.filed else None
    if name := understood.name[:LETTERS_OF_A_NAME]:
        named = replace(draft.touched(said.at), name=name)
        return talk.proceed(turn.with_draft(named), note=line("name-noted", name=name))
    if draft.is_blank or not talk.is_at_card(turn.dialogue):
        return None
    return _ask_to_name(turn, draft)


def _ask_to_name(turn: Turn, draft: Draft) -> Turn:
    rows = [[button("name", "name", draft.key), button("stay-anonymous", "stay-anonymous", draft.key)]]
    return turn.say(line("name-offer"), rows=rows)


def _only_gives_name(said: Said, understood: Understood) -> bool:
    """Whether words that a model hears as a wish for no name say hers and refuse nothing: what she wants is asked."""
    refuses = understood.negates or understood.certain or wants_secret(said, understood)
    return bool(understood.name) and opens_with_name(said.text) and not refuses


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


def show_card_to_send(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """To send needs Kirim: the card is shown, or what is still to be asked."""
    del said, understood
    draft = turn.dialogue.draft
    if draft is None or draft.is_blank:
        return None
    turn, whole = complete(talk, turn, draft)
    return talk.proceed(turn.with_draft(whole), note=line("affirm-draft")) if whole else turn


def ask_before_deleting(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """To delete needs the button, or a plain yes to the question whether to; a name that is asked is given up first."""
    draft = turn.dialogue.draft
    if moment_of(turn.dialogue) == "name" and _REPORT not in normalise(said.text):
        return stay_anonymous(talk, turn, said, understood)
    if draft is None:
        return ask_to_withdraw(talk, turn) if turn.dialogue.filed else None
    return turn.closed().say(line("deny"), rows=MENU) if draft.is_blank else ask_to_cancel(talk, turn)


def ask_to_withdraw(talk: Talk, turn: Turn) -> Turn:
    """Whether the report that she sent last may be taken back: it needs the button, or a plain yes."""
    return talk.offer(turn.at("withdraw", turn.dialogue.filed[-1].ticket))


def keep_report(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """What she wrote stays, and she hears so."""
    del said, understood
    draft = turn.dialogue.draft
    return None if draft is None else talk.proceed(turn, note=line("kept-safe"))


def go_on_later(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """Everything is kept until she writes again."""
    del understood
    return leave_out(talk, turn, said, line("pauses")) if turn.dialogue.draft else turn.say(line("deny"), rows=MENU)
