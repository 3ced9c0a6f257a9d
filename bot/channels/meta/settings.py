"""The settings of WhatsApp: the account at Meta, and what both sides show each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, override

from pydantic import SecretStr, field_validator

from bot.configuration.settings import ChannelSettings


class WhatsAppSettings(ChannelSettings):
    """A number at the Cloud API, the app that posts for it, and where the API is."""

    opened_by: ClassVar[tuple[str, ...]] = (
        "whatsapp_token",
        "whatsapp_phone_id",
        "whatsapp_app_secret",
        "whatsapp_verify_token",
    )

    whatsapp_token: SecretStr | None = None
    whatsapp_phone_id: str | None = None
    whatsapp_app_secret: SecretStr | None = None
    whatsapp_verify_token: SecretStr | None = None
    whatsapp_account_id: str | None = None
    """The WhatsApp Business Account of the number; only for comparing templates."""
    meta_api_url: str = "https://graph.facebook.com/v23.0"

    @field_validator("meta_api_url", mode="after")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("LAPOR_META_API_URL must be an http:// or https:// address, with the version of the API")
        return value.rstrip("/")

    @field_validator("whatsapp_phone_id", "whatsapp_account_id", mode="after")
    @classmethod
    def _digits(cls, value: str | None) -> str | None:
        if value is not None and not (value.isascii() and value.isdecimal()):
            raise ValueError("must be the number that Meta's page shows as its id: digits only, no telephone number")
        return value

    @override
    def half_set(self, missing: Sequence[str]) -> str:
        return (
            "WhatsApp needs LAPOR_WHATSAPP_TOKEN, LAPOR_WHATSAPP_PHONE_ID, LAPOR_WHATSAPP_APP_SECRET and "
            "LAPOR_WHATSAPP_VERIFY_TOKEN: set all in .env"
        )

    @property
    def phone_id(self) -> str:
        """The id of the number that sends; "" for none."""
        return self.whatsapp_phone_id or ""

    @property
    def token(self) -> str:
        """What is shown with each request; "" for none."""
        return _shown(self.whatsapp_token)

    @property
    def app_secret(self) -> str:
        """What signs each post; "" for none."""
        return _shown(self.whatsapp_app_secret)

    @property
    def verify_token(self) -> str:
        """What is shown once, when the webhook is registered; "" for none."""
        return _shown(self.whatsapp_verify_token)


def _shown(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
