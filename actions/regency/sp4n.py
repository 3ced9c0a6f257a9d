"""How a regency and SP4N-LAPOR! call the same things: the mapping of `sp4n.toml`, checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from actions.cases.case import Status
from actions.regency.declaration import phrase
from actions.regency.settings import TomlTable, read_settings

FILE: Final = "sp4n.toml"
METHODS: Final[Mapping[str, str]] = {
    "reports": "getreports",
    "report": "getreport",
    "add": "addreport",
    "follow_up": "addfollowup",
}
"""What each method is called where `[methods]` says nothing else."""
FIELDS: Final = (
    "anonymous",
    "content",
    "date",
    "external_id",
    "followups",
    "institution_id",
    "latitude",
    "location",
    "longitude",
    "page",
    "secret",
    "since",
    "status",
    "status_date",
    "topic_id",
    "topic_name",
    "tracking_id",
    "type",
)
"""What `[fields]` may call otherwise."""


class ApiForm(StrEnum):
    """What the other side speaks: SP4N-LAPOR!'s published form, or Open311 GeoReport v2."""

    LAPOR = "lapor"
    OPEN311 = "open311"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sp4nMapping:
    """What theirs is called here, and ours there. What is in no mapping is unknown to the other side.

    Attributes:
        name: of the other system, as citizens know it.
        page: where anybody sees a report of theirs, `{number}` standing for its number; "" for nowhere.
        categories: our leaf slugs by their topics.
        topics: their topics by our leaf slugs.
        agencies: their institutions by the codes of our agencies.
        words: by their words for it, where a report stands; the first of a status is what it is called there.
        methods, fields: what their API calls them, by the names in `METHODS` and `FIELDS`.
    """

    form: ApiForm = ApiForm.LAPOR
    name: str = "SP4N-LAPOR!"
    page: str = ""
    categories: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    agencies: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Status] = field(default_factory=dict)
    methods: Mapping[str, str] = field(default_factory=lambda: dict(METHODS))
    fields: Mapping[str, str] = field(default_factory=lambda: {name: name for name in FIELDS})

    def word_of(self, status: Status) -> str:
        """Their word for where a case stands here; ours where they are told to have none."""
        return next((theirs for theirs, ours in self.words.items() if ours is status), status.value)

    def status_of(self, word: str) -> Status | None:
        """Where a report stands by their word for it; None where nobody has said what the word means."""
        return next((ours for theirs, ours in self.words.items() if theirs.casefold() == word.casefold()), None)

    def address_of(self, number: str) -> str:
        """The page of a report of theirs; "" where there is none."""
        return self.page.replace("{number}", number)


def read_sp4n(file: Path, leaves: Collection[str], agencies: Collection[str]) -> Sp4nMapping:
    """The mapping of a file.

    Args:
        file: `sp4n.toml`.
        leaves: slugs of the categories that a case may have.
        agencies: codes of all agencies.

    Raises:
        WrongDeclaration: it names what this regency does not have, or holds something that is no words.
    """
    settings = read_settings(file)
    categories = _words(settings.table("categories"))
    _check(settings.table("categories"), {theirs: ours for theirs, ours in categories.items() if ours not in leaves})
    topics, institutions = _words(settings.table("topics")), _words(settings.table("agencies"))
    _check(settings.table("topics"), {ours: ours for ours in topics if ours not in leaves})
    _check(settings.table("agencies"), {ours: ours for ours in institutions if ours not in agencies})
    statuses = _words(settings.table("statuses"))
    _check(settings.table("statuses"), {theirs: ours for theirs, ours in statuses.items() if ours not in set(Status)})
    methods, fields = _words(settings.table("methods")), _words(settings.table("fields"))
    _check(settings.table("methods"), {name: name for name in methods if name not in METHODS})
    _check(settings.table("fields"), {name: name for name in fields if name not in FIELDS})
    first_topics = {ours: theirs for theirs, ours in reversed(categories.items())}
    return Sp4nMapping(
        form=_form(settings),
        name=settings.words("name"),
        page=settings.words("page") if settings.values.get("page") else "",
        categories=categories,
        topics=first_topics | topics,
        agencies=institutions,
        words={theirs: Status(ours) for theirs, ours in statuses.items()},
        methods={**METHODS, **methods},
        fields={**{name: name for name in FIELDS}, **fields},
    )


def _form(settings: TomlTable) -> ApiForm:
    told = settings.words("form")
    if told not in set(ApiForm):
        what = phrase("'{told}' is no form that is spoken here", told=told)
        raise settings.wrong("form", what, phrase("write {forms}", forms=" or ".join(ApiForm)))
    return ApiForm(told)


def _words(table: TomlTable) -> dict[str, str]:
    return {name: table.words(name) for name in table.values}


def _check(table: TomlTable, unknown: Mapping[str, str]) -> None:
    """Refuse the first that this regency does not know, named by the key under which it stands."""
    for key, name in unknown.items():
        what = phrase("'{name}' is nothing that is known here", name=name)
        raise table.wrong(key, what, phrase("take it out, or mend its name"))
