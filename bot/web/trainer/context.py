"""What the trainers' pages share: their parts, who looks, and how an answer is put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from fastapi import Request
from markupsafe import Markup
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from bot.conversation.catalogue import Catalogue
from bot.conversation.screen import Label as Words
from bot.conversation.screen import Line, line
from bot.messaging.records import storable
from bot.training.samples.import_jobs import ImportJobs
from bot.training.samples.labelling import LabellingRules
from bot.training.samples.labelling_service import LabellingService
from bot.training.samples.suspicion import Suspicions
from bot.web.desk.access import AT_DESK
from bot.web.shared.access import TRAINERS
from bot.web.shared.numbers import whole_number
from bot.web.shared.page import Link, Page, PageContext
from bot.web.trainer.view import category_words, prose

MOST_FIELDS: Final = 600
MOST_BYTES_OF_A_FIELD: Final = 256 * 1024


class UnreadForm(HTTPException):
    """The request holds no form, or one larger than any of these pages sends: 400, where no page says more."""

    def __init__(self) -> None:
        """Take nothing: what stands in it is nobody's business."""
        super().__init__(400)


@dataclass(frozen=True, slots=True)
class PostedFields:
    """The fields, each by its first value, and lists of those that may be there more than once."""

    fields: Mapping[str, str]
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def numbers(self, name: str) -> list[int]:
        """The numbers of a field that may be there more than once."""
        return [number for value in self.lists.get(name, ()) if (number := whole_number(value)) is not None]


async def posted(request: Request) -> PostedFields:
    """Read a form without files, in letters that every database takes.

    Raises:
        UnreadForm: it cannot be read, or is too large.
    """
    try:
        async with request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES_OF_A_FIELD) as form:
            lists: dict[str, list[str]] = {}
            for name, value in form.multi_items():
                if not isinstance(value, UploadFile):
                    lists.setdefault(name, []).append(storable(value))
    except (HTTPException, ClientDisconnect, ValueError) as error:
        raise UnreadForm from error
    return PostedFields({name: values[0] for name, values in lists.items()}, lists)


NAVIGATION: Sequence[Link] = (
    Link("/trainer", line("trainer-inbox"), TRAINERS),
    Link("/trainer/settle", line("trainer-settle"), TRAINERS),
    Link("/trainer/data", line("trainer-data"), TRAINERS),
    Link("/trainer/suspicious", line("trainer-suspicious"), TRAINERS),
    Link("/trainer/rules", line("trainer-rules"), TRAINERS),
    Link("/trainer/words", line("words-title"), TRAINERS),
    Link("/trainer/categories", line("categories-title"), TRAINERS),
    Link("/trainer/import", line("trainer-import"), TRAINERS),
    Link("/trainer/models", line("models-title"), TRAINERS),
    Link("/trainer/watch", line("watch-title"), TRAINERS),
    Link("/desk", line("desk-title"), AT_DESK),
    Link("/desk/account", line("desk-account"), TRAINERS),
)
"""In the order in which it is shown."""

PAGE: Mapping[str, Line] = {
    "skip": line("case-skip"),
    "language": line("web-language"),
    "room": line("trainer-title"),
    "pages": line("trainer-pages"),
    "sign_out": line("sign-out-button"),
}


@dataclass(slots=True)
class TrainerContext(PageContext):
    """The parts of these pages. The gate, language and address are those of signing in.

    Attributes:
        channels: the words for each channel that messages come through, by its name.
    """

    labelling_service: LabellingService
    rules: LabellingRules
    imports: ImportJobs
    suspicions: Suspicions
    channels: Mapping[str, Line] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Builds the parts that are derived from the fields; opens neither files nor the database."""
        self.page = Page(self.sign_in.page.site, NAVIGATION, PAGE)

    @property
    def catalogue(self) -> Catalogue:
        """The regency's categories."""
        return self.sign_in.chat.around.catalogue

    @property
    def zone(self) -> ZoneInfo:
        """The regency's time zone."""
        return self.sign_in.chat.around.zone

    @property
    def groups(self) -> Sequence[tuple[Words, Sequence[tuple[str, Words]]]]:
        """All categories, group by group, as a list to choose from."""
        return [
            (category_words(group), [(f"category:{slug}", category_words(slug)) for slug in leaves])
            for group, leaves in self.catalogue.groups.items()
        ]

    def rules_shown(self, request: Request) -> Markup:
        """The rules as a page shows them: categories by the names that the buttons have, in the reader's language."""
        texts, language = self.page.site.texts, self.sign_in.language(request)
        slugs = [slug for leaves in self.catalogue.groups.values() for slug in leaves]
        names = tuple((slug, texts.label(language, category_words(slug))) for slug in slugs)
        return prose(self.rules.text(), names)

    @staticmethod
    def is_htmx(request: Request) -> bool:
        """Whether a script asks for a part of a page."""
        return "hx-request" in request.headers
