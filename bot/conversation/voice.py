"""What was heard in a recording: shown as words, and hers only when she says that it is what she said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.conversation.dialogue import Dialogue, VoiceTranscript
from bot.conversation.draft import StoryPiece
from bot.conversation.events import Said, Transcribed
from bot.conversation.own_cases.words import hear_own, offer_to_add
from bot.conversation.presses.press import Press, stale_button
from bot.conversation.screen import button, line
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

USE, LEAVE = "voice-yes", "voice-no"
MOST_KEPT: Final = 3


def hear_transcript(talk: Talk, turn: Turn, event: Transcribed, understood: Understood) -> Turn:
    """Show what was heard, of a recording that is still hers to tell with; a danger in it is answered at once.

    Of one that she has sent, or given up, meanwhile nothing is said: the officers have the recording itself.
    """
    if event.file_id not in _recordings(turn.dialogue):
        return turn
    if not event.text:
        return talk.offer(turn.say(line("voice-not-read")))
    kept = (*turn.dialogue.transcripts, VoiceTranscript(event.id, event.file_id, event.text))[-MOST_KEPT:]
    turn = replace(turn, dialogue=replace(turn.dialogue, transcripts=kept))
    rows = [[button("voice-yes", f"{USE}:{event.id}")], [button("voice-no", f"{LEAVE}:{event.id}")]]
    turn = talk.warn(turn, event.text, understood)
    return turn.say(line("voice-words", words=event.text), line("voice-ask"), rows=rows)


def transcript_of(dialogue: Dialogue, press: str) -> str:
    """The words that a button makes hers; "" for any other button."""
    verb, _, key = press.partition(":")
    return next((one.words for one in dialogue.transcripts if verb == USE and one.key == key), "")


def _recordings(dialogue: Dialogue) -> frozenset[str]:
    drafted = dialogue.draft.files if dialogue.draft else ()
    asked = dialogue.contributing
    return frozenset(file.file_id for file in (*drafted, *(asked.files if asked else ())))


def _use(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """They are her words from now on: of an answer, of the report, or of one that she has sent meanwhile."""
    words = transcript_of(turn.dialogue, press.event.press)
    if not words:
        return stale_button(talk, turn, press)
    turn, draft = _without(turn, press.about), turn.dialogue.draft
    said = Said(id=press.event.id, at=press.event.at, text=words, ref=press.about)
    if turn.dialogue.contributing and (told := hear_own(talk, turn, said, understood)):
        return told
    if draft is None:
        return offer_to_add(talk, turn, words, said.at) if turn.dialogue.filed else stale_button(talk, turn, press)
    grown = replace(draft.touched(said.at), pieces=(*draft.pieces, StoryPiece(press.about, words)))
    return talk.proceed(talk.tell(turn, grown, understood), note=line("voice-used"))


def _leave(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del understood
    if not any(one.key == press.about for one in turn.dialogue.transcripts):
        return stale_button(talk, turn, press)
    return talk.offer(_without(turn, press.about).say(line("voice-left")))


def _without(turn: Turn, key: str) -> Turn:
    left = tuple(one for one in turn.dialogue.transcripts if one.key != key)
    return replace(turn, dialogue=replace(turn.dialogue, transcripts=left))


PRESSES: Mapping[str, Callable[[Talk, Turn, Press, Understood], Turn]] = {USE: _use, LEAVE: _leave}
