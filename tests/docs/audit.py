"""Which locked packages have a known weakness, by a list that is kept here; and how the list is brought up to date.

    .venv/bin/python -m tests.docs.audit             # compares uv.lock with the list; exit 1 if it finds one
    .venv/bin/python -m tests.docs.audit --refresh   # asks osv.dev about every package that runs, writes the list anew

The list works offline and says of which day it is. It names for each advisory from which version a package is mended.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpx
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.docs.licences import ROOT, installed

LIST: Final = Path(__file__).with_name("advisories.json")
OSV: Final = "https://api.osv.dev/v1/query"
SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Advisory:
    """A weakness of a package.

    Attributes:
        package: its name as the index writes it.
        id: of the advisory.
        fixed: the version from which it is mended; "" where none is.
        introduced: the version from which it is there; "0" for ever.
    """

    package: str
    id: str
    fixed: str
    introduced: str = "0"

    def is_of(self, version: str) -> bool:
        """Whether this version has it."""
        is_mended = bool(self.fixed) and Version(version) >= Version(self.fixed)
        return not is_mended and Version(version) >= Version(self.introduced)


def locked() -> Mapping[str, str]:
    """Every package that runs, with the version that `uv.lock` names."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    versions = {canonicalize_name(one["name"]): str(one.get("version", "")) for one in packages}
    return {name: versions[name] for name in installed()}


def kept(file: Path = LIST) -> tuple[str, Sequence[Advisory]]:
    """The day of the list, and what stands in it."""
    told = json.loads(file.read_text("utf-8"))
    return told["as_of"], [Advisory(**one) for one in told["advisories"]]


def found(advisories: Iterable[Advisory], versions: Mapping[str, str]) -> list[str]:
    """A sentence for each advisory that a locked version has."""
    return [
        f"{one.package} {versions[one.package]} has {one.id}: {f'take {one.fixed}' if one.fixed else 'not mended yet'}"
        for one in advisories
        if one.package in versions and one.is_of(versions[one.package])
    ]


def read_osv(package: str, answer: Mapping[str, Any]) -> Iterator[Advisory]:
    """What an answer of osv.dev says of a package: one advisory for each range of versions."""
    for one in answer.get("vulns", ()):
        if "withdrawn" in one:
            continue
        ranges = [kind for affected in one["affected"] if _is_this(affected, package) for kind in affected["ranges"]]
        for events in (kind["events"] for kind in ranges if kind["type"] == "ECOSYSTEM"):
            introduced = next((event["introduced"] for event in events if "introduced" in event), "0")
            fixed = next((event["fixed"] for event in events if "fixed" in event), "")
            yield Advisory(package, one["id"], fixed, introduced)


def _is_this(affected: Mapping[str, Any], package: str) -> bool:
    named = affected.get("package", {})
    return named.get("ecosystem") == "PyPI" and canonicalize_name(named.get("name", "")) == package


def refresh(versions: Mapping[str, str], address: str = OSV, file: Path = LIST) -> None:
    """Ask about each package, and write the list anew; as it was where one answer does not come.

    Raises:
        httpx.HTTPError: there is no answer.
    """
    advisories = list[Advisory]()
    with httpx.Client(timeout=SECONDS) as asking:
        for package in versions:
            answer = asking.post(address, json={"package": {"name": package, "ecosystem": "PyPI"}})
            advisories += read_osv(package, answer.raise_for_status().json())
    rows = ",\n".join(f"  {json.dumps(asdict(one))}" for one in advisories)
    head = f'{{"as_of": "{datetime.now(UTC):%Y-%m-%d}", "source": "osv.dev", "advisories": [\n'
    file.write_text(f"{head}{rows}\n]}}\n", encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Bring the list up to date where that is asked for, and compare."""
    versions = locked()
    if "--refresh" in words:
        refresh(versions)
    day, advisories = kept()
    told = found(advisories, versions)
    print(*told, f"{len(versions)} packages compared with {len(advisories)} advisories of {day}.", sep="\n")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
