"""What must fit together in a regency's declarations. Pure: rows are read and looked at alone in `rows.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

from actions.case import ReportType
from actions.regency.declaration import WrongDeclaration
from actions.regency.model import Agency, AgencyKind, Category, Regency
from actions.regency.regions import is_within
from actions.regency.slugs import SLUGS

_BY_DESIGN = (AgencyKind.REGENCY_ADMIN, AgencyKind.INSPECTORATE, AgencyKind.PROVINCE, AgencyKind.NATIONAL)
"""Kinds that routing reaches without a rule, or that a verifier forwards to by hand."""


def wrongs(regency: Regency, folder: Path) -> Iterator[WrongDeclaration]:
    """Everything that does not fit, the most fundamental first.

    Args:
        regency: the declarations.
        folder: where their files are, to name them.
    """
    yield from _languages(regency, folder / "regency.toml")
    yield from _categories(regency, folder / "categories.csv")
    yield from _kinds(regency, folder / "agencies.csv")
    yield from _parents(regency, folder / "agencies.csv")
    yield from _designated_twice(regency, folder / "agencies.csv")
    yield from _ties(regency, folder / "routing.csv")
    yield from _rules_out_of_reach(regency, folder / "routing.csv")
    yield from _uncovered(regency, folder / "routing.csv")
    yield from _unreached(regency, folder / "agencies.csv")


def _languages(regency: Regency, file: Path) -> Iterator[WrongDeclaration]:
    if not regency.languages:
        yield WrongDeclaration(file, 1, "no language is named", 'write languages = ["id", "en"]')


def _categories(regency: Regency, file: Path) -> Iterator[WrongDeclaration]:
    groups = {category.slug for category in regency.categories.values() if category.parent is None}
    for leaf in regency.leaves():
        if leaf.parent not in groups:
            what = f"the group '{leaf.parent}' of '{leaf.slug}' is not there"
            yield WrongDeclaration(file, leaf.line, what, "name a row whose own parent is empty")
        if leaf.slug not in SLUGS:
            what = f"'{leaf.slug}' is no category that the language model predicts"
            yield WrongDeclaration(file, leaf.line, what, "rename it to the slug it stands for, or take it out")
    for slug in sorted(groups):
        line = regency.categories[slug].line
        if slug in SLUGS:
            yield WrongDeclaration(file, line, f"'{slug}' stands in no group", "name its group in column parent")
        elif all(leaf.parent != slug for leaf in regency.leaves()):
            yield WrongDeclaration(file, line, f"the group '{slug}' is empty", "put a category in it, or take it out")
    for slug in SLUGS:
        if slug not in regency.categories:
            yield WrongDeclaration(file, _end(regency.categories), f"the category '{slug}' is missing", "add a row for it")
    if not 6 <= len(groups) <= 8:
        what = f"{len(groups)} groups make a menu that is too {'short' if len(groups) < 6 else 'long'}"
        yield WrongDeclaration(file, 1, what, "make six to eight groups")


def _kinds(regency: Regency, file: Path) -> Iterator[WrongDeclaration]:
    admins = [agency for agency in regency.agencies.values() if agency.kind is AgencyKind.REGENCY_ADMIN]
    for another in admins[1:]:
        what = f"'{another.code}' is a second regency_admin beside '{admins[0].code}'"
        yield WrongDeclaration(file, another.line, what, "leave exactly one")
    for kind in _BY_DESIGN:
        if all(agency.kind is not kind for agency in regency.agencies.values()):
            yield WrongDeclaration(file, _end(regency.agencies), f"no agency is of kind {kind}", "add one")


def _parents(regency: Regency, file: Path) -> Iterator[WrongDeclaration]:
    for agency in regency.agencies.values():
        seen, above = {agency.code}, agency.parent
        while above is not None and above in regency.agencies and above not in seen:
            seen.add(above)
            above = regency.agencies[above].parent
        if agency.parent is not None and agency.parent not in regency.agencies:
            what = f"'{agency.parent}', the parent of '{agency.code}', is not there"
            yield WrongDeclaration(file, agency.line, what, "name the code of a row of this file, or leave it empty")
        elif above == agency.code:
            what = f"'{agency.code}' is above itself by its parents"
            yield WrongDeclaration(file, agency.line, what, "leave the parent of the highest empty")


def _designated_twice(regency: Regency, file: Path) -> Iterator[WrongDeclaration]:
    for one, other in combinations(regency.agencies.values(), 2):
        for slug in sorted(one.sensitive & other.sensitive):
            what = f"'{one.code}' and '{other.code}' are both designated for '{slug}'"
            yield WrongDeclaration(file, other.line, what, "leave it to one of them")


def _ties(regency: Regency, file: Path) -> Iterator[WrongDeclaration]:
    for one, other in combinations(regency.rules, 2):
        same = (one.category, one.region, one.priority) == (other.category, other.region, other.priority)
        if same and (one.type == other.type or None in {one.type, other.type}):
            what = f"this rule and that of line {one.line} hold for the same cases"
            yield WrongDeclaration(file, other.line, what, "give the one that should win a higher priority")


def _rules_out_of_reach(regency: Regency, file: Path) -> Iterator[WrongDeclaration]:
    for rule in regency.rules:
        agency = regency.agencies[rule.agency]
        place = rule.region or regency.code
        if agency.regions and not any(is_within(place, region) for region in agency.regions):
            what = f"'{agency.code}' does not work in all of {place}"
            yield WrongDeclaration(file, rule.line, what, "name one of its regions in column region")


def _uncovered(regency: Regency, file: Path) -> Iterator[WrongDeclaration]:
    everywhere = [rule for rule in regency.rules if rule.region in {None, regency.code}]
    for leaf in regency.leaves():
        kinds = {rule.type for rule in everywhere if rule.category in {None, leaf.parent, leaf.slug}}
        if None not in kinds and not kinds >= set(ReportType):
            what = f"no rule covers the category '{leaf.slug}' everywhere and for every type"
            mend = "add a row for it or for its group, with region and type empty"
            yield WrongDeclaration(file, max((rule.line for rule in regency.rules), default=1), what, mend)


def _unreached(regency: Regency, file: Path) -> Iterator[WrongDeclaration]:
    named = {rule.agency for rule in regency.rules}
    above = {agency.parent for agency in regency.agencies.values()}
    for agency in regency.agencies.values():
        if agency.code not in named | above and agency.kind not in _BY_DESIGN and not agency.sensitive:
            what = f"no rule reaches '{agency.code}'"
            yield WrongDeclaration(file, agency.line, what, "name it in routing.csv, or take it out")


def _end(rows: Mapping[str, Category] | Mapping[str, Agency]) -> int:
    return max((row.line for row in rows.values()), default=1)
