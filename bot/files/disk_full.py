"""Tells a full disk from any other fault of it."""

from __future__ import annotations

import errno
from typing import Final

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""No room, no quota left, or larger than this process may write."""


def is_full(error: OSError) -> bool:
    """Whether there was no room."""
    return error.errno in FULL
