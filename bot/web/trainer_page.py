"""The trainers' pages: templates and words. Reads nothing, decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.people import Person
from bot.conversation.screen import Line
from bot.web.site import Site
from bot.web.trainer_words import NAVIGATION, PAGE


@dataclass(frozen=True, slots=True)
class Seen:
    """Who looks at a page, in which language, and at which address of the navigation."""

    person: Person
    language: str
    here: str


@dataclass(frozen=True, slots=True)
class TrainerPage:
    """Renders a template that extends `trainer_base.html`."""

    site: Site

    def render(self, template: str, seen: Seen, title: Line, words: Mapping[str, Line], **names: Any) -> str:  # noqa: ANN401 - what the template takes
        """A page, or a part of one; in the template `w` has the words of every page and these, `say` says a line."""
        links = [link for link in NAVIGATION if seen.person.has_any(link.roles)]
        return self.site.render(
            template,
            seen.language,
            title,
            {**PAGE, **words},
            person=seen.person,
            here=seen.here,
            navigation=[(link.address, self.site.say(seen.language, link.words)) for link in links],
            **names,
        )
