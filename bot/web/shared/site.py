"""What all pages but the chat share: the templates, and the words that each of them has around its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.conversation.screen import Label, Line, line
from bot.texts.words import Texts
from bot.web.manuals.site import address
from bot.web.shared.assets import Assets

MANUAL: Final = line("manual-link")


@cache
def templates(assets: Assets) -> Environment:
    """The templates of all pages, each read once a process; `asset` in them is the address of a file of ours."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = assets.address
    return environment


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """One value of a filter in a form."""

    value: str
    words: Line | Label | str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Site:
    """Renders a template that extends `case_base.html`. Reads nothing, decides nothing."""

    texts: Texts
    assets: Assets
    regency: str
    languages: Sequence[str]
    banner: Line | None = None
    """What every page says above its own words."""
    _templates: Environment = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Templates are read once each."""
        object.__setattr__(self, "_templates", templates(self.assets))

    def say(self, language: str, words: Line | Label | str) -> str:
        """A line or a label in words; what is words already stays."""
        return words if isinstance(words, str) else self.texts.label(language, words)

    def render(self, template: str, language: str, title: Line, words: Mapping[str, Line], **names: Any) -> str:  # noqa: ANN401 - what the template takes
        """A page, or a part of one.

        Args:
            template: its file.
            language: of the reader.
            title: of the page.
            words: what the template calls `w`.
            names: what else it takes; `key` is what a link to the same page in another language carries, `manual`
                the address of the manual that is for this reader.
        """

        def say(one: Line | Label | str) -> str:
            return self.say(language, one)

        return self._templates.get_template(template).render(
            w={name: say(one) for name, one in words.items()},
            lang=language,
            others=[
                (code, self.texts.say(code, line(f"button-language-{code}")))
                for code in self.languages
                if code != language
            ],
            title=say(title),
            site=say(line("web-title", regency=self.regency)),
            say=say,
            banner=say(self.banner) if self.banner else "",
            **({"key": "", "manual": address(language, "citizen"), "manual_words": say(MANUAL)} | names),
        )
