"""What the talks still do wrong in Telegram, by file: the lines after which it happens.

One that comes right must leave its list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ANSWERED_ABOVE: Mapping[str, Sequence[str]] = {}
"""What she wrote is answered only by a change of a card above it, where she may not look."""

LETTERS_LEFT: Mapping[str, Sequence[str]] = {}
"""Bagikan lokasi and Lewati still stand where the letters are, although another question is open."""
