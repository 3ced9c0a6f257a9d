"""What must fit together in a regency's declarations. Pure: `rows.py` has read them, each row alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

from actions.case import ReportType
from actions.regency.declaration import WrongDeclaration
from actions.regency.model import Agency, AgencyKind, Category, Regency, Rule
from actions.regency.regions import is_within
from actions.regency.slugs import SLUGS

_BY_DESIGN = (AgencyKind.REGENCY_ADMIN, AgencyKind.INSPECTORATE, AgencyKind.PROVINCE, AgencyKind.NATIONAL)
"""Kinds that routing reaches without a rule, or that a verifier forwards to by hand."""
_A_MENU = range(6, 9)


def wrong_categories(categories: Mapping[str, Category], file: Path) -> Iterator[WrongDeclaration]:
    """What does not fit among the categories of a file."""
    groups = {category.slug for category in categories.values() if category.parent is None}
    for category in categories.values():
        if what := _wrong_category(category, groups, {other.parent for other in categories.values()}):
            yield WrongDeclaration(file, category.line, *what)
    for slug in SLUGS:
        if slug not in categories:
            yield WrongDeclaration(file, _end(categories), f"the category '{slug}' is missing", "add a row for it")
    if len(groups) not in _A_MENU:
        yield WrongDeclaration(file, 1, f"there are {len(groups)} groups", "make six to eight of them")


def _wrong_category(
    category: Category, groups: Collection[str], parents: Collection[str | None]
) -> tuple[str, str] | None:
    slug, parent = category.slug, category.parent
    if parent is None and slug in SLUGS:
        return f"'{slug}' stands in no group", "name its group in column parent"
    if parent is None and slug not in parents:
        return f"the group '{slug}' is empty", "put a category in it, or take it out"
    if parent is not None and parent not in groups:
        return f"the group '{parent}' of '{slug}' is not there", "name a row whose own parent is empty"
    if parent is not None and slug not in SLUGS:
        return f"'{slug}' is no category of the language model", "use the slug it stands for, or take it out"
    return None


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
        what = f"'{another.code}' is a second regency_admin beside '{admins[0].code}'"
        yield WrongDeclaration(file, another.line, what, "leave exactly one")
    for kind in _BY_DESIGN:
        if all(agency.kind is not kind for agency in agencies.values()):
            yield WrongDeclaration(file, _end(agencies), f"no agency is of kind {kind}", "add one")


def _parents(agencies: Mapping[str, Agency], file: Path) -> Iterator[WrongDeclaration]:
    for agency in agencies.values():
        seen, above = {agency.code}, agency.parent
        while above is not None and above in agencies and above not in seen:
            seen.add(above)
            above = agencies[above].parent
        if agency.parent is not None and agency.parent not in agencies:
            what = f"'{agency.parent}', the parent of '{agency.code}', is not there"
            yield WrongDeclaration(file, agency.line, what, "name the code of a row of this file, or leave it empty")
        elif above == agency.code:
            what = f"'{agency.code}' is above itself by its parents"
            yield WrongDeclaration(file, agency.line, what, "leave the parent of the highest empty")


def _designated_twice(agencies: Mapping[str, Agency], file: Path) -> Iterator[WrongDeclaration]:
    for one, other in combinations(agencies.values(), 2):
        for slug in sorted(one.sensitive & other.sensitive):
            what = f"'{one.code}' and '{other.code}' are both designated for '{slug}'"
            yield WrongDeclaration(file, other.line, what, "leave it to one of them")


def _ties(rules: Iterable[Rule], file: Path) -> Iterator[WrongDeclaration]:
    for one, other in combinations(rules, 2):
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
