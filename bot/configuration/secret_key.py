"""The installation's secret: given, or made at the first start and kept where only its owner reads it.

`rotate` puts another in its place. The former one is kept beside it: buttons, cookies and links made with it are
accepted until a day that is written with it, and what lasts (the chain of events, sealed codes, models) for ever.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from actions.cases.links import ChainKeys, chain_key
from actions.people.secret_key import SecretKey, every_key

NAME = "secret-key"
FORMER = "former-keys.json"
NEXT = "secret-key.next"
BYTES = 32
OWNER_ONLY = 0o600


class WrongKeys(ValueError):
    """The file of former keys cannot be read; says which, and never what is in it."""


@dataclass(frozen=True, slots=True)
class FormerKey:
    """A key that was in use, and until when buttons, cookies and links made with it are accepted."""

    key: str
    until: datetime


def secret_key(given: str | None, data_dir: Path) -> SecretKey:
    """The key that signs buttons, cookies and links, with the former ones that are accepted still.

    Two processes that start at once agree: whoever links the finished file first wins.

    Args:
        given: LAPOR_SECRET_KEY, where it is set.
        data_dir: where a made key is kept, mode 0600.

    Raises:
        WrongKeys: the file of former keys is damaged.
    """
    key = given.encode() if given else _kept(data_dir)
    now, former = datetime.now(UTC), read_former(data_dir)
    kept = [one for one in former if one.key.encode() != key]
    good = [one.key.encode() for one in kept if one.until > now]
    return SecretKey(key, good, [one.key.encode() for one in kept])


def chain_keys_of(key: bytes) -> ChainKeys:
    """The keys of the chain of events that belong to a secret key and to those before it."""
    own, *former = map(chain_key, every_key(key))
    return ChainKeys.of(own, former)


def _kept(data_dir: Path) -> bytes:
    file = data_dir / NAME
    if not file.exists():
        made = data_dir / f".{NAME}-{os.getpid()}-{secrets.token_hex(4)}"
        _write(made, secrets.token_hex(BYTES))
        try:
            os.link(made, file)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return file.read_text(encoding="ascii").strip().encode()


def _write(file: Path, text: str) -> None:
    """Write a file that only its owner reads, from its first byte on."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as writing:
        writing.write(text)
        writing.flush()
        os.fsync(writing.fileno())


def _put_in_place(file: Path, text: str) -> None:
    """The whole of it or nothing."""
    part = file.with_name(f".{file.name}-{os.getpid()}-{secrets.token_hex(4)}")
    _write(part, text)
    part.replace(file)


def read_former(data_dir: Path) -> list[FormerKey]:
    """The keys that were in use, the newest first.

    Raises:
        WrongKeys: the file is damaged.
    """
    file = data_dir / FORMER
    if not file.exists():
        return []
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return [FormerKey(one["key"], datetime.fromisoformat(one["until"])) for one in told]
    except (ValueError, LookupError, TypeError) as error:
        raise WrongKeys(f"{file} cannot be read; restore it from a backup") from error


def rotate(given: str | None, data_dir: Path, now: datetime, keep: timedelta) -> Path | None:
    """Put another key in the place of this one, which is accepted for a while.

    The former key is written down before the new one is in place, so that a crash between loses nothing.

    Args:
        given: LAPOR_SECRET_KEY, where it is set; only whoever set it can change it.
        data_dir: where keys are kept.
        now: with a time zone.
        keep: for how long what the former key made is accepted.

    Returns:
        Where the new key waits for whoever sets LAPOR_SECRET_KEY; None where it is in place already.

    Raises:
        WrongKeys: the file of former keys is damaged.
    """
    key = given.encode() if given else _kept(data_dir)
    own = FormerKey(key.decode(), now + keep)
    others = [one for one in read_former(data_dir) if one.key != own.key]
    told = [{"key": one.key, "until": one.until.isoformat()} for one in (own, *others)]
    _put_in_place(data_dir / FORMER, json.dumps(told, indent=1))
    place = data_dir / (NEXT if given else NAME)
    _put_in_place(place, secrets.token_hex(BYTES))
    return place if given else None
