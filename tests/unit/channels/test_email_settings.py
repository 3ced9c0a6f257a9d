"""The settings of e-mail: all that opens it, or one sentence that holds no password."""

from __future__ import annotations

import pytest

from bot.channels.email.settings import EmailSettings, MailServer
from bot.configuration.settings import WrongSetting, read

SMTP, ADDRESS = "smtps://lapor:p%40ss@mail.penajam.test:2465", "Lapor@Penajam.test"


def settings(monkeypatch: pytest.MonkeyPatch, **given: str) -> EmailSettings:
    for name in ("SMTP_URL", "ADDRESS"):
        monkeypatch.delenv(f"LAPOR_MAIL_{name}", raising=False)
    for name, value in given.items():
        monkeypatch.setenv(f"LAPOR_MAIL_{name}", value)
    return read(EmailSettings)


def test_a_server_and_an_address_open_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings(monkeypatch, SMTP_URL=SMTP, ADDRESS=ADDRESS)
    assert (found.is_wanted(), found.mail_address) == (True, "lapor@penajam.test")
    assert found.smtp == MailServer("mail.penajam.test", 2465, "lapor", "p@ss", is_tls=True)
    assert not settings(monkeypatch).is_wanted()


@pytest.mark.parametrize("given", [{"SMTP_URL": SMTP}, {"ADDRESS": ADDRESS}])
def test_half_of_it_is_one_sentence(monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> None:
    with pytest.raises(WrongSetting, match="E-mail needs LAPOR_MAIL_SMTP_URL") as refused:
        settings(monkeypatch, **given).is_wanted()
    assert "p%40ss" not in str(refused.value)


@pytest.mark.parametrize(
    "wrong",
    [{"SMTP_URL": "https://u:geheim@mail.test"}, {"SMTP_URL": "smtp://u:geheim@host:x"}, {"ADDRESS": "geheim"}],
)
def test_what_cannot_be_is_named_without_what_it_says(monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str]) -> None:
    with pytest.raises(WrongSetting, match="LAPOR_MAIL_") as refused:
        settings(monkeypatch, **{"SMTP_URL": SMTP, "ADDRESS": ADDRESS, **wrong})
    assert "geheim" not in str(refused.value)
