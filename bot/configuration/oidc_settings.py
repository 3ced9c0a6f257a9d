"""The settings of an identity provider: all that sign-in through it needs, or none."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from pydantic import SecretStr, field_validator

from bot.configuration.case_links import is_loopback
from bot.configuration.settings import ChannelSettings


class OidcSettings(ChannelSettings):
    """A provider by OpenID Connect, and what its groups are here."""

    opened_by: ClassVar[tuple[str, ...]] = ("oidc_issuer", "oidc_client_id", "oidc_client_secret", "oidc_groups")

    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_groups: str | None = None
    """GROUP=ROLE or GROUP=ROLE:AGENCY, divided by commas."""
    oidc_groups_claim: str = "groups"
    oidc_mfa: str = "mfa"
    """Values of `amr` or `acr`, divided by commas, that say that two factors were shown."""

    @field_validator("oidc_issuer", mode="after")
    @classmethod
    def _safe(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "https://none")
        if parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(value or ""))):
            return value
        raise ValueError("must be the https:// address by which the provider calls itself")
