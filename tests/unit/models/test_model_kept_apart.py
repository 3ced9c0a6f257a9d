"""Every fifth sentence of citizens is measured on and not learned, once there are enough."""

from __future__ import annotations

from pathlib import Path

from bot.training.models.training_files import FEWEST_SENTENCES, is_apart, keep_apart, without_every_fifth

SENTENCES = [f"pesan nomor {number} tentang jalan" for number in range(200)]
HEAD = 'version: "3.1"\nnlu:\n'


def a_block(sentences: list[str]) -> str:
    lines = "".join(f"    - {sentence}\n" for sentence in sentences)
    return f"- intent: complaint\n  metadata:\n    category: jalan\n  examples: |\n{lines}"


def test_about_a_fifth_is_kept_apart_whatever_its_spelling() -> None:
    apart = [sentence for sentence in SENTENCES if is_apart(sentence)]
    assert 20 < len(apart) < 60
    assert all(is_apart(f"  {sentence.upper()}!!") for sentence in apart)


def test_the_rest_of_a_file_is_as_it_was() -> None:
    content = f"{HEAD}# Rina, 17 November: label dari kotak masuk\n{a_block(SENTENCES)}{a_block(['halo'])}"
    kept = without_every_fifth(content)
    gone = [line for line in content.splitlines() if line not in kept.splitlines()]
    assert gone == [f"    - {sentence}" for sentence in SENTENCES[1:] if is_apart(sentence)]


def test_a_block_keeps_its_first_sentence() -> None:
    alone = next(sentence for sentence in SENTENCES if is_apart(sentence))
    content = HEAD + a_block([alone])
    assert without_every_fifth(content) == content


def test_of_few_sentences_all_are_learned(tmp_path: Path) -> None:
    file = tmp_path / "jalan.yml"
    file.write_text(HEAD + a_block(SENTENCES[: FEWEST_SENTENCES - 2]))
    assert keep_apart(tmp_path) == 0
    file.write_text(HEAD + a_block(SENTENCES))
    assert keep_apart(tmp_path) == sum(map(is_apart, SENTENCES[1:]))
    assert "category: jalan" in file.read_text()
