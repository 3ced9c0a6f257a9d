"""A proposal carried out on the texts of the regency's files and of the labelling rules. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.training.categories.proposal import CategoryWish, ProposalKind
from bot.web.desk.settings.edit import CsvSheet, EditConflict, sheet_of, with_columns, with_row

CATEGORIES, ROUTING = "categories.csv", "routing.csv"
YES, NO = "yes", "no"


def carried_out(kind: ProposalKind, slug: str, wish: CategoryWish, texts: Mapping[str, str]) -> dict[str, str]:
    """Those of the two files that change, by name, as they will be; nothing where it was done already.

    Raises:
        EditConflict: a file has another form, or the category is not there.
    """
    done: Mapping[ProposalKind, Callable[[str, CategoryWish, Mapping[str, str]], dict[str, str]]] = {
        ProposalKind.NEW: _new,
        ProposalKind.RENAME: _renamed,
        ProposalKind.MERGE: _retired,
        ProposalKind.RETIRE: _retired,
    }
    after = done[kind](slug, wish, texts)
    return {name: text for name, text in after.items() if text != texts[name]}


def with_rule(rules: str, slug: str, wish: CategoryWish) -> str:
    """The labelling rules with a line for a category, before all others; as they are where they name it already."""
    if f"`{slug}`" in rules:
        return rules
    about = wish.about.replace("|", "/")
    rule = f"| {about} | `{slug}` | {', '.join(f'`{one}`' for one in wish.but_not)} |"
    lines = rules.splitlines()
    place = next((number for number, line in enumerate(lines) if line.count("| ---") == rule.count("|") - 1), None)
    if place is None:
        return "\n".join([*lines, "", f"- {about}: `{slug}`"]) + "\n"
    return "\n".join([*lines[: place + 1], rule, *lines[place + 1 :]]) + "\n"


def _new(slug: str, wish: CategoryWish, texts: Mapping[str, str]) -> dict[str, str]:
    category = {
        "slug": slug,
        "parent": wish.parent,
        **{f"label_{language}": label for language, label in wish.labels.items()},
        "physical": YES if wish.physical else NO,
        "sensitive": NO,
        "words": ";".join(wish.words),
    }
    rule = {"category": slug, "agency": wish.agency, "priority": "0"}
    categories, routing = texts[CATEGORIES], texts[ROUTING]
    if _place_of(sheet_of(categories), "slug", slug) is None:
        categories = with_row(with_columns(categories, ["words"]) if wish.words else categories, None, category)
    if _place_of(sheet_of(routing), "category", slug) is None:
        routing = with_row(routing, None, rule)
    return {CATEGORIES: categories, ROUTING: routing}


def _renamed(slug: str, wish: CategoryWish, texts: Mapping[str, str]) -> dict[str, str]:
    labels = {f"label_{language}": label for language, label in wish.labels.items()}
    return {CATEGORIES: _with_cells(texts[CATEGORIES], slug, labels)}


def _retired(slug: str, wish: CategoryWish, texts: Mapping[str, str]) -> dict[str, str]:
    """What was merged into it before is merged into what takes its place, or retired with it."""
    text, state = with_columns(texts[CATEGORIES], ["retired"]), wish.into or YES
    for row in sheet_of(text).rows:
        if row.cells["retired"] == slug:
            text = _with_cells(text, row.cells["slug"], {"retired": state})
    return {CATEGORIES: _with_cells(text, slug, {"retired": state})}


def _with_cells(text: str, slug: str, cells: Mapping[str, str]) -> str:
    sheet = sheet_of(text)
    place = _place_of(sheet, "slug", slug)
    if place is None:
        raise EditConflict(slug)
    return with_row(text, place, {**sheet.rows[place].cells, **cells})


def _place_of(sheet: CsvSheet, column: str, name: str) -> int | None:
    return next((place for place, row in enumerate(sheet.rows) if row.cells.get(column) == name), None)
