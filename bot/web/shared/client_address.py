"""Whose request this is: the address it came from, through proxies that are trusted and no others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from starlette.requests import Request

from bot.web.shared.health import is_loopback

LOCAL = "loopback"
"""What stands for this machine itself, which no limit of addresses holds up."""
SHARED_BITS_OF_IPV6 = 64
"""A household has a whole network of this size; its addresses count as one."""


class WrongProxy(ValueError):
    """LAPOR_TRUSTED_PROXIES names something that is no address; the message says which."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Reads addresses. `trusted`: whose forwarding headers count (LAPOR_TRUSTED_PROXIES)."""

    trusted: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def trusting(cls, proxies: Iterable[str]) -> Addresses:
        """Trust these addresses and networks.

        Raises:
            WrongProxy: one of them is neither.
        """
        try:
            return cls(tuple(ip_network(proxy, strict=False) for proxy in proxies))
        except ValueError as error:
            raise WrongProxy(
                f"LAPOR_TRUSTED_PROXIES: {error}; name addresses or networks, as 10.0.0.1,10.1.0.0/16"
            ) from error

    def of(self, request: Request) -> str:
        """The citizen's address; `LOCAL` for this machine itself, "" where it is not known."""
        peer = request.client.host if request.client else ""
        if not self.is_trusted(peer):
            return LOCAL if is_loopback(request) else counted_address(peer)
        forwarded = [part.strip() for part in ",".join(request.headers.getlist("x-forwarded-for")).split(",")]
        return counted_address(self._first_untrusted(forwarded) or peer)

    def is_secure(self, request: Request) -> bool:
        """Whether the citizen's browser speaks TLS, to us or to a trusted proxy."""
        if request.url.scheme == "https":
            return True
        peer = request.client.host if request.client else ""
        return self.is_trusted(peer) and request.headers.get("x-forwarded-proto", "").strip().lower() == "https"

    def _first_untrusted(self, chain: Sequence[str]) -> str:
        """Each proxy adds whom it heard; read from the end, the first that is not ours is the citizen."""
        return next((address for address in reversed(chain) if not self.is_trusted(address)), "")

    def is_trusted(self, address: str) -> bool:
        """Whether this is a proxy whose forwarding headers count."""
        try:
            known = ip_address(address)
        except ValueError:
            return False
        return any(known in network for network in self.trusted)


def counted_address(address: str) -> str:
    """What counts as one address; whatever a header claims, it is no longer than one."""
    try:
        known = ip_address(address.strip("[]"))
    except ValueError:
        return ""
    if known.version == 6:  # noqa: PLR2004 - the protocol's number
        mapped = known.ipv4_mapped
        return str(mapped or ip_network(f"{known}/{SHARED_BITS_OF_IPV6}", strict=False).network_address)
    return str(known)
