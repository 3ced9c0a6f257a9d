"""The small models that come with this version were learned from the rows, words and code that come with it, too."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from actions.regency.files import load
from bot.understanding.acts import baseline as acts
from bot.understanding.acts import train as acts_train
from bot.understanding.danger import baseline as risks
from bot.understanding.danger import train as risks_train
from bot.understanding.matters import baseline as matters
from bot.understanding.matters import train as matters_train
from bot.understanding.purpose import baseline as purposes
from bot.understanding.purpose import train as purposes_train
from bot.understanding.weights_file import digest_of, ship

DATA = Path(__file__).parents[3] / "data"


@pytest.mark.thorough
def test_the_model_of_risks_is_of_todays_rows() -> None:
    digest = risks_train.learned_from(DATA / "nlu" / "risk")
    assert digest == risks.LEARNED_FROM, "run python -m bot.understanding.danger.train"


def test_the_model_of_dialogue_acts_is_of_todays_rows() -> None:
    names = acts_train.name_words(region.name for region in load(DATA, DATA).regions.values())
    digest = acts_train.learned_from(DATA / "nlu" / "acts", names)
    assert digest == acts.LEARNED_FROM, "run python -m bot.understanding.acts.train"


def test_the_model_of_several_matters_is_of_todays_rows() -> None:
    digest = matters_train.learned_from(DATA / "nlu" / "matters")
    assert digest == matters.LEARNED_FROM, "run python -m bot.understanding.matters.train"


@pytest.mark.thorough
def test_the_model_of_purposes_is_of_todays_rows() -> None:
    digest = purposes_train.learned_from(DATA / "nlu")
    assert digest == purposes.LEARNED_FROM, "run python -m bot.understanding.purpose.train"


def test_another_part_or_order_has_another_digest() -> None:
    assert len({digest_of(parts) for parts in ([b"ab"], [b"a", b"b"], [b"b", b"a"], [b"ab", b""])}) == 4


def test_hash_and_digest_are_written_into_the_code_that_knows_them(tmp_path: Path) -> None:
    code, file = tmp_path / "baseline.py", tmp_path / "one.lapor"
    code.write_text(f'SHA256 = "{"0" * 64}"\nLEARNED_FROM = "{"1" * 64}"\n', encoding="utf-8")
    assert ship(b"whole", file, code, "2" * 64, 5) == "one.lapor: 5 bytes"
    sha256 = hashlib.sha256(b"whole").hexdigest()
    assert code.read_text(encoding="utf-8") == f'SHA256 = "{sha256}"\nLEARNED_FROM = "{"2" * 64}"\n'
    assert file.read_bytes() == b"whole"


def test_a_file_that_is_too_large_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        ship(b"whole", tmp_path / "one.lapor", tmp_path / "baseline.py", "2" * 64, 4)
    assert not any(tmp_path.iterdir())
