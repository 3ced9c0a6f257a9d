"""From the rows of a regency's files to its values. Each row stands alone here; `checks.py` fits them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from actions.cases.case import ReportType
from actions.regency.declaration import Part, phrase
from actions.regency.model import Agency, AgencyKind, Category, Hotline, Limits, NearbyRules, Region, RoutingRule
from actions.regency.settings import read_settings
from actions.regency.sheets import FLAGS, CsvRow, read_rows

LEAVES = phrase("the leaves of categories.csv")
_CODES = phrase("the regency's codes in regions.geojson")
_LABEL = "label_"
LONGEST_NAME = 39
"""Letters of a slug or a code: so many fit into a button (64 bytes) beside the rest, and into the database."""


def read_categories(file: Path, languages: Iterable[str]) -> dict[str, Category]:
    """The categories by slug, in the file's order."""
    labels = [_LABEL + language for language in languages]
    rows = read_rows(file, ["slug", "parent", *labels, "physical", "sensitive"])

    def category(row: CsvRow) -> Category:
        given = {column.removeprefix(_LABEL): row[column] for column in row.cells if column.startswith(_LABEL)}
        given |= {label.removeprefix(_LABEL): row.required(label) for label in labels}
        parent = row["parent"] or None
        is_offered, merged_into = _offered(row)
        return Category(
            row["slug"],
            parent,
            given,
            physical=row.flag("physical"),
            sensitive=row.flag("sensitive"),
            words=row.listed("words") if "words" in row.cells else (),
            is_offered=is_offered,
            merged_into=merged_into,
            line=row.line,
        )

    return _keyed(rows, "slug", category)


def _offered(row: CsvRow) -> tuple[bool, str | None]:
    """Column `retired`, which may be missing: empty or no, yes, or the category that took the place of this one."""
    written = row.cells.get("retired", "")
    if written.lower() in {*FLAGS, ""}:
        return not FLAGS.get(written.lower(), False), None
    return False, written


def read_agencies(file: Path, regions: Mapping[str, Region], leaves: Collection[str]) -> dict[str, Agency]:
    """The agencies by code, in the file's order; `leaves`: the slugs that column `sensitive` may name."""
    rows = read_rows(file, ["code", "name", "parent", "kind", "regions", "sensitive", "contact"])

    def agency(row: CsvRow) -> Agency:
        return Agency(
            code=row["code"],
            name=row.required("name"),
            parent=row["parent"] or None,
            kind=AgencyKind(row.one_of("kind", AgencyKind, ", ".join(AgencyKind))),
            regions=frozenset(row.listed("regions", regions, _CODES)),
            sensitive=frozenset(row.listed("sensitive", leaves, LEAVES)),
            contact=row["contact"],
            aliases=row.listed("aliases") if "aliases" in row.cells else (),
            line=row.line,
        )

    return _keyed(rows, "code", agency)


def read_rules(
    file: Path, categories: Iterable[str], regions: Iterable[str], agencies: Iterable[str]
) -> tuple[RoutingRule, ...]:
    """The routing rules, in the file's order; an empty cell means any."""

    def rule(row: CsvRow) -> RoutingRule:
        def any_or(column: str, known: Iterable[str], where: Part) -> str | None:
            return row.known(row[column], known, where) if row[column] else None

        kind = any_or("type", ReportType, phrase("{names}, or leave it empty", names=", ".join(ReportType)))
        return RoutingRule(
            category=any_or("category", categories, phrase("the slugs of categories.csv")),
            region=any_or("region", regions, _CODES),
            type=ReportType(kind) if kind else None,
            agency=row.one_of("agency", agencies, phrase("the codes of agencies.csv")),
            priority=row.number("priority"),
            line=row.line,
        )

    return tuple(rule(row) for row in read_rows(file, ["category", "region", "type", "agency", "priority"]))


def read_hotlines(file: Path) -> tuple[Hotline, ...]:
    """The numbers to call, in the order they are shown."""
    rows = read_rows(file, ["name", "number", "for", "note"])
    return tuple(Hotline(row.required("name"), row.required("number"), row.listed("for"), row["note"]) for row in rows)


def read_limits(file: Path) -> Limits:
    """How much one person may do."""
    limits = read_settings(file)
    return Limits(**{key: limits.positive(key) for key in Limits.__dataclass_fields__})


def read_nearby(file: Path) -> NearbyRules:
    """When a case is shown to whoever is about to file the same."""
    nearby = read_settings(file)
    return NearbyRules(**{key: nearby.positive(key) for key in NearbyRules.__dataclass_fields__})


def _keyed[Value](rows: Iterable[CsvRow], column: str, value: Callable[[CsvRow], Value]) -> dict[str, Value]:
    keyed: dict[str, Value] = {}
    first: dict[str, int] = {}
    for row in rows:
        key = row.required(column)
        if len(key) > LONGEST_NAME:
            what = phrase("'{key}' has more than {most} letters", key=key, most=LONGEST_NAME)
            raise row.wrong(what, phrase("shorten it wherever it stands"))
        if key in keyed:
            what = phrase("'{key}' stands in line {line} already", key=key, line=first[key])
            raise row.wrong(what, phrase("take one of the two rows out"))
        keyed[key], first[key] = value(row), row.line
    return keyed
