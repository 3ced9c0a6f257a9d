"""What the talk needs to know of a regency: its categories in two levels, which are sensitive, and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Helpline:
    """A number to ring in danger, and whose it is."""

    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A regency, as the talk sees it.

    Attributes:
        groups: slugs of the leaves by slug of their group, in the order they are offered.
        sensitive: leaves that are held by the inspectorate or a designated body.
        languages: codes, the first is spoken where nothing else is known.
        failed_lookups_an_hour: after so many a person must wait.
        most_files: attachments a report may have.
        helplines: by the kind of danger they are for; "any" is for every danger.
    """

    groups: Mapping[str, tuple[str, ...]]
    sensitive: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    failed_lookups_an_hour: int = 10
    most_files: int = 10
    helplines: Mapping[str, Helpline] = field(default_factory=dict)

    def helplines_for(self, kind: str) -> tuple[Helpline, ...]:
        """The number that fits this kind of danger, and the one for every danger; each once."""
        found = (self.helplines[name] for name in (kind, "any") if name in self.helplines)
        return tuple(dict.fromkeys(found))

    def has(self, slug: str) -> bool:
        """Whether this is a category that can be filed."""
        return any(slug in leaves for leaves in self.groups.values())
