"""`/ajar`: a trainer labels five messages in the chat, one tap each. To everybody else the command does not exist."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.effects import AskLesson, TakeLesson
from bot.conversation.events import LessonShown, LessonsRefused, Said
from bot.conversation.presses.press import Press, stale_button
from bot.conversation.screen import Button, Label, LabelSource, Line, button, line
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

AT_ONCE = 5
SKIP = "skip"

INTENT_WORDS: Mapping[str, Line] = {
    "complaint": line("type-complaint"),
    "aspiration": line("type-aspiration"),
    "information": line("type-information"),
    "check_status": line("intent-check-status"),
    "greet": line("intent-greet"),
    "thanks": line("intent-thanks"),
    "goodbye": line("intent-goodbye"),
    "affirm": line("intent-affirm"),
    "deny": line("intent-deny"),
    "cancel": line("intent-cancel"),
    "help": line("intent-help"),
    "about_bot": line("intent-about-bot"),
    "praise": line("intent-praise"),
    "out_of_scope": line("intent-out-of-scope"),
}
"""What a message can be, as people read it."""


def teach(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    """`/ajar`: the first of five."""
    del talk, said, understood
    return turn.then(AskLesson(AT_ONCE))


def take_lesson(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """A label was tapped: "teach:<sample>:<left>:<label>"."""
    del understood
    number, _, rest = press.about.partition(":")
    left, _, label = rest.partition(":")
    if not (number.isdecimal() and left.isdecimal() and label):
        return stale_button(talk, turn, press)
    return turn.then(TakeLesson(int(number), label, min(int(left), AT_ONCE) - 1))


def show_lesson(talk: Talk, turn: Turn, shown: LessonShown) -> Turn:
    """A message with its likeliest labels; or that these were all."""
    if shown.sample is None:
        return talk.offer(turn.say(line("lesson-all-done")))
    if shown.left == 0:
        again = [[Button(line("button-teach-more"), "teach-more")]]
        return turn.say(line("lesson-five-done"), rows=again)
    rows = [[_choice(shown, value)] for value in shown.choices]
    rows.append([button("skip", f"teach:{shown.sample}:{shown.left}:{SKIP}")])
    return turn.say(line("lesson", left=shown.left, words=shown.words), rows=rows)


def refuse_lessons(talk: Talk, turn: Turn, refused: LessonsRefused) -> Turn:
    """What is said of a command that does not exist."""
    del refused
    return talk.offer(turn.say(line("command-unknown")))


def teach_more(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """Another five."""
    del talk, press, understood
    return turn.then(AskLesson(AT_ONCE))


def _choice(shown: LessonShown, value: str) -> Button:
    part, _, name = value.partition(":")
    label: Label | Line = Label(LabelSource.CATEGORY, name) if part == "category" else INTENT_WORDS[name]
    return Button(label, f"teach:{shown.sample}:{shown.left}:{value}")
