"""Which channels there are: found by their entry points, refused where they cannot stand beside each other."""

from __future__ import annotations

import ast
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from fastapi import APIRouter

from bot.channels.declaration import ChannelDeclaration, OpenChannel
from bot.configuration.settings import HOME, ChannelSettings
from bot.conversation.screen import line
from bot.main.channels import check_opened
from bot.main.installed_channels import GROUP, BrokenChannel, InstalledChannels, installed_channels, load
from bot.messaging.abilities import Abilities
from bot.messaging.ports import Channel
from tests.fakes.channels import RememberingChannel
from tests.talks.world import declared

OURS = installed_channels()
PLAIN = ChannelDeclaration("pigeon", line("desk-channel-web"), Abilities(), ChannelSettings)


class OtherSettings(ChannelSettings):
    http_port: str | None = None


FAMILIES = {"meta": {"whatsapp"}}
"""Folders with the channels of one provider, which share its webhook; any other is named after its one channel."""


def test_every_folder_of_a_channel_declares_one_of_its_name() -> None:
    folders = {file.parent.name for file in (HOME / "bot/channels").glob("*/__init__.py")}
    assert set(OURS.names) == set().union(*(FAMILIES.get(folder, {folder}) for folder in folders))


@pytest.mark.parametrize("name", ["", "Pigeon", "two words", "a:b", "!left", "counter", "api-roads", "a" * 16])
def test_some_names_are_no_names(name: str) -> None:
    with pytest.raises(BrokenChannel, match="cannot be called"):
        InstalledChannels((replace(PLAIN, name=name),))


class UnknownField(ChannelSettings):
    opened_by = ("pigeon_loft",)


def test_a_channel_is_opened_by_settings_that_it_has() -> None:
    with pytest.raises(BrokenChannel, match="opened by pigeon_loft"):
        InstalledChannels((replace(PLAIN, settings=UnknownField),))


def routed(path: str) -> list[APIRouter]:
    router = APIRouter()
    router.add_api_route(path, lambda: "coo", methods=["POST"])
    return [router]


@pytest.mark.parametrize(
    ("channel", "routers", "why"),
    [
        (RememberingChannel(name="dove", plain=True), [], "sends under the name dove"),
        (RememberingChannel(name="pigeon", plain=False), [], "buttons"),
        (RememberingChannel(name="pigeon", plain=True), routed("/loft"), "takes POST /loft, which it does not declare"),
    ],
)
def test_an_open_channel_is_what_it_declares(channel: Channel, routers: list[APIRouter], why: str) -> None:
    declaration = replace(PLAIN, routes=frozenset({"POST /pigeon"}))
    with pytest.raises(BrokenChannel, match=f"The channel pigeon .*{why}"):
        check_opened(declaration, OpenChannel(channel, routers))
    check_opened(declaration, OpenChannel(RememberingChannel(name="pigeon", plain=True), routed("/pigeon")))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"name": OURS.names[0]}, "name"),
        ({"routes": frozenset({"POST /sms"})}, "route POST /sms"),
        ({"settings": OtherSettings}, "setting LAPOR_HTTP_PORT"),
    ],
)
def test_nothing_is_declared_twice(changes: dict[str, object], what: str) -> None:
    with pytest.raises(BrokenChannel, match=f"The {what} .*declared twice"):
        InstalledChannels((*OURS.declarations, replace(PLAIN, **changes)))


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("nowhere.at_all:CHANNEL", "cannot be loaded"),
        ("bot.channels.sms.declaration:NOTHING", "cannot be loaded"),
        ("bot.channels.sms.channel:SmsChannel", "no ChannelDeclaration"),
        ("bot.channels.sms.declaration:SMS", "declares a channel called sms"),
    ],
)
def test_an_entry_point_that_declares_nothing_is_named(value: str, why: str) -> None:
    with pytest.raises(BrokenChannel, match=f"pigeon.*{why}"):
        load(EntryPoint("pigeon", value, GROUP))


def test_a_channel_without_a_name_for_people_is_refused() -> None:
    nameless = InstalledChannels((replace(PLAIN, label=line("desk-channel-pigeon")),))
    with pytest.raises(BrokenChannel, match="pigeon has no text desk-channel-pigeon in 'id'"):
        nameless.check_labels(declared().texts.keys("id"), "id")
    silent = InstalledChannels((replace(PLAIN, texts={"en": "desk-channel-pigeon = Pigeon"}),))
    with pytest.raises(BrokenChannel, match="no texts in 'id'"):
        silent.texts("id")


def test_a_name_that_nobody_has_can_do_the_least() -> None:
    assert OURS.abilities_of("api-roads") == Abilities()


# Nothing else knows a channel by name --------------------------------------------------------------------------


IMPORTS = {
    "bot/main/terminal.py": "`lapor chat` is the terminal's own command and process",
    "bot/cli/whatsapp.py": "`lapor whatsapp` prints that channel's templates, and compares them",
}
"""Modules outside a channel's folder and the web's pages that import a channel, and why."""
NAMES = {
    "actions/people/people.py": "people of the service have accounts of STAFF_CHANNEL, or are told by MAIL_CHANNEL",
    "actions/store/people/people.py": "the column of these accounts",
    "actions/store/engine/tables.py": "notices to browsers, and the index that their pages are read by: BROWSERS",
    "actions/store/migrations": "what was stored by then",
    "bot/cli/officer.py": "people's accounts of that channel, as JSON",
    "bot/cli/main.py": "the command `lapor whatsapp`",
    "bot/cli/rule.py": "where a rule was changed: at a terminal, not in a talk",
    "bot/cli/serving.py": "who works at a terminal, not in a talk",
    "bot/main/single_process.py": "the lock of `lapor chat`, whose name is kept",
    "bot/observability/logs.py": "a library of that name, whose log is kept short",
    "bot/cli/export.py": "how a file is opened that must be new",
    "bot/integrations/webhooks/addresses.py": "how a number begins that is written in sixteens",
    "bot/integrations/open311/openapi.py": "a field of GeoReport v2, which is not read",
    "bot/ops/demo/cast.py": "the channel of the demo's cases",
    "bot/web": "the web's own pages",
}
"""Modules outside a channel's folder that write the name of one, and why."""


def test_nothing_else_imports_a_channel() -> None:
    imports = [f"bot.channels.{name}" for name in (*OURS.names, *FAMILIES)]
    found = {
        str(file.relative_to(HOME))
        for folder in ("bot", "actions")
        for file in (HOME / folder).rglob("*.py")
        if any(one in file.read_text(encoding="utf-8") for one in imports)
    }
    pages = {file for file in found if file.startswith(("bot/web/", "bot/main/web_"))}
    of_channels = {file for file in found if Path(file).is_relative_to("bot/channels")}
    assert found - pages - of_channels == set(IMPORTS)


@pytest.mark.thorough
def test_nothing_else_writes_the_name_of_a_channel() -> None:
    files = [file for folder in ("bot", "actions") for file in (HOME / folder).rglob("*.py")]
    found = {
        str(file.relative_to(HOME))
        for file in files
        if not file.is_relative_to(HOME / "bot/channels") and set(OURS.names) & set(strings(file))
    }
    assert {file for file in found if not file.startswith(tuple(NAMES))} == set()


def strings(file: Path) -> list[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
