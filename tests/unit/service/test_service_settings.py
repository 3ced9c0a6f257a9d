"""Settings: where they come from, what they become, and what is said when one cannot be used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from actions.people.roles import Role
from bot.channels.telegram.settings import TelegramSettings
from bot.cli.setup import MASK, in_force, shown_settings
from bot.configuration.oidc_settings import OidcSettings
from bot.configuration.settings import (
    HOME,
    FromEnvironment,
    Settings,
    WrongSetting,
    in_environment,
    read,
    read_settings,
    web_address,
)
from bot.main.installed_channels import installed_channels

OF_CHANNELS = [one.settings for one in installed_channels().declarations]
MODELS: tuple[type[FromEnvironment], ...] = (Settings, OidcSettings, *OF_CHANNELS)
SECRETS = ("LAPOR_TELEGRAM_TOKEN", "LAPOR_TELEGRAM_WEBHOOK_SECRET", "LAPOR_NLU_TOKEN", "LAPOR_SECRET_KEY")


@pytest.fixture(autouse=True)
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own: nothing of ours in the environment, and its own `.env`."""
    for name in os.environ:
        if name.startswith("LAPOR_"):
            monkeypatch.delenv(name)
    file = tmp_path / ".env"
    for model in MODELS:
        monkeypatch.setitem(model.model_config, "env_file", file)
    return file


# Where they come from -----------------------------------------------------------------------------------------


def test_without_anything_the_defaults_are_in_force() -> None:
    settings = read_settings()
    assert (settings.http_port, settings.nlu) == (8080, "compiled")
    assert read(TelegramSettings).telegram_token is None


def test_the_file_says_what_the_environment_does_not(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file.write_text("LAPOR_HTTP_PORT=9000\nLAPOR_NLU=off\n", encoding="utf-8")
    monkeypatch.setenv("LAPOR_HTTP_PORT", "9001")
    settings = read_settings()
    assert (settings.http_port, settings.nlu) == (9001, "off")


def test_what_is_not_ours_in_the_file_is_left_alone(env_file: Path) -> None:
    env_file.write_text("COMPOSE_PROJECT_NAME=x\nLAPOR_NLU=off\n", encoding="utf-8")
    assert read_settings().nlu == "off"


@pytest.mark.thorough
@pytest.mark.parametrize("empty", ["", "  "])
@pytest.mark.parametrize(("model", "field"), [(model, field) for model in MODELS for field in model.model_fields])
def test_an_empty_setting_is_as_if_it_were_not_there(
    monkeypatch: pytest.MonkeyPatch, model: type[FromEnvironment], field: str, empty: str
) -> None:
    monkeypatch.setenv(in_environment(field), empty)
    assert read(model) == model()


def test_an_empty_setting_in_the_environment_hides_the_file(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file.write_text("LAPOR_TELEGRAM_TOKEN=1:a\n", encoding="utf-8")
    monkeypatch.setenv("LAPOR_TELEGRAM_TOKEN", "")
    assert read(TelegramSettings).telegram_token is None


# What they become ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "taken"), [("var", HOME / "var"), ("a b/c", HOME / "a b/c"), ("/srv/lapor", Path("/srv/lapor"))]
)
def test_relative_folders_are_taken_from_the_folder_of_the_launcher(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str, taken: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAPOR_DATA_DIR", given)
    monkeypatch.setenv("LAPOR_CONFIG_DIR", given)
    settings = read_settings()
    assert (settings.data_dir, settings.config_dir) == (taken, taken)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("", f"sqlite:///{HOME}/var/lapor.db"),
        ("sqlite:///here.db", f"sqlite:///{HOME}/here.db"),
        ("sqlite:////srv/lapor.db", "sqlite:////srv/lapor.db"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("postgresql://lapor@host/lapor", "postgresql://lapor@host/lapor"),
    ],
)
def test_a_database_file_too(monkeypatch: pytest.MonkeyPatch, given: str, taken: str) -> None:
    monkeypatch.setenv("LAPOR_DATABASE_URL", given)
    assert read_settings().database_url == taken


def test_the_database_lies_in_the_data_folder_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAPOR_DATA_DIR", "/srv/data")
    assert read_settings().database_url == "sqlite:////srv/data/lapor.db"


def test_addresses_lose_the_slash_at_their_end(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LAPOR_PUBLIC_URL", "LAPOR_TELEGRAM_API_URL", "LAPOR_NLU"):
        monkeypatch.setenv(name, "https://lapor.example/")
    settings = read_settings()
    assert {settings.public_url, read(TelegramSettings).telegram_api_url, settings.nlu} == {"https://lapor.example"}


@pytest.mark.parametrize(
    ("host", "address"), [("127.0.0.1", "http://127.0.0.1:80"), ("::1", "http://[::1]:80"), ("a.id", "http://a.id:80")]
)
def test_an_ipv6_address_stands_in_brackets(host: str, address: str) -> None:
    assert web_address(host, 80) == address


def test_links_go_to_the_web_server_unless_an_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAPOR_HTTP_HOST", "::1")
    assert read_settings().public_url == "http://[::1]:8080"


def test_proxies_are_divided_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAPOR_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2,")
    assert read_settings().trusted_proxies == ("10.0.0.1", "10.0.0.2")


def test_roles_that_need_codes_are_divided_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAPOR_TOTP_ROLES", "admin, verifier")
    assert read_settings().totp_roles == (Role.ADMIN, Role.VERIFIER)


# What is wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LAPOR_HTTP_PORT", "eighty", "valid integer"),
        ("LAPOR_HTTP_PORT", "70000", "less than or equal to 65535"),
        ("LAPOR_TELEGRAM_MODE", "carrier-pigeon", "'polling' or 'webhook'"),
        ("LAPOR_TOTP_ROLES", "admin,boss", "nobody signs in as boss; roles are verifier"),
        ("LAPOR_NLU", "gpt", "must be compiled, rasa, off, or the http:// address of a server"),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting) as wrong:
        (read_settings(), installed_channels().read_settings())
    told = str(wrong.value)
    assert told.startswith(f"{name}: ")
    assert said in told
    assert told.endswith("mend it in the environment or in .env")
    assert "\n" not in told


def test_a_file_that_is_not_utf8_is_said(env_file: Path) -> None:
    env_file.write_bytes("LAPOR_TELEGRAM_TOKEN=rahasia-é\n".encode("latin-1"))
    with pytest.raises(WrongSetting, match="UTF-8") as wrong:
        read_settings()
    assert "rahasia" not in str(wrong.value)


def test_a_data_folder_that_cannot_be_made_is_said(monkeypatch: pytest.MonkeyPatch, env_file: Path) -> None:
    env_file.write_text("", encoding="utf-8")
    monkeypatch.setenv("LAPOR_DATA_DIR", f"{env_file}/data")
    with pytest.raises(WrongSetting, match=r"LAPOR_DATA_DIR.*name another folder"):
        read_settings().make_data_dir()


def test_a_data_folder_is_made_for_its_owner_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LAPOR_DATA_DIR", f"{tmp_path}/new/data")
    read_settings().make_data_dir()
    assert (tmp_path / "new/data").stat().st_mode & 0o777 == 0o700


# What `lapor config` shows ------------------------------------------------------------------------------------


def test_config_shows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        monkeypatch.setenv(name, "rahasia")
    shown = shown_settings(*in_force())
    assert {shown[name] for name in SECRETS} == {MASK}
    assert "rahasia" not in str(shown)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:rahasia@h:5432/d", f"postgresql://u:{MASK}@h:5432/d"),
        ("postgresql://u:rah@sia@h/d", f"postgresql://u:{MASK}@h/d"),
        ("postgresql://u@h/d", "postgresql://u@h/d"),
        ("postgresql://h/d?user=u&password=rahasia&ssl=on", f"postgresql://h/d?user=u&password={MASK}&ssl=on"),
    ],
)
def test_config_shows_no_password_inside_an_address(monkeypatch: pytest.MonkeyPatch, url: str, shown: str) -> None:
    monkeypatch.setenv("LAPOR_DATABASE_URL", url)
    assert shown_settings(*in_force())["LAPOR_DATABASE_URL"] == shown


def test_config_shows_no_password_of_any_other_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAPOR_NLU", "https://u:rahasia@nlu.example")
    monkeypatch.setenv("LAPOR_TELEGRAM_API_URL", "https://u:rahasia@telegram.example")
    assert "rahasia" not in str(shown_settings(*in_force()))


def test_config_shows_every_setting_by_its_name() -> None:
    expected = {in_environment(field) for model in MODELS for field in model.model_fields}
    assert set(shown_settings(*in_force())) == expected
