"""How long a test waits for what is sure to come."""

from __future__ import annotations

from typing import Final

PATIENCE_SECONDS: Final = 60.0
"""Ends what hangs; a machine may be slow, so nothing is said about speed (`tests/bench` does)."""
