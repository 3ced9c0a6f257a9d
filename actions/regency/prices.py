"""What messages cost: the prices of `prices.toml`, by channel and by the kind of unit that its gateway bills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from actions.regency.declaration import phrase
from actions.regency.settings import read_settings

FILE: Final = "prices.toml"
CURRENCY: Final = "currency"


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of a regency; what has none is counted and not priced.

    Attributes:
        currency: by its code of ISO 4217.
        per_unit: in that currency, by (channel, kind).
    """

    currency: str = "IDR"
    per_unit: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def of(self, channel: str, kind: str, units: int) -> float | None:
        """What so many units cost; None where no price is known."""
        price = self.per_unit.get((channel, kind))
        return None if price is None else price * units


def read_prices(file: Path) -> Prices:
    """The prices of a file.

    Raises:
        WrongDeclaration: a price is no number from 0.
    """
    settings = read_settings(file)
    per_unit = dict[tuple[str, str], float]()
    for channel in settings.values.keys() - {CURRENCY}:
        table = settings.table(channel)
        for kind, price in table.values.items():
            if isinstance(price, bool) or not isinstance(price, int | float) or price < 0:
                what = phrase("'{kind}' of [{channel}] is no price", kind=kind, channel=channel)
                raise table.wrong(kind, what, phrase("write {kind} = 350", kind=kind))
            per_unit[channel, kind] = float(price)
    return Prices(settings.words(CURRENCY), per_unit)
