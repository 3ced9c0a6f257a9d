"""What the trainers' pages share: their parts, who looks, and how an answer is put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request, Response

from bot.conversation.catalogue import Catalogue
from bot.conversation.screen import Label as Words
from bot.conversation.screen import Line
from bot.trainers.import_jobs import ImportJobs
from bot.trainers.room import TrainersRoom
from bot.trainers.rules import Rules
from bot.trainers.suspicion import Suspicions
from bot.web.guard_roles import person_of
from bot.web.room_page import RoomPage, Seen
from bot.web.sign_in_door import SignInDoor
from bot.web.trainer_view import category_words
from bot.web.trainer_words import NAVIGATION, PAGE


@dataclass(slots=True)
class TrainerDoor:
    """The parts of these pages. The gate, language and address are those of signing in."""

    sign_in: SignInDoor
    room: TrainersRoom
    rules: Rules
    imports: ImportJobs
    suspicions: Suspicions
    page: RoomPage = field(init=False)

    def __post_init__(self) -> None:
        """Put them together; opens nothing."""
        self.page = RoomPage(self.sign_in.page.site, NAVIGATION, PAGE)

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

    def say(self, request: Request, words: Line) -> str:
        """A line in the language of whoever asks."""
        return self.page.site.texts.say(self.sign_in.language(request), words)

    def answer(
        self,
        request: Request,
        template: str,
        title: Line,
        words: Mapping[str, Line],
        status: int = 200,
        **names: Any,  # noqa: ANN401 - what the template takes
    ) -> Response:
        """A page for whoever was let in."""
        seen = Seen(person_of(request), self.sign_in.language(request), request.url.path)
        return self.sign_in.answer(request, self.page.render(template, seen, title, words, **names), status)
