"""The words of the search: its fields, and the channels of cases that are filed at the desk."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.screen import Line, line

PAGE: Mapping[str, Line] = {
    "title": line("desk-search-title"),
    "words": line("desk-search-words"),
    "hint": line("desk-search-hint"),
    "filters": line("desk-search-filters"),
    "all": line("public-all"),
    "from": line("desk-search-from"),
    "to": line("desk-search-to"),
    "late": line("desk-search-late"),
    "search": line("desk-search-button"),
    "found": line("desk-search-found"),
    "none": line("desk-search-none"),
    "none_yet": line("desk-search-none-yet"),
    "newest": line("public-newest"),
    "older": line("public-older"),
    "go_on": line("desk-search-go-on"),
    "csv": line("statistics-csv"),
    "csv_about": line("desk-search-csv-about"),
    "discreet": line("desk-search-discreet"),
}
FILTERS: Mapping[str, Line] = {
    "status": line("public-status"),
    "category": line("case-category"),
    "agency": line("case-agency"),
    "district": line("public-district"),
    "village": line("public-village"),
    "channel": line("desk-search-channel"),
}
DESK_CHANNELS: Mapping[str, Line] = {
    "counter": line("desk-channel-counter"),
    "phone": line("desk-channel-phone"),
    "letter": line("desk-channel-letter"),
}
"""The channels of cases that are typed in at the desk; each other channel declares its own label."""
