"""Loads a regency from its folder of files. The only door: what comes through it has been checked.

Another regency is another folder with the same files; what a folder lacks of `FALLING_BACK` comes from the
project's own data.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from actions.privacy.retention import read_retention
from actions.regency.answers import ANSWERS, read_answer_templates
from actions.regency.checks import wrong_agencies, wrong_categories, wrong_rules
from actions.regency.deadlines import read_deadlines, read_templates
from actions.regency.declaration import WrongDeclaration, phrase
from actions.regency.holidays import read_holidays
from actions.regency.model import Regency, Region
from actions.regency.outlines import read_outlines
from actions.regency.prices import FILE as PRICES
from actions.regency.prices import read_prices
from actions.regency.publication import read_publication
from actions.regency.regions import is_within
from actions.regency.rows import (
    read_agencies,
    read_categories,
    read_hotlines,
    read_limits,
    read_nearby,
    read_rules,
)
from actions.regency.settings import TomlTable, read_settings
from actions.regency.sp4n import FILE as SP4N
from actions.regency.sp4n import read_sp4n

FALLING_BACK = (
    "limits.toml",
    "deadlines.toml",
    "holidays.toml",
    "empty_phrases.toml",
    "nearby.toml",
    "retention.toml",
    "publication.toml",
    ANSWERS,
    PRICES,
    SP4N,
)
OLD_NAMES = {"empty_phrases.toml": "templates.toml"}
"""What a regency's own file may still be called."""


def load(config_dir: Path, defaults_dir: Path) -> Regency:
    """Reads and checks a regency's declarations.

    Args:
        config_dir: the regency's folder (`LAPOR_CONFIG_DIR`).
        defaults_dir: the project's own data folder.

    Raises:
        WrongDeclaration: the first thing in the files that cannot stand.
    """
    about = read_settings(config_dir / "regency.toml")
    code, languages = about.words("code"), _languages(about)
    own, neighbours = _regions(config_dir / "regions.geojson", code)
    categories = read_categories(config_dir / "categories.csv", languages)
    _refuse(wrong_categories(categories, config_dir / "categories.csv"))
    leaves = [category.slug for category in categories.values() if category.parent is not None]
    agencies = read_agencies(config_dir / "agencies.csv", own, leaves)
    _refuse(wrong_agencies(agencies, config_dir / "agencies.csv"))
    files = [found(name, config_dir, defaults_dir) for name in FALLING_BACK]
    limits, deadlines, holidays, templates, nearby, retention, publication, answers, prices, sp4n = files
    regency = Regency(
        code=code,
        name=about.words("name"),
        time_zone=_time_zone(about),
        languages=languages,
        categories=categories,
        agencies=agencies,
        rules=read_rules(config_dir / "routing.csv", categories, own, agencies),
        hotlines=read_hotlines(config_dir / "hotlines.csv"),
        regions=own,
        neighbours=neighbours,
        deadlines=read_deadlines(deadlines, leaves),
        limits=read_limits(limits),
        holidays=read_holidays(holidays),
        templates=read_templates(templates),
        nearby=read_nearby(nearby),
        retention=read_retention(retention, defaults_dir / "retention.toml"),
        publication=read_publication(publication),
        answers=read_answer_templates(answers, leaves, agencies) if answers.parent.parent == config_dir else (),
        prices=read_prices(prices),
        sp4n=read_sp4n(sp4n, leaves, agencies),
    )
    _refuse(wrong_rules(regency, config_dir))
    return regency


def _refuse(wrongs: Iterator[WrongDeclaration]) -> None:
    for first in wrongs:
        raise first


def found(name: str, config_dir: Path, defaults_dir: Path) -> Path:
    """The regency's own file, or the project's where it has none."""
    own = (config_dir / one for one in (name, OLD_NAMES.get(name, name)) if (config_dir / one).exists())
    return next(own, defaults_dir / name)


def _languages(about: TomlTable) -> tuple[str, ...]:
    languages = about.listed("languages")
    if not languages:
        raise about.wrong("languages", phrase("no language is named"), phrase('write languages = ["id", "en"]'))
    return languages


def _time_zone(about: TomlTable) -> ZoneInfo:
    name = about.words("time_zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        mend = phrase("write Asia/Jakarta, Asia/Makassar or Asia/Jayapura")
        raise about.wrong("time_zone", phrase("'{name}' is no time zone", name=name), mend) from None


def _regions(file: Path, code: str) -> tuple[dict[str, Region], tuple[Region, ...]]:
    """The regency's own regions by code, and the others of the file."""
    every = read_outlines(file)
    if code not in every:
        what = phrase("the regency's own code '{code}' is not there", code=code)
        raise WrongDeclaration(file, 1, what, phrase("put its outline there, or mend the code in regency.toml"))
    own = {region.code: region for region in every.values() if is_within(region.code, code)}
    return own, tuple(region for region in every.values() if region.code not in own)
