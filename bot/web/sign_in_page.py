"""The pages of signing in: templates and words. Reads nothing, decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from actions.people import Person
from bot.conversation.screen import Label, Line, Names, line
from bot.texts.words import Texts
from bot.web.case_words import LANGUAGES
from bot.web.chat_assets import Assets
from bot.web.chat_page import TEMPLATES
from bot.web.sign_in_words import PAGE, ROLES


@dataclass(slots=True)
class SignInPage:
    """Renders."""

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

    def form(self, language: str, wanted: str, typed: str = "", error: Line | None = None) -> str:
        """Where a name and a password are typed; `wanted` is the page to go on to."""
        return self._render("sign_in.html", language, PAGE["title"], wanted=wanted, typed=typed, error=error)

    def home(self, language: str, title: Line, person: Person, pages: Sequence[tuple[str, Line]]) -> str:
        """The first page inside: who is signed in, and the other pages that are open to her."""
        return self._render("sign_in_home.html", language, title, lines=described(person), pages=pages)

    def note(self, language: str, title: Line, note: Line, *, signed_in: bool) -> str:
        """Why a page is not shown."""
        return self._render("sign_in_note.html", language, title, note=note, signed_in=signed_in)

    def _render(self, template: str, language: str, title: Line, **names: Any) -> str:  # noqa: ANN401 - what the template takes
        def say(words: Line) -> str:
            return self.texts.say(language, words)

        return self._templates.get_template(template).render(
            w={name: say(words) for name, words in PAGE.items()},
            lang=language,
            others=[(code, self.texts.say(code, LANGUAGES[code])) for code in self.languages if code != language],
            key="",
            title=say(title),
            site=say(line("web-title", regency=self.regency)),
            say=say,
            **names,
        )


def described(person: Person) -> Sequence[Line]:
    """Who is signed in, as what, and where."""
    roles = tuple(ROLES[role] for role in sorted(person.roles))
    agency = [line("signed-in-agency", agency=Label(Names.AGENCY, person.agency))] if person.agency else []
    return (line("signed-in-as", name=person.name), line("signed-in-roles", roles=roles), *agency)
