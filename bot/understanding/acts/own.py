"""The model of dialogue acts that an installation learned, as it lies in the file of its language model.

It holds for the version that it was learned with: where that version's rows, words or code change, the version's own
model of acts is used until it is learned anew.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from bot.understanding.acts.baseline import LEARNED_FROM, known_acts
from bot.understanding.acts.model import ActsModel, packed, unpacked


@runtime_checkable
class HearsActs(Protocol):
    """An understanding that has a model of dialogue acts of its own, or None."""

    @property
    def acts(self) -> ActsModel | None:
        """What belongs to the language model that answers now."""
        ...


def acts_of(understanding: object) -> ActsModel:
    """The model of dialogue acts to hear with: that of this understanding, else the version's."""
    own = understanding.acts if isinstance(understanding, HearsActs) else None
    return own or known_acts()


def sealed(model: ActsModel) -> bytes:
    """The bytes of a model that was learned with this version."""
    return f"{LEARNED_FROM}\n".encode() + packed(model)


def opened(whole: bytes) -> ActsModel | None:
    """The model in such bytes; None where another version learned it.

    Raises:
        UnusableWeights: they make no sense.
    """
    learned_with, _, rest = whole.partition(b"\n")
    return unpacked(rest) if learned_with.decode("ascii", "replace") == LEARNED_FROM else None
