"""Where the language model's program, its training data and what was trained from them lie."""

from __future__ import annotations

import contextlib
import json
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

LIST = "withdrawn.jsonl"
"""A line for each: file and text, who, when and why."""
SPELLING = "spelling.tsv"
"""How words are written out here, over the table that comes with the version."""


def without_withdrawn(base: Path, own: Path, copy: Path) -> Path:
    """The folder to learn from: `base` itself, or `copy` when something of it is withdrawn.

    Args:
        base: the regency's data, or the project's.
        own: what trainers added and withdrew.
        copy: where the copy is kept; only what has changed is written.
    """
    gone = _withdrawn(own)
    if not gone:
        return base
    names = set()
    for file in (path for path in sorted(base.rglob("*")) if path.suffix in {".yml", ".toml", ".tsv"}):
        name = file.relative_to(base).as_posix()
        names.add(name)
        _put(copy / name, _left(file.read_bytes().decode("utf-8", "surrogateescape"), gone.get(name, set())))
    for file in (path for path in copy.rglob("*.yml") if path.relative_to(copy).as_posix() not in names):
        file.unlink()
    return copy


def _withdrawn(own: Path) -> dict[str, set[str]]:
    try:
        lines = (own / LIST).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    found = defaultdict[str, set[str]](set)
    for row in map(json.loads, lines):
        found[row["file"]].add(row["text"])
    return found


def _left(content: str, gone: set[str]) -> str:
    lines = content.splitlines(keepends=True)
    return "".join(line for line in lines if line.strip().removeprefix("-").strip() not in gone)


def _put(file: Path, content: str) -> None:
    written = content.encode("utf-8", "surrogateescape")
    if file.exists() and file.read_bytes() == written:
        return
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = file.with_name(f".{file.name}.new")
    unfinished.write_bytes(written)
    unfinished.replace(file)


_MODELS_KEPT = 3
_HASH_CHARACTERS = 12
KEPT = "served-"
"""How the archives of models in service are called besides."""
_ARCHIVE = ".tar.gz"
_COMPILED = "compiled-*.lapor"


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """A model that can be served.

    Attributes:
        archive: `rasa-<hash>.tar.gz`, with its description `rasa-<hash>.json` beside it.
        made_from: the fingerprint of data, configuration and code that it was trained from.
        threshold_sure: confidence (0 to 1) of the first category from which it is sure.
    """

    archive: Path
    made_from: str
    threshold_sure: float


@dataclass(frozen=True, slots=True)
class ModelFolders:
    """The three folders that everything about the model follows from, each absolute.

    Attributes:
        project: holds `nlu/` and `data/`.
        config_dir: of this regency.
        data_dir: models, logs and the address of the running server.
        server: tells the files of this server from those of another beside it; "" of the only one.
        copied: the folders to train on, where they are not those of today but a copy of them.
    """

    project: Path
    config_dir: Path
    data_dir: Path
    copied: tuple[Path, ...] = ()
    server: str = ""

    @property
    def program(self) -> Path:
        """The language model's own project, in a Python of its own."""
        return self.project / "nlu"

    @property
    def log(self) -> Path:
        """What installing, training and serving say."""
        return self.data_dir / "logs" / "nlu.log"

    @property
    def address(self) -> Path:
        """Tells other commands on the same data folder where the model is served now."""
        return self.data_dir / f"nlu-server{self.server}.json"

    @property
    def lock(self) -> Path:
        """Held by the process that serves the model, so that there is one server a data folder."""
        return self.data_dir / f"nlu-server{self.server}.lock"

    def training_data(self) -> list[Path]:
        """The folders trained on: the regency's, else the project's; then what trainers added here."""
        if self.copied:
            return list(self.copied)
        added = self.data_dir / "nlu"
        first = without_withdrawn(self.base_data, added, self.data_dir / "nlu-base")
        return [first, added] if any(added.rglob("*.yml")) or (added / SPELLING).is_file() else [first]

    @property
    def base_data(self) -> Path:
        """The regency's training data, else the project's."""
        of_regency = self.config_dir / "nlu"
        return of_regency if of_regency.is_dir() else self.project / "data" / "nlu"

    def archive_for(self, made_from: str) -> Path:
        """Where the model of a fingerprint lies, or will."""
        return self.models / f"rasa-{made_from[:_HASH_CHARACTERS]}{_ARCHIVE}"

    def compiled_for(self, made_from: str) -> Path:
        """Where the one file lies, or will, that the model of a fingerprint is compiled to."""
        return self.models / f"model-{made_from[:_HASH_CHARACTERS]}.lapor"

    @property
    def models(self) -> Path:
        """The folder of trained models."""
        return self.data_dir / "models"


def find_model(folders: ModelFolders, made_from: str, kept: Path | None = None) -> TrainedModel | None:
    """The model that was trained from just this; None when there is none, or its files are no use.

    Args:
        folders: where it lies.
        made_from: its fingerprint.
        kept: its archive, where it is kept under another name.
    """
    archive = kept or folders.archive_for(made_from)
    try:
        about = json.loads(description_file(archive).read_text(encoding="utf-8"))
        model = TrainedModel(archive, about["hash"], float(about["threshold_sure"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    usable = archive.is_file() and model.made_from == made_from and 0 <= model.threshold_sure <= 1
    return model if usable else None


def description_of(model: TrainedModel) -> dict[str, object]:
    """What the training has told of a model.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    told = json.loads(description_file(model.archive).read_text(encoding="utf-8"))
    return told if isinstance(told, dict) else {}


def forget_old_models(newest: TrainedModel) -> None:
    """Delete all models but the newest and the two trained before it."""
    found = sorted(newest.archive.parent.glob(f"rasa-*{_ARCHIVE}"), key=lambda path: -path.stat().st_mtime)
    others = [archive for archive in found if archive != newest.archive]
    for archive in others[_MODELS_KEPT - 1 :]:
        archive.unlink(missing_ok=True)
        description_file(archive).unlink(missing_ok=True)


def compiled_models(folders: ModelFolders) -> list[tuple[Path, os.stat_result]]:
    """The models that were put there by hand, or by a version without a registry, the one written last first."""
    found = []
    for file in folders.models.glob(_COMPILED):
        with contextlib.suppress(FileNotFoundError):
            found.append((file, file.stat()))
    return sorted(found, key=lambda each: (-each[1].st_mtime_ns, each[0].name))


def kept_archive(folders: ModelFolders, made_from: str) -> Path:
    """Where the archive of a model in service lies, so that it outlasts those that only were trained."""
    archive = folders.archive_for(made_from)
    return archive.with_name(archive.name.replace("rasa-", KEPT, 1))


def description_file(archive: Path) -> Path:
    """Where the description of an archive lies."""
    return archive.with_name(archive.name.removesuffix(_ARCHIVE) + ".json")
