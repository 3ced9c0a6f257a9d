"""The built pages of the manuals, by their names, and which of them is for whom."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from actions.people.roles import Role
from bot.shipped import PROJECT

SITE: Final = Path(__file__).parent / "site"
KINDS: Final[Mapping[str, str]] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".webp": "image/webp",
}
MANUALS: Final[Mapping[str, Collection[Role]]] = {
    "admin": (Role.ADMIN,),
    "head": (Role.AGENCY_ADMIN,),
    "verifier": (Role.VERIFIER, Role.ARBITER, Role.MODERATOR),
    "officer": (Role.LIAISON,),
    "trainer": (Role.TRAINER,),
}
"""Whose manual it is; whoever has several roles is led to the first."""


@cache
def pages() -> Mapping[str, Path]:
    """The files that are served, by what follows `/panduan/`. They are listed once, and nothing else is ever read."""
    files = (file for file in SITE.rglob("*") if file.suffix in KINDS)
    return {file.relative_to(SITE).as_posix(): file for file in files}


@cache
def languages() -> list[str]:
    """The languages that there are manuals in, in the order of the regency that came with this version."""
    declared = tomllib.loads((PROJECT / "data" / "regency.toml").read_text(encoding="utf-8"))["languages"]
    written = {name.partition("/")[0] for name in pages()}
    return [language for language in declared if language in written]


def address(language: str, page: str = "index") -> str:
    """Where a manual is read; in the first language where there is none in this one."""
    first, *_ = languages()
    names = (f"{language}/{page}.html", f"{first}/{page}.html")
    return f"/panduan/{next((name for name in names if name in pages()), f'{first}/index.html')}"


def manual_of(roles: Collection[Role]) -> str:
    """The page of the manual for whoever has these roles."""
    return next((page for page, readers in MANUALS.items() if any(role in roles for role in readers)), "index")
