"""The channels that are installed: every entry point of the group `lapor.channels`, ours and others', checked."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from actions.cases.outcome import is_reachable
from bot.channels.declaration import AnyChannel, ChannelDeclaration
from bot.configuration.settings import ChannelSettings, Settings, in_environment, read
from bot.conversation.screen import Line
from bot.messaging.abilities import Abilities
from bot.shipped import PROJECT

GROUP: Final = "lapor.channels"
DISTRIBUTION: Final = "lapor"
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,14}")
NO_ABILITIES: Final = Abilities()


class BrokenChannel(Exception):
    """A channel that is installed declares itself in a way that cannot be; the message says which, and the mend."""


@dataclass(frozen=True, slots=True)
class InstalledChannels:
    """The declarations, ours first."""

    declarations: tuple[AnyChannel, ...]

    def __post_init__(self) -> None:
        """Check that they can stand beside each other.

        Raises:
            BrokenChannel: one cannot.
        """
        for declaration in self.declarations:
            if not NAME.fullmatch(declaration.name) or not is_reachable(declaration.name):
                raise BrokenChannel(
                    f"A channel cannot be called {declaration.name!r}: take 1 to 15 small letters, digits and _, "
                    "and none of the names under which officers and other systems file"
                )
            for field in {*declaration.settings.opened_by} - declaration.settings.model_fields.keys():
                raise BrokenChannel(f"The channel {declaration.name} is opened by {field}, which is no setting of it")
        fields = (field for one in self.declarations for field in one.settings.model_fields)
        settings = [in_environment(field) for field in (*Settings.model_fields, *fields)]
        routes = [route for one in self.declarations for route in one.routes]
        for what, named in (("name", self.names), ("setting", settings), ("route", routes)):
            if twice := [name for name, times in Counter(named).items() if times > 1]:
                raise BrokenChannel(f"The {what} {twice[0]} is declared twice: rename or uninstall one of the channels")

    @property
    def names(self) -> tuple[str, ...]:
        """What they are called."""
        return tuple(one.name for one in self.declarations)

    @property
    def labels(self) -> Mapping[str, Line]:
        """The text that names each of them to people."""
        return {one.name: one.label for one in self.declarations}

    @property
    def settings(self) -> Sequence[type[ChannelSettings]]:
        """The settings that each of them reads."""
        return tuple(one.settings for one in self.declarations)

    @property
    def routes(self) -> frozenset[str]:
        """Method and path of everything that they take, whether they are open or not."""
        return frozenset(route for one in self.declarations for route in one.routes)

    @property
    def with_talks_in_outbox(self) -> frozenset[str]:
        """Those whose talks are shown from the rows of inbox and outbox."""
        return frozenset(one.name for one in self.declarations if one.abilities.keeps_talk_in_outbox)

    def abilities_of(self, name: str) -> Abilities:
        """What this channel can; the least where none of this name is installed."""
        return next((one.abilities for one in self.declarations if one.name == name), NO_ABILITIES)

    def texts(self, language: str) -> Sequence[str]:
        """The texts that channels bring in this language.

        Raises:
            BrokenChannel: one brings texts, and none in this language.
        """
        for one in self.declarations:
            if one.texts and language not in one.texts:
                raise BrokenChannel(f"The channel {one.name} has no texts in {language!r}: add them to its declaration")
        return [one.texts[language] for one in self.declarations if one.texts]

    def check_labels(self, keys: frozenset[str], language: str) -> None:
        """Make sure that each channel has a name for people in this language, which has these texts.

        Raises:
            BrokenChannel: one has none.
        """
        for one in self.declarations:
            if one.label.key not in keys:
                raise BrokenChannel(f"The channel {one.name} has no text {one.label.key} in {language!r}: add it")

    def read_settings(self) -> Mapping[str, ChannelSettings]:
        """The settings in force, by the name of the channel.

        Raises:
            WrongSetting: the first one that cannot be used.
        """
        return {one.name: read(one.settings) for one in self.declarations}


@cache
def installed_channels() -> InstalledChannels:
    """Find them, once in a process.

    Raises:
        BrokenChannel: one cannot be loaded, or not stand beside the others.
    """
    return InstalledChannels(tuple(map(load, (*_ours(), *_others()))))


def _ours() -> Iterator[EntryPoint]:
    """As `pyproject.toml` names them where it lies beside the program; what was installed may be older than that."""
    project = PROJECT / "pyproject.toml"
    if not project.exists():
        yield from _of_distribution(ours=True)
        return
    declared = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["entry-points"][GROUP]
    for name, value in declared.items():
        yield EntryPoint(name, value, GROUP)


def _others() -> Iterator[EntryPoint]:
    return _of_distribution(ours=False)


def _of_distribution(*, ours: bool) -> Iterator[EntryPoint]:
    for point in entry_points(group=GROUP):
        if (point.dist is not None and point.dist.name == DISTRIBUTION) is ours:
            yield point


def load(point: EntryPoint) -> AnyChannel:
    """The declaration that an entry point names.

    Raises:
        BrokenChannel: it names none.
    """
    try:
        found = point.load()
    except (ImportError, AttributeError) as error:
        raise BrokenChannel(
            f"The channel {point.name} cannot be loaded from {point.value} ({type(error).__name__}: {error}): "
            "install what it needs, or uninstall it"
        ) from error
    if not isinstance(found, ChannelDeclaration):
        raise BrokenChannel(f"The channel {point.name} at {point.value} is no ChannelDeclaration: mend its entry point")
    if found.name != point.name:
        raise BrokenChannel(f"The entry point {point.name} declares a channel called {found.name}: give both one name")
    return found
