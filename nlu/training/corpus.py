"""Training data with the configuration that a model is trained by, whoever reads it. Pure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from components.calibration import UNTOUCHED, Calibration
from components.settings import Setting
from description import Description


class UnusableData(ValueError):
    """The training data or configuration cannot be used; the message says where and how to mend it."""


@dataclass(frozen=True)
class Example:
    """One training text.

    Attributes:
        text: as it stands in the file.
        intent: what its sender wants.
        category: what it is about; None for small talk.
        type_known: whether the intent was said by somebody; one that was not teaches none.
    """

    text: str
    intent: str
    category: str | None
    type_known: bool = True


class Corpus(ABC):
    """The training data of some files.

    Attributes:
        examples: all of them, in the order of the files.
    """

    def __init__(self, examples: Sequence[Example], config: Mapping[str, object]) -> None:
        """Keeps what was read.

        Args:
            examples: of all files.
            config: the content of `config.yml`.
        """
        self.examples = list(examples)
        self._config = config

    @property
    def intents(self) -> list[str]:
        """Each intent of the examples once, by the alphabet."""
        return sorted({example.intent for example in self.examples})

    @property
    def categories(self) -> list[str]:
        """Each category of the examples once, by the alphabet."""
        return sorted({example.category for example in self.examples if example.category})

    def settings_of(self, component: str) -> Mapping[str, Setting]:
        """What `config.yml` says to a component, by the name of its class.

        Raises:
            UnusableData: it does not name the component.
        """
        parts = self._config.get("pipeline")
        for settings in parts if isinstance(parts, list) else []:
            if settings["name"].endswith(f".{component}"):
                found: Mapping[str, Setting] = settings
                return found
        raise UnusableData(f"config.yml names no {component}: add it to the pipeline.")

    def refuse_unknown_intents(self, known: Collection[str]) -> None:
        """Holds the examples to `domain.yml`.

        Raises:
            UnusableData: it does not name an example's intent.
        """
        if unknown := set(self.intents) - set(known):
            names = ", ".join(sorted(unknown))
            raise UnusableData(f"domain.yml does not name {names}: add it there, or mend the examples.")

    @abstractmethod
    def train(
        self, out: Path, calibration: Calibration = UNTOUCHED, about: Description | None = None
    ) -> None:
        """Trains the model of `config.yml` and writes it.

        Args:
            out: where it goes.
            calibration: what the category's confidences become.
            about: the model's description, where the file holds it.

        Raises:
            UnusableData: a label cannot be learned, or `config.yml` is wrong.
        """
