"""How far trainers agree beyond chance: Krippendorff's alpha, over all labels and for each category. Pure.

Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability". 1 is perfect agreement, 0 is what chance gives;
below 0.667 he advises to draw no conclusions at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import eq

from actions.store.training.labels import SaidLabel

FEWEST_PAIRS = 5
"""With fewer messages that two have labelled, a number would say more than is known."""
TENTATIVE, RELIABLE = 0.667, 0.8


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one category, or of everything (`name` is ""). `alpha` is None while there is too little to say.

    Attributes:
        messages: that two or more trainers labelled, and of which at least one called it this.
        differing: of these, on how many they differ.
    """

    name: str
    messages: int
    differing: int
    alpha: float | None


def agreements(said: Iterable[SaidLabel]) -> list[Agreement]:
    """Everything first, then each label that somebody gave, the least agreed first."""
    units = [unit for unit in _by_sample(said).values() if len(unit) > 1]
    names = Counter(name for unit in units for name in set(unit.values()))
    each = [_agreement(name, units, partial(eq, name)) for name in names]
    each.sort(key=lambda one: (one.alpha is None, one.alpha or 0.0, one.name))
    return [_agreement("", units, str), *each] if units else []


def _by_sample(said: Iterable[SaidLabel]) -> Mapping[int, dict[str, str]]:
    found = defaultdict[int, dict[str, str]](dict)
    for one in said:
        found[one.sample][one.who] = one.category or one.intent
    return found


def _agreement(name: str, units: Sequence[Mapping[str, str]], value: Callable[[str], Hashable]) -> Agreement:
    about = [unit for unit in units if not name or name in unit.values()]
    differing = sum(len(set(unit.values())) > 1 for unit in about)
    enough = len(about) >= FEWEST_PAIRS
    return Agreement(name, len(about), differing, alpha(units, value) if enough else None)


def alpha(units: Sequence[Mapping[str, str]], value: Callable[[str], Hashable] = str) -> float | None:
    """Krippendorff's alpha for nominal values, any number of raters and missing ratings.

    With n values in units that at least two rated, n_c of them being c, and m_u values in unit u, n_uc of them being c:

        alpha = 1 - (n - 1) * (n - sum_u sum_c n_uc * (n_uc - 1) / (m_u - 1)) / (n * n - sum_c n_c * n_c)

    (Krippendorff 2011, section C: the observed over the expected disagreement, from the coincidences.)

    Args:
        units: of each message, what each trainer who labelled it said.
        value: what of a label is compared.

    Returns:
        The alpha to four digits; None where all values are the same, so that chance cannot differ.
    """
    counted = [Counter(value(label) for label in unit.values()) for unit in units if len(unit) > 1]
    totals = sum(counted, Counter[Hashable]())
    size = totals.total()
    if len(totals) < 2:  # noqa: PLR2004 - with one value chance cannot differ
        return None
    agreeing = sum(sum(n * (n - 1) for n in unit.values()) / (unit.total() - 1) for unit in counted)
    by_chance = size * size - sum(n * n for n in totals.values())
    return round(1 - (size - 1) * (size - agreeing) / by_chance, 4)
