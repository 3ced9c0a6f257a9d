"""The settings of SMS: where the gateway is, and the secret that it shares with the service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, override

from pydantic import SecretStr, field_validator

from bot.configuration.settings import ChannelSettings


class SmsSettings(ChannelSettings):
    """A gateway that is posted to, and that posts to the web server."""

    opened_by: ClassVar[tuple[str, ...]] = ("sms_gateway_url", "sms_secret")

    sms_gateway_url: str | None = None
    sms_secret: SecretStr | None = None

    @field_validator("sms_gateway_url", mode="after")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is None or value.startswith(("http://", "https://")):
            return value
        raise ValueError("must be the http:// or https:// address of the SMS gateway")

    @override
    def half_set(self, missing: Sequence[str]) -> str:
        return "SMS needs both LAPOR_SMS_GATEWAY_URL and LAPOR_SMS_SECRET: set the other one in .env too"

    @property
    def secret(self) -> str:
        """What stands in the header of both sides; "" for none."""
        return self.sms_secret.get_secret_value() if self.sms_secret else ""
