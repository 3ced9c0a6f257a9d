"""The reader of how-tos: which blocks are steps, and what carrying them out does to files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.howto.steps import CommandStep, FileStep, WrongStep, carry_out, commands, read_steps

DOCUMENT = """\
# Add a colour

1. Put a row into `colours.csv`, below that of red:

   ```csv colours.csv (add below red,)
   green,Hijau
   ```

2. Add its word to `words.ftl`

   ```ftl words.ftl (add a line)
   colour-green = Hijau
   ```

   and say in `notes/green.md` why:

   ```md notes/green.md (new file)
   Grass.
   ```

3. In `flow.py`:

   ```diff flow.py
    flow = Flow(
   -    Ask("red"),
   +    Ask("red", "green"),
    )
   ```

4. Look:

   ```sh
   ./lapor colours
   ```

   ```text
   red, green
   ```

```python
print("an example that nobody types")
```
"""


def documented(folder: Path, text: str) -> Path:
    document = folder / "add-a-colour.md"
    document.write_text(text, encoding="utf-8")
    return document


def a_project(folder: Path) -> Path:
    project = folder / "project"
    project.mkdir()
    (project / "colours.csv").write_text("slug,label\nred,Merah\nblue,Biru\n", encoding="utf-8")
    (project / "words.ftl").write_text("colour-red = Merah", encoding="utf-8")
    (project / "flow.py").write_text('flow = Flow(\n    Ask("red"),\n)\n', encoding="utf-8")
    return project


def test_a_how_to_is_carried_out_block_by_block(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    changed = carry_out(read_steps(documented(tmp_path, DOCUMENT)), project)
    assert [path.relative_to(project).as_posix() for path in changed] == [
        "colours.csv",
        "words.ftl",
        "notes/green.md",
        "flow.py",
    ]
    assert [path.read_text(encoding="utf-8") for path in changed] == [
        "slug,label\nred,Merah\ngreen,Hijau\nblue,Biru\n",
        "colour-red = Merah\ncolour-green = Hijau\n",
        "Grass.\n",
        'flow = Flow(\n    Ask("red", "green"),\n)\n',
    ]


def test_a_command_comes_with_what_it_prints(tmp_path: Path) -> None:
    (command,) = commands(read_steps(documented(tmp_path, DOCUMENT)))
    assert (command.command, command.output) == ("./lapor colours", "red, green")


def test_several_lines_of_one_block_are_several_commands(tmp_path: Path) -> None:
    steps = read_steps(documented(tmp_path, "```sh\n./lapor config\n\n./lapor doctor\n```\n"))
    assert [step.command for step in steps if isinstance(step, CommandStep)] == ["./lapor config", "./lapor doctor"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "Add it:\n```csv colours.csv (add a line)\ngreen,Hijau\n```\n",
            r"add-a-colour.md:2: .* does not name colours.csv",
        ),
        ("`colours.csv`\n```csv colours.csv (somewhere)\ngreen,Hijau\n```\n", "add-a-colour.md:2: write .*new file"),
        ("`colours.csv`\n```csv colours.csv\ngreen,Hijau\n```\n", "make the block a diff"),
    ],
)
def test_a_block_that_a_reader_could_not_carry_out_is_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(WrongStep, match=why):
        read_steps(documented(tmp_path, text))


@pytest.mark.parametrize(
    ("file", "how", "text", "why"),
    [
        ("colours.csv", "new file", "x\n", "is there already"),
        ("shades.csv", "add a line", "x\n", "is not there"),
        ("colours.csv", "add below grey,", "x\n", "has 0 lines that begin with 'grey,'"),
        ("colours.csv", "add below ", "x\n", "has 3 lines"),
        ("flow.py", "diff", '-    Ask("blue"),\n', "has the lines of the block 0 times"),
    ],
)
def test_a_file_that_is_not_as_the_how_to_says_is_named(
    tmp_path: Path, file: str, how: str, text: str, why: str
) -> None:
    with pytest.raises(WrongStep, match=f"^a.md:7: {file} {why}"):
        FileStep(file, how, text, "a.md:7").apply(a_project(tmp_path))
