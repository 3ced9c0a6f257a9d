"""A provider that says what a test has it say, with its own key or another: for what a good provider never says."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp import web
from joserfc import jwk, jwt

SECRET = "a secret that both sides know, and long enough"


@dataclass
class OwnProvider:
    """Answers each code with a token.

    Attributes:
        claims: what a token says beside, or in the place of, what it should say; None takes a claim away.
        algorithm: by which it is signed; `none` is not signed.
        others_key: it is signed with a key that is not published.
        metadata: what it says of itself beside, or in the place of, what it should.
        used: codes that were given for a token.
    """

    port: int = 0
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    algorithm: str = "RS256"
    others_key: bool = False
    metadata: dict[str, Any] = field(default_factory=dict)
    used: list[Mapping[str, str]] = field(default_factory=list)
    nonce: str = ""
    key: jwk.RSAKey = field(default_factory=lambda: jwk.RSAKey.generate_key(2048, {"kid": "one"}))

    @property
    def issuer(self) -> str:
        """As it calls itself."""
        return f"http://127.0.0.1:{self.port}"

    def goes_to(self, url: str) -> Mapping[str, str]:
        """What a browser that is sent there brings; the nonce is kept for the token."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.nonce = asked["nonce"]
        return asked

    def token(self) -> str:
        """The token of identity."""
        now = int(time.time())
        good = {"iss": self.issuer, "sub": "u-1", "aud": "lapor", "iat": now, "exp": now + 300, "nonce": self.nonce}
        claims = {"name": "Rina", "groups": ["jalan"], **good, **self.claims}
        said = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            return f"{_part({'alg': 'none'})}.{_part(said)}."
        secret = jwk.OctKey.import_key(SECRET)
        key = secret if self.algorithm == "HS256" else self.key
        if self.others_key:
            key = jwk.RSAKey.generate_key(2048, {"kid": "one"})
        return jwt.encode({"alg": self.algorithm, "kid": "one"}, said, key, algorithms=[self.algorithm])

    async def _metadata(self, request: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/jwks",
                "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"],
                **self.metadata,
            }
        )

    async def _jwks(self, request: web.Request) -> web.Response:
        return web.json_response({"keys": [self.key.as_dict(private=False)]})

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        if form["code"] in {one["code"] for one in self.used}:
            return web.json_response({"error": "invalid_grant"}, status=400)
        self.used.append(form)
        return web.json_response({"access_token": "a", "token_type": "Bearer", "id_token": self.token()})

    async def _userinfo(self, request: web.Request) -> web.Response:
        return web.json_response(self.userinfo or {})


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@asynccontextmanager
async def an_own_provider() -> AsyncIterator[OwnProvider]:
    """Listens until the block ends."""
    provider, app = OwnProvider(), web.Application()
    app.router.add_get("/.well-known/openid-configuration", provider._metadata)
    app.router.add_get("/jwks", provider._jwks)
    app.router.add_get("/userinfo", provider._userinfo)
    app.router.add_post("/token", provider._token)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    provider.port = runner.addresses[0][1]
    yield provider
    await runner.cleanup()
