"""What an officer is about to do to a case and still has to say: asked for part by part, shown, then sent. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.event_words import Enclosure
from actions.cases.guards import NOT_SENSITIVE
from actions.cases.ticket import Ticket, read_back


class Part(StrEnum):
    """A part that an officer must still give before an action is done, such as words or a category."""

    AGENCY = "agency"
    CODE = "code"
    PARENT = "parent"
    WORDS = "words"
    MEND = "mend"
    BODY = "body"
    CONTACT = "contact"
    PERSON = "person"


CHOSEN = frozenset({Part.AGENCY, Part.CODE, Part.PERSON})
"""Parts that are chosen from a list; the others are typed."""
CATEGORY = "category"
"""What a verifier may name besides where there is room for it: at the desk."""
UNKNOWN = "unknown"
"""The agency of a return that knows no right one."""
LONGEST_WORDS = 3_000
"""Letters of one part: with what stands around them they go into one message."""

PARTS: Mapping[CaseAction, tuple[Part, ...]] = {
    CaseAction.ACCEPT: (),
    CaseAction.ANSWER: (Part.WORDS,),
    CaseAction.NOTE: (Part.WORDS,),
    CaseAction.ASK: (Part.WORDS,),
    CaseAction.RETURN: (Part.AGENCY, Part.WORDS),
    CaseAction.PASS_ON: (Part.AGENCY,),
    CaseAction.FORWARD: (Part.AGENCY,),
    CaseAction.RULE: (Part.AGENCY, Part.WORDS),
    CaseAction.REJECT: (Part.CODE, Part.WORDS, Part.MEND),
    CaseAction.REFER: (Part.BODY, Part.CONTACT),
    CaseAction.MERGE: (Part.PARENT,),
    CaseAction.HIDE: (Part.WORDS,),
    CaseAction.REOPEN: (Part.WORDS,),
    CaseAction.ASSIGN: (Part.PERSON,),
}
"""What officers can do, in the order in which their buttons stand, and what each needs."""

AT_ONCE = frozenset(action for action, parts in PARTS.items() if not parts)
"""Done with one tap."""
BY_REPLYING = (CaseAction.ANSWER, CaseAction.NOTE, CaseAction.ASK)
"""What words can be that simply answer a card."""


@dataclass(frozen=True, slots=True)
class OfficerDraft:
    """What an officer is about to do.

    Attributes:
        ticket: of the case.
        action: what it shall be; "" while words wait to be told what they are.
        version: of the case that she has seen.
        step: counts the changes, so that a button of an earlier sight of it is known as one.
        given: what is said by now, by part.
        files: (kind, file id) of what she sent along.
        page: of the agencies to choose from.
        is_plain: she has found that a matter only sounded like bribery or violence.
        shown: the outbox's name of the message in which it is shown; "" while it is asked for.
    """

    ticket: str
    action: str
    version: int
    step: int = 1
    given: Mapping[str, str] = field(default_factory=dict)
    files: tuple[tuple[str, str], ...] = ()
    page: int = 0
    is_plain: bool = False
    shown: str = ""

    @property
    def parts(self) -> tuple[Part, ...]:
        """What it needs; words, while it is not known what they are."""
        return PARTS[CaseAction(self.action)] if self.action else (Part.WORDS,)

    @property
    def typed_parts(self) -> tuple[Part, ...]:
        """The parts of an action that are typed and not chosen."""
        return tuple(part for part in self.parts if part not in CHOSEN)

    @property
    def missing(self) -> Part | None:
        """What is asked for next; None when all is there."""
        return next((part for part in self.parts if part not in self.given), None)

    def chosen(self, part: Part, value: str) -> OfficerDraft:
        """Returns this draft with a part that was chosen or typed."""
        return replace(self, given={**self.given, part.value: value}, step=self.step + 1)

    def typed(self, text: str) -> OfficerDraft:
        """With words for what of it is still to be typed; when nothing is, for what was typed last."""
        missing = [part for part in self.typed_parts if part not in self.given]
        part = next(iter([*missing, *self.typed_parts[-1:]]), None)
        known = text.strip()[:LONGEST_WORDS]
        return self.chosen(part, known) if part and known else self

    def with_file(self, kind: str, file_id: str, most: int) -> OfficerDraft:
        """With one more file, where there is room."""
        known = (kind, file_id)
        if known in self.files or len(self.files) >= most:
            return self
        return replace(self, files=(*self.files, known), step=self.step + 1)

    def anew(self) -> OfficerDraft:
        """Without what was typed and sent along; what was chosen stays."""
        given = {name: value for name, value in self.given.items() if name in CHOSEN}
        return replace(self, given=given, files=(), step=self.step + 1)

    def turned_to(self, page: int) -> OfficerDraft:
        """Returns this draft at another page of the list of agencies."""
        return replace(self, page=page, step=self.step + 1)

    def become(self, action: CaseAction) -> OfficerDraft:
        """Returns a draft of another action with the same words."""
        return replace(self, action=action.value, step=self.step + 1)

    def plain(self) -> OfficerDraft:
        """Of no sensitive matter, or of one after all."""
        return replace(self, is_plain=not self.is_plain, step=self.step + 1)

    def command(self, why: str) -> CaseCommand:
        """As the handler of cases takes it; `why` in the service's own words, where it goes to another agency."""
        action, given = CaseAction(self.action), self.given
        agency = given.get(Part.AGENCY)
        return CaseCommand(
            action=action,
            why=why if action in {CaseAction.FORWARD, CaseAction.PASS_ON} else "",
            words=given.get(Part.WORDS, ""),
            agency=None if agency == UNKNOWN else agency,
            code=NOT_SENSITIVE if self.is_plain and action is CaseAction.FORWARD else given.get(Part.CODE, ""),
            category=given.get(CATEGORY) if action is CaseAction.FORWARD else None,
            mend=given.get(Part.MEND, ""),
            body=given.get(Part.BODY, ""),
            contact=given.get(Part.CONTACT, ""),
            parent=_number(given.get(Part.PARENT, "")),
            assignee=given.get(Part.PERSON, ""),
        )

    def enclosures(self, channel: str, chat: str) -> tuple[Enclosure, ...]:
        """What goes along, as it was sent in this chat."""
        return tuple(Enclosure(kind, channel, chat, file_id) for kind, file_id in self.files)


def _number(typed: str) -> str:
    """The ticket number in these words; what was typed, where there is none, for the guards to refuse."""
    read = next((one.number for one in read_back(typed) if isinstance(one, Ticket)), "")
    return read or typed[:12]
