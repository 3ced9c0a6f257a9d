"""Messages of talks as trainers see them to say what each does: personal data covered, the same ones once. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

from actions.privacy.redaction import COVER
from actions.store.training.turn_samples import WaitingAct, WaitingNote
from bot.understanding.normalise import mask, normalise

LONGEST_WORDS = 300


def act_rows(notes: Sequence[WaitingNote]) -> list[dict[str, object]]:
    """The rows of these notes' messages, each by what was asked and its words once."""
    rows = dict[tuple[str, str], dict[str, object]]()
    for note in notes:
        for one in note.acts:
            words = mask(one.words[:LONGEST_WORDS]).strip()
            if words and COVER not in words:
                kin = _kin(words)
                rows.setdefault((one.asked, kin), _row(note, one, words, kin))
    return list(rows.values())


def doubt(likely: Iterable[tuple[str, float]]) -> float:
    """1 where two acts are as likely, 0 where one is certain."""
    first, second = [*(share for _, share in likely), 0.0, 0.0][:2]
    return round(1 - (first - second), 4)


def _row(note: WaitingNote, one: WaitingAct, words: str, kin: str) -> dict[str, object]:
    return {
        "ticket": note.ticket or None,
        "channel": note.channel,
        "at": note.at,
        "asked": one.asked,
        "words": words,
        "kin": kin,
        "likely": json.dumps([list(each) for each in one.likely]),
        "worth": doubt((name, share) for name, share in one.likely),
    }


def _kin(words: str) -> str:
    return hashlib.blake2b(normalise(words).encode("utf-8", "replace"), digest_size=8).hexdigest()
