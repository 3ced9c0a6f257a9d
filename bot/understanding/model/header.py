"""What the header of a compiled model says, and whether it can be meant. Pure."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(ge=0, le=1)]
Sharpness = Annotated[float, Field(gt=0, le=1_000)]
"""Training looks for it up to 30 (nlu/components/learning.py); a score times this stays a number."""
Label = Annotated[str, Field(min_length=1, max_length=60)]
_BYTES = {"float16": 2, "float32": 4, "int8": 1, "uint8": 1}
_FEWEST_LABELS = 2
_LEAST_FIXED = 0.5


class ArrayOf(BaseModel):
    """Numbers that follow the header: their name, type and shape."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: Literal["grams", "idf", "bias", "weights", "step"]
    type: Literal["float16", "float32", "int8", "uint8"]
    shape: Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=1, max_length=2)]

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return self.shape[0] * (self.shape[1] if self.shape[1:] else 1)

    @property
    def bytes(self) -> int:
        """How many bytes they take."""
        return self.count * _BYTES[self.type]


class Header(BaseModel):
    """The words of a compiled model; each member is told in docs/decisions/0010-one-file-instead-of-rasa.md."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    made_from: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    longest_text: Annotated[int, Field(gt=0, le=100_000)]
    texts: Annotated[int, Field(gt=0)]
    words: Annotated[int, Field(ge=0)]
    spelling: dict[str, str]
    intents: Annotated[list[Label], Field(min_length=_FEWEST_LABELS)]
    categories: Annotated[list[Label], Field(min_length=_FEWEST_LABELS)]
    intent_sharpness: Sharpness
    category_sharpness: Sharpness
    confidence_cap: Annotated[float, Field(gt=0, le=1)]
    confidence_power: Annotated[float, Field(gt=0, le=1)]
    threshold_sure: Share
    threshold_three: Share
    arrays: Annotated[list[ArrayOf], Field(max_length=5)]

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        for labels in (self.intents, self.categories):
            if len(set(labels)) < len(labels):
                raise ValueError("a label stands twice")
        if not _keeps_order(self.confidence_cap, self.confidence_power):
            raise ValueError("cap and power would change the order of labels")
        return self


def _keeps_order(cap: float, power: float) -> bool:
    """Whether no label can overtake the first one: above the confidence that stays as it is, a first label loses."""
    if power == 1:
        return cap == 1
    return bool(cap ** (1 / (1 - power)) >= _LEAST_FIXED)
