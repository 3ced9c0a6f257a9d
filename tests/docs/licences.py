"""Writes `docs/licences.md`, from what the installed packages say of themselves.

    .venv/bin/python -m tests.docs.licences > docs/licences.md

It prints every package that the service needs when it runs, with those that these need in turn.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[2]
PROJECT: Final = "lapor"

SPDX: Final[Mapping[str, str]] = {
    "APL 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "ISC License": "ISC",
    "MIT License": "MIT",
}
"""The SPDX name of what packages without a licence expression call their licence."""

REMARKS: Final[Mapping[str, str]] = {
    "numpy": "its wheels hold OpenBLAS (BSD-3-Clause) and the runtime of GCC (GPL-3.0 with GCC's exception)",
    "pi-heif": "its wheels hold libheif and libde265 (LGPL-3.0)",
    "psycopg": "used unchanged, as a library",
    "psycopg-binary": "used unchanged; its wheels hold libpq and what that needs (keyutils, libxcrypt: LGPL-2.1)",
    "python-telegram-bot": "used unchanged, as a library",
    "shapely": "its wheels hold GEOS (LGPL-2.1)",
}
NLU: Final[Mapping[str, str]] = {
    "numpy": "BSD-3-Clause",
    "rasa": "Apache-2.0",
    "sanic": "MIT",
    "scikit-learn": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
    "tomli": "MIT",
}
"""What `nlu/pyproject.toml` names. It is installed only where a model is made, in a Python of its own."""
FILES: Final[Mapping[str, str]] = {
    "bot/web/static/htmx.js, htmx-sse.js": "0BSD, `bot/web/static/htmx.LICENSE`",
    "data/regions.geojson": "MIT, `data/NOTICE.md`",
    "tests/browser/axe.min.js": "MPL-2.0, `tests/browser/axe.LICENSE`",
}
TOP: Final = """\
# Licences

The service itself is under the Apache License 2.0 (`LICENSE`). No package that it needs when it runs is under the GPL
or the AGPL: a test holds that of each, and of the libraries in its wheel. Those under the LGPL are installed from the
package index as they are, and whoever runs the service may put another version in their place.

`.venv/bin/python -m tests.docs.licences > docs/licences.md` writes this page.
"""


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package: its normalised name, its licence as an SPDX expression, and what else is to be known."""

    name: str
    licence: str
    remark: str = ""


def installed() -> Mapping[str, Distribution]:
    """By normalised name, every package that the service needs when it runs, on this platform."""
    found = dict[str, Distribution]()
    seen = set[tuple[str, frozenset[str]]]()
    waiting = [(PROJECT, frozenset[str]())]
    while waiting:
        name, extras = one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        found[canonicalize_name(name)] = distribution(name)
        waiting.extend(_needed_by(found[canonicalize_name(name)], extras))
    del found[PROJECT]
    return dict(sorted(found.items()))


def packages() -> list[Package]:
    """The same with their licences, in the order of their names."""
    return [Package(name, licence_of(one), REMARKS.get(name, "")) for name, one in installed().items()]


def licence_of(one: Distribution) -> str:
    """Its licence as an SPDX expression, as far as it names one; "" where it says nothing."""
    said = one.metadata
    classifiers = said.get_all("Classifier") or []
    named = [each.rpartition(":: ")[2] for each in classifiers if each.startswith("License ::")]
    found = said.get("License-Expression") or said.get("License") or " OR ".join(named)
    return SPDX.get(found, found)


def is_gpl(licence: str) -> bool:
    """Whether each alternative that an SPDX expression leaves wants the GPL or AGPL, or nothing is said."""
    return all(re.search(r"\bA?GPL(?!.*\bWITH\b)", each) or not each.strip() for each in licence.split(" OR "))


def gpl_inside(one: Distribution) -> list[str]:
    """What its files of licences say of libraries in its wheel that are under the GPL or AGPL, without an exception."""
    texts = [file.read_text() for file in one.files or () if re.search(r"licen[cs]e|copying", file.name, re.IGNORECASE)]
    lines = [line.strip() for text in texts for line in (text or "").splitlines()]
    return [line for line in lines if re.match(r"License.*:.*\bA?GPL(?!.*exception)", line, re.IGNORECASE)]


def nlu_names() -> set[str]:
    """The packages that the language model's environment names."""
    said = tomllib.loads((ROOT / "nlu" / "pyproject.toml").read_text(encoding="utf-8"))
    return {canonicalize_name(Requirement(each).name) for each in said["project"]["dependencies"]}


def page() -> str:
    """The whole document."""
    return "\n".join(
        (
            TOP,
            *_table(
                "The service",
                ("package", "licence", ""),
                [(each.name, each.licence, each.remark) for each in packages()],
            ),
            *_table("The language model's environment (`nlu/`), what it names", ("package", "licence"), NLU.items()),
            *_table("Files of others in this repository", ("file", "licence"), FILES.items()),
        )
    )


def _needed_by(one: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for line in one.requires or ():
        wanted = Requirement(line)
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": each}) for each in (*extras, "")):
            yield wanted.name, frozenset(wanted.extras)


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"## {title}\n"
    yield from (f"| {' | '.join(row)} |" for row in (heads, ("---",) * len(heads), *rows))
    yield ""


if __name__ == "__main__":
    print(page(), end="")
