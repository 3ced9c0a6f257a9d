"""What is in force: from the environment, else `.env` beside the launcher, else the defaults. Reads, never decides."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from actions.people.people import OFFICER_ROLES
from actions.people.roles import Role
from bot.configuration.secrets_in_files import SecretFiles, UnreadableSecret
from bot.shipped import HOME, IS_CLONE, PROJECT


class WrongSetting(ValueError):
    """A setting that cannot be used; the message says which, and how to mend it."""


class FromEnvironment(BaseSettings):
    """Settings that are read from the environment, else from `.env`. Names there carry `LAPOR_` before them."""

    model_config = SettingsConfigDict(
        env_prefix="LAPOR_", env_file=HOME / ".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment stands above files that hold one secret each, and these above `.env`."""
        del file_secret_settings
        in_file = dotenv_settings.env_vars if isinstance(dotenv_settings, DotEnvSettingsSource) else {}
        return init_settings, env_settings, SecretFiles(settings_cls, in_file), dotenv_settings

    @model_validator(mode="before")
    @classmethod
    def _empty_is_unset(cls, given: dict[str, object]) -> dict[str, object]:
        """`LAPOR_NLU=` asks for the default, and in the environment hides what `.env` says."""
        return {name: value for name, value in given.items() if not (isinstance(value, str) and not value.strip())}


class ChannelSettings(FromEnvironment):
    """The settings of one channel; a channel's declaration names a class that adds its fields.

    Attributes:
        opened_by: the fields that must all be set for the channel to be opened; without any it is always open.
    """

    opened_by: ClassVar[tuple[str, ...]] = ()

    def is_wanted(self) -> bool:
        """Whether the channel is to be opened.

        Raises:
            WrongSetting: some of what opens it is set and some is missing.
        """
        missing = [name for name in self.opened_by if getattr(self, name) is None]
        if missing and len(missing) < len(self.opened_by):
            raise WrongSetting(self.half_set(missing))
        return not missing

    def half_set(self, missing: Sequence[str]) -> str:
        """The sentence that says which settings are missing beside the others."""
        lacking, given = _named(missing), _named([name for name in self.opened_by if name not in missing])
        return f"{given} needs {lacking} too: set it in .env, or take {given} out"


class Settings(FromEnvironment):
    """The settings of the service itself; each channel has `ChannelSettings` of its own."""

    public_url: str = ""
    database_url: str = ""
    migrating_database_url: SecretStr | None = None
    """The same database as the role that owns its tables: for the commands that change the schema alone."""
    data_dir: Path = Path("var")
    config_dir: Path = Path("data")
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    nlu: str = "compiled"
    nlu_token: SecretStr | None = None
    secret_key: SecretStr | None = None
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    hook_networks: Annotated[tuple[str, ...], NoDecode] = ()
    """Private networks in which agencies' own systems may be told of cases."""
    totp_roles: Annotated[tuple[Role, ...], NoDecode] = ()
    """Whoever has one of these roles must turn one-time codes on before she works at the desk."""
    sp4n_url: str = ""
    """The address of SP4N-LAPOR!'s API, before the name of a method, or of an Open311 server."""
    sp4n_key: SecretStr | None = None
    transcriber_url: str = ""
    """Where a recording is posted to be put into words; "" for nowhere."""
    metrics_token: SecretStr | None = None
    keep_days: int | None = Field(default=None, ge=0)
    """How many days messages are kept that were worked and sent, in the place of what `retention.toml` says; 0 keeps
    them for ever."""
    log: Literal["debug", "info", "warning", "error"] = "info"
    test_clock: Path | None = None
    """For tests alone: a file with the seconds by which the clock is off (`bot/configuration/clock.py`)."""

    @field_validator("data_dir", "config_dir", "test_clock", mode="after")
    @classmethod
    def _from_home(cls, value: Path | None) -> Path | None:
        return HOME / value.expanduser() if value else None

    @field_validator("trusted_proxies", "hook_networks", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("totp_roles", mode="before")
    @classmethod
    def _known_roles(cls, value: object) -> object:
        named = [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        if isinstance(named, list) and (strange := sorted(set(named) - set(OFFICER_ROLES))):
            raise ValueError(f"nobody signs in as {strange[0]}; roles are {', '.join(OFFICER_ROLES)}")
        return named

    @field_validator("nlu", mode="after")
    @classmethod
    def _known_model(cls, value: str) -> str:
        if value in {"compiled", "rasa", "off"} or value.startswith(("http://", "https://")):
            return value.rstrip("/")
        raise ValueError("must be compiled, rasa, off, or the http:// address of a server")

    @field_validator("sp4n_url", "transcriber_url", mode="after")
    @classmethod
    def _safe_on_its_way(cls, value: str) -> str:
        parts = urlsplit(value)
        is_here = parts.hostname in {"127.0.0.1", "::1", "localhost"}
        if value and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and is_here))):
            raise ValueError("must be an https:// address; http:// only on this machine")
        return value.rstrip("/")

    @property
    def speaks_with_sp4n(self) -> bool:
        """Whether cases are handed over to SP4N-LAPOR! and taken from there.

        Raises:
            WrongSetting: only one of its two settings is there.
        """
        if bool(self.sp4n_url) != (self.sp4n_key is not None):
            missing, given = (
                ("LAPOR_SP4N_KEY", "LAPOR_SP4N_URL") if self.sp4n_url else ("LAPOR_SP4N_URL", "LAPOR_SP4N_KEY")
            )
            raise WrongSetting(f"{given} needs {missing} too: set it in .env, or take {given} out")
        return bool(self.sp4n_url)

    @model_validator(mode="after")
    def _fill_in(self) -> Settings:
        filled: dict[str, str | Path] = {
            "public_url": (self.public_url or web_address(self.http_host, self.http_port)).rstrip("/"),
            "database_url": _absolute(self.database_url) or f"sqlite:///{self.data_dir / 'lapor.db'}",
        }
        if not (IS_CLONE or "config_dir" in self.model_fields_set or self.config_dir.is_dir()):
            filled["config_dir"] = PROJECT / "data"
        self.__dict__.update(filled)
        return self

    @property
    def schema_url(self) -> str:
        """The address at which the schema may be changed."""
        given = self.migrating_database_url
        return given.get_secret_value() if given else self.database_url

    def make_data_dir(self) -> None:
        """Make the data folder where it is missing, for its owner alone.

        Raises:
            WrongSetting: it cannot be made, or not be written in.
        """
        reason = "no permission to write"
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
        else:
            if os.access(self.data_dir, os.W_OK):
                return
        raise WrongSetting(f"LAPOR_DATA_DIR: {self.data_dir} cannot hold data ({reason}); name another folder in .env")


def web_address(host: str, port: int) -> str:
    """The address of a web server; an IPv6 address stands in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _absolute(url: str) -> str:
    """A SQLite address with its file taken from the launcher's folder."""
    scheme, found, path = url.partition(":///")
    if found and scheme.startswith("sqlite") and path and path != ":memory:":
        return f"{scheme}:///{HOME / path}"
    return url


def read_settings() -> Settings:
    """The settings of the service that are in force.

    Raises:
        WrongSetting: the first one that cannot be used.
    """
    return read(Settings)


def read[S: FromEnvironment](model: type[S]) -> S:
    """The settings of this class that are in force.

    Raises:
        WrongSetting: the first one that cannot be used.
    """
    try:
        return model()
    except UnreadableSecret as error:
        raise WrongSetting(str(error)) from None
    except UnicodeDecodeError:
        raise WrongSetting(".env is not UTF-8; save it as UTF-8") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = in_environment("_".join(str(part) for part in first["loc"]))
        raise WrongSetting(
            f"{name}: {first['msg'].removeprefix('Value error, ')}; mend it in the environment or in .env"
        ) from None


def in_environment(field: str) -> str:
    """The name of a field in the environment and in `.env`."""
    return f"LAPOR_{field.upper()}"


def _named(fields: Sequence[str]) -> str:
    """Fields as they are called in the environment, in one enumeration."""
    names = [in_environment(name) for name in fields]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def without_settings() -> dict[str, str]:
    """The environment of this process without the settings of an installation: tests and measurements bring theirs."""
    kept = {"LAPOR_UV", "LAPOR_REAL_COMPLAINTS"}
    return {name: value for name, value in os.environ.items() if not name.startswith("LAPOR_") or name in kept}
