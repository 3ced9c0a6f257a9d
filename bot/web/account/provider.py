"""Asks an identity provider who somebody is: OpenID Connect, authorization code with PKCE, by authlib.

What comes back is believed only where the provider's own key signed it, for us, in answer to what this browser asked.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from authlib.common.errors import AuthlibBaseError
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from httpx import AsyncClient, HTTPError, HTTPStatusError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

SCOPE: Final = "openid profile groups"
SIGNED_BY: Final = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)
"""With a key that we do not have: never `none`, nor the secret that both sides know (RFC 8725, section 3.1)."""
PATIENCE_SECONDS: Final = 10.0
KNOWN_FOR_SECONDS: Final = 3600.0
LEEWAY_SECONDS: Final = 120
ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")


class ProviderAway(Exception):
    """The provider cannot be asked now, or is not what the settings say."""


class NotBelieved(Exception):
    """What came back is no answer to what was asked; the message says why, and holds nothing of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser went away with, and must come back with."""

    state: str
    nonce: str
    verifier: str
    wanted: str
    at: float


@dataclass(frozen=True, slots=True)
class ProviderIdentity:
    """Who somebody is, as the provider says it. `is_mfa`: two factors were shown there."""

    issuer: str
    subject: str
    name: str
    groups: frozenset[str]
    is_mfa: bool


@dataclass(slots=True)
class Provider:
    """One provider, as the settings name it.

    Attributes:
        issuer: its address, exactly as it calls itself.
        redirect_uri: where it sends browsers back.
        groups_claim: what it calls somebody's groups.
        mfa: values of `amr` and `acr` that say that two factors were shown.
        now: seconds since 1970.
    """

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    groups_claim: str
    mfa: Collection[str]
    now: Callable[[], float]
    _metadata: Mapping[str, Any] = field(default_factory=dict)
    _keys: KeySet | None = None
    _read_at: float = 0.0

    async def begin(self, wanted: str) -> tuple[str, Asked]:
        """Where a browser goes to sign in, and what it must come back with.

        Raises:
            ProviderAway: it cannot be asked.
        """
        metadata = await self._known()
        asked = Asked(_drawn(), _drawn(), _drawn(48), wanted, self.now())
        url = prepare_grant_uri(
            metadata["authorization_endpoint"],
            self.client_id,
            "code",
            self.redirect_uri,
            SCOPE,
            asked.state,
            nonce=asked.nonce,
            code_challenge=create_s256_code_challenge(asked.verifier),
            code_challenge_method="S256",
        )
        return str(url), asked

    async def finish(self, asked: Asked, given: Mapping[str, str]) -> ProviderIdentity:
        """Who it is that came back.

        Raises:
            NotBelieved: it is no answer to what was asked.
            ProviderAway: it cannot be asked.
        """
        if not hmac.compare_digest(given.get("state", "").encode(), asked.state.encode()):
            raise NotBelieved("state")
        if given.get("iss", self.issuer) != self.issuer:
            raise NotBelieved("issuer")  # RFC 9207
        if not given.get("code"):
            raise NotBelieved("no code")
        metadata = await self._known()
        try:
            token = await self._token(metadata["token_endpoint"], given["code"], asked.verifier)
            claims = await self._claims(str(token.get("id_token", "")), asked.nonce)
            said = claims if self.groups_claim in claims else await self._more(metadata, token, claims)
        except HTTPStatusError:
            raise NotBelieved("the provider refused") from None
        except HTTPError as error:
            raise ProviderAway(type(error).__name__) from None
        except (AuthlibBaseError, JoseError, ValueError, TypeError, KeyError) as error:
            raise NotBelieved(type(error).__name__) from None
        return self._identity(claims, said)

    async def _token(self, endpoint: str, code: str, verifier: str) -> Mapping[str, Any]:
        """What the code is given for: once, and to whoever drew the verifier."""
        asked = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        async with self._client() as client:
            auth = (quote(self.client_id, safe=""), quote(self.client_secret, safe=""))
            answer = await client.post(endpoint, data={**asked, "redirect_uri": self.redirect_uri}, auth=auth)
            answer.raise_for_status()
            return dict(answer.json())

    async def _claims(self, id_token: str, nonce: str) -> Mapping[str, Any]:
        """What a token says that is signed, ours, fresh, and the answer to this nonce."""
        registry = JWSRegistry(algorithms=list(SIGNED_BY), strict_check_header=False)
        signed = jwt.decode(id_token, await self._key_set(), registry=registry)
        options = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
            "nonce": {"essential": True, "value": nonce},
        }
        claims = CodeIDToken(signed.claims, signed.header, options, {"nonce": nonce, "client_id": self.client_id})
        claims.validate(now=int(self.now()), leeway=LEEWAY_SECONDS)
        return dict(claims)

    async def _more(
        self, metadata: Mapping[str, Any], token: Mapping[str, Any], claims: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """What stands beside the token; of the same person, or it is not believed."""
        if not metadata.get("userinfo_endpoint"):
            return claims
        async with self._client() as client:
            bearer = {"authorization": f"Bearer {token['access_token']}"}
            answer = await client.get(metadata["userinfo_endpoint"], headers=bearer)
            answer.raise_for_status()
            said = dict(answer.json())
        if said.get("sub") != claims["sub"]:
            raise NotBelieved("userinfo")
        return said

    def _identity(self, claims: Mapping[str, Any], said: Mapping[str, Any]) -> ProviderIdentity:
        groups = said.get(self.groups_claim, [])
        listed = groups if isinstance(groups, list) else [groups]
        shown = claims.get("amr") if isinstance(claims.get("amr"), list) else []
        is_mfa = not {*map(str, shown or []), str(claims.get("acr", ""))}.isdisjoint(self.mfa)
        name = said.get("name") or claims.get("name") or said.get("preferred_username") or claims["sub"]
        return ProviderIdentity(
            self.issuer, str(claims["sub"]), str(name), frozenset(one for one in listed if isinstance(one, str)), is_mfa
        )

    async def _known(self) -> Mapping[str, Any]:
        """What the provider says of itself, read at most once an hour."""
        if self._metadata and self.now() - self._read_at < KNOWN_FOR_SECONDS:
            return self._metadata
        found = await self._read(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self.issuer:
            raise ProviderAway("it calls itself otherwise")
        if not all(str(found.get(name, self.issuer)).startswith(_scheme(self.issuer)) for name in ENDPOINTS):
            raise ProviderAway("an address of it is not as safe as its own")
        self._metadata, self._keys, self._read_at = found, None, self.now()
        return found

    async def _key_set(self) -> KeySet:
        """Its keys; read anew with what it says of itself, so that a key that was changed is known within the hour."""
        if self._keys is None:
            self._keys = KeySet.import_key_set(dict(await self._read(self._metadata["jwks_uri"])))  # type: ignore[arg-type]
        return self._keys

    async def _read(self, url: str) -> Mapping[str, Any]:
        try:
            async with self._client() as client:
                answer = await client.get(url)
                answer.raise_for_status()
                return dict(answer.json())
        except (HTTPError, ValueError, TypeError) as error:
            raise ProviderAway(type(error).__name__) from None

    def _client(self) -> AsyncClient:
        return AsyncClient(timeout=PATIENCE_SECONDS)


def _scheme(url: str) -> str:
    return url.partition("://")[0]


def _drawn(length: int = 32) -> str:
    return secrets.token_urlsafe(length)
