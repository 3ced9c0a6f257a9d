"""What `start` tells the person who started it, on stdout."""

from __future__ import annotations

from collections.abc import Callable, Sequence


class Announcement:
    """Sentences for the person at the terminal."""

    def __init__(self, say: Callable[[str], None], show: Callable[[str], None] = lambda _: None) -> None:
        """`say` takes one sentence, `show` the address once it is served."""
        self.say = say
        self._show = show

    def begin(self, address: str, regency: str, channels: Sequence[str]) -> None:
        """Where the chat is, and what its channels have to say, also of what is still to be done."""
        self.say(f"lapor serves {regency}.")
        self.say(f"Chat: {address}/")
        self.say(f"Health: {address}/health/ready")
        for sentence in channels:
            self.say(sentence)
        self._show(address)
