"""What arrives without being said: pins, files, edits, stickers, and messages in a group."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.card import files_line
from bot.conversation.dialogue import Draft, File, GivenPlace, Piece, Pin
from bot.conversation.events import Edited, Event, SentOther, SentPhoto, SharedPlace, WroteInGroup
from bot.conversation.screen import line
from bot.conversation.screens import MENU
from bot.conversation.talk import Talk, open_draft, touched
from bot.conversation.turn import Turn
from bot.conversation.understood import Understood


def hear_pin(talk: Talk, turn: Turn, event: SharedPlace, understood: Understood) -> Turn:
    """A pin says where it is, at whatever step it comes."""
    draft = turn.dialogue.draft or open_draft(event)
    place = understood.message.place
    given = GivenPlace(place, pin=Pin(event.lat, event.lon))
    turn = turn.with_draft(replace(touched(draft, event.at), given_place=given))
    if place.outside or place.outside_province:
        note = line("place-outside", place=place.outside) if place.outside else line("place-outside-province")
        return talk.proceed(turn, note=note)
    where = place.village or place.district
    note = line("place-found", place=where) if where else line("place-pin-kept")
    return talk.proceed(turn, note=note)


def hear_file(talk: Talk, turn: Turn, event: SentPhoto, understood: Understood) -> Turn:
    """A file is counted on the card; its caption is part of the story."""
    draft = turn.dialogue.draft or open_draft(event)
    if len(draft.files) >= talk.catalogue.most_files:
        return talk.proceed(turn.with_draft(draft), note=line("files-enough", most=talk.catalogue.most_files))
    known = File(event.kind, event.file_id)
    files = draft.files if known in draft.files else (*draft.files, known)
    draft = replace(touched(draft, event.at), files=files)
    caption = event.caption.strip()
    if caption and caption not in {piece.text for piece in draft.pieces}:
        draft = replace(draft, pieces=(*draft.pieces, Piece(event.ref, caption)))
        turn = talk.tell(turn, draft, understood)
    else:
        turn = turn.with_draft(draft)
    return talk.proceed(turn, note=files_line("files-noted", draft))


def hear_edit(talk: Talk, turn: Turn, event: Edited, understood: Understood) -> Turn:
    """An edited message changes the story it is part of; of any other she is told that it changes nothing."""
    draft = turn.dialogue.draft
    known = {piece.ref: piece.text for piece in draft.pieces} if draft else {}
    if draft is None or event.ref not in known:
        return talk.offer(turn, note=line("edit-unknown"))
    if known[event.ref] == event.text:
        return turn
    changed = replace(touched(draft, event.at), pieces=edited(draft, event.ref, event.text))
    return talk.proceed(talk.tell(turn, changed, understood), in_place=True, note=line("story-edited"))


def edited(draft: Draft, ref: str, text: str) -> tuple[Piece, ...]:
    """The pieces of the story with one message as it now reads."""
    return tuple(Piece(ref, text) if piece.ref == ref else piece for piece in draft.pieces)


def hear_other(talk: Talk, turn: Turn, event: Event, understood: Understood) -> Turn:
    """A sticker is answered, too."""
    del event, understood
    if turn.dialogue.draft is None:
        return turn.say(line("sticker"), rows=MENU)
    return talk.offer(turn, note=line("sticker-draft"))


def point_to_private_chat(talk: Talk, turn: Turn, event: WroteInGroup | SentOther, understood: Understood) -> Turn:
    """Complaints are made in private; a group hears that once."""
    del talk, event, understood
    return turn if turn.dialogue.greeted_group else turn.with_group_greeted().say(line("group"))
