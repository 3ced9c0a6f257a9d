"""The settings of e-mail: where mail is handed over and read, and the address that it comes from."""

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
IMAP_PORTS = {"imap": 143, "imaps": 993}


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
    """A server that takes mail, a mailbox to which it comes back, and the address of the service."""

    opened_by: ClassVar[tuple[str, ...]] = ("mail_imap_url", "mail_smtp_url", "mail_address")

    mail_imap_url: SecretStr | None = None
    mail_smtp_url: SecretStr | None = None
    mail_address: str | None = None

    @field_validator("mail_smtp_url", mode="after")
    @classmethod
    def _smtp(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            server_at(value.get_secret_value(), SMTP_PORTS)
        return value

    @field_validator("mail_imap_url", mode="after")
    @classmethod
    def _imap(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            server = server_at(value.get_secret_value(), IMAP_PORTS)
            if not (server.is_tls or server.is_here):
                raise ValueError("must be imaps://, or imap:// on this machine: the password would travel in the clear")
        return value

    @field_validator("mail_address", mode="after")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and mail_address(value) is None:
            raise ValueError("must be an e-mail address, such as lapor@example.go.id")
        return mail_address(value) if value else None

    @override
    def half_set(self, missing: Sequence[str]) -> str:
        return "E-mail needs LAPOR_MAIL_IMAP_URL, LAPOR_MAIL_SMTP_URL and LAPOR_MAIL_ADDRESS: set all in .env"

    @property
    def smtp(self) -> MailServer:
        """Where mail is handed over."""
        url = self.mail_smtp_url.get_secret_value() if self.mail_smtp_url else ""
        return server_at(url, SMTP_PORTS)

    @property
    def imap(self) -> MailServer:
        """Where mail that comes back is read."""
        return server_at(self._imap_url, IMAP_PORTS)

    @property
    def folder(self) -> str:
        """The folder there."""
        return unquote(urlsplit(self._imap_url).path.strip("/")) or "INBOX"

    @property
    def _imap_url(self) -> str:
        return self.mail_imap_url.get_secret_value() if self.mail_imap_url else ""


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
