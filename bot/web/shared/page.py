"""Pages for people who have signed in: templates, words, a navigation that each role sees its part of, and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request, Response

from actions.people.people import Person
from actions.people.roles import Role
from bot.conversation.screen import Line
from bot.web.account.context import SignInContext
from bot.web.manuals.site import address, manual_of
from bot.web.shared.access import person_of
from bot.web.shared.site import Site


@dataclass(frozen=True, slots=True)
class Link:
    """A page in the navigation, and for whom it is."""

    address: str
    words: Line
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class PageViewer:
    """Who looks at a page, in which language, and at which address of the navigation."""

    person: Person
    language: str
    here: str


@dataclass(frozen=True, slots=True)
class Page:
    """Renders a template that extends `room_base.html`. Reads nothing, decides nothing.

    Attributes:
        site: what all pages share.
        navigation: its links, in the order in which they are shown.
        words: what every page of this room says, in `w`.
    """

    site: Site
    navigation: Sequence[Link]
    words: Mapping[str, Line]

    def render(self, template: str, seen: PageViewer, title: Line, words: Mapping[str, Line], **names: Any) -> str:  # noqa: ANN401 - what the template takes
        """A page, or a part of one; in the template `w` has the words of every page and these, `say` says a line."""
        links = [link for link in self.navigation if seen.person.has_any(link.roles)]
        return self.site.render(
            template,
            seen.language,
            title,
            {**self.words, **words},
            person=seen.person,
            manual=address(seen.language, manual_of(seen.person.roles)),
            here=seen.here,
            within=_within(seen.here, [link.address for link in links]),
            navigation=[(link.address, self.site.say(seen.language, link.words)) for link in links],
            **names,
        )


def _within(here: str, addresses: Sequence[str]) -> str:
    """Which of these a page lies at or below: the longest; "" for none."""
    paths = {one: one.partition("?")[0] for one in addresses}
    return max(
        (one for one in addresses if f"{here}/".startswith(f"{paths[one]}/")),
        key=lambda one: len(paths[one]),
        default="",
    )


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
