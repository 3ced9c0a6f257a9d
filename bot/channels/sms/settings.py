"""The settings of SMS: where the gateway is, how it speaks, and the secret that it shares with the service."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar, Self, override

from pydantic import SecretStr, field_validator, model_validator

from bot.configuration.settings import ChannelSettings, WrongSetting


class SmsDialect(StrEnum):
    """How a gateway speaks."""

    GENERIC = "generic"
    KANNEL = "kannel"
    JASMIN = "jasmin"
    SMPP = "smpp"


class SmsSettings(ChannelSettings):
    """A gateway that is posted to and posts to the web server, or an SMSC to which a session is held."""

    opened_by: ClassVar[tuple[str, ...]] = ("sms_gateway_url", "sms_secret")

    sms_dialect: SmsDialect | None = None
    sms_gateway_url: str | None = None
    sms_secret: SecretStr | None = None

    @field_validator("sms_dialect", mode="before")
    @classmethod
    def _known_dialect(cls, value: object) -> object:
        if isinstance(value, str) and value not in {*SmsDialect}:
            raise ValueError(f"must be one of {', '.join(SmsDialect)}")
        return value

    @model_validator(mode="after")
    def _address_of_the_dialect(self) -> Self:
        wanted = ("smpp://",) if self.dialect is SmsDialect.SMPP else ("http://", "https://")
        if self.sms_gateway_url is None or self.url.startswith(wanted):
            return self
        if self.dialect is SmsDialect.SMPP:
            raise ValueError(
                "LAPOR_SMS_GATEWAY_URL must be smpp://user:password@host:port, as LAPOR_SMS_DIALECT is smpp"
            )
        raise ValueError("LAPOR_SMS_GATEWAY_URL must be the http:// or https:// address of the SMS gateway")

    @override
    def is_wanted(self) -> bool:
        if self.dialect is SmsDialect.SMPP:
            if self.sms_gateway_url is None:
                raise WrongSetting("LAPOR_SMS_DIALECT=smpp needs LAPOR_SMS_GATEWAY_URL=smpp://user:password@host:port")
            return True
        if super().is_wanted():
            return True
        if self.sms_dialect:
            raise WrongSetting(self.half_set(self.opened_by))
        return False

    @override
    def half_set(self, missing: Sequence[str]) -> str:
        return "SMS needs both LAPOR_SMS_GATEWAY_URL and LAPOR_SMS_SECRET: set the other one in .env too"

    @property
    def dialect(self) -> SmsDialect:
        """The one in force."""
        return self.sms_dialect or SmsDialect.GENERIC

    @property
    def url(self) -> str:
        """Where the gateway is, with what opens it; "" for none."""
        return self.sms_gateway_url or ""

    @property
    def secret(self) -> str:
        """What both sides of HTTP show; "" for none."""
        return self.sms_secret.get_secret_value() if self.sms_secret else ""
