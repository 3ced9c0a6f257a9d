"""The public numbers as open data: tables as CSV, and their description as DCAT in JSON-LD. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from actions.regency.model import Regency
from bot.web.public.statistics.reading import TABLES, Statistics
from bot.web.public.statistics.view import Voice
from bot.web.public.statistics.words import COLUMNS, TITLES
from bot.web.trainer.models.csv import Cell

VILLAGES: Final = "village"
FILES: Final = (*TABLES, VILLAGES)
CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def csv_of(statistics: Statistics, name: str, voice: Voice) -> Iterator[Sequence[Cell]]:
    """A table; a cell that is withheld is empty, and the row of what is put together has the code "other"."""
    if name == VILLAGES:
        yield ("code", "name", "received")
        for code, received in sorted(statistics.villages.items()):
            yield (code, voice.key("village", code), received)
        return
    yield ("code", "name", *COLUMNS)
    for row in statistics.published.tables.get(name, ()):
        numbers = [getattr(row.shown, column) for column in COLUMNS]
        yield ("other" if row.is_rest else row.key or "", voice.name(name, row), *numbers)
    if statistics.published.whole:
        yield ("total", "", *(getattr(statistics.published.whole, column) for column in COLUMNS))


def description(statistics: Statistics, regency: Regency, base: str, voice: Voice, title: str) -> Mapping[str, Any]:
    """The catalogue of a year's tables.

    Source: Data Catalog Vocabulary (DCAT) Version 3, W3C Recommendation of 22 August 2024.
    """
    year = statistics.period.first[:4]
    publisher = {"@type": "foaf:Agent", "foaf:name": regency.name}
    return {
        "@context": CONTEXT,
        "@id": f"{base}/statistik/data.jsonld?tahun={year}",
        "@type": "dcat:Catalog",
        "dct:title": title,
        "dct:publisher": publisher,
        "dct:language": voice.language,
        "foaf:homepage": {"@id": f"{base}/statistik?tahun={year}"},
        "dcat:dataset": [_dataset(statistics, name, base, publisher, voice) for name in FILES],
    }


def _dataset(
    statistics: Statistics, name: str, base: str, publisher: Mapping[str, str], voice: Voice
) -> Mapping[str, Any]:
    year = statistics.period.first[:4]
    address = f"{base}/statistik/{name}.csv?tahun={year}"
    return {
        "@id": f"{address}#data",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{name}-{year}",
        "dct:title": f"{voice.say(TITLES[name])} {year}",
        "dct:publisher": publisher,
        "dct:modified": {"@type": "xsd:date", "@value": statistics.as_of.isoformat()},
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/DAILY"},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@type": "xsd:date", "@value": f"{year}-01-01"},
            "dcat:endDate": {"@type": "xsd:date", "@value": f"{year}-12-31"},
        },
        "dct:spatial": {"@type": "dct:Location", "dct:identifier": voice.regency.code},
        "dcat:landingPage": {"@id": f"{base}/statistik?tahun={year}"},
        "dcat:distribution": {
            "@id": address,
            "@type": "dcat:Distribution",
            "dcat:downloadURL": {"@id": address},
            "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/text/csv"},
        },
    }
