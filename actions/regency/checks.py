"""What must fit together in a regency's declarations. Pure: `rows.py` has read them, each row alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

from actions.cases.case import ReportType
from actions.regency.declaration import Phrase, WrongDeclaration, phrase
from actions.regency.model import Agency, AgencyKind, Category, Regency, RoutingRule
from actions.regency.regions import is_within

_BY_DESIGN = (AgencyKind.REGENCY_ADMIN, AgencyKind.INSPECTORATE, AgencyKind.PROVINCE, AgencyKind.NATIONAL)
"""Kinds that routing reaches without a rule, or that a verifier forwards to by hand."""
_A_MENU = range(6, 9)
_SLUG = re.compile(r"[a-z][a-z0-9_]*")
"""It names a file of training data and a key of TOML, and stands in addresses."""
_NO_CATEGORY = "unknown"
"""What drafts and Open311 say where a citizen does not know the category."""


def wrong_categories(categories: Mapping[str, Category], file: Path) -> Iterator[WrongDeclaration]:
    """What does not fit among the categories of a file."""
    groups = {category.slug for category in categories.values() if category.parent is None}
    offered = {each.slug: each.parent for each in categories.values() if each.parent is not None and each.is_offered}
    for category in categories.values():
        if wrong := _wrong_category(category, groups, set(offered.values())) or _wrong_merger(category, offered):
            yield WrongDeclaration(file, category.line, *wrong)
    if len(groups) not in _A_MENU:
        what = phrase("there are {groups} groups", groups=len(groups))
        yield WrongDeclaration(file, 1, what, phrase("make six to eight of them"))


def _wrong_category(
    category: Category, groups: Collection[str], parents: Collection[str | None]
) -> tuple[Phrase, Phrase] | None:
    slug, parent = category.slug, category.parent
    if parent is None and slug not in parents:
        mend = phrase("if it is a category, name its group in column parent; else put one in it, or take it out")
        return phrase("the group '{slug}' is empty", slug=slug), mend
    if parent is not None and parent not in groups:
        what = phrase("the group '{group}' of '{slug}' is not there", group=parent, slug=slug)
        return what, phrase("name a row whose own parent is empty")
    if parent is not None and (slug == _NO_CATEGORY or not _SLUG.fullmatch(slug)):
        what = phrase("'{slug}' is no name for a category", slug=slug)
        return what, phrase("write a word or two in lower-case letters, joined by underscores")
    return None


def _wrong_merger(category: Category, offered: Collection[str]) -> tuple[Phrase, Phrase] | None:
    if category.merged_into is None or category.merged_into in set(offered) - {category.slug}:
        return None
    what = phrase("'{slug}' cannot be merged into '{other}'", slug=category.slug, other=category.merged_into)
    return what, phrase("name in column retired a category that is offered, or write yes")


def wrong_agencies(agencies: Mapping[str, Agency], file: Path) -> Iterator[WrongDeclaration]:
    """What does not fit among the agencies of a file."""
    yield from _kinds(agencies, file)
    yield from _parents(agencies, file)
    yield from _designated_twice(agencies, file)


def wrong_rules(regency: Regency, folder: Path) -> Iterator[WrongDeclaration]:
    """What does not fit among the rules, and between them, the categories and the agencies.

    Args:
        regency: the declarations.
        folder: where their files are, to name them.
    """
    yield from _ties(regency.rules, folder / "routing.csv")
    yield from _rules_out_of_reach(regency, folder / "routing.csv")
    yield from _uncovered(regency, folder / "routing.csv")
    yield from _unreached(regency, folder / "agencies.csv")


def _kinds(agencies: Mapping[str, Agency], file: Path) -> Iterator[WrongDeclaration]:
    admins = [agency for agency in agencies.values() if agency.kind is AgencyKind.REGENCY_ADMIN]
    for another in admins[1:]:
        what = phrase("'{code}' is a second regency_admin beside '{first}'", code=another.code, first=admins[0].code)
        yield WrongDeclaration(file, another.line, what, phrase("leave exactly one"))
    for kind in _BY_DESIGN:
        if all(agency.kind is not kind for agency in agencies.values()):
            what = phrase("no agency is of kind {kind}", kind=kind)
            yield WrongDeclaration(file, _end(agencies), what, phrase("add one"))


def _parents(agencies: Mapping[str, Agency], file: Path) -> Iterator[WrongDeclaration]:
    for agency in agencies.values():
        seen, above = {agency.code}, agency.parent
        while above is not None and above in agencies and above not in seen:
            seen.add(above)
            above = agencies[above].parent
        if agency.parent is not None and agency.parent not in agencies:
            what = phrase("'{parent}', the parent of '{code}', is not there", parent=agency.parent, code=agency.code)
            mend = phrase("name the code of a row of this file, or leave it empty")
            yield WrongDeclaration(file, agency.line, what, mend)
        elif above == agency.code:
            what = phrase("'{code}' is above itself by its parents", code=agency.code)
            yield WrongDeclaration(file, agency.line, what, phrase("leave the parent of the highest empty"))


def _designated_twice(agencies: Mapping[str, Agency], file: Path) -> Iterator[WrongDeclaration]:
    for one, other in combinations(agencies.values(), 2):
        for slug in sorted(one.sensitive & other.sensitive):
            mend = phrase("leave it to one of them")
            what = phrase(
                "'{one}' and '{other}' are both designated for '{slug}'", one=one.code, other=other.code, slug=slug
            )
            yield WrongDeclaration(file, other.line, what, mend)


def _ties(rules: Iterable[RoutingRule], file: Path) -> Iterator[WrongDeclaration]:
    for one, other in combinations(rules, 2):
        same = (one.category, one.region, one.priority) == (other.category, other.region, other.priority)
        if same and (one.type == other.type or None in {one.type, other.type}):
            what = phrase("this rule and that of line {line} hold for the same cases", line=one.line)
            yield WrongDeclaration(file, other.line, what, phrase("give the one that should win a higher priority"))


def _rules_out_of_reach(regency: Regency, file: Path) -> Iterator[WrongDeclaration]:
    for rule in regency.rules:
        agency = regency.agencies[rule.agency]
        place = rule.region or regency.code
        if agency.regions and not any(is_within(place, region) for region in agency.regions):
            what = phrase("'{code}' does not work in all of {region}", code=agency.code, region=place)
            yield WrongDeclaration(file, rule.line, what, phrase("name one of its regions in column region"))


def _uncovered(regency: Regency, file: Path) -> Iterator[WrongDeclaration]:
    everywhere = [rule for rule in regency.rules if rule.region in {None, regency.code}]
    for leaf in regency.leaves():
        kinds = {rule.type for rule in everywhere if rule.category in {None, leaf.parent, leaf.slug}}
        if None not in kinds and not kinds >= set(ReportType):
            what = phrase("no rule covers the category '{slug}' everywhere and for every type", slug=leaf.slug)
            mend = phrase("add a row for it or for its group, with region and type empty")
            yield WrongDeclaration(file, max((rule.line for rule in regency.rules), default=1), what, mend)


def _unreached(regency: Regency, file: Path) -> Iterator[WrongDeclaration]:
    named = {rule.agency for rule in regency.rules}
    above = {agency.parent for agency in regency.agencies.values()}
    for agency in regency.agencies.values():
        if agency.code not in named | above and agency.kind not in _BY_DESIGN and not agency.sensitive:
            what = phrase("no rule reaches '{code}'", code=agency.code)
            yield WrongDeclaration(file, agency.line, what, phrase("name it in routing.csv, or take it out"))


def _end(rows: Mapping[str, Category] | Mapping[str, Agency]) -> int:
    return max((row.line for row in rows.values()), default=1)
