"""The words of the page that watches the model."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.screen import Line, line

PAGE: Mapping[str, Line] = {
    "weeks": line("watch-weeks"),
    "weeks_about": line("watch-weeks-about"),
    "unsure": line("watch-unsure"),
    "corrected": line("watch-corrected"),
    "rerouted": line("watch-rerouted"),
    "promised": line("watch-promised"),
    "marks": line("watch-marks"),
    "categories": line("watch-categories"),
    "categories_about": line("watch-categories-about"),
    "drift": line("watch-drift"),
    "changes": line("watch-changes"),
    "changes_about": line("watch-changes-about"),
    "nothing": line("watch-nothing"),
    "csv": line("watch-csv"),
    "key_before": line("watch-before"),
    "key_after": line("watch-after"),
}
