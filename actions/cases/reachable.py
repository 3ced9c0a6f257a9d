"""In which channels a reporter can be written to. Pure."""

from __future__ import annotations

from typing import Final

OTHER_SYSTEMS: Final = "api-"
"""What the channels of cases begin with that another system sent; the rest is the name of its key."""
AT_THE_DESK: Final = ("counter", "phone", "letter")
"""Channels of cases that an officer typed in, for somebody who came, called or wrote."""


def is_reachable(channel: str) -> bool:
    """Whether a message would ever be sent.

    Another system asks itself what has become of a case, and who came to the counter has a slip of paper.

    Args:
        channel: its name, or a citizen's, which begins with it.
    """
    return not channel.startswith(OTHER_SYSTEMS) and channel.partition(":")[0] not in AT_THE_DESK
