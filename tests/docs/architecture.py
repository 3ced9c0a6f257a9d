"""The picture of `docs/architecture.md`: which folder imports which, as Mermaid, made from the imports themselves.

    .venv/bin/python -m tests.docs.architecture

It writes the picture anew in the document. An arrow that other arrows imply is left out, and folders that import each
other stand in one box.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Final

import grimp

ROOT: Final = Path(__file__).parents[2]
DOCUMENT: Final = ROOT / "docs" / "architecture.md"
BEGIN, END = "```mermaid\n", "```\n"

BESIDE_IMPORTS: Final = (
    ("actions.regency", "data/", "reads"),
    ("bot.training", "data/", "reads and writes data/nlu"),
    ("bot.understanding", "nlu/", "starts, where LAPOR_NLU=rasa"),
    ("nlu/", "data/", "learns from data/nlu"),
)
"""What no import shows: files that are read, and the other Python."""

type Graph = Mapping[str, AbstractSet[str]]
"""By folder, the folders that it imports."""
type Box = frozenset[str]
"""Folders that import each other, directly or by a detour; mostly one alone."""


def folder_of(module: str) -> str:
    """Its folder: `bot.web.desk.routes` is in `bot.web`."""
    return ".".join(module.split(".")[:2])


def folders() -> Graph:
    """Every folder of `bot` and `actions` that holds modules, and what it imports of the others."""
    modules = grimp.build_graph("bot", "actions", cache_dir=None)
    names = {folder_of(each) for each in modules.modules if each.count(".") > 1}
    found: dict[str, set[str]] = {name: set() for name in sorted(names)}
    for module in modules.modules:
        if (importer := folder_of(module)) in found:
            imported = {folder_of(each) for each in modules.find_modules_directly_imported_by(module)}
            found[importer] |= (imported & names) - {importer}
    return found


def reached(graph: Graph) -> Graph:
    """By folder, every folder that it reaches over any number of imports."""
    found = {name: set(imported) for name, imported in graph.items()}
    for between in graph:
        for targets in found.values():
            if between in targets:
                targets.update(found[between])
    return found


def boxes(graph: Graph) -> list[Box]:
    """The folders, those that import each other together; importers before what they import."""
    far = reached(graph)
    box_of = {name: frozenset({name, *(each for each in far[name] if name in far[each])}) for name in graph}
    order = TopologicalSorter(
        {box: {box_of[each] for name in sorted(box) for each in sorted(graph[name])} - {box} for box in box_of.values()}
    )
    order.prepare()
    layers = list[Box]()
    while order.is_active():
        ready = sorted(order.get_ready(), key=sorted)
        layers += ready
        order.done(*ready)
    return layers[::-1]


def arrows(graph: Graph) -> list[tuple[Box, Box]]:
    """Which box imports which, without what follows from other arrows."""
    every, far = boxes(graph), reached(graph)

    def leads(first: Box, second: Box) -> bool:
        return first != second and any(each in far[name] for name in first for each in second)

    return [
        (first, second)
        for first in every
        for second in every
        if leads(first, second) and not any(leads(first, between) and leads(between, second) for between in every)
    ]


def picture() -> str:
    """The Mermaid source."""
    graph = folders()
    every = boxes(graph)
    return "".join(f"{line}\n" for line in ("graph TD", *_nodes(every), *_edges(graph)))


def documented() -> str:
    """The picture that the document has."""
    return DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]


def _nodes(every: list[Box]) -> Iterator[str]:
    for top in ("bot", "actions"):
        yield f'  subgraph {top}["{top}/"]'
        for box in (each for each in every if min(each).startswith(f"{top}.")):
            inside = [f'{_id(name)}["{name.partition(".")[2]}"]' for name in sorted(box)]
            if len(inside) == 1:
                yield f"    {inside[0]}"
                continue
            yield f'    subgraph {_id_of(box)}["import each other"]'
            yield from (f"      {each}" for each in inside)
            yield "    end"
        yield "  end"
    yield '  data[("data/")]'
    yield '  nlu["nlu/ (Python 3.10)"]'


def _edges(graph: Graph) -> Iterator[str]:
    yield from (f"  {_id_of(first)} --> {_id_of(second)}" for first, second in arrows(graph))
    yield from (f'  {_id(first)} -. "{why}" .-> {_id(second)}' for first, second, why in BESIDE_IMPORTS)


def _id(name: str) -> str:
    return name.rstrip("/").replace(".", "_")


def _id_of(box: Box) -> str:
    return "_and_".join(_id(name) for name in sorted(box))


if __name__ == "__main__":
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    DOCUMENT.write_text(f"{before}{BEGIN}{picture()}{END}{rest.partition(END)[2]}", encoding="utf-8")
