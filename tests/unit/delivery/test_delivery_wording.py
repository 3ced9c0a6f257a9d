"""How effects become messages: where buttons stand, what is edited in place, what is said once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.dialogue import Dialogue
from bot.conversation.effects import Effect, Retire, Say, Show
from bot.conversation.screen import Button, ButtonKind, Line, Screen, button, line, screen
from bot.messaging.outbox_message import Keyboard, OutboxMessageKind
from bot.messaging.records import ChatRecord, ShownButton
from bot.messaging.rendering import AddressedMessage, MessageRenderer
from tests.unit.delivery.town import assembled

CARD = screen(line("story-ask"), rows=[[button("send", "send@d1")], [button("cancel", "cancel@d1")]])
PLACE = screen(line("place-ask"), rows=[[button("skip", "skip@d1")]], as_keyboard=True)
NOTE = line("story-noted")
OPEN = ChatRecord(Dialogue(step="review"))


def composed(
    *effects: Effect, record: ChatRecord = OPEN, plain: bool = False, name: str = "7"
) -> tuple[list[AddressedMessage], ChatRecord]:
    service = assembled()
    return MessageRenderer(service.texts, service.signer, "siti", "id", plain).compose(effects, record, name)


def keyboards(letters: Sequence[AddressedMessage]) -> list[Keyboard]:
    return [letter.outgoing.keyboard for letter in letters]


def said(line_: Line) -> str:
    return assembled().texts.say("id", line_)


# Order, and once ----------------------------------------------------------------------------------------------


def test_the_same_thing_is_said_once() -> None:
    letters, _ = composed(Say(screen(NOTE)), Say(screen(NOTE)))
    assert [letter.outgoing.text for letter in letters] == [said(NOTE)]


def test_of_what_stands_open_only_the_last_is_shown_and_behind_everything_said() -> None:
    letters, _ = composed(Show(PLACE), Say(screen(NOTE)), Show(CARD))
    assert [letter.outgoing.text for letter in letters] == [said(NOTE), said(line("story-ask"))]


def test_at_rest_nothing_stands_open() -> None:
    letters, _ = composed(Show(CARD), record=ChatRecord())
    assert letters == []


def test_messages_are_named_after_their_turn() -> None:
    letters, _ = composed(Say(screen(NOTE)), Show(CARD), name="42")
    assert [letter.ref for letter in letters] == ["42.0", "42.1"]


def test_a_note_comes_before_the_card_in_the_same_message() -> None:
    [letter], _ = composed(Show(CARD, note=NOTE))
    assert letter.outgoing.text.startswith(said(NOTE))


# Numbers ------------------------------------------------------------------------------------------------------


def test_buttons_are_numbered_through_all_messages_of_a_turn() -> None:
    letters, record = composed(Say(screen(NOTE, rows=[[button("help", "help")]])), Show(CARD))
    numbers = [b.number for letter in letters for row in letter.outgoing.rows for b in row]
    assert (numbers, [shown.press for shown in record.shown]) == ([1, 2, 3], ["help", "send@d1", "cancel@d1"])


def test_a_button_that_cannot_be_typed_has_no_number() -> None:
    copy = Button(Line("button-copy", (("ticket", "LP-2345-67CX"),)), "LP-2345-67CX", ButtonKind.COPY)
    [letter], record = composed(Say(screen(NOTE, rows=[[copy], [button("help", "help")]])))
    numbers = [b.number for row in letter.outgoing.rows for b in row]
    assert (numbers, [shown.press for shown in record.shown]) == ([0, 1], ["help"])


def test_what_is_copied_is_not_signed() -> None:
    copy = Button(Line("button-copy", (("ticket", "LP-2345-67CX"),)), "LP-2345-67CX", ButtonKind.COPY)
    [letter], _ = composed(Say(screen(NOTE, rows=[[copy]])))
    assert letter.outgoing.rows[0][0].press == "LP-2345-67CX"


def test_a_turn_without_buttons_leaves_those_that_are_shown() -> None:
    before = ChatRecord(shown=(ShownButton("Kirim", "send@d1"),))
    _, record = composed(Say(screen(NOTE)), record=before)
    assert record.shown == before.shown


# The keyboard where the letters are ---------------------------------------------------------------------------


def test_buttons_where_the_letters_are_are_remembered() -> None:
    letters, record = composed(Show(PLACE))
    assert (keyboards(letters), record.has_reply_keyboard) == ([Keyboard.LETTERS], True)


def test_the_next_message_without_buttons_takes_them_away() -> None:
    letters, record = composed(Say(screen(NOTE)), record=ChatRecord(has_reply_keyboard=True))
    assert (keyboards(letters), record.has_reply_keyboard) == ([Keyboard.REMOVE], False)


def test_a_card_cannot_take_them_away_so_its_note_does_as_a_message_of_its_own() -> None:
    before = ChatRecord(Dialogue(step="review"), has_reply_keyboard=True)
    letters, record = composed(Show(CARD, note=NOTE), record=before)
    assert (keyboards(letters), record.has_reply_keyboard) == ([Keyboard.REMOVE, Keyboard.INLINE], False)
    assert letters[1].outgoing.text == said(line("story-ask"))


def test_without_a_note_a_few_words_of_their_own_take_them_away() -> None:
    before = ChatRecord(Dialogue(step="review"), has_reply_keyboard=True)
    letters, record = composed(Show(CARD), record=before)
    assert (keyboards(letters), record.has_reply_keyboard) == ([Keyboard.REMOVE, Keyboard.INLINE], False)


def test_a_message_with_buttons_of_its_own_cannot_take_them_away_either() -> None:
    letters, record = composed(
        Say(screen(NOTE, rows=[[button("help", "help")]])), record=ChatRecord(has_reply_keyboard=True)
    )
    assert (keyboards(letters), record.has_reply_keyboard) == ([Keyboard.REMOVE, Keyboard.INLINE], False)


def test_they_stay_for_the_next_question_about_a_place() -> None:
    before = ChatRecord(Dialogue(step="place"), has_reply_keyboard=True)
    letters, record = composed(Show(PLACE, note=NOTE), record=before)
    assert (keyboards(letters), record.has_reply_keyboard) == ([Keyboard.LETTERS], True)


# In place -----------------------------------------------------------------------------------------------------


def test_a_card_is_remembered_so_that_it_can_be_edited() -> None:
    _, record = composed(Show(CARD))
    assert record.card == "7.0"


def test_a_card_that_changes_in_place_is_edited() -> None:
    before = ChatRecord(Dialogue(step="review"), card="3.0")
    [letter], record = composed(Show(CARD, in_place=True), record=before)
    assert (letter.outgoing.kind, letter.edits, record.card) == (OutboxMessageKind.EDIT, "3.0", "3.0")


def test_words_are_never_answered_by_a_change_further_up_alone() -> None:
    service, before = assembled(), ChatRecord(Dialogue(step="review"), card="3.0")
    wording = MessageRenderer(service.texts, service.signer, "siti", "id", plain=False)
    [letter], record = wording.compose([Show(CARD, in_place=True)], before, "7", by_hand=False)
    assert (letter.outgoing.kind, record.card) == (OutboxMessageKind.MESSAGE, "7.0")


def test_a_card_that_is_shown_anew_is_the_one_to_edit_from_now_on() -> None:
    [letter], record = composed(Show(CARD), record=ChatRecord(Dialogue(step="review"), card="3.0"))
    assert (letter.outgoing.kind, letter.edits, record.card) == (OutboxMessageKind.MESSAGE, "", "7.0")


def test_without_a_card_there_is_nothing_to_edit() -> None:
    [letter], _ = composed(Show(CARD, in_place=True))
    assert letter.outgoing.kind is OutboxMessageKind.MESSAGE


def test_a_question_with_buttons_where_the_letters_are_is_never_edited() -> None:
    before = ChatRecord(Dialogue(step="place"), card="3.0")
    [letter], record = composed(Show(PLACE, in_place=True), record=before)
    assert (letter.outgoing.kind, record.card) == (OutboxMessageKind.MESSAGE, "")


def test_in_a_plain_channel_nothing_can_be_edited() -> None:
    _, record = composed(Show(CARD), plain=True)
    assert record.card == ""


def test_a_card_that_is_done_with_keeps_its_words_and_loses_its_buttons() -> None:
    retire = Retire(screen(line("card-filed")))
    [letter], record = composed(retire, record=ChatRecord(card="3.0"))
    assert (letter.edits, letter.outgoing.rows, record.card) == ("3.0", (), "")


def test_a_card_that_is_done_with_is_not_shown_once_more() -> None:
    before = ChatRecord(Dialogue(step="review"), card="3.0")
    letters, _ = composed(Show(CARD), Retire(screen(line("card-filed"))), record=before)
    assert [letter.outgoing.text for letter in letters] == [said(line("card-filed"))]


def test_where_no_card_can_be_edited_there_is_none_to_retire() -> None:
    letters, _ = composed(Retire(screen(line("card-filed"))))
    assert letters == []


def test_an_edit_takes_no_keyboard_away() -> None:
    before = ChatRecord(card="3.0", has_reply_keyboard=True)
    [letter], record = composed(Retire(Screen((line("card-filed"),))), record=before)
    assert (letter.outgoing.keyboard, record.has_reply_keyboard) == (Keyboard.NONE, True)
