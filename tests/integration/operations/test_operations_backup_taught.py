"""What trainers taught is part of a backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.process.commands import lapor

pytestmark = pytest.mark.slow

TAUGHT = {
    "nlu/category/jalan.yml": 'version: "3.1"\nnlu:\n- intent: complaint\n  examples: |\n    - jalan bolong\n',
    "nlu/withdrawn.jsonl": '{"file": "category/jalan.yml", "text": "jalan rusak"}\n',
    "nlu/README.md": "# Aturan\n",
}


async def test_it_is_there_after_a_restore(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for name, content in TAUGHT.items():
        (one / "var" / name).parent.mkdir(parents=True, exist_ok=True)
        (one / "var" / name).write_text(content, "utf-8")
    other.mkdir()
    for words in (("db", "upgrade"), ("backup", "b.tar")):
        done = await lapor(one, *words)
        assert (done.code, done.stderr) == (0, "")
    restored = await lapor(other, "restore", str(one / "b.tar"))
    assert (restored.code, restored.stderr) == (0, "")
    assert {name: (other / "var" / name).read_text("utf-8") for name in TAUGHT} == TAUGHT
