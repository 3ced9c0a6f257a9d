"""Whose request it is, from where, and how much of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from bot.web.shared.client_address import LOCAL, Addresses, WrongProxy
from bot.web.shared.origin import is_from_elsewhere
from bot.web.shared.rate_limits import MOST_REMEMBERED, Bucket


def request(peer: str = "192.0.2.1", scheme: str = "http", **headers: str) -> Request:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "scheme": scheme, "path": "/", "query_string": b"", "server": ("lapor.test", 80)}
    return Request({**scope, "client": (peer, 1), "headers": named})


PUBLIC = "https://lapor.example"


@pytest.mark.parametrize(
    ("headers", "elsewhere"),
    [
        ({}, False),
        ({"origin": "https://lapor.example"}, False),
        ({"origin": "HTTPS://LAPOR.EXAMPLE"}, False),
        ({"origin": "http://lapor.test", "host": "lapor.test"}, False),
        ({"origin": "https://lapor.test", "host": "lapor.test"}, False),
        ({"origin": "http://lapor.test:8080", "host": "lapor.test:8080"}, False),
        ({"origin": "http://lapor.example"}, True),
        ({"origin": "https://lapor.example.evil.example"}, True),
        ({"origin": "https://lapor.example:444"}, True),
        ({"origin": "http://lapor.test:8081", "host": "lapor.test:8080"}, True),
        ({"origin": "null"}, True),
        ({"origin": ""}, True),
        ({"origin": "", "host": ""}, True),
        ({"origin": "ftp://lapor.test", "host": "lapor.test"}, True),
        ({"sec_fetch_site": "same-origin"}, False),
        ({"sec_fetch_site": "none"}, False),
        ({"sec_fetch_site": "same-site"}, True),
        ({"sec_fetch_site": "cross-site", "origin": "https://lapor.example"}, True),
    ],
)
def test_another_sites_page_is_told_by_its_origin(headers: dict[str, str], *, elsewhere: bool) -> None:
    assert is_from_elsewhere(request(**headers), PUBLIC) is elsewhere


TRUSTING = Addresses.trusting(["10.0.0.0/8", "::1", "127.0.0.1"])


@pytest.mark.parametrize(
    ("addresses", "peer", "forwarded", "whose"),
    [
        (Addresses(), "192.0.2.1", "", "192.0.2.1"),
        (Addresses(), "192.0.2.1", "1.1.1.1", "192.0.2.1"),
        (Addresses(), "127.0.0.1", "", LOCAL),
        (Addresses(), "127.0.0.1", "1.1.1.1", "127.0.0.1"),
        (TRUSTING, "192.0.2.1", "1.1.1.1", "192.0.2.1"),
        (TRUSTING, "10.0.0.1", "1.1.1.1", "1.1.1.1"),
        (TRUSTING, "127.0.0.1", "1.1.1.1", "1.1.1.1"),
        (TRUSTING, "10.0.0.1", "9.9.9.9, 1.1.1.1, 10.1.1.1", "1.1.1.1"),
        (TRUSTING, "10.0.0.1", "", "10.0.0.1"),
        (TRUSTING, "10.0.0.1", "no address", ""),
        (Addresses(), "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        (Addresses(), "2001:db8:1:2:ffff::1", "", "2001:db8:1:2::"),
        (Addresses(), "::ffff:192.0.2.1", "", "192.0.2.1"),
    ],
)
def test_an_address_is_whose_it_is_believed_to_be(addresses: Addresses, peer: str, forwarded: str, whose: str) -> None:
    headers = {"x_forwarded_for": forwarded} if forwarded else {}
    assert addresses.of(request(peer, **headers)) == whose


@pytest.mark.parametrize(
    ("peer", "scheme", "proto", "secure"),
    [("192.0.2.1", "https", "", True), ("10.0.0.1", "http", "https", True), ("192.0.2.1", "http", "https", False)],
)
def test_only_a_trusted_proxy_says_that_it_was_tls(peer: str, scheme: str, proto: str, *, secure: bool) -> None:
    assert TRUSTING.is_secure(request(peer, scheme, **({"x_forwarded_proto": proto} if proto else {}))) is secure


def test_a_proxy_that_is_no_address_is_refused_in_one_sentence() -> None:
    with pytest.raises(WrongProxy, match=r"LAPOR_TRUSTED_PROXIES.*nginx"):
        Addresses.trusting(["nginx"])


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_taken_comes_back_with_time() -> None:
    clock = Clock()
    bucket = Bucket(2, 0.5, clock)
    assert [bucket.take("siti") for _ in range(3)] == [True, True, False]
    assert bucket.take("budi")
    clock.now = 2
    assert [bucket.take("siti") for _ in range(2)] == [True, False]


@given(st.lists(st.tuples(st.floats(0, 10), st.integers(1, 3)), max_size=50))
def test_nobody_takes_more_than_her_measure(takes: list[tuple[float, int]]) -> None:
    clock = Clock()
    bucket = Bucket(5, 1, clock)
    taken = 0
    for pause, count in takes:
        clock.now += pause
        taken += count if bucket.take("siti", count) else 0
    assert taken <= 5 + clock.now + 1e-6


def test_few_are_remembered() -> None:
    bucket = Bucket(1, 0, Clock())
    for number in range(MOST_REMEMBERED + 10):
        bucket.take(str(number))
    assert not bucket.knows("0")
    assert bucket.knows(str(MOST_REMEMBERED + 9))
