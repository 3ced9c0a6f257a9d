"""What doctor says of the offices of which a regency has written nothing yet."""

from __future__ import annotations

from pathlib import Path

from bot.configuration.settings import Settings
from bot.ops.doctor import look_at_answers


def test_it_names_every_office_without_a_line_and_the_file_to_write_it_in(tmp_path: Path) -> None:
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "local.toml").write_text(
        '[id]\ndukcapil = "Senin sampai Jumat."\nrsud = ""\nkua = " "\n', "utf-8"
    )
    [finding] = look_at_answers(Settings(config_dir=tmp_path))
    assert not finding.good
    assert not finding.needed
    assert "rsud, kua" in finding.words
    assert str(tmp_path / "faq" / "local.toml") in finding.words


def test_it_says_nothing_where_all_is_written(tmp_path: Path) -> None:
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "local.toml").write_text('[id]\ndukcapil = "Senin sampai Jumat."\n', "utf-8")
    assert list(look_at_answers(Settings(config_dir=tmp_path))) == []
