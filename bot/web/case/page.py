"""Gives a case its page, and the form that finds one: templates, words, and the code to scan. Reads nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import segno

from bot.configuration.case_links import CaseLinks
from bot.conversation.screen import Line, line
from bot.web.case.view import CaseView, Own
from bot.web.case.words import PAGE
from bot.web.shared.site import Site


@dataclass(frozen=True, slots=True)
class PageReader:
    """Who reads: her language, and what a link to the same page in another must carry (the key, or nothing)."""

    language: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class CasePage:
    """Renders."""

    site: Site
    links: CaseLinks

    def case(self, view: CaseView, reader: PageReader, own: Own | None = None) -> str:
        """The page of a case; `own` is what only its reporter sees."""
        address = self.links.public(view.ticket) if view.is_shared else ""
        page_title = line("case-page-title", ticket=view.ticket)
        return self._render("case/case.html", reader, page_title, view=view, own=own, address=address, qr=_qr(address))

    def missing(self, reader: PageReader) -> str:
        """There is no such case, or none that this reader may know of."""
        return self._render("case/note.html", reader, PAGE["missing_title"], note=PAGE["missing"])

    def paused(self, until: Line, reader: PageReader) -> str:
        """Too many numbers that were not found."""
        return self._render("case/note.html", reader, PAGE["paused_title"], note=until)

    def away(self, reader: PageReader) -> str:
        """The database cannot be read now."""
        return self._render("case/note.html", reader, PAGE["away_title"], note=PAGE["away"])

    def form(self, reader: PageReader, typed: str = "", error: Line | None = None) -> str:
        """Where a number is typed, and what was wrong with it."""
        return self._render("case/find.html", reader, PAGE["check_title"], typed=typed, error=error)

    def _render(self, template: str, reader: PageReader, title: Line, **names: Any) -> str:  # noqa: ANN401 - what the template takes
        return self.site.render(template, reader.language, title, PAGE, key=reader.key, **names)


@lru_cache(maxsize=256)
def _qr(address: str) -> str:
    """A picture of an address, black on white with a margin, for an `img`."""
    return segno.make_qr(address, error="m").svg_data_uri(scale=4, border=3, light="#fff") if address else ""
