"""The trainers' pages: templates and words. Reads nothing, decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from actions.people import Person
from bot.conversation.screen import Label, Line, line
from bot.texts.words import Texts
from bot.web.case_words import LANGUAGES
from bot.web.chat_assets import Assets
from bot.web.chat_page import TEMPLATES
from bot.web.trainer_words import NAVIGATION, PAGE


@dataclass(frozen=True, slots=True)
class Seen:
    """Who looks at a page, in which language, and at which address of the navigation."""

    person: Person
    language: str
    here: str


@dataclass(slots=True)
class TrainerPage:
    """Renders a template that extends `trainer_base.html`."""

    texts: Texts
    assets: Assets
    regency: str
    languages: Sequence[str]
    _templates: Environment = field(init=False)

    def __post_init__(self) -> None:
        """Templates are read once each."""
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["asset"] = self.assets.address

    def render(self, template: str, seen: Seen, title: Line, words: Mapping[str, Line], **names: Any) -> str:  # noqa: ANN401 - what the template takes
        """A page, or a part of one; in the template `w` has the words of every page and these, `say` says a line."""
        language = seen.language

        def say(one: Line | Label | str) -> str:
            return one if isinstance(one, str) else self.texts.label(language, one)

        return self._templates.get_template(template).render(
            w={name: say(one) for name, one in {**PAGE, **words}.items()},
            lang=language,
            others=[(code, self.texts.say(code, LANGUAGES[code])) for code in self.languages if code != language],
            key="",
            title=say(title),
            site=say(line("web-title", regency=self.regency)),
            say=say,
            person=seen.person,
            here=seen.here,
            navigation=[(link.address, say(link.words)) for link in NAVIGATION if seen.person.has_any(link.roles)],
            **names,
        )
