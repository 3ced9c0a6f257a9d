"""`/ajar`: a trainer labels five messages in the chat, one tap each. To everybody else the command does not exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.conversation.events import Said
from bot.conversation.presses.press import Press, stale_button
from bot.conversation.screen import Button, Label, LabelSource, Line, button, line
from bot.conversation.staff.effects import AskLesson, TakeLesson
from bot.conversation.staff.events import LessonShown, LessonsRefused
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

AT_ONCE = 5
SKIP = "skip"
KINDS: Mapping[str, str] = {"c": "complaint", "a": "aspiration", "i": "information"}
"""The types of a report by a letter, for buttons carry few."""

type Verb = Callable[[Talk, Turn, Press, Understood], Turn]

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
    """`/ajar`: ask for the first of five messages to label."""
    del talk, said, understood
    return turn.then(AskLesson(AT_ONCE))


def take_lesson(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """A label was tapped: "teach:<sample>:<left>:<label>", where a category stands behind the letter of its type."""
    del understood
    number, _, rest = press.about.partition(":")
    left, _, label = rest.partition(":")
    if not (number.isdecimal() and left.isdecimal() and label):
        return stale_button(talk, turn, press)
    letter, _, slug = label.partition(":")
    kind = KINDS.get(letter, "")
    label = f"category:{slug}" if kind else label
    return turn.then(TakeLesson(int(number), label, min(int(left), AT_ONCE) - 1, kind))


def show_lesson(talk: Talk, turn: Turn, shown: LessonShown) -> Turn:
    """A message with its likeliest labels, and the ways to all others; or that these were all."""
    if shown.sample is None:
        return talk.offer(turn.say(line("lesson-all-done")))
    if shown.left == 0:
        again = [[Button(line("button-teach-more"), "teach-more")]]
        return turn.say(line("lesson-five-done"), rows=again)
    here = f"{shown.sample}:{shown.left}"
    letter = next(letter for letter, kind in KINDS.items() if kind == shown.kind)
    rows = [[_choice(here, letter, value)] for value in shown.choices]
    kind = Button(line("button-teach-kind", type=(INTENT_WORDS[shown.kind],)), f"teach-kinds:{here}")
    rows.append([button("teach-others", f"teach-groups:{here}:{letter}"), kind])
    rows.append([button("skip", f"teach:{here}:{SKIP}")])
    return turn.say(line("lesson", left=shown.left, words=shown.words), rows=rows)


def show_groups(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """All groups of categories: "teach-groups:<sample>:<left>:<letter>"."""
    del understood
    if (here := _read(press.about)) is None or here.more not in KINDS:
        return stale_button(talk, turn, press)
    rows = [
        [Button(Label(LabelSource.CATEGORY, group), f"teach-group:{here.place}:{here.more}:{number}")]
        for number, group in enumerate(talk.catalogue.groups)
    ]
    return turn.say(line("lesson-groups"), rows=[*rows, [_back(here)]])


def show_leaves(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """The categories of a group: "teach-group:<sample>:<left>:<letter>:<number of the group>"."""
    del understood
    here, groups = _read(press.about), list(talk.catalogue.groups.values())
    letter, _, number = here.more.partition(":") if here else ("", "", "")
    if here is None or letter not in KINDS or not (number.isdecimal() and int(number) < len(groups)):
        return stale_button(talk, turn, press)
    rows = [[_choice(here.place, letter, f"category:{slug}")] for slug in groups[int(number)]]
    return turn.say(line("lesson-leaves"), rows=[*rows, [_back(here)]])


def show_kinds(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """The three types of a report: "teach-kinds:<sample>:<left>"."""
    del understood
    if (here := _read(press.about)) is None:
        return stale_button(talk, turn, press)
    rows = [[Button(INTENT_WORDS[kind], f"teach-kind:{here.place}:{letter}")] for letter, kind in KINDS.items()]
    return turn.say(line("lesson-kinds"), rows=[*rows, [_back(here)]])


def set_kind(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """The same message again, taken for this type: "teach-kind:<sample>:<left>[:<letter>]"."""
    del understood
    if (here := _read(press.about)) is None:
        return stale_button(talk, turn, press)
    return turn.then(AskLesson(here.left, here.sample, KINDS.get(here.more, "")))


def refuse_lessons(talk: Talk, turn: Turn, refused: LessonsRefused) -> Turn:
    """What is said of a command that does not exist."""
    del refused
    return talk.offer(turn.say(line("command-unknown")))


def teach_more(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """Ask for the first of five more messages to label."""
    del talk, press, understood
    return turn.then(AskLesson(AT_ONCE))


@dataclass(frozen=True, slots=True)
class LessonPlace:
    """The message that a button belongs to, how many are to come, and what else it says."""

    sample: int
    left: int
    more: str

    @property
    def place(self) -> str:
        """As buttons carry it."""
        return f"{self.sample}:{self.left}"


def _read(about: str) -> LessonPlace | None:
    number, _, rest = about.partition(":")
    left, _, more = rest.partition(":")
    return LessonPlace(int(number), min(int(left), AT_ONCE), more) if number.isdecimal() and left.isdecimal() else None


def _back(here: LessonPlace) -> Button:
    return button("back", f"teach-kind:{here.place}")


def _choice(here: str, letter: str, value: str) -> Button:
    part, _, name = value.partition(":")
    if part == "category":
        return Button(Label(LabelSource.CATEGORY, name), f"teach:{here}:{letter}:{name}")
    return Button(INTENT_WORDS[name], f"teach:{here}:{value}")


PRESSES: Mapping[str, Verb] = {
    "teach": take_lesson,
    "teach-more": teach_more,
    "teach-groups": show_groups,
    "teach-group": show_leaves,
    "teach-kinds": show_kinds,
    "teach-kind": set_kind,
}
