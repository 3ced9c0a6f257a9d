"""What trainers post: the fields of a form, within bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

MOST_FIELDS: Final = 600
MOST_BYTES_OF_A_FIELD: Final = 256 * 1024


class UnreadForm(Exception):
    """It is no form of ours, or larger than any of ours may be."""


@dataclass(frozen=True, slots=True)
class PostedFields:
    """The fields, each by its first value, and lists of those that may be there more than once."""

    fields: Mapping[str, str]
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def numbers(self, name: str) -> list[int]:
        """The numbers of a field that may be there more than once."""
        return [int(value) for value in self.lists.get(name, ()) if value.isdecimal()]


async def posted(request: Request) -> PostedFields:
    """Read a form without files.

    Raises:
        UnreadForm: it cannot be read, or is too large.
    """
    try:
        async with request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES_OF_A_FIELD) as form:
            lists: dict[str, list[str]] = {}
            for name, value in form.multi_items():
                if not isinstance(value, UploadFile):
                    lists.setdefault(name, []).append(value)
    except (HTTPException, ClientDisconnect, ValueError) as error:
        raise UnreadForm from error
    return PostedFields({name: values[0] for name, values in lists.items()}, lists)
