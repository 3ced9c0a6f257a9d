"""The words of the list of public cases."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.screen import Line, line
from bot.web.case.words import PAGE as CASE

PAGE: Mapping[str, Line] = {
    "skip": CASE["skip"],
    "language": CASE["language"],
    "title": CASE["list"],
    "about": line("public-about"),
    "filters": line("public-filters"),
    "show": line("public-show"),
    "all": line("public-all"),
    "found": line("public-found"),
    "none": line("public-none"),
    "late": line("public-late"),
    "older": line("public-older"),
    "newest": line("public-newest"),
    "feed": line("public-feed"),
    "map": line("public-map"),
    "map_about": line("public-map-about"),
    "map_none": line("public-map-none"),
    "village": line("public-village"),
    "received": line("statistics-received"),
    "table": line("statistics-table"),
    "csv": line("statistics-csv"),
    "statistics": CASE["statistics"],
    "check": CASE["check_title"],
    "chat": CASE["chat"],
}

FILTERS: Mapping[str, Line] = {
    "agency": line("case-agency"),
    "category": line("case-category"),
    "district": line("public-district"),
    "status": line("public-status"),
    "month": line("public-month"),
}
