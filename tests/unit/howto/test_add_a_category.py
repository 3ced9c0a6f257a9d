"""`docs/how-to/add-a-category.md` is carried out as it stands: by its steps, on a copy of the files it names."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer
from typer.testing import CliRunner

from actions.cases.case import Location, ReportType, Severity
from actions.cases.routing import route
from bot.cli.main import lapor
from bot.configuration.settings import HOME, read_settings
from bot.main.assembly import assemble
from bot.understanding import words
from bot.understanding.keywords import KeywordUnderstanding
from tests.unit.howto.steps import CommandStep, FileStep, carry_out, commands, read_steps

DOCUMENT = HOME / "docs" / "how-to" / "add-a-category.md"
STEPS = read_steps(DOCUMENT)
KEYWORDS = "bot/understanding/words/categories.toml"
RUN = {step.command: step for step in commands(STEPS) if step.output}


def files(text: str) -> list[FileStep]:
    """The steps that change a file whose name begins so."""
    return [step for step in STEPS if isinstance(step, FileStep) and step.file.startswith(text)]


def new_row() -> list[str]:
    """The cells that the how-to adds to categories.csv."""
    (step,) = files("data/categories.csv")
    return step.text.strip().split(",")


def agency() -> str:
    """Whom its rule names."""
    (step,) = files("data/routing.csv")
    return step.text.strip().split(",")[3]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the how-to changes, whose `data/` is the regency that is served."""
    leave_out = shutil.ignore_patterns("baseline", "held_back", "learning_curve.toml")
    shutil.copytree(HOME / "data", tmp_path / "data", ignore=leave_out)
    (tmp_path / KEYWORDS).parent.mkdir(parents=True)
    shutil.copy(HOME / KEYWORDS, tmp_path / KEYWORDS)
    monkeypatch.setenv("LAPOR_CONFIG_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LAPOR_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("LAPOR_NLU", "compiled")
    monkeypatch.setenv("PATH", "")  # without uv nothing of Rasa's is looked for
    for name in ("UV", "LAPOR_UV", "LAPOR_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def printed(step: CommandStep) -> tuple[int, str]:
    """Exit code and words of a command of the how-to, its spaces drawn together."""
    outcome = CliRunner().invoke(lapor, step.command.split()[1:])
    return outcome.exit_code, " ".join(outcome.stdout.split())


def test_the_service_begins_with_the_category_and_routes_it_to_the_agency_that_is_named(project: Path) -> None:
    carry_out(STEPS, project)
    service = assemble(read_settings())
    slug, group, in_indonesian, in_english, *_ = new_row()
    category = service.regency.categories[slug]
    assert (category.parent, category.labels) == (group, {"id": in_indonesian, "en": in_english})
    assert slug in service.talk.catalogue.groups[group]
    kind, severity = ReportType.COMPLAINT, Severity.NORMAL
    found = route(service.regency, type=kind, category=slug, location=Location(), severity=severity, sensitive=False)
    assert (found.agency, found.forward) == (agency(), True)


def test_without_its_rule_the_start_is_refused_as_the_how_to_says(project: Path) -> None:
    carry_out(files("data/categories.csv"), project)
    outcome = CliRunner().invoke(lapor, ["doctor"])
    assert f"no rule covers the category '{new_row()[0]}'" in " ".join(outcome.stdout.split())


@pytest.mark.thorough
def test_doctor_prints_what_the_how_to_shows_once_the_category_is_there(project: Path) -> None:
    doctor = RUN["./lapor doctor"]
    assert "cannot predict" not in printed(doctor)[1]
    carry_out(STEPS, project)
    code, said = printed(doctor)
    assert (code, doctor.output in said) == (0, True), said


@pytest.mark.thorough
def test_the_check_needs_no_rasa_and_counts_the_examples_as_the_how_to_shows(project: Path) -> None:
    check = RUN["./lapor nlu check"]
    code, said = printed(check)
    assert (code, "none to mend. Rasa's own reading is left out" in said) == (0, True), said
    assert "./lapor nlu train brings it" in said
    before = examples_of(said)
    carry_out(STEPS, project)
    code, said = printed(check)
    assert (code, check.output in said) == (1, True), said
    (step,) = files("data/nlu/")
    assert said.endswith(f"{before + step.text.count('    - ')} examples, 1 to mend.")


def test_its_words_order_the_buttons_and_it_is_offered_without_them(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = new_row()[0]
    text = "sapi saya sakit sesudah dari pasar hewan"
    assert slug not in {guess.name for guess in KeywordUnderstanding(["jalan", "sampah", "lainnya", slug]).rank(text)}
    carry_out(files(KEYWORDS), project)
    monkeypatch.setattr(words, "resources", SimpleNamespace(files=lambda _: (project / KEYWORDS).parent))
    assert KeywordUnderstanding(["jalan", "sampah", "lainnya", slug]).rank(text)[0].name == slug


def known_commands(group: typer.core.TyperGroup, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            yield from known_commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def test_every_command_of_the_how_to_is_there() -> None:
    group = typer.main.get_command(lapor)
    assert isinstance(group, typer.core.TyperGroup)
    known = set(known_commands(group))
    typed = [step.command for step in commands(STEPS)] + re.findall(r"`(\./lapor [^`]+)`", DOCUMENT.read_text("utf-8"))
    called = {" ".join(word for word in line.split()[1:] if word.islower() and word[0] != "-") for line in typed}
    assert called <= known


def examples_of(said: str) -> int:
    """How many examples a check has counted."""
    found = re.search(r"(\d+) examples", said)
    assert found, said
    return int(found[1])
