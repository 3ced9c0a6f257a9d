"""What the talks still do wrong in Telegram, by file: the lines after which it happens.

One that comes right must leave its list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ANSWERED_ABOVE: Mapping[str, Sequence[str]] = {
    "cancel_asked_story_goes_on": ["> /batal"],
    "cancelled": ["> /batal"],
    "cancelled_in_words": ["> ga jadi lapor"],
    "doubt_send_too_early": ["> tidak tahu"],
    "name_from_profile": ["> Aminah binti Yusuf"],
    "name_typed": ["> Siti Aminah"],
    "words_press_buttons": ["> ubah", "> Jangan rahasiakan."],
}
"""What she wrote is answered only by a change of a card above it, where she may not look."""

LETTERS_LEFT: Mapping[str, Sequence[str]] = {
    "cancelled_at_the_place": ["> batal", "> [Ya, batalkan]"],
    "change_place_by_pin": ["> [Kembali]", "> [Ubah]"],
    "language_changed": ["> /bahasa"],
    "week_of_silence_same": ["> di desa sidorejo pak", "> [Ya, tambahkan]", "> [Kirim]"],
    "words_press_buttons": ["> kembali"],
}
"""Bagikan lokasi and Lewati still stand where the letters are, although another question is open."""
