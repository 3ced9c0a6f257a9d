"""Secrets that stand in files and not in an environment: `LAPOR_<NAME>_FILE`, or a credential of systemd.

What stands in the environment of a process, every process of the same user can read in `/proc/<pid>/environ`, and every
child inherits it. A file is read once, by whoever needs it.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, override

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

PREFIX = "LAPOR_"
CREDENTIALS = "CREDENTIALS_DIRECTORY"
"""Where systemd lays what `LoadCredential=` names; a credential is called after its setting, in small letters too."""
WITH_A_PASSWORD = frozenset({"database_url"})
"""Settings that are no secret as a whole, and may hold one."""
OWNER_ONLY = 0o600
_SECRET_NAME = re.compile(r"_(?:TOKEN|SECRET|KEY|PASSWORD)$")
_WITH_PASSWORD = re.compile(r"://[^/@]*:[^/@]*@")


class UnreadableSecret(ValueError):
    """A file that is to hold a secret cannot be read; says which, and never what is in it."""


class SecretFiles(PydanticBaseSettingsSource):
    """Reads the secrets of a class of settings from the files that the environment, or `.env`, names."""

    def __init__(self, settings_cls: type[BaseSettings], named_in: Mapping[str, str | None]) -> None:
        """`named_in`: variables by their names in small letters, in which `lapor_<field>_file` is looked for."""
        super().__init__(settings_cls)
        self._named_in = named_in

    @override
    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Returns what stands in the file of this field, or None."""
        file = self._file_of(field_name) if may_be_in_a_file(field, field_name) else None
        return (_read(file) if file else None), field_name, False

    @override
    def __call__(self) -> dict[str, Any]:
        """Returns every secret that stands in a file.

        Raises:
            UnreadableSecret: one that is named cannot be read.
        """
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}

    def _file_of(self, field_name: str) -> Path | None:
        setting = f"{PREFIX}{field_name.upper()}"
        named = os.environ.get(f"{setting}_FILE") or self._named_in.get(f"{setting}_FILE".lower())
        if named:
            return Path(named)
        folder = os.environ.get(CREDENTIALS)
        laid = [Path(folder) / name for name in (setting, setting.lower())] if folder else []
        return next((file for file in laid if file.is_file()), None)


def may_be_in_a_file(field: FieldInfo, name: str) -> bool:
    """Whether a setting may stand in a file of its own: it is a secret, or may hold one."""
    return name in WITH_A_PASSWORD or SecretStr in (field.annotation, *getattr(field.annotation, "__args__", ()))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UnreadableSecret(f"{file}, which is to hold a secret, cannot be read ({reason})") from error


def without_secrets(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """An environment without any secret of ours, for a child process."""
    return {name: value for name, value in environ.items() if not is_secret(name, value)}


def is_secret(name: str, value: str) -> bool:
    """Whether a variable holds a secret of ours: by its name, or as an address with a password in it."""
    return name.startswith(PREFIX) and bool((value and _SECRET_NAME.search(name)) or _WITH_PASSWORD.search(value))


def hand_on(folder: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Lay settings into files for children of this service, and return the variables that name these files.

    Args:
        folder: made where it is missing; it and its files are for their owner alone.
        given: by field; each has a file of its own, which the next child reads as well.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    for field, value in given.items():
        part = folder / f".{field}-{os.getpid()}-{secrets.token_hex(4)}"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8") as file:
            file.write(value)
        part.replace(folder / field)
    return {f"{PREFIX}{field.upper()}_FILE": str(folder / field) for field in given}
