"""The settings of e-mail: where mail is handed over, and the address that it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, override
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import SecretStr, field_validator

from bot.configuration.case_links import LOOPBACK
from bot.configuration.mail_address import mail_address
from bot.configuration.settings import ChannelSettings

SMTP_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server, and the account there; `user` is "" where none is asked for."""

    host: str
    port: int
    user: str
    password: str
    is_tls: bool

    @property
    def is_here(self) -> bool:
        """Whether it runs on this machine."""
        return self.host in LOOPBACK


class EmailSettings(ChannelSettings):
    """A server that takes mail, and the address of the service."""

    opened_by: ClassVar[tuple[str, ...]] = ("mail_smtp_url", "mail_address")

    mail_smtp_url: SecretStr | None = None
    mail_address: str | None = None

    @field_validator("mail_smtp_url", mode="after")
    @classmethod
    def _smtp(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            server_at(value.get_secret_value(), SMTP_PORTS)
        return value

    @field_validator("mail_address", mode="after")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and mail_address(value) is None:
            raise ValueError("must be an e-mail address, such as lapor@example.go.id")
        return mail_address(value) if value else None

    @override
    def half_set(self, missing: Sequence[str]) -> str:
        return "E-mail needs LAPOR_MAIL_SMTP_URL and LAPOR_MAIL_ADDRESS: set what is missing in .env too"

    @property
    def smtp(self) -> MailServer:
        """Where mail is handed over."""
        url = self.mail_smtp_url.get_secret_value() if self.mail_smtp_url else ""
        return server_at(url, SMTP_PORTS)


def server_at(url: str, ports: dict[str, int]) -> MailServer:
    """The server of an address such as `smtps://user:password@host:port`.

    Raises:
        ValueError: it is no such address; the message holds nothing of it, which may hold a password.
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in ports or not parts.hostname or port == -1:
        schemes = " or ".join(f"{scheme}://" for scheme in ports)
        raise ValueError(f"must be an address such as {next(iter(reversed(ports)))}://user:password@host ({schemes})")
    return _server(parts, port or ports[parts.scheme])


def _server(parts: SplitResult, port: int) -> MailServer:
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname or "", port, user, password, parts.scheme.endswith("s"))
