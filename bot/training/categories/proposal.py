"""What somebody proposes of a category, and whether it can be. Pure values, written into rows as JSON."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import TypeAdapter

from actions.regency.model import Regency
from actions.regency.rows import LONGEST_NAME

LONGEST_LABEL = 30
"""Letters: a button in a phone's chat shows no more."""
MOST_OF_A_GROUP = 8
"""So many fit a screen."""
FEWEST_EXAMPLES = 30
MOST_WORDS, LONGEST_WORDS = 20, 60
LONGEST_ABOUT = 300


class ProposalKind(StrEnum):
    """What would be done to a category."""

    NEW = "new"
    RENAME = "rename"
    MERGE = "merge"
    RETIRE = "retire"


class ProposalState(StrEnum):
    """Where a proposal is: being written, before an admin, or decided."""

    DRAFT = "draft"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DROPPED = "dropped"


IN_HAND = frozenset({ProposalState.DRAFT, ProposalState.REFUSED})
"""Can be changed, and submitted."""


@dataclass(frozen=True, slots=True)
class CategoryWish:
    """What is wanted, as far as its kind has it.

    Attributes:
        labels: how it is called, by language.
        parent: its group.
        agency: code of the agency that answers.
        physical: an answer needs a photo.
        words: by which it is recognised until a model has learned it.
        about: what it is about, as trainers read it.
        but_not: categories that lie beside it, and are meant for something else.
        into: the category that takes its place.
        why: for whoever decides, and for the record.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    parent: str = ""
    agency: str = ""
    physical: bool = False
    words: tuple[str, ...] = ()
    about: str = ""
    but_not: tuple[str, ...] = ()
    into: str = ""
    why: str = ""


_WISH = TypeAdapter(CategoryWish)


def write_wish(wish: CategoryWish) -> str:
    """A wish as a row."""
    return _WISH.dump_json(wish, exclude_defaults=True).decode()


def read_wish(row: str) -> CategoryWish:
    """The wish of a row."""
    return _WISH.validate_json(row)


class ProposalFault(StrEnum):
    """Why it cannot be."""

    LABEL = "label"
    TAKEN = "taken"
    GROUP = "group"
    FULL = "full"
    AGENCY = "agency"
    ABOUT = "about"
    WORDS = "words"
    BESIDE = "beside"
    WHY = "why"
    GONE = "gone"
    SENSITIVE = "sensitive"
    INTO = "into"
    LAST = "last"
    SAME = "same"


class WishRefused(Exception):
    """A wish that cannot be; `why` says so, `about` names what it is about."""

    def __init__(self, why: ProposalFault, about: str = "") -> None:
        """Keep the reason."""
        super().__init__(why)
        self.why, self.about = why, about


def check_wish(kind: ProposalKind, slug: str, wish: CategoryWish, regency: Regency) -> None:
    """Whether this may be done to a category of this regency.

    Raises:
        WishRefused: it may not; the first reason.
    """
    for refused in _refusals(kind, slug, wish, regency):
        raise refused
    if not wish.why:
        raise WishRefused(ProposalFault.WHY)


def _refusals(kind: ProposalKind, slug: str, wish: CategoryWish, regency: Regency) -> Iterator[WishRefused]:
    if kind is not ProposalKind.NEW:
        yield from _not_there(slug, regency)
    if kind in {ProposalKind.NEW, ProposalKind.RENAME}:
        yield from _wrong_labels(slug, wish, regency)
    if kind is ProposalKind.NEW:
        yield from _wrong_new(slug, wish, regency)
    if kind in {ProposalKind.MERGE, ProposalKind.RETIRE}:
        yield from _not_to_be_retired(kind, slug, wish, regency)


def _not_there(slug: str, regency: Regency) -> Iterator[WishRefused]:
    if slug not in {leaf.slug for leaf in regency.offered()}:
        yield WishRefused(ProposalFault.GONE)


def _wrong_labels(slug: str, wish: CategoryWish, regency: Regency) -> Iterator[WishRefused]:
    own = regency.categories.get(slug)
    for language in regency.languages:
        label = wish.labels.get(language, "")
        if not label or len(label) > LONGEST_LABEL or not any(letter.isalnum() for letter in label):
            yield WishRefused(ProposalFault.LABEL, language)
        others = (one for one in regency.categories.values() if one.slug != slug)
        if any(one.labels.get(language, "").casefold() == label.casefold() for one in others):
            yield WishRefused(ProposalFault.TAKEN, label)
    if own and all(own.labels.get(language) == wish.labels.get(language) for language in regency.languages):
        yield WishRefused(ProposalFault.SAME)


def _wrong_new(slug: str, wish: CategoryWish, regency: Regency) -> Iterator[WishRefused]:
    group = regency.categories.get(wish.parent)
    if not slug:
        yield WishRefused(ProposalFault.LABEL)
    if group is None or group.parent is not None:
        yield WishRefused(ProposalFault.GROUP)
    if sum(leaf.parent == wish.parent for leaf in regency.offered() if leaf.slug != slug) >= MOST_OF_A_GROUP:
        yield WishRefused(ProposalFault.FULL)
    if wish.agency not in regency.agencies:
        yield WishRefused(ProposalFault.AGENCY)
    if not wish.about:
        yield WishRefused(ProposalFault.ABOUT)
    if len(wish.words) > MOST_WORDS or any(len(word) > LONGEST_WORDS for word in wish.words):
        yield WishRefused(ProposalFault.WORDS)
    if set(wish.but_not) - {leaf.slug for leaf in regency.offered()}:
        yield WishRefused(ProposalFault.BESIDE)


def _not_to_be_retired(kind: ProposalKind, slug: str, wish: CategoryWish, regency: Regency) -> Iterator[WishRefused]:
    """A sensitive one decides about secrecy: that stays with who edits the files."""
    offered = {leaf.slug: leaf for leaf in regency.offered()}
    own = offered[slug]
    into = offered.get(wish.into)
    designated = {one for agency in regency.agencies.values() for one in agency.sensitive}
    if own.sensitive or slug in designated or slug in regency.deadlines.supervisory or (into and into.sensitive):
        yield WishRefused(ProposalFault.SENSITIVE)
    if kind is ProposalKind.MERGE and (into is None or into.slug == slug):
        yield WishRefused(ProposalFault.INTO)
    if sum(leaf.parent == own.parent for leaf in offered.values()) == 1:
        yield WishRefused(ProposalFault.LAST)


def slug_of(label: str, taken: Collection[str]) -> str:
    """A slug for a category that is called so, other than those that are taken; "" of a label without a letter."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: LONGEST_NAME - 3].strip("_").lstrip("0123456789_")
    numbered = (slug, *(f"{slug}_{number}" for number in range(2, 100)))
    return next((one for one in numbered if one not in taken), "") if slug else ""
