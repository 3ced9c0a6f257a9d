"""The small models that come with this version were learned from the rows, words and code that come with it, too."""

from __future__ import annotations

from pathlib import Path

from actions.regency.files import load
from bot.understanding.acts import baseline as acts
from bot.understanding.acts import train as acts_train
from bot.understanding.danger import baseline as risks
from bot.understanding.danger import train as risks_train
from bot.understanding.weights_file import digest_of, say_hash, say_learned_from

DATA = Path(__file__).parents[3] / "data"


def test_the_model_of_risks_is_of_todays_rows() -> None:
    digest = risks_train.learned_from(DATA / "nlu" / "risk")
    assert digest == risks.LEARNED_FROM, "run python -m bot.understanding.danger.train"


def test_the_model_of_dialogue_acts_is_of_todays_rows() -> None:
    names = acts_train.name_words(region.name for region in load(DATA, DATA).regions.values())
    digest = acts_train.learned_from(DATA / "nlu" / "acts", names)
    assert digest == acts.LEARNED_FROM, "run python -m bot.understanding.acts.train"


def test_another_part_or_order_has_another_digest() -> None:
    assert len({digest_of(parts) for parts in ([b"ab"], [b"a", b"b"], [b"b", b"a"], [b"ab", b""])}) == 4


def test_hash_and_digest_are_written_into_the_code_that_knows_them(tmp_path: Path) -> None:
    code = tmp_path / "baseline.py"
    code.write_text(f'SHA256 = "{"0" * 64}"\nLEARNED_FROM = "{"1" * 64}"\n', encoding="utf-8")
    sha256 = say_hash(b"whole", code)
    say_learned_from("2" * 64, code)
    assert code.read_text(encoding="utf-8") == f'SHA256 = "{sha256}"\nLEARNED_FROM = "{"2" * 64}"\n'
