"""Nothing is sent into a private network that the settings do not name, however its address is written."""

from __future__ import annotations

import socket
from typing import cast

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.integrations.webhooks.addresses import Allowed, GuardedResolver, WrongHook, WrongNetwork, may_connect

PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.1.2.3",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "nonsense",
]
PUBLIC = ["1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_number_is_not_connected_to(address: str) -> None:
    assert not Allowed().lets(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_number_is(address: str) -> None:
    assert Allowed().lets(address)


def test_a_network_that_the_settings_name_is_and_no_other() -> None:
    allowed = Allowed.of(["10.1.0.0/16", "192.168.7.7"])
    numbers = ("10.1.9.9", "::ffff:10.1.9.9", "192.168.7.7", "10.2.0.1", "192.168.7.8", "127.0.0.1")
    assert [allowed.lets(number) for number in numbers] == [True, True, True, False, False, False]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a",
        "https://127.0.0.1:8080/a",
        "https://[::1]/a",
        "https://[::ffff:10.0.0.1]/a",
        "https://169.254.169.254/latest",
        "https://127.1/a",
        "https://0x7f000001/a",
        "https://2130706433/a",
        "http://example.org/a",
        "ftp://example.org/a",
        "https:///a",
        "https://name:word@example.org/a",
        "https://example.org:99999/a",
        "nonsense",
        "https://example.org/" + "a" * 500,
    ],
)
def test_an_address_that_nothing_is_sent_to_is_not_taken(url: str) -> None:
    with pytest.raises(WrongHook):
        Allowed().check(url)


def test_an_address_of_the_open_internet_is_taken() -> None:
    assert Allowed().check("https://example.org:8443/a?b=c") == "https://example.org:8443/a?b=c"
    assert Allowed.of(["10.0.0.0/8"]).check("http://10.1.2.3:8080/a") == "http://10.1.2.3:8080/a"


def test_a_number_that_was_allowed_once_is_looked_at_again() -> None:
    assert may_connect("http://10.1.2.3/a", Allowed.of(["10.0.0.0/8"]))
    assert not may_connect("http://10.1.2.3/a", Allowed())


@pytest.mark.parametrize("name", ["10.0.0.0/99", "kantor"])
def test_what_is_no_network_is_refused(name: str) -> None:
    with pytest.raises(WrongNetwork, match="LAPOR_HOOK_NETWORKS"):
        Allowed.of([name])


class Names(AbstractResolver):
    """Knows one name."""

    def __init__(self, *numbers: str) -> None:
        self.numbers = numbers

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [cast("ResolveResult", {"host": number, "hostname": host, "port": port}) for number in self.numbers]

    async def close(self) -> None:
        pass


async def test_of_a_name_only_the_numbers_that_may_be_connected_to_are_given() -> None:
    found = await GuardedResolver(Allowed(), Names("10.0.0.1", "1.1.1.1", "::1")).resolve("example.org", 443)
    assert [one["host"] for one in found] == ["1.1.1.1"]


async def test_unencrypted_only_the_named_networks_are_sent_to() -> None:
    allowed = Allowed.of(["10.0.0.0/8"])
    with pytest.raises(WrongHook, match="not to be sent to unencrypted"):
        allowed.check("http://1.1.1.1/a")
    names = Names("10.0.0.1", "1.1.1.1")
    found = [await GuardedResolver(allowed.over(scheme), names).resolve("example.org") for scheme in ("https", "http")]
    assert [[one["host"] for one in numbers] for numbers in found] == [["10.0.0.1", "1.1.1.1"], ["10.0.0.1"]]


async def test_a_name_that_leads_only_into_the_house_leads_nowhere() -> None:
    with pytest.raises(OSError, match="no address of this host"):
        await GuardedResolver(Allowed(), Names("127.0.0.1", "::1")).resolve("example.org", 443)
