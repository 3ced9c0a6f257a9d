"""What the pages of one room share: who looks, and how an answer is put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request, Response

from bot.conversation.screen import Line
from bot.web.account.context import SignInContext
from bot.web.shared.access import person_of
from bot.web.shared.page import Page, PageViewer


@dataclass(slots=True)
class PageContext:
    """The gate, language and address are those of signing in; whoever is a room makes its `page`."""

    sign_in: SignInContext
    page: Page = field(init=False)

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
        seen = PageViewer(person_of(request), self.sign_in.language(request), request.url.path)
        return self.sign_in.answer(request, self.page.render(template, seen, title, words, **names), status)
