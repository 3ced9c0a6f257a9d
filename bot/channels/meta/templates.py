"""The messages that may be sent when she has not written for a day: as files of the regency, and as Meta has them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.channels.declaration import CannotStart
from bot.channels.meta.graph import AccountTemplate
from bot.messaging.outbox_message import TemplateUse
from bot.messaging.ports import TemplateRefused
from bot.shipped import PROJECT

FOLDER: Final = "whatsapp"
PLACE: Final = re.compile(r"\{\{(\d+)\}\}")
FACTS: Final = frozenset({"ticket"})
"""What the outbox knows of a message that goes as a template."""
APPROVED: Final = "APPROVED"


class WhatsAppTemplate(BaseModel):
    """A template: its words with numbered places, what stands there, and an example for who approves it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9_]{1,512}$")
    language: str = Field(pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$")
    parameters: list[str]
    example: list[str]
    body: str = Field(min_length=1, max_length=1024)

    @model_validator(mode="after")
    def _has_its_places(self) -> Self:
        count = len(self.parameters)
        if [int(number) for number in PLACE.findall(self.body)] != list(range(1, count + 1)):
            raise ValueError(f"body must hold each of {{{{1}}}} to {{{{{count}}}}} once, in order")
        if len(self.example) != count:
            raise ValueError("example must have a value for each of parameters")
        if unknown := set(self.parameters) - FACTS:
            raise ValueError(f"parameters may be {', '.join(sorted(FACTS))}, not {min(unknown)}")
        if self.body.startswith("{{") or self.body.endswith("}}"):
            raise ValueError("body must neither begin nor end with a place: Meta refuses that")
        return self

    def submission(self) -> dict[str, Any]:
        """What is posted to have it approved."""
        body: dict[str, Any] = {"type": "BODY", "text": self.body}
        if self.example:
            body["example"] = {"body_text": [self.example]}
        return {"name": self.name, "language": self.language, "category": "UTILITY", "components": [body]}


@dataclass(frozen=True, slots=True)
class WhatsAppTemplates:
    """The four templates, by what they are for."""

    by_use: Mapping[TemplateUse, WhatsAppTemplate]

    def payload(self, use: str, facts: Mapping[str, str]) -> dict[str, Any]:
        """A message that names the template, with its places filled.

        Raises:
            TemplateRefused: there is no such template, or nothing to stand in one of its places.
        """
        template = self.by_use.get(TemplateUse(use)) if use in {*TemplateUse} else None
        if template is None or any(not facts.get(name) for name in template.parameters):
            raise TemplateRefused("no such template")
        filled = [{"type": "text", "text": facts[name]} for name in template.parameters]
        components = [{"type": "body", "parameters": filled}] if filled else []
        named = {"name": template.name, "language": {"code": template.language}, "components": components}
        return {"type": "template", "template": named}


def read_templates(config_dir: Path) -> WhatsAppTemplates:
    """The templates of a regency, or those of the project where it has none of its own.

    Raises:
        CannotStart: one of the files cannot be read; names the file and what is wrong.
    """
    own = config_dir / FOLDER
    folder = own if own.is_dir() else PROJECT / "data" / FOLDER
    return WhatsAppTemplates({use: _read(folder / f"{use.value}.toml") for use in TemplateUse})


def _read(file: Path) -> WhatsAppTemplate:
    try:
        return WhatsAppTemplate.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise CannotStart(f"{file.name}: {where}: {first['msg']}") from None
    except (OSError, ValueError) as error:
        raise CannotStart(f"{file.name} cannot be read ({type(error).__name__}): put it into {FOLDER}/") from None


def differences(templates: WhatsAppTemplates, account: Sequence[AccountTemplate]) -> Iterator[tuple[str, str]]:
    """By the name of a template, what the account has other than the files say; "" where it may be sent as it is."""
    for template in templates.by_use.values():
        found = [one for one in account if (one.name, one.language) == (template.name, template.language)]
        if not found:
            yield template.name, "the account does not have it: submit it"
        elif found[0].status != APPROVED:
            yield template.name, f"it is {found[0].status.lower()} there"
        elif body_of(found[0]) != template.body:
            yield template.name, "it has other words there"
        else:
            yield template.name, ""


def body_of(template: AccountTemplate) -> str:
    """The words of a template of the account."""
    return next((str(one.get("text", "")) for one in template.components if one.get("type") == "BODY"), "")
