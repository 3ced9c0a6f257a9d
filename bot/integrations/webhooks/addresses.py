"""Where may be sent to: the open internet, and of what is private only the networks that the settings name.

Looked at when an address is added, and again in each connection, by the very numbers that it is made to: a name that
leads elsewhere by then leads nowhere.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

LONGEST_URL: Final = 500


class WrongHook(ValueError):
    """An address that nothing is sent to; the message says why."""


class WrongNetwork(ValueError):
    """LAPOR_HOOK_NETWORKS names something that is no network; the message says which."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Where may be sent to: these networks, and with `is_open` the open internet."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    is_open: bool = True

    @classmethod
    def of(cls, names: Iterable[str]) -> Allowed:
        """These networks.

        Raises:
            WrongNetwork: one of them is none.
        """
        try:
            return cls(tuple(ip_network(name, strict=False) for name in names))
        except ValueError as error:
            raise WrongNetwork(f"LAPOR_HOOK_NETWORKS: {error}; name networks, as 10.1.0.0/16,192.0.2.7") from error

    def over(self, scheme: str) -> Allowed:
        """Where may be sent to in this way: unencrypted into these networks only."""
        return self if scheme == "https" else replace(self, is_open=False)

    def lets(self, address: str) -> bool:
        """Whether this number may be connected to."""
        try:
            known = _plain(ip_address(address.partition("%")[0]))
        except ValueError:
            return False
        if any(known in network for network in self.networks):
            return True
        return self.is_open and known.is_global and not (known.is_multicast or known.is_reserved)

    def check(self, url: str) -> str:
        """The address as it is kept.

        Raises:
            WrongHook: it is none, or certainly none that may be sent to.
        """
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            raise WrongHook(f"{url} is no address") from None
        if parts.scheme not in {"http", "https"} or not host or len(url) > LONGEST_URL or parts.username:
            raise WrongHook(f"{url} is no address to send to: https://HOST/PATH, without a name or password in it")
        if parts.scheme == "http" and not self.networks:
            raise WrongHook(f"{url} would carry citizens' words unencrypted: use https://")
        if not may_connect(url, self):
            raise WrongHook(f"{host} is private, or not to be sent to unencrypted; LAPOR_HOOK_NETWORKS names networks")
        return url


@dataclass(slots=True)
class GuardedResolver(AbstractResolver):
    """Finds the numbers of a name, and gives only those that may be connected to."""

    allowed: Allowed
    inner: AbstractResolver

    @classmethod
    def on(cls, allowed: Allowed) -> GuardedResolver:
        """A resolver that asks this machine's own and refuses addresses that are not allowed."""
        return cls(allowed, ThreadedResolver())

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The numbers of a name.

        Raises:
            OSError: there are none, or none that may be connected to.
        """
        found = await self.inner.resolve(host, port, family)
        allowed = _allowed(found, self.allowed)
        if not allowed:
            raise OSError("no address of this host may be sent to")
        return allowed

    async def close(self) -> None:
        """Closes the resolver."""
        await self.inner.close()


def _allowed(found: Sequence[ResolveResult], allowed: Allowed) -> list[ResolveResult]:
    return [one for one in found if allowed.lets(one["host"])]


def may_connect(url: str, allowed: Allowed) -> bool:
    """Whether a host that is a number may be sent to; names are looked at when they are resolved."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return not _is_number(host) or allowed.over(parts.scheme).lets(host)


def _is_number(host: str) -> bool:
    """Also one that only resolvers take for a number, as 127.1 or 0x7f000001."""
    try:
        ip_address(host)
    except ValueError:
        return host.replace(".", "").replace("x", "").isalnum() and host.rpartition(".")[2][:1].isdigit()
    return True


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address of version 4 that one of version 6 stands for."""
    if isinstance(address, IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        in_nat = IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
        return inside or in_nat or address
    return address


_NAT64: Final = ip_network("64:ff9b::/96")
