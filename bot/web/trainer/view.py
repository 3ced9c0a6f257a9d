"""A sample as its card shows it: what was guessed, chosen and done, and the keys that label it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup

from actions.store.training.samples import Sample
from bot.conversation.catalogue import Catalogue
from bot.conversation.screen import Label as Words
from bot.conversation.screen import LabelSource, Line, line
from bot.conversation.staff.lessons import INTENT_WORDS
from bot.training.samples.labelling import choices_of, label_said, likely_type
from bot.training.samples.labels import EntityMark, MarkKind, SampleLabel, WrongLabel
from bot.training.samples.similar import SampleGroup


@lru_cache(maxsize=8)
def prose(text: str, names: tuple[tuple[str, str], ...] = ()) -> Markup:
    """Markdown as a page shows it: headings one level lower, no HTML of its own, and codes by their names."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "link", "autolink"])
    tokens, named = parser.parse(text), dict(names)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
        for part in token.children or ():
            if part.type == "code_inline" and part.content in named:
                part.type, part.content = "text", named[part.content]
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - HTML is switched off above


MOST_CHOICES = 9
SURE_SHARE = 100

REASONS: Mapping[str, Line] = {
    "corrected": line("teach-corrected"),
    "rerouted": line("teach-rerouted"),
    "unsure": line("teach-unsure"),
    "rare": line("teach-rare"),
    "new_words": line("teach-new-words"),
}


@dataclass(frozen=True, slots=True)
class LabelChoice:
    """A key and what it says."""

    key: int
    value: str
    words: Line | Words
    is_guess: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SampleCard:
    """A sample, ready to be shown.

    Attributes:
        others: messages much like it, which its label is given to as well.
        twins: how many messages say nearly the same.
    """

    sample: Sample
    others: Sequence[Sample]
    reason: Line
    guess: Line
    chosen: Line | None
    ended: Line | None
    twins: int
    type: str
    choices: Sequence[LabelChoice]


def card_of(group: SampleGroup, twins: int, catalogue: Catalogue) -> SampleCard:
    """Everything that its template says."""
    sample = group.first
    return SampleCard(
        sample,
        group.others,
        REASONS.get(sample.reason, REASONS["unsure"]),
        _guess(sample),
        _chosen(sample),
        _ended(sample),
        twins,
        likely_type(sample),
        _choices(sample, catalogue),
    )


def category_words(slug: str) -> Words:
    """A category as people read it."""
    return Words(LabelSource.CATEGORY, slug)


def label_words(label: SampleLabel) -> Line:
    """A label in a line."""
    kind = INTENT_WORDS[label.intent]
    if label.category is None:
        return kind
    if label.second:
        both = {"category": category_words(label.category), "second": category_words(label.second)}
        return line("teach-label-two", type=(kind,), **both)
    return line("teach-label", type=(kind,), category=category_words(label.category))


def _guess(sample: Sample) -> Line:
    if sample.category:
        share = round(sample.category_confidence * SURE_SHARE)
        kind = (INTENT_WORDS.get(sample.intent, INTENT_WORDS["complaint"]),)
        return line("teach-guess", type=kind, category=category_words(sample.category), percent=share)
    share = round(sample.intent_confidence * SURE_SHARE)
    talk = INTENT_WORDS.get(sample.intent, INTENT_WORDS["out_of_scope"])
    return line("teach-guess-talk", intent=(talk,), percent=share)


def _chosen(sample: Sample) -> Line | None:
    """What the citizen chose, or an officer did, against the guess."""
    if sample.reason == "rerouted" and sample.agency:
        return line("teach-officer-moved", agency=Words(LabelSource.AGENCY, sample.agency))
    if sample.chosen_category:
        return line("teach-citizen-chose", category=category_words(sample.chosen_category))
    if sample.chosen_intent:
        return line("teach-citizen-type", type=(INTENT_WORDS[sample.chosen_intent],))
    return None


def _ended(sample: Sample) -> Line | None:
    if not (sample.ticket and sample.status and sample.agency):
        return None
    status = Words(LabelSource.TEXT, f"status-{sample.status}")
    return line("teach-ended", ticket=sample.ticket, status=status, agency=Words(LabelSource.AGENCY, sample.agency))


def _choices(sample: Sample, catalogue: Catalogue) -> list[LabelChoice]:
    guessed = f"category:{sample.category}" if sample.category else f"intent:{sample.intent}"
    chosen = f"category:{sample.chosen_category}"
    return [
        LabelChoice(key, value, words_of(value), value == guessed, value == chosen)
        for key, value in enumerate(choices_of(sample, catalogue.has, MOST_CHOICES), 1)
    ]


def words_of(value: str) -> Line | Words:
    """The words of a choice."""
    kind, _, name = value.partition(":")
    return category_words(name) if kind == "category" else INTENT_WORDS[name]


def label_of(fields: Mapping[str, str]) -> SampleLabel:
    """What a card's form says.

    Raises:
        WrongLabel: it says nothing that can be a label.
    """
    label = label_said(fields.get("choice") or fields.get("other") or "", fields.get("type", "complaint"))
    if label.category is None:
        return label
    second = fields.get("second", "").removeprefix("category:") or None
    return replace(label, second=second, marks=marks_of(fields.get("marks", "")))


def marks_of(written: str) -> tuple[EntityMark, ...]:
    """Marks as the page writes them: "place:3:9,time:12:20".

    Raises:
        WrongLabel: it is not written so.
    """
    try:
        pieces = [piece.split(":") for piece in written.split(",") if piece]
        return tuple(EntityMark(MarkKind(kind), int(start), int(end)) for kind, start, end in pieces)
    except ValueError:
        raise WrongLabel("marks that cannot be read") from None
