"""Refuses what another site's page sends in a visitor's name. The cookie's SameSite does the rest."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request


def is_from_elsewhere(request: Request, public_url: str) -> bool:
    """Whether the browser says that another site sent this; one that says nothing is believed.

    Ours are the public address, and the host that was asked: a proxy may end TLS, so its scheme may differ.
    """
    if request.headers.get("sec-fetch-site", "").lower() in {"cross-site", "same-site"}:
        return True
    origin = request.headers.get("origin")
    if origin is None:
        return False
    said, public = urlsplit(origin.lower()), urlsplit(public_url.lower())
    is_public = (said.scheme, said.netloc) == (public.scheme, public.netloc)
    is_own_host = said.scheme in {"http", "https"} and said.netloc == request.headers.get("host", "").lower()
    return not (said.netloc and (is_public or is_own_host))
