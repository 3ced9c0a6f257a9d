"""The guest accounts of a demo: a file in its data folder, which `lapor demo --open` writes, and nothing else does.

Where it lies, every page says that it is a demo, and whoever signs in may do so by one button as any role. So it counts
on a loopback address alone: a demo that others can reach has neither.
"""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from actions.people.roles import Role
from bot.conversation.screen import line

NAME: Final = "guests.json"
BANNER: Final = line("demo-banner")
OWNER_ONLY: Final = 0o600


@dataclass(frozen=True, slots=True)
class Guest:
    """An account that a button on the sign-in page opens; `is_holder`: of the body that holds what is secret."""

    name: str
    password: str
    role: Role
    is_holder: bool = False


def read_guests(data_dir: Path, host: str) -> Sequence[Guest]:
    """Those of a demo that is served at `host`; none where this is no demo, or others could reach it.

    Raises:
        ValueError, KeyError, TypeError: the file is not as `write_guests` left it.
    """
    file = data_dir / NAME
    if not file.exists() or not _is_loopback(host):
        return ()
    kept = json.loads(file.read_text("utf-8"))
    return tuple(Guest(**{**one, "role": Role(one["role"])}) for one in kept)


def write_guests(data_dir: Path, guests: Sequence[Guest]) -> None:
    """Keep them, for the owner of the data folder alone."""
    with os.fdopen(os.open(data_dir / NAME, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "w") as file:
        json.dump([asdict(guest) for guest in guests], file)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
