"""What a moderator fills in to say what others read of a case, and how it will look to them. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.cases.case import Case, Words
from actions.privacy.redaction import COVER, Redaction, TextSpan, copied_spans, cover
from bot.understanding.personal import mask, personal_parts
from bot.web.trainer.forms import PostedFields

LONGEST_REASON = 1_000
LONGEST_PARTS = 4_000


@dataclass(frozen=True, slots=True)
class RedactForm:
    """The form as it stands.

    Attributes:
        title: of the case, for the public; "" for category and district.
        parts: of the story that are covered, a line each; `answer_parts` of the answer.
        answer: number of the last answer's event if the public may read it, else 0.
        suppressed: places of the files that no group hears of.
        reason: what the reporter reads.
        version: of the case, as it was when the form was made.
    """

    title: str = ""
    parts: str = ""
    answer: int = 0
    answer_parts: str = ""
    suppressed: frozenset[int] = frozenset()
    reason: str = ""
    version: int = 0

    def redaction(self, story: str, answer: str) -> Redaction:
        """The same as it is kept."""
        return Redaction(
            title=self.title,
            story=copied_spans(story, self.parts.splitlines()),
            answer=self.answer,
            answer_covered=copied_spans(answer, self.answer_parts.splitlines()) if self.answer else (),
            suppressed=self.suppressed,
        )

    def missing(self, story: str, answer: str) -> list[str]:
        """Lines that stand nowhere in what they are to be covered in."""
        told = ((story, self.parts), (answer if self.answer else self.answer_parts, self.answer_parts))
        return [part for words, parts in told for part in _lines(parts) if not copied_spans(words, [part])]

    @property
    def print(self) -> str:
        """Names what was shown, so that nothing else is applied."""
        told = (
            self.title,
            self.parts,
            self.answer,
            self.answer_parts,
            sorted(self.suppressed),
            self.reason,
            self.version,
        )
        return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class RedactionPreview:
    """How it will look: to the public, and to groups of officers and trainers.

    `left`: what may still be personal, or is covered in the story and still stands in the title or the answer.
    """

    title: str
    answer: str
    story: str
    files: int
    left: Sequence[str]


def form_of(case: Case, words: Words | None, redaction: Redaction, answer: str, *, is_first: bool) -> RedactForm:
    """The form at first: what holds now; on a case on which nobody has decided, what may be personal is proposed."""
    story = words.story if words else ""
    proposed = personal_parts(story) if is_first else parts_of(story, redaction.story)
    covered = parts_of(answer, redaction.answer_covered) if redaction.answer else personal_parts(answer)
    return RedactForm(
        title=redaction.title,
        parts="\n".join(proposed),
        answer=redaction.answer,
        answer_parts="\n".join(covered),
        suppressed=redaction.suppressed,
        version=case.version,
    )


def posted_form(posted: PostedFields, latest_answer: int) -> RedactForm:
    """The form as it was sent back, cut to what it can hold."""
    told: Mapping[str, str] = posted.fields
    version = told.get("version", "")
    return RedactForm(
        title=" ".join(told.get("title", "").split()),
        parts="\n".join(_lines(told.get("parts", "")[:LONGEST_PARTS])),
        answer=latest_answer if told.get("answer") else 0,
        answer_parts="\n".join(_lines(told.get("answer_parts", "")[:LONGEST_PARTS])),
        suppressed=frozenset(posted.numbers("withheld")),
        reason=told.get("reason", "").replace("\r\n", "\n").strip()[:LONGEST_REASON],
        version=int(version) if version.isdecimal() and len(version) < 9 else -1,  # noqa: PLR2004 - fewer events
    )


def look_of(form: RedactForm, redaction: Redaction, case: Case, story: str, answer: str) -> RedactionPreview:
    """How it will look."""
    public = cover(answer, redaction.answer_covered) if redaction.answer else ""
    shown = cover(story, redaction.story)
    told = (form.title, public, shown)
    left = [part for words in told if mask(words) != words for part in personal_parts(words) if COVER not in part]
    left += [part for part in parts_of(story, redaction.story) if copied_spans(f"{form.title}\n{public}", [part])]
    return RedactionPreview(
        form.title, public, shown, len(case.attachments) - len(redaction.suppressed), list(dict.fromkeys(left))
    )


def parts_of(words: str, spans: Sequence[TextSpan]) -> tuple[str, ...]:
    """What stands in these spans, each once; a line break in one makes two of it."""
    return tuple(dict.fromkeys(line for span in spans for line in _lines(words[span.start : span.end])))


def _lines(parts: str) -> list[str]:
    return [line for part in parts.splitlines() if (line := part.strip())]
