"""The words of the public numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversation.screen import Line, line
from bot.web.case.words import PAGE as CASE

PAGE: Mapping[str, Line] = {
    "skip": CASE["skip"],
    "language": CASE["language"],
    "years": line("statistics-years"),
    "incomplete": line("statistics-incomplete"),
    "too_few": line("statistics-too-few"),
    "figures": line("statistics-figures"),
    "table": line("statistics-table"),
    "csv": line("statistics-csv"),
    "whole": line("statistics-whole"),
    "withheld": line("statistics-withheld"),
    "key_received": line("statistics-received"),
    "key_in_time": line("statistics-in-time"),
    "key_late": line("statistics-late"),
    "method": line("statistics-method"),
    "open_data": line("statistics-open-data"),
    "open_data_about": line("statistics-open-data-about"),
    "description": line("statistics-description"),
    "list": CASE["list"],
    "chat": CASE["chat"],
}

TITLES: Mapping[str, Line] = {
    "month": line("statistics-by-month"),
    "agency": line("statistics-by-agency"),
    "category": line("statistics-by-category"),
    "district": line("statistics-by-district"),
    "village": line("statistics-by-village"),
}

COLUMNS: Mapping[str, Line] = {
    "received": line("statistics-received"),
    "in_time": line("statistics-in-time"),
    "late": line("statistics-late"),
    "solved": line("statistics-solved"),
    "disputed": line("statistics-disputed"),
    "reopened": line("statistics-reopened"),
    "median_days": line("statistics-median-days"),
    "rating": line("statistics-rating"),
    "voices": line("statistics-voices"),
}

METHOD: Sequence[Line] = (
    line("statistics-method-received"),
    line("statistics-method-in-time"),
    line("statistics-method-late"),
    line("statistics-method-solved"),
    line("statistics-method-contested"),
    line("statistics-method-median"),
    line("statistics-method-rating"),
    line("statistics-method-agency"),
    line("statistics-method-five"),
    line("statistics-method-discreet"),
)
