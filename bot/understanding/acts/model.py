"""The model of dialogue acts: one file (`weights_file.py`), read and asked in the service's own process."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.understanding import weights_file
from bot.understanding.acts.clauses import clauses_of
from bot.understanding.acts.dialogue_act import DialogueAct
from bot.understanding.acts.features import COLUMNS, SEVERAL, Columns, columns_of
from bot.understanding.port import ModelAnswer

FIRST_LINE = b"lapor-acts 1\n"
_LARGEST_CONTENT_BYTES = 64_000_000
_SURE_CLAUSE = 0.65
_MAY_BE_SEVERAL = 0.04
_SURE_CLAUSE_OF_ONE = 0.98
"""How sure every clause must be of a message that as a whole is less likely than that to do several things; chosen, as
both others, on batches left out."""
_NEVER = -1e9
_PUTS_RIGHT, _SOMETHING_WRONG = "correct_", "correct_story"
_PROTECTS = frozenset({"want_secret", "want_anonymous"})
_ALIKE = (
    frozenset(f"{_PUTS_RIGHT}{what}" for what in ("place", "category", "time", "name", "type", "story")),
    _PROTECTS,
)
_SURE_OF_WHICH = 0.6
_BY_THE_WAY = frozenset({"small_talk"})
"""What a clause beside others may do without being heard for it."""


@dataclass(frozen=True, slots=True)
class ActsModel:
    """Weights by column and act. Nothing of it changes, so threads may share it.

    Attributes:
        acts: their names, in the order of the weights' columns.
        possible: which acts occur at each moment; at one that it does not know, all.
        sharpness: what scores are multiplied with, so that confidences are true.
        names: words of the names of places that it has learned with.
    """

    acts: tuple[str, ...]
    possible: Mapping[str, Collection[str]]
    sharpness: float
    names: frozenset[str]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    def hear(self, moment: str, text: str, reading: ModelAnswer) -> tuple[DialogueAct, ...]:
        """What a message does, in order: one act as a whole, or several by its clauses; never none.

        Args:
            moment: what was asked just before.
            text: the message.
            reading: what the compiled model makes of it.
        """
        shares, clauses = self._shares(moment, text, reading), clauses_of(text)
        if len(clauses) == 1:
            return (self._of_one_clause(shares, text),)
        whole = self._likeliest(shares, text)
        least = _SURE_CLAUSE_OF_ONE if float(shares[self.acts.index(SEVERAL)]) < _MAY_BE_SEVERAL else 0
        found: list[DialogueAct] = []
        for clause in clauses:
            found.append(self._likeliest(self._shares(moment, clause, reading), clause))
            if found[-1].confidence < least:
                return (whole,)
        sure = [one for one in found if one.confidence >= _SURE_CLAUSE and one.name not in _BY_THE_WAY]
        return _joined(sure) if len({one.name for one in sure}) > 1 else (whole,)

    def likely(self, moment: str, text: str, reading: ModelAnswer, most: int) -> tuple[tuple[str, float], ...]:
        """The likeliest acts of a message as a whole, each with its confidence, the likeliest first.

        Args:
            moment: what was asked just before.
            text: the message.
            reading: what the compiled model makes of it.
            most: how many; fewer where fewer occur at this moment.
        """
        shares = self._shares(moment, text, reading).tolist()
        possible = self.possible.get(moment) or self.acts
        ranked = sorted(zip(self.acts, shares, strict=True), key=lambda one: -one[1])
        return tuple((name, round(share, 4)) for name, share in ranked if name in possible and name != SEVERAL)[:most]

    def _of_one_clause(self, shares: npt.NDArray[np.float32], text: str) -> DialogueAct:
        """What a clause alone does, which is never several things.

        Where it puts something right or protects her, but which of those is open, they count together: that something
        is wrong is sure before what it is.
        """
        own = shares.copy()
        own[self.acts.index(SEVERAL)] = 0
        own /= own.sum()
        likeliest = self._likeliest(own, text)
        alike = next((family for family in _ALIKE if likeliest.name in family), frozenset())
        together = sum(float(own[self.acts.index(name)]) for name in alike if name in self.acts)
        if likeliest.name.startswith(_PUTS_RIGHT) and likeliest.confidence < _SURE_OF_WHICH <= together:
            return DialogueAct(_SOMETHING_WRONG, together, text)
        protects = likeliest.name in _PROTECTS
        return DialogueAct(likeliest.name, max(together, likeliest.confidence), text) if protects else likeliest

    def _likeliest(self, shares: npt.NDArray[np.float32], text: str) -> DialogueAct:
        single = shares.copy()
        single[self.acts.index(SEVERAL)] = 0
        first = int(single.argmax())
        return DialogueAct(self.acts[first], float(single[first]), text)

    def _shares(self, moment: str, text: str, reading: ModelAnswer) -> npt.NDArray[np.float32]:
        columns = columns_of(moment, text, self.names, reading)
        scores = scores_of(columns, self.weights, self.bias) * np.float32(self.sharpness)
        if possible := self.possible.get(moment):
            scores = np.where([name in possible or name == SEVERAL for name in self.acts], scores, np.float32(_NEVER))
        powers = np.exp(scores - scores.max())
        shares: npt.NDArray[np.float32] = powers / powers.sum()
        return shares


def scores_of(
    columns: Columns, weights: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """The score of each act; a message of many grams counts as much as one of few."""
    value = np.float32(1 / np.sqrt(max(1, len(columns))))
    scores: npt.NDArray[np.float32] = weights[columns].sum(axis=0) * value + bias
    return scores


def _joined(acts: Sequence[DialogueAct]) -> tuple[DialogueAct, ...]:
    """Neighbours that do the same as one, and what is put right with what it shall be: "bukan Waru, Petung"."""
    joined: list[DialogueAct] = []
    for one in acts:
        before = joined.pop() if joined and _goes_on(joined[-1].name, one.name) else None
        surest = max(before.confidence, one.confidence) if before else one.confidence
        joined.append(DialogueAct(before.name, surest, f"{before.words}, {one.words}") if before else one)
    return tuple(joined)


def _goes_on(before: str, following: str) -> bool:
    return before == following or (before.startswith("correct_") and following == "answer")


def packed(model: ActsModel) -> bytes:
    """The bytes of its file."""
    told = {
        "acts": list(model.acts),
        "possible": {moment: sorted(acts) for moment, acts in sorted(model.possible.items())},
        "sharpness": round(model.sharpness, 6),
        "names": sorted(model.names),
    }
    return weights_file.packed(FIRST_LINE, told, model.weights, model.bias)


def unpacked(whole: bytes) -> ActsModel:
    """The model in the bytes of a file that is trusted.

    Raises:
        UnusableWeights: they make no sense.
    """
    told, weights, bias = weights_file.unpacked(FIRST_LINE, whole, COLUMNS, _LARGEST_CONTENT_BYTES)
    return ActsModel(
        acts=tuple(told["acts"]),
        possible={moment: frozenset(acts) for moment, acts in told["possible"].items()},
        sharpness=float(told["sharpness"]),
        names=frozenset(told["names"]),
        weights=weights,
        bias=bias,
    )
