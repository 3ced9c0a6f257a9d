"""Settings that open every channel there is, each of a provider that nobody answers for."""

from __future__ import annotations

from bot.channels.email.settings import EmailSettings
from bot.channels.meta.settings import WhatsAppSettings
from bot.channels.sms.settings import SmsSettings
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.x.settings import XSettings
from bot.configuration.settings import ChannelSettings

NOWHERE = "http://127.0.0.1:9"
EVERY_CHANNEL = {
    "telegram": TelegramSettings(
        telegram_token="1:a",  # type: ignore[arg-type] - pydantic wraps it
        telegram_api_url=NOWHERE,
        telegram_mode="webhook",
        telegram_webhook_secret="a-secret-of-the-webhook",  # type: ignore[arg-type] - likewise
    ),
    "web": ChannelSettings(),
    "sms": SmsSettings(sms_gateway_url=NOWHERE, sms_secret="a-secret-of-the-gateway"),  # type: ignore[arg-type] - likewise
    "email": EmailSettings(
        mail_imap_url="imap://127.0.0.1:9",  # type: ignore[arg-type] - likewise
        mail_smtp_url="smtp://127.0.0.1:9",  # type: ignore[arg-type] - likewise
        mail_address="lapor@penajam.test",
    ),
    "terminal": ChannelSettings(),
    "whatsapp": WhatsAppSettings(
        whatsapp_token="a-token",  # type: ignore[arg-type] - likewise
        whatsapp_phone_id="100200300",
        whatsapp_app_secret="a-secret-of-the-app",  # type: ignore[arg-type] - likewise
        whatsapp_verify_token="a-word-of-ours",  # type: ignore[arg-type] - likewise
        meta_api_url=NOWHERE,
    ),
    "x": XSettings(
        x_client_id="a-client",
        x_client_secret="a-secret-of-the-client",  # type: ignore[arg-type] - likewise
        x_consumer_secret="a-secret-of-the-consumer",  # type: ignore[arg-type] - likewise
        x_refresh_token="a-first-token",  # type: ignore[arg-type] - likewise
        x_user_id="1700000000",
        x_api_url=NOWHERE,
    ),
}
