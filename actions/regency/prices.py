"""What messages cost: the prices of `prices.toml`, by channel and by the kind of unit that its gateway bills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from actions.regency.declaration import phrase
from actions.regency.settings import TomlTable, read_settings

FILE: Final = "prices.toml"
CURRENCY: Final = "currency"
FREE: Final = "free"
CEILING: Final = "ceiling"


class BilledKind(Protocol):
    """So many units of a kind."""

    @property
    def channel(self) -> str:
        """Whose."""
        ...

    @property
    def kind(self) -> str:
        """Of what is billed."""
        ...

    @property
    def units(self) -> int:
        """How many."""
        ...


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of a regency; what has none is counted and not priced.

    Attributes:
        currency: by its code of ISO 4217.
        per_unit: in that currency, by (channel, kind).
        free: by channel, so many messages a month that its provider does not bill.
        ceilings: by channel, what a month may cost before notices wait; answers are never held back.
    """

    currency: str = "IDR"
    per_unit: Mapping[tuple[str, str], float] = field(default_factory=dict)
    free: Mapping[str, int] = field(default_factory=dict)
    ceilings: Mapping[str, float] = field(default_factory=dict)

    def of(self, channel: str, kind: str, units: int) -> float | None:
        """What so many units cost; None where no price is known."""
        price = self.per_unit.get((channel, kind))
        return None if price is None else price * units

    def cost_of(self, channel: str, billed: Iterable[BilledKind]) -> float:
        """What a channel has cost, as far as prices are known."""
        return sum(self.of(channel, one.kind, one.units) or 0.0 for one in billed if one.channel == channel)


def read_prices(file: Path) -> Prices:
    """The prices of a file.

    Raises:
        WrongDeclaration: a price is no number from 0.
    """
    settings = read_settings(file)
    per_unit = dict[tuple[str, str], float]()
    for channel in settings.values.keys() - {CURRENCY, FREE, CEILING}:
        per_unit |= {(channel, kind): price for kind, price in _numbers(settings, channel).items()}
    free = {channel: int(count) for channel, count in _numbers(settings, FREE).items()}
    return Prices(settings.words(CURRENCY), per_unit, free, _numbers(settings, CEILING))


def _numbers(settings: TomlTable, name: str) -> dict[str, float]:
    """The numbers of a table; none where it is not there."""
    if name not in settings.values:
        return {}
    table, numbers = settings.table(name), dict[str, float]()
    for kind, price in table.values.items():
        if isinstance(price, bool) or not isinstance(price, int | float) or price < 0:
            what = phrase("'{kind}' of [{channel}] is no price", kind=kind, channel=name)
            raise table.wrong(kind, what, phrase("write {kind} = 350", kind=kind))
        numbers[kind] = float(price)
    return numbers
