"""The settings of X: the account, the app that acts for it, and where the API is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, override

from pydantic import SecretStr, field_validator

from bot.configuration.settings import ChannelSettings


class XSettings(ChannelSettings):
    """An account at X, and the app that was allowed to act for it."""

    opened_by: ClassVar[tuple[str, ...]] = (
        "x_client_id",
        "x_client_secret",
        "x_consumer_secret",
        "x_refresh_token",
        "x_user_id",
    )

    x_client_id: str | None = None
    x_client_secret: SecretStr | None = None
    x_consumer_secret: SecretStr | None = None
    x_refresh_token: SecretStr | None = None
    """The first of a chain: each is exchanged for the next, and only one that was never seen before begins anew."""
    x_user_id: str | None = None
    x_app_token: SecretStr | None = None
    """The app's own bearer token; only for `lapor doctor`, which looks at the webhook with it."""
    x_api_url: str = "https://api.x.com/2"

    @field_validator("x_api_url", mode="after")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("LAPOR_X_API_URL must be an http:// or https:// address, with the version of the API")
        return value.rstrip("/")

    @field_validator("x_user_id", mode="after")
    @classmethod
    def _digits(cls, value: str | None) -> str | None:
        if value is not None and not (value.isascii() and value.isdecimal()):
            raise ValueError("must be the number of the account, digits only, and not its @name")
        return value

    @override
    def half_set(self, missing: Sequence[str]) -> str:
        return (
            "X needs LAPOR_X_CLIENT_ID, LAPOR_X_CLIENT_SECRET, LAPOR_X_CONSUMER_SECRET, LAPOR_X_REFRESH_TOKEN and "
            "LAPOR_X_USER_ID: set all in .env"
        )

    @property
    def client_id(self) -> str:
        """Of the app, in OAuth 2.0; "" for none."""
        return self.x_client_id or ""

    @property
    def client_secret(self) -> str:
        """Of the app, in OAuth 2.0; "" for none."""
        return _shown(self.x_client_secret)

    @property
    def consumer_secret(self) -> str:
        """Signs what X posts; "" for none."""
        return _shown(self.x_consumer_secret)

    @property
    def refresh_token(self) -> str:
        """What a chain of tokens begins with; "" for none."""
        return _shown(self.x_refresh_token)

    @property
    def user_id(self) -> str:
        """The account; "" for none."""
        return self.x_user_id or ""

    @property
    def app_token(self) -> str:
        """Of the app itself; "" for none."""
        return _shown(self.x_app_token)


def _shown(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
