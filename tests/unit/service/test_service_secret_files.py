"""Secrets that stand in files: named by a setting, or laid down by systemd; and what a child process gets of them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.channels.telegram.settings import TelegramSettings
from bot.configuration.secrets_in_files import hand_on, without_secrets
from bot.configuration.settings import Settings, WrongSetting, read, read_settings


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text("from-a-file\n", encoding="utf-8")
    return file


def key_of(settings: Settings) -> str | None:
    return settings.secret_key.get_secret_value() if settings.secret_key else None


def test_a_setting_names_the_file(monkeypatch: pytest.MonkeyPatch, secret: Path) -> None:
    monkeypatch.delenv("LAPOR_TELEGRAM_TOKEN", raising=False)
    monkeypatch.setenv("LAPOR_TELEGRAM_TOKEN_FILE", str(secret))
    assert read(TelegramSettings).token == "from-a-file"


def test_the_database_s_address_may_stand_in_one(monkeypatch: pytest.MonkeyPatch, secret: Path) -> None:
    secret.write_text("postgresql://lapor:word@host/lapor\n", encoding="utf-8")
    monkeypatch.delenv("LAPOR_DATABASE_URL", raising=False)
    monkeypatch.setenv("LAPOR_DATABASE_URL_FILE", str(secret))
    assert read_settings().database_url == "postgresql://lapor:word@host/lapor"


@pytest.mark.parametrize("name", ["LAPOR_SECRET_KEY", "lapor_secret_key"])
def test_systemd_lays_it_down(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("a-credential", encoding="utf-8")
    monkeypatch.delenv("LAPOR_SECRET_KEY", raising=False)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert key_of(read_settings()) == "a-credential"


@pytest.mark.parametrize(("given", "taken"), [("from-the-environment", "from-the-environment"), ("", None)])
def test_the_environment_stands_above_it(
    monkeypatch: pytest.MonkeyPatch, secret: Path, given: str, taken: str | None
) -> None:
    monkeypatch.setenv("LAPOR_SECRET_KEY", given)
    monkeypatch.setenv("LAPOR_SECRET_KEY_FILE", str(secret))
    assert key_of(read_settings()) == taken


def test_what_is_no_secret_is_read_from_no_file(monkeypatch: pytest.MonkeyPatch, secret: Path) -> None:
    monkeypatch.setenv("LAPOR_PUBLIC_URL_FILE", str(secret))
    assert "from-a-file" not in read_settings().public_url


def test_a_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LAPOR_SECRET_KEY", raising=False)
    monkeypatch.setenv("LAPOR_SECRET_KEY_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(WrongSetting, match="nowhere, which is to hold a secret, cannot be read"):
        read_settings()


def test_a_child_s_environment_holds_none() -> None:
    given = {
        "PATH": "/bin",
        "SOMEBODY_S_TOKEN": "theirs",
        "LAPOR_LOG": "info",
        "LAPOR_SECRET_KEY": "a",
        "LAPOR_SMS_SECRET": "b",
        "LAPOR_WHATSAPP_TOKEN": "c",
        "LAPOR_MAIL_IMAP_URL": "imaps://a:b@host/INBOX",
        "LAPOR_NLU": "http://127.0.0.1:5005",
        "LAPOR_NLU_TOKEN": "",
        "LAPOR_SECRET_KEY_FILE": "/etc/lapor/key",
    }
    kept = {"PATH", "SOMEBODY_S_TOKEN", "LAPOR_LOG", "LAPOR_NLU", "LAPOR_NLU_TOKEN", "LAPOR_SECRET_KEY_FILE"}
    assert without_secrets(given) == {name: given[name] for name in kept}


def test_what_is_handed_on_is_for_its_owner_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for given in ("first", "second"):
        named = hand_on(tmp_path / "handed-on", {"secret_key": given})
        file = tmp_path / "handed-on" / "secret_key"
        assert named == {"LAPOR_SECRET_KEY_FILE": str(file)}
        assert file.read_text(encoding="utf-8") == given
        assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)] == [0o600, 0o700]
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]
