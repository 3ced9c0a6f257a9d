"""A cell's files, filled in as an operator does it; `python -m tests.bench.cell` raises one and kills its primary."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.cell.machines import missing_programs, run_as_user
from tests.bench.cell.raising import Cell, cell_of, fill, written

MISSING = missing_programs()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"needs apt's {', '.join(MISSING)} (.ci/run installs them)"),
]
ONE_MACHINE = ("is not reachable", 'must not contain "127.0.0.1", "0.0.0.0", "*", "::1", "localhost"')
"""What Patroni's own check has against a cell on one machine, before anything runs."""


@pytest.fixture
def cell() -> Iterator[Cell]:
    """The files of one, filled in; nothing of it runs. pytest's own folders are closed to PostgreSQL's user."""
    with tempfile.TemporaryDirectory(prefix="lapor-cell-") as folder:
        yield written(Path(folder))


def test_what_an_operator_fills_in_is_read_by_each_program(cell: Cell) -> None:
    etc, home = cell.machines[0].folder / "etc", cell.machines[0].folder
    run_as_user(("haproxy", "-c", "-f", str(etc / "haproxy.cfg")), home)
    with pytest.raises(RuntimeError) as refused:  # nothing runs yet, and all three are on one machine
        run_as_user(("patroni", "--validate-config", str(etc / "patroni.yml")), home)
    complaints = str(refused.value).partition(": ")[2].splitlines()
    assert [line for line in complaints if not line.endswith(ONE_MACHINE)] == []
    said = cell.backs_up(cell.machines[0], "info")
    assert "lapor-test" in said or "No stanzas exist" in said
    files = {file.name: file.read_text(encoding="utf-8") for file in etc.iterdir() if file.is_file()}
    assert files.keys() == fill().FILES.keys()
    assert not [name for name, words in files.items() if fill().PLACE.search(words)]
    assert {file.stat().st_mode & 0o777 for file in etc.iterdir() if file.is_file()} == {0o600}


@pytest.mark.parametrize("short", ["", "short", "twenty-four letters and a blank"])
def test_a_password_that_is_none_is_refused(tmp_path: Path, short: str) -> None:
    described = cell_of(tmp_path)
    described["passwords"]["backups"] = short
    with pytest.raises(fill().CannotFill, match="backups"):
        fill().write(described, "one")
