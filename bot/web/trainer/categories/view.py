"""Categories and proposals as their pages show them, and what a form says. Reads nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from actions.regency.agencies import agency_named
from actions.regency.model import Category, Regency
from actions.store.training.category_proposals import ProposalRow
from bot.conversation.screen import Label as Words
from bot.conversation.screen import LabelSource, Line, line
from bot.training.categories.proposal import (
    LONGEST_ABOUT,
    LONGEST_LABEL,
    MOST_OF_A_GROUP,
    MOST_WORDS,
    CategoryWish,
    ProposalFault,
    ProposalKind,
    WishRefused,
    read_wish,
)
from bot.training.samples.importing import LeftOut
from bot.web.trainer.categories.examples import SHORT
from bot.web.trainer.categories.loading import Proposal
from bot.web.trainer.context import PostedFields
from bot.web.trainer.imports.routes import REFUSED as REFUSED_ROWS
from bot.web.trainer.view import category_words

LONGEST_WHY = 200
LONGEST_AGENCY = 120
REFUSED: Mapping[ProposalFault, str] = {
    ProposalFault.LABEL: "categories-refused-label",
    ProposalFault.TAKEN: "categories-refused-taken",
    ProposalFault.GROUP: "categories-refused-group",
    ProposalFault.FULL: "categories-refused-full",
    ProposalFault.AGENCY: "categories-refused-agency",
    ProposalFault.ABOUT: "categories-refused-about",
    ProposalFault.WORDS: "categories-refused-words",
    ProposalFault.BESIDE: "categories-refused-beside",
    ProposalFault.WHY: "categories-refused-why",
    ProposalFault.GONE: "categories-refused-gone",
    ProposalFault.SENSITIVE: "categories-refused-sensitive",
    ProposalFault.INTO: "categories-refused-into",
    ProposalFault.LAST: "categories-refused-last",
    ProposalFault.SAME: "categories-refused-same",
}
LEFT_OUT: Mapping[str, Line] = {
    **REFUSED_ROWS,
    LeftOut.KNOWN: line("categories-example-known"),
    SHORT: line("categories-example-short"),
}
STATES: Mapping[str, Line] = {
    "draft": line("categories-state-draft"),
    "waiting": line("categories-state-waiting"),
    "accepted": line("categories-state-accepted"),
    "refused": line("categories-state-refused"),
    "dropped": line("categories-state-dropped"),
}
KINDS: Mapping[str, str] = {
    ProposalKind.NEW: "categories-kind-new",
    ProposalKind.RENAME: "categories-kind-rename",
    ProposalKind.MERGE: "categories-kind-merge",
    ProposalKind.RETIRE: "categories-kind-retire",
}


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category in the list.

    Attributes:
        agency: who answers, everywhere and for every type; None where that depends.
        examples: messages in the data that are learned as it.
        is_known: whether the model in service can predict it.
        instead: what it was merged into.
    """

    slug: str
    name: Words
    agency: Words | None
    examples: int
    is_known: bool
    is_offered: bool
    instead: Words | None


def rows_of(
    regency: Regency, counts: Mapping[str, int], unknown: Collection[str]
) -> list[tuple[Words, list[CategoryRow]]]:
    """All categories by group, those that are not offered any more last."""
    groups = [one for one in regency.categories.values() if one.parent is None]
    return [
        (
            category_words(group.slug),
            [
                _row(leaf, regency, counts, unknown)
                for leaf in sorted(regency.leaves(), key=lambda one: not one.is_offered)
                if leaf.parent == group.slug
            ],
        )
        for group in groups
    ]


def _row(leaf: Category, regency: Regency, counts: Mapping[str, int], unknown: Collection[str]) -> CategoryRow:
    agency = agency_of(regency, leaf)
    return CategoryRow(
        slug=leaf.slug,
        name=category_words(leaf.slug),
        agency=Words(LabelSource.AGENCY, agency) if agency else None,
        examples=counts.get(leaf.slug, 0),
        is_known=leaf.slug not in unknown,
        is_offered=leaf.is_offered,
        instead=category_words(leaf.merged_into) if leaf.merged_into else None,
    )


def agency_of(regency: Regency, leaf: Category) -> str | None:
    """The agency whose rule holds for a category everywhere and for every type; the deepest such rule."""
    everywhere = [one for one in regency.rules if one.region in {None, regency.code} and one.type is None]
    for depth in (leaf.slug, leaf.parent, None):
        found = [one for one in everywhere if one.category == depth]
        if found:
            return max(found, key=lambda one: one.priority).agency
    return None


def title_of(row: ProposalRow, regency: Regency) -> Line:
    """What a proposal would do, in a line."""
    wish = read_wish(row.proposed)
    new_name = next(iter(wish.labels.values()), row.slug)
    name = category_words(row.slug) if row.slug in regency.categories else new_name
    into = category_words(wish.into) if wish.into else ""
    return line(KINDS[row.kind], name=name, label=new_name, into=into)


def proposals_of(rows: Sequence[ProposalRow], regency: Regency) -> list[tuple[ProposalRow, Line, Line]]:
    """Proposals with what they would do and where they are; those that were thrown away are left out."""
    return [(row, title_of(row, regency), STATES[row.state]) for row in rows if row.state != "dropped"]


def facts_of(proposal: Proposal, say: Callable[[Words], str]) -> list[Line]:
    """What an admin has to know, in sentences; who would read the reports first."""
    wish, row = proposal.wish, proposal.row
    by = line("categories-fact-by", name=row.name, at=row.at, why=wish.why)
    if proposal.kind is not ProposalKind.NEW:
        return [by]
    agency = Words(LabelSource.AGENCY, wish.agency)
    beside = ", ".join(say(category_words(one)) for one in wish.but_not)
    return [
        line("categories-fact-read", agency=agency, category=next(iter(wish.labels.values()), row.slug)),
        line("categories-fact-group", group=category_words(wish.parent), names=" · ".join(wish.labels.values())),
        line("categories-fact-border", about=wish.about, beside=beside or "-"),
        line("categories-fact-words", words=", ".join(wish.words) or "-"),
        line("categories-fact-photo" if wish.physical else "categories-fact-no-photo"),
        by,
    ]


def refused_line(refused: WishRefused) -> Line:
    """Why a wish cannot be."""
    most = {"letters": LONGEST_LABEL, "most": MOST_OF_A_GROUP, "words": MOST_WORDS}
    return line(REFUSED[refused.why], about=refused.about, **most)


def wish_of(form: PostedFields, regency: Regency) -> CategoryWish:
    """What a form says is wanted; an agency that is not known by what was typed is none."""
    fields = {name: " ".join(value.split()) for name, value in form.fields.items()}
    labels = {one: fields.get(f"label_{one}", "")[: LONGEST_LABEL + 1] for one in regency.languages}
    words = form.fields.get("words", "").replace("\n", ",").replace(";", ",").split(",")
    return CategoryWish(
        labels=labels if any(labels.values()) else {},
        parent=fields.get("parent", ""),
        agency=agency_named(regency.agencies, fields.get("agency", "")[:LONGEST_AGENCY]),
        physical=fields.get("physical") == "yes",
        words=tuple(dict.fromkeys(word for one in words if (word := " ".join(one.split()).casefold()))),
        about=fields.get("about", "")[:LONGEST_ABOUT],
        but_not=tuple(form.lists.get("but_not", ()))[:MOST_OF_A_GROUP],
        into=fields.get("into", ""),
        why=fields.get("why", "")[:LONGEST_WHY],
    )
