"""What the trainers' pages share: their parts, who looks, and how an answer is put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request

from bot.conversation.catalogue import Catalogue
from bot.conversation.screen import Label as Words
from bot.training.corpus.rules import LabellingRules
from bot.training.samples.import_jobs import ImportJobs
from bot.training.samples.labelling_service import LabellingService
from bot.training.samples.suspicion import Suspicions
from bot.web.shared.page import Page
from bot.web.shared.page_context import PageContext
from bot.web.trainer.view import category_words
from bot.web.trainer.words import NAVIGATION, PAGE


@dataclass(slots=True)
class TrainerContext(PageContext):
    """The parts of these pages. The gate, language and address are those of signing in."""

    labelling_service: LabellingService
    rules: LabellingRules
    imports: ImportJobs
    suspicions: Suspicions

    def __post_init__(self) -> None:
        """Put them together; opens nothing."""
        self.page = Page(self.sign_in.page.site, NAVIGATION, PAGE)

    @property
    def catalogue(self) -> Catalogue:
        """The regency's categories."""
        return self.sign_in.chat.around.catalogue

    @property
    def groups(self) -> Sequence[tuple[Words, Sequence[tuple[str, Words]]]]:
        """All categories, group by group, as a list to choose from."""
        return [
            (category_words(group), [(f"category:{slug}", category_words(slug)) for slug in leaves])
            for group, leaves in self.catalogue.groups.items()
        ]

    @staticmethod
    def is_htmx(request: Request) -> bool:
        """Whether a script asks for a part of a page."""
        return "hx-request" in request.headers
