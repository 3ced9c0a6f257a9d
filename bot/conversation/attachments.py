"""What arrives without being said: pins, files, edits, stickers, and messages in a group."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.draft import Draft, File, GivenPlace, Pin, StoryPiece
from bot.conversation.events import Edited, Event, FilesRefused, Said, SentOther, SentPhoto, SharedPlace, WroteInGroup
from bot.conversation.own_cases.words import offer_to_add
from bot.conversation.questions.photos import files_line
from bot.conversation.questions.question import Precedence, Question
from bot.conversation.screen import Line, line
from bot.conversation.screens import MENU
from bot.conversation.talk import Talk, open_draft
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

_AGREEING = frozenset("👍👌🙏✅🆗")


def hear_pin(talk: Talk, turn: Turn, event: SharedPlace, understood: Understood) -> Turn:
    """A pin says where it is, at whatever step it comes."""
    draft = turn.dialogue.draft or open_draft(event)
    place = understood.message.place
    given = GivenPlace(place, pin=Pin(event.lat, event.lon))
    turn = turn.with_draft(replace(draft.touched(event.at), given_place=given))
    if place.outside or place.outside_province:
        note = line("place-outside", place=place.outside) if place.outside else line("place-outside-province")
        return talk.proceed(turn, note=note)
    where = place.village or place.district
    note = line("place-found", place=where) if where else line("place-pin-kept")
    return talk.proceed(turn, note=note)


def hear_file(talk: Talk, turn: Turn, event: SentPhoto, understood: Understood) -> Turn:
    """A file is counted on the card; its caption is part of the story, unless it is the name that she is asked for."""
    draft = turn.dialogue.draft or open_draft(event)
    known = File(event.kind, event.file_id)
    is_one_too_many = known not in draft.files and len(draft.files) >= talk.catalogue.most_files
    files = draft.files if is_one_too_many or known in draft.files else (*draft.files, known)
    draft = replace(draft.touched(event.at), files=files)
    caption = event.caption.strip()
    question = talk.flow.question_at(turn.dialogue.step)
    if caption and question and _is_answered_first(question, turn.dialogue.step, caption, draft, understood):
        said = Said(id=event.id, at=event.at, text=caption, ref=event.ref)
        return question.answer(talk, turn.with_draft(draft), draft, said, understood)
    if caption and caption not in {piece.text for piece in draft.pieces}:
        draft = replace(draft, pieces=(*draft.pieces, StoryPiece(event.ref, caption)))
        turn = talk.tell(turn, draft, understood)
    else:
        turn = turn.with_draft(draft)
    enough = line("files-enough", most=talk.catalogue.most_files)
    return talk.proceed(turn, note=enough if is_one_too_many else files_line("files-noted", (f.kind for f in files)))


def _is_answered_first(question: Question, step: str, words: str, draft: Draft, understood: Understood) -> bool:
    """Whether these words are what is asked for, and would read as something else: others could read her name."""
    return question.precedence(step) is Precedence.BEFORE_SMALL_TALK and question.accepts(words, draft, understood)


def tell_files_refused(talk: Talk, turn: Turn, event: FilesRefused) -> Turn:
    """Which files could not be kept, why, and what to do; they are no longer counted, and all else stays."""
    lines: list[Line] = []
    for why in dict.fromkeys(file.why for file in event.files):
        lines += [files_line("files-refused", (f.kind for f in event.files if f.why is why)), line(why.value)]
    draft = turn.dialogue.draft
    gone = {file.file_id for file in event.files}
    if draft is None or not gone & {file.file_id for file in draft.files}:
        return turn.say(*lines, line("files-case-goes-on"))
    left = tuple(file for file in draft.files if file.file_id not in gone)
    turn = turn.say(*lines, line("files-draft-kept")).with_draft(replace(draft, files=left))
    return talk.offer(turn, in_place=True)


def hear_edit(talk: Talk, turn: Turn, event: Edited, understood: Understood) -> Turn:
    """An edited message changes the story it is part of; of any other she is told that it changes nothing."""
    draft = turn.dialogue.draft
    known = {piece.ref: piece.text for piece in draft.pieces} if draft else {}
    answered = (one for one in talk.flow.questions if draft and one.was_answered_by(draft, event.ref))
    if draft and (question := next(answered, None)):
        said = Said(id=event.id, at=event.at, text=event.text, ref=event.ref)
        return question.answer(talk, turn, draft, said, understood)
    if draft is None and turn.dialogue.filed and event.text.strip():
        return offer_to_add(talk, turn, event.text, event.at, note=line("edit-filed"))
    if draft is None or event.ref not in known:
        return talk.offer(turn, note=line("edit-unknown"))
    if known[event.ref] == event.text:
        return turn
    changed = replace(draft.touched(event.at), pieces=edited(draft, event.ref, event.text))
    return talk.proceed(talk.tell(turn, changed, understood), in_place=True, note=line("story-edited"))


def edited(draft: Draft, ref: str, text: str) -> tuple[StoryPiece, ...]:
    """The pieces of the story with one message as it now reads."""
    return tuple(StoryPiece(ref, text) if piece.ref == ref else piece for piece in draft.pieces)


def hear_other(talk: Talk, turn: Turn, event: Event, understood: Understood) -> Turn:
    """Answer a sticker, a contact or whatever else has no words; a file that nobody can take is said to be none."""
    del understood
    if isinstance(event, SentOther) and event.is_file:
        note = line("file-not-taken")
        return turn.say(note) if turn.dialogue.draft is None else talk.offer(turn, note=note)
    return answer_wordless(talk, turn)


def answer_wordless(talk: Talk, turn: Turn, text: str = "") -> Turn:
    """What is said to something without words in it; a raised thumb agrees."""
    if turn.dialogue.draft is None:
        return turn.say(line("sticker"), rows=MENU)
    if not _AGREEING.isdisjoint(text):
        return talk.offer(turn, note=line("thumb" if talk.is_at_card(turn.dialogue) else "still-asked"))
    return talk.offer(turn, note=line("sticker-draft"))


def point_to_private_chat(talk: Talk, turn: Turn, event: WroteInGroup | SentOther, understood: Understood) -> Turn:
    """Complaints are made in private; a group hears that once."""
    del talk, event, understood
    return turn if turn.dialogue.greeted_group else turn.with_group_greeted().say(line("group"))
