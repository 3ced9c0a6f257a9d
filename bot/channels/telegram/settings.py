"""The settings of Telegram: the token opens it, and a webhook needs a secret."""

from __future__ import annotations

from typing import ClassVar, Literal, override

from pydantic import SecretStr, field_validator

from bot.configuration.settings import ChannelSettings, WrongSetting

NO_SECRET = (
    "LAPOR_TELEGRAM_MODE=webhook needs LAPOR_TELEGRAM_WEBHOOK_SECRET: set it to 32 random letters and digits in .env"  # noqa: S105 - a sentence
)


class TelegramSettings(ChannelSettings):
    """Where the bot is, and how its updates come."""

    opened_by: ClassVar[tuple[str, ...]] = ("telegram_token",)

    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_secret: SecretStr | None = None

    @field_validator("telegram_api_url", mode="after")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @override
    def is_wanted(self) -> bool:
        """Whether there is a token.

        Raises:
            WrongSetting: a webhook is wanted and has no secret.
        """
        is_wanted = super().is_wanted()
        if is_wanted and self.is_posted_to and not self.webhook_secret:
            raise WrongSetting(NO_SECRET)
        return is_wanted

    @property
    def is_posted_to(self) -> bool:
        """Whether Telegram posts updates, in the place of being asked for them."""
        return self.telegram_mode == "webhook"

    @property
    def token(self) -> str:
        """The token as @BotFather gave it; "" for none."""
        return self.telegram_token.get_secret_value() if self.telegram_token else ""

    @property
    def webhook_secret(self) -> str:
        """What Telegram shows with each update; "" for none."""
        return self.telegram_webhook_secret.get_secret_value() if self.telegram_webhook_secret else ""
