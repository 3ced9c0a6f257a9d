"""Finds in the code every key of the text files that it uses, and which arguments it gives. Runs none of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from actions.cases.actions import CaseAction
from actions.cases.case import HandlingClass, Status
from actions.cases.clocks import OFFICES, ClockMark, ClockName
from actions.cases.guards import REJECTIONS
from actions.cases.lifecycle import ROWS_OF
from actions.people.roles import Role
from actions.store.cases.officer_work import GIVING_REASONS
from actions.store.people.mail import AddressState
from bot.conversation.commands import MENU_COMMANDS
from bot.conversation.events import FileRefusal
from bot.conversation.joining.events import JoinRefusal
from bot.conversation.own_cases.results import SINCE
from bot.conversation.own_cases.screens import ASKING, CHOICES, DEEDS
from bot.conversation.questions.choice import Choice
from bot.conversation.questions.photos import FILE_KINDS
from bot.conversation.report import report
from bot.main.installed_channels import installed_channels
from bot.messaging.button_words import ALWAYS_PRESSABLE
from bot.officers.draft import BY_REPLYING, CHOSEN, PARTS, Part
from bot.officers.news import HEARD
from bot.services.reporter_news import LATE
from bot.texts.own import FOLDER, project_text
from bot.texts.source import read_source
from bot.understanding.understood import REPORT_TYPES
from bot.web.desk.publications.form import BatchWish
from bot.web.desk.publications.routes import HELD
from bot.web.desk.queue.bulk_view import OF_SEVERAL, PROPOSAL
from bot.web.trainer.categories.view import KINDS as KINDS_OF_PROPOSAL
from bot.web.trainer.categories.view import REFUSED as WISH_REFUSED
from bot.web.trainer.words.routes import REFUSED

HOME = Path(__file__).parent.parent.parent
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.ftl"))
"""Those that the project has texts in."""
PASS_ON = frozenset({"bot/texts/words.py", "bot/conversation/screen.py"})
"""Files whose keys come from whoever calls them."""

LATER_MARKS = (ClockMark.AGENCY_HEAD, ClockMark.NATIONAL)
STATUSES = sorted(Status)
ACTORS = sorted(set(Role) - {Role.ADMIN, Role.AUDITOR, Role.TRAINER})
REVIEWERS = ("liaison", "agency_admin", "arbiter")
QUESTIONS = [question.name for question in report.questions if isinstance(question, Choice)]
"""Those whose words are found by their name."""


def _named_by_actions(prefix: str) -> list[str]:
    """Why an agency holds a case, or why a step is refused: `actions` names these sentences and says none of them."""
    return sorted(word for word in _words_of_actions() if re.fullmatch(rf"{prefix}-[a-z-]+", word))


def _alone() -> list[str]:
    """The roles that have a step of a case to themselves, somewhere."""
    steps = [(rows, status) for rows in ROWS_OF.values() for row in rows for status in row.came_from]
    may = [
        {role for row in rows if status in row.came_from for role in row.who} - {Role.SYSTEM} for rows, status in steps
    ]
    return sorted({role.replace("_", "-") for roles in may if len(roles) == 1 for role in roles})


@cache
def _words_of_actions() -> frozenset[str]:
    """Every text that stands in the code of `actions`."""
    code = (node for file in (HOME / "actions").rglob("*.py") for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    return frozenset(node.value for node in code if isinstance(node, ast.Constant) and isinstance(node.value, str))


def _each(prefix: str, names: Iterable[str]) -> list[str]:
    return [f"{prefix}-{name}" for name in names]


def _each_long(keys: Iterable[str]) -> list[str]:
    return [f"{key}-long" for key in keys]


STORIES = ["card-story", "new-story-ask", "own-said", "stale-ask"]
"""Texts that show a story; each has another that shows only its ends."""

WORDINGS = ("brief", "no-files", "no-places", "no-buttons")
"""What stands before the key of words that are said in the place of others (`Abilities.wordings`)."""


def _reworded() -> list[str]:
    """Texts that are said in the place of another, which the code uses by its own key."""
    keys = set(read_source(project_text(LANGUAGES[0])).by_key())
    return sorted(key for key in keys for one in WORDINGS if key.startswith(f"{one}-") and key[len(one) + 1 :] in keys)


FAMILIES: Mapping[str, Collection[str]] = {
    "main/channels: f'command-{name}'": _each("command", MENU_COMMANDS),
    "conversation/questions/choice: f'{self.name}-ask'": [f"{name}-ask" for name in QUESTIONS],
    "conversation/questions/choice: f'{self.name}-label'": [f"{name}-label" for name in QUESTIONS],
    "conversation/questions/choice: key": ["card-answer", "answer-noted"],
    "conversation/questions/name: verb": ["name", "drop-name"],
    "conversation/questions/photos: f'files-{kind}'": _each("files", FILE_KINDS),
    "conversation/questions/photos: key": ["card-files", "files-noted", "files-refused"],
    "conversation/questions/place: key": ["place-ask", "place-ask-information", "new-place-ask"],
    "conversation/questions/report_type: f'type-{draft.report_type}'": _each("type", REPORT_TYPES),
    "conversation/questions/report_type: f'type-{name}'": _each("type", REPORT_TYPES),
    "conversation/questions/secrecy: f'secrecy-offer-{of_whom}'": [
        *("secrecy-offer-afraid", "secrecy-offer-accusing", "secrecy-offer-accusing-afraid")
    ],
    "conversation/questions/secrecy: verb": ["secret", "publish"],
    "conversation/questions/story: f'{self.name}-{moment}'": [
        *("story-ask", "story-ask-there", "story-too-short", "story-too-short-there")
    ],
    "conversation/questions/story: text_key": STORIES,
    "conversation/own_cases/results: SINCE[refused.since]": sorted(set(SINCE.values())),
    "conversation/own_cases/results: refused.why": _named_by_actions("refused"),
    "conversation/own_cases/results: f'own-review-{moved.reviewer}'": _each("own-review", REVIEWERS),
    "conversation/own_cases/results: f'own-{moved.action}-done'": ["own-dispute-done", "own-reopen-done"],
    "conversation/own_cases/screens: f'own-next-{found.reviewer}'": _each("own-next", REVIEWERS),
    "conversation/own_cases/screens: f'own-{action}'": _each("own", DEEDS),
    "conversation/own_cases/screens: f'own-ask-{asked.action}'": _each("own-ask", ASKING),
    "conversation/own_cases/screens: f'button-choose-{action}'": _each("button-choose", CHOICES),
    "conversation/own_cases/screens: f'status-next-{found.status}'": _each("status-next", STATUSES),
    "conversation/own_cases/screens: f'status-{status}'": _each("status", STATUSES),
    "conversation/own_cases/screens: f'type-{found.type}'": _each("type", REPORT_TYPES),
    "f'{text_key}-long'": _each_long(STORIES),
    "services/declared_words: f'type-{reason.type.value}'": _each("type", REPORT_TYPES),
    "services/declared_words: reason.key": _named_by_actions("reason"),
    "services/supporting: f'status-{case.status.value}'": _each("status", STATUSES),
    "services/own_data_export: f'status-{case.status.value}'": _each("status", STATUSES),
    "services/own_data_export: f'status-{event.to.value}'": _each("status", STATUSES),
    "services/own_data_export: f'type-{case.type.value}'": _each("type", REPORT_TYPES),
    "services/reporter_news: f'rejection-{read_details(done.event.details).code}'": _each("rejection", REJECTIONS),
    "services/reporter_news: news": list(LATE.values()),
    "services/reporter_news: reminder": ["notice-remind-reply", "notice-remind-confirm"],
    "services/declared_words: refused.reason_key": _named_by_actions("refused"),
    "services/declared_words: f'refused-only-{only}'": _each("refused-only", _alone()),
    "messaging/rendering: f'{wording}-{one.key}'": _reworded(),
    "conversation/results: moment": ["filed", "filed-held"],
    "conversation/joining/requests: key": _each("desk-channel", installed_channels().names),
    "conversation/joining/requests: event.why": list(JoinRefusal),
    "conversation/screens: f'button-language-{code}'": _each("button-language", LANGUAGES),
    "web/shared/site: f'button-language-{code}'": _each("button-language", LANGUAGES),
    "conversation/screens: key": ["welcome", "greet"],
    "web/trainer/words/routes: REFUSED[refused.why]": list(REFUSED.values()),
    "web/trainer/categories/view: KINDS[row.kind]": list(KINDS_OF_PROPOSAL.values()),
    "web/trainer/categories/view: REFUSED[refused.why]": list(WISH_REFUSED.values()),
    "conversation/small_talk: key": ["thanks", "goodbye", "praise", "out-of-scope", "affirm", "deny"],
    "conversation/advance: found.otherwise": ["affirm", "deny"],
    "f'button-{verb}'": _each("button", ALWAYS_PRESSABLE),
    "officers/card: f'type-{case.type.value}'": _each("type", REPORT_TYPES),
    "officers/card: f'status-{case.status.value}'": _each("status", STATUSES),
    "officers/card: f'button-officer-{action.value}'": _each("button-officer", PARTS),
    "officers/session: f'deed-{action.value}'": _each("deed", CaseAction),
    "web/desk/queue/pressed: f'deed-{action}'": _each("deed", PARTS),
    "web/desk/queue/bulk_view: f'bulk-{_words_of(name, cards)}'": _each("bulk", (PROPOSAL, *OF_SEVERAL, "accept")),
    "web/desk/queue/bulk_view: f'officer-code-{c}'": _each("officer-code", REJECTIONS),
    "web/desk/queue/bulk_view: f'desk-words-{form.action}'": _each("desk-words", ("ask", "reject")),
    "web/desk/queue/bulk_view: f'desk-part-{part}'": _each("desk-part", (Part.MEND,)),
    "web/desk/queue/bulk: f'bulk-title-{form.action}'": _each("bulk-title", (PROPOSAL, *OF_SEVERAL)),
    "web/desk/publications/routes: f'publications-refused-{held_for.value}'": _each("publications-refused", HELD),
    "integrations/sp4n/following: f'status-{status.value}'": _each("status", STATUSES),
    "web/desk/publications/routes: f'publications-done-{wish}'": _each("publications-done", BatchWish),
    "web/desk/case/routes: f'deed-{done}'": _each("deed", PARTS),
    "web/desk/case/view: f'deed-{action.value}'": _each("deed", CaseAction),
    "web/desk/case/view: f'officer-by-{event.who.value}'": _each("officer-by", ACTORS),
    "web/desk/case/view: f'officer-code-{details.code}'": _each("officer-code", REJECTIONS),
    "web/desk/view: f'clock-{clock.name.value}'": _each("clock", ClockName),
    "web/desk/view: f'clock-{awaited_clock(case).value}'": _each("clock", ClockName),
    "web/desk/view: f'desk-class-{case.handling_class.value}'": _each("desk-class", HandlingClass),
    "web/desk/case/action_form: f'button-officer-{action.value}'": _each("button-officer", PARTS),
    "web/desk/case/action_form: f'officer-code-{c}'": _each("officer-code", REJECTIONS),
    "web/desk/case/action_form: f'desk-words-{draft.action}'": _each(
        "desk-words", (d.value for d in PARTS if Part.WORDS in PARTS[d])
    ),
    "web/desk/case/action_form: f'desk-part-{part}'": _each(
        "desk-part", (Part.PARENT, Part.MEND, Part.BODY, Part.CONTACT)
    ),
    "officers/session: f'officer-by-{last.who.value}'": _each("officer-by", ACTORS),
    "officers/news: f'deed-{action.value}'": _each("deed", HEARD),
    "officers/news: f'clock-{details.clock}'": _each("clock", OFFICES),
    "officers/news: key": ["officer-mark", "officer-mark-late"],
    "officers/card: f'clock-{clock.name.value}'": _each("clock", OFFICES),
    "officers/card: f'officer-card-late-{following[1].value}'": _each("officer-card-late", LATER_MARKS),
    "officers/draft_screens: f'officer-ask-{draft.missing}'": _each("officer-ask", set(Part) - CHOSEN),
    "officers/draft_screens: f'officer-given-{part}'": _each("officer-given", Part),
    "officers/draft_screens: f'officer-code-{code}'": _each("officer-code", REJECTIONS),
    "officers/draft_screens: f'officer-code-{value}'": _each("officer-code", REJECTIONS),
    "officers/draft_screens: f'button-officer-{action.value}'": _each("button-officer", BY_REPLYING),
    "officers/draft_screens: f'button-officer-{draft.action or CaseAction.NOTE}'": _each("button-officer", PARTS),
    "web/desk/case/sheet: f'sheet-do-{number}'": _each("sheet-do", "1234"),
    "web/desk/settings/people: f'people-mail-{mail.state.value}'": _each("people-mail", AddressState),
    "web/account/mail: f'account-mail-{kept.state.value}'": _each("account-mail", AddressState),
    "officers/reasons: f'officer-why-{action.value}'": _each("officer-why", GIVING_REASONS),
    "officers/digest: f'clock-{awaited_clock(case).value}'": _each("clock", OFFICES),
    "officers/digest: f'button-digest-{action.value}'": _each("button-digest", (CaseAction.ACCEPT, CaseAction.ANSWER)),
    "officers/digest: key": ["digest-urgent", "digest-new", "digest-due", "digest-late"],
    "officers/draft_screens: told": ["officer-sent", "officer-dropped"],
    "officers/draft_screens: label": ["change", "cancel", "send", "officer-earlier", "officer-further"],
    "why.value": [why.value for why in FileRefusal],
}
"""Keys that the code puts together, by expression, and by module of `bot` where the same one means others elsewhere."""


class UnknownFamily(LookupError):
    """The code puts a key together in a way that `FAMILIES` does not know; the message says where."""


@dataclass(frozen=True, slots=True)
class Use:
    """A key and what the code gives with it; `arguments` is None where it gives what it has at hand."""

    key: str
    arguments: frozenset[str] | None
    family: str = ""


def all_uses() -> list[Use]:
    """Every use in `bot` and `actions`.

    Raises:
        UnknownFamily: a key is put together in a way that is not listed.
    """
    return [use for folder in ("bot", "actions") for use in uses_below(HOME / folder)]


def uses_below(folder: Path) -> list[Use]:
    """Every use in this folder.

    Raises:
        UnknownFamily: a key is put together in a way that is not listed.
    """
    files = sorted(folder.rglob("*.py"))
    return [use for file in files if str(file.relative_to(HOME)) not in PASS_ON for use in _uses_in(file)]


def _uses_in(file: Path) -> Iterator[Use]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and (reader := READERS.get(_name(node.func))):
            for given, prefix, arguments in reader(node):
                yield from _uses_of(file, given, prefix, arguments)


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return f".{name}"
    return ""


type Found = Iterator[tuple[ast.expr, str, frozenset[str] | None]]


def _line(call: ast.Call) -> Found:
    names = [keyword.arg for keyword in call.keywords]
    yield call.args[0], "", None if None in names else frozenset(name for name in names if name)


def _whole_line(call: ast.Call) -> Found:
    pairs = call.args[1].elts if len(call.args) > 1 and isinstance(call.args[1], ast.Tuple) else []
    names = [pair.elts[0] for pair in pairs if isinstance(pair, ast.Tuple)]
    yield call.args[0], "", frozenset(str(name.value) for name in names if isinstance(name, ast.Constant))


def _button(call: ast.Call) -> Found:
    yield call.args[0], "button-", frozenset()


def _label(call: ast.Call) -> Found:
    if ast.unparse(call.args[0]) == "LabelSource.TEXT":
        yield call.args[1], "", frozenset()


def _version(call: ast.Call) -> Found:
    yield call.args[1], "", frozenset()


READERS = {"line": _line, "Line": _whole_line, "button": _button, "Label": _label, ".version": _version}


def _uses_of(file: Path, given: ast.expr, prefix: str, arguments: frozenset[str] | None) -> Iterator[Use]:
    match given:
        case ast.Constant(value=str(key)):
            yield Use(prefix + key, arguments)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _uses_of(file, body, prefix, arguments)
            yield from _uses_of(file, orelse, prefix, arguments)
        case _:
            expression = ast.unparse(given)
            module = file.relative_to(HOME / "bot").with_suffix("") if file.is_relative_to(HOME / "bot") else file.stem
            family = f"{module}: {expression}" if f"{module}: {expression}" in FAMILIES else expression
            if family not in FAMILIES:
                raise UnknownFamily(f'{file}:{given.lineno} uses {expression}: add "{expression}" to FAMILIES')
            for key in FAMILIES[family]:
                yield Use(prefix + key, arguments, family)
