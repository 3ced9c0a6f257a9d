"""What a channel cannot do, in one place: everything else must read the same in all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.channels.email.declaration import EMAIL as BY_MAIL
from bot.channels.sms.declaration import SMS as BY_SMS
from bot.channels.sms.gsm import in_sms_letters
from bot.channels.telegram.declaration import TELEGRAM as IN_TELEGRAM
from bot.channels.telegram.pieces import pieces
from bot.channels.terminal.declaration import TERMINAL as IN_A_TERMINAL
from bot.messaging.abilities import WITH_BUTTONS, Abilities
from tests.talks.acts import (
    Act,
    BringsBotIntoGroup,
    DaysPass,
    Edits,
    OfficeActs,
    Presses,
    Replies,
    Says,
    SaysInGroup,
    SendsFiles,
    SendsSticker,
    SharesPlace,
)
from tests.talks.messages import How, Message, rendered
from tests.talks.talk_file import TalkFile, is_of_several_lines

NUMBERED = re.compile(r"\d+(?:\)| =) (.+)")
PART_LETTERS = 153
"""Of a message by SMS that has several parts."""


class Gift(StrEnum):
    """Something that a talk needs and that not every channel has."""

    STICKERS = "stickers"
    EDITS = "edits of one's own messages"
    GROUPS = "groups"
    OLD_BUTTONS = "buttons that can still be pressed when their message is old"
    PRESSES_IN_A_ROW = "buttons pressed before an answer came, which in a terminal are words"
    LINE_BREAKS = "messages of several lines"
    NAME = "an account with a name"
    LANGUAGE = "a phone that tells its language"
    FILES = "pictures and other files"
    PINS = "a position that is shared"
    REPLIES = "messages that answer one of ours"
    DOCUMENTS = "files that we send"
    SUBSCRIPTIONS = "news that would cost a text message each week"
    NEWS = "news of what others do, which a plain text cannot show in the place of what was known before"


@dataclass(frozen=True, slots=True)
class Eyes:
    """A channel, as far as it shows less than the core says.

    Attributes:
        lacks: gifts that talks need; a talk that needs one of them is not held there.
        sees: how messages may come that are seen there.
        has_special_buttons: those that copy a text or share a position.
        cuts_long_messages: they come in pieces.
        writes: words in the letters that it has.
        joins_turn: what one turn says is one message there.
        shows: what its messages can hold, as far as words and buttons of the talk are others for it.
    """

    lacks: frozenset[Gift] = frozenset()
    sees: frozenset[How] = frozenset({How.SENT, How.EDITED, How.RETIRED, How.PROGRESS})
    has_special_buttons: bool = True
    cuts_long_messages: bool = True
    writes: Callable[[str], str] = str
    joins_turn: bool = False
    shows: Abilities = WITH_BUTTONS

    def can_hold(self, talk: TalkFile) -> bool:
        """Whether this talk can be held there."""
        return not self.lacks & gifts_of(talk)

    def reads(self, messages: Sequence[Message]) -> list[str]:
        """What she reads: message by message or, where a turn is one, line by line, a choice without its number."""
        if not self.joins_turn:
            return [rendered(message) for message in messages]
        lines = [line for one in messages for line in (*one.text.splitlines(), *one.labels) if line]
        return [choice[1] if (choice := NUMBERED.fullmatch(line)) else line for line in lines]

    def see(self, messages: Iterable[Message]) -> list[Message]:
        """The messages as they are seen there."""
        seen = [message for message in messages if message.how in self.sees]
        if not self.has_special_buttons:
            seen = [
                replace(one, labels=tuple(label for label in one.labels if label not in one.special)) for one in seen
            ]
        seen = [replace(one, text=self.writes(one.text), labels=tuple(map(self.writes, one.labels))) for one in seen]
        return [piece for one in seen for piece in _cut(one)] if self.cuts_long_messages else seen


APPS = frozenset({Gift.EDITS, Gift.OLD_BUTTONS, Gift.PRESSES_IN_A_ROW, Gift.NAME, Gift.LANGUAGE, Gift.REPLIES})
"""What only an app has whose messages have buttons."""


def eyes_of(abilities: Abilities) -> Eyes:
    """A channel as it declares itself; its parts of long texts are joined again where it has no buttons."""
    has = {
        **dict.fromkeys(APPS, not abilities.is_plain),
        Gift.FILES: abilities.takes_files,
        Gift.PINS: abilities.takes_places,
        Gift.DOCUMENTS: abilities.sends_documents,
        Gift.SUBSCRIPTIONS: abilities.sends_news,
        Gift.GROUPS: abilities.has_groups,
        Gift.NEWS: abilities.has_live_cards,
    }
    live = {How.RETIRED, How.PROGRESS} if abilities.has_live_cards else {How.UNCHANGED}
    return Eyes(
        lacks=frozenset(gift for gift, is_there in has.items() if not is_there),
        sees=frozenset({How.SENT, How.EDITED} | live),
        has_special_buttons=not abilities.is_plain,
        cuts_long_messages=not abilities.is_plain,
        writes=abilities.letters,
        joins_turn=abilities.joins_turn,
        shows=replace(
            WITH_BUTTONS,
            buttons=abilities.buttons and WITH_BUTTONS.buttons,
            is_brief=abilities.is_brief,
            takes_files=abilities.takes_files,
            takes_places=abilities.takes_places,
            has_reply_keyboard=abilities.has_reply_keyboard,
        ),
    )


TELEGRAM, SMS = eyes_of(IN_TELEGRAM.abilities), eyes_of(BY_SMS.abilities)
MAIL = eyes_of(BY_MAIL.abilities)
TERMINAL = eyes_of(IN_A_TERMINAL.abilities)
TERMINAL = replace(TERMINAL, lacks=TERMINAL.lacks | {Gift.STICKERS, Gift.LINE_BREAKS})
"""A line is a message, and an empty one is none."""

IN_PLAIN_TEXT = frozenset(
    {
        "afraid",
        "change_each_part",
        "dialogue_act_complaint_at_the_place",
        "doubt_see_all",
        "privacy",
        "help_that_was_a_report",
        "interrupted_by_a_question",
        "interrupted_by_a_sticker",
        "language_changed",
        "limit_of_filing",
        "longer_than_a_card",
        "model_is_down",
        "my_reports",
        "nearby_supported",
        "out_of_scope",
        "own_asked_long_ago",
        "own_data_asked",
        "own_data_in_a_draft",
        "own_words_added",
        "photo_added_on_the_card",
        "pin_at_a_text_step",
        "question_first",
        "question_was_a_report",
        "restart",
        "two_matters_as_one",
        "two_matters_one_supported",
        "same_message_twice",
        "sensitive_stays",
        "status_of_a_secret_case",
        "weekly_by_words",
        "wishes_in_words",
        "withdrawn",
    }
)
"""Talks that a terminal, SMS and X hold, too: they have everything that these show in a way of their own."""
IN_BUTTONS = frozenset(
    {
        "afraid",
        "aspiration_and_information",
        "category_in_words",
        "change_each_part",
        "change_place_by_pin",
        "change_story_or_thank",
        "dialogue_act_doubt_once",
        "dialogue_act_fear_says_who",
        "dialogue_act_violence_is_secret",
        "dialogue_act_without_a_model",
        "doubt_see_all",
        "doubt_send_too_early",
        "doubt_three_categories",
        "doubt_unknown",
        "english",
        "help_that_was_a_report",
        "interrupted_by_a_sticker",
        "kept_secret",
        "language_changed",
        "limit_of_filing",
        "longer_than_a_card",
        "matters_later_with_a_time",
        "model_is_down",
        "my_reports",
        "name_and_report_secret",
        "name_in_a_sentence",
        "name_with_a_photo",
        "name_with_more_around_it",
        "nearby_elsewhere",
        "nearby_filed_all_the_same",
        "nearby_put_aside_then_another",
        "nearby_supported",
        "own_answer_said_yes_and_no",
        "own_data_asked",
        "own_data_forgotten",
        "own_data_in_a_draft",
        "own_disputed_three_times",
        "own_english",
        "own_new_link_without_a_case",
        "own_question_or_new_report",
        "own_rejected_then_appealed",
        "own_silence_then_reopened",
        "own_two_questions",
        "own_whole_life",
        "own_withdrawn_after_an_answer",
        "own_words_added",
        "phone_of_another_language",
        "photo_added_on_the_card",
        "place_answered_with_another_matter",
        "place_of_a_question",
        "praise_that_names_an_office",
        "privacy",
        "question_first",
        "question_was_a_report",
        "restart",
        "said_already",
        "same_message_twice",
        "send_insisted",
        "sensitive_stays",
        "small_talk_is_no_report",
        "split_in_words",
        "status_by_number",
        "status_mistyped",
        "status_of_a_neighbour",
        "three_matters",
        "three_matters_rejoined",
        "three_matters_secret",
        "two_matters",
        "two_matters_and_more",
        "two_matters_as_one",
        "two_matters_english",
        "two_matters_in_two_messages",
        "two_matters_one_supported",
        "two_matters_rejoined",
        "weekly_offered",
        "wishes_in_words",
        "withdrawn",
        "yes_and_no_on_the_card",
    }
)
"""Talks that a browser and WhatsApp hold, too: they have every row of buttons, every kind of message and
every act of any that these can hold."""


BY_MAIL_TOO = frozenset({"doubt_see_all", "longer_than_a_card", "my_reports", "withdrawn"})
"""Of those the ones that are held by e-mail: a card, long words, several cases, and six digits."""


def shapes_of(messages: Iterable[Message]) -> frozenset[tuple[str, object]]:
    """What plain text shows in a way of its own: that a message was changed, its buttons, rare letters, its length."""
    return frozenset(
        shape
        for one in messages
        for shape in (
            ("comes", one.how),
            ("buttons", len(one.labels)),
            ("special buttons", len(one.special)),
            ("letters that are no GSM", frozenset(letter for letter in one.text if in_sms_letters(letter) != letter)),
            ("parts", len(one.text) // PART_LETTERS),
        )
    )


def gifts_of(talk: TalkFile) -> frozenset[Gift]:
    """What a talk needs."""
    commands = [command for step in talk.steps for command in step.commands]
    rows = [
        [command for command in step.commands if isinstance(command, Presses)]
        for step in talk.steps
        if len(step.commands) > 1
    ]
    needed = {
        Gift.STICKERS: any(isinstance(command, SendsSticker) for command in commands),
        Gift.EDITS: any(isinstance(command, Edits) for command in commands),
        Gift.GROUPS: any(isinstance(command, BringsBotIntoGroup | SaysInGroup) for command in commands),
        Gift.OLD_BUTTONS: any(isinstance(command, Presses) and command.old for command in commands),
        Gift.PRESSES_IN_A_ROW: any(rows),
        Gift.LINE_BREAKS: any(is_of_several_lines(command) for command in commands),
        Gift.NAME: bool(talk.settings.name),
        Gift.FILES: any(isinstance(command, SendsFiles) for command in commands),
        Gift.PINS: any(isinstance(command, SharesPlace) for command in commands),
        Gift.REPLIES: any(isinstance(command, Replies) for command in commands),
        Gift.NEWS: any(isinstance(command, OfficeActs | DaysPass) for command in commands),
        Gift.DOCUMENTS: any(said_by(command).startswith(("data saya", "/datasaya", "my data")) for command in commands),
        Gift.SUBSCRIPTIONS: any(said_by(command).startswith(("langganan", "subscribe")) for command in commands),
        Gift.LANGUAGE: talk.settings.language not in {"", "id"},
    }
    return frozenset(gift for gift, is_needed in needed.items() if is_needed)


def said_by(command: Act) -> str:
    """Her words, or those of the button that she presses."""
    words = command.text if isinstance(command, Says) else command.label if isinstance(command, Presses) else ""
    return words.casefold()


def _cut(message: Message) -> Sequence[Message]:
    """A message of Telegram has 4,096 letters; the buttons stand below the last piece."""
    *before, last = pieces(message.text)
    return [*(Message(text) for text in before), replace(message, text=last)]
