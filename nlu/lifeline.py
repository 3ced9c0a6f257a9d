"""Ends this process when the one that started it is gone, even by SIGKILL, so that no child is left behind.

Whoever starts it keeps the other end of its stdin open, and never needs to write to it.
"""

import os
import sys
import threading
import time

_LOOK_EVERY_SECONDS = 1.0


def hold() -> None:
    """From now on the process ends at once, with 0, when its stdin closes or its parent changes."""
    threading.Thread(target=_end_with_stdin, name="lifeline-stdin", daemon=True).start()
    threading.Thread(
        target=_end_with_parent, args=(os.getppid(),), name="lifeline-parent", daemon=True
    ).start()


def _end_with_stdin() -> None:
    if sys.stdin is not None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
    os._exit(0)


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY_SECONDS)
    os._exit(0)
