"""Loads a trained model and asks it about texts, by Rasa's graph and without TensorFlow.

Rasa's own agent reads the training graph too, and with it every component that Rasa ever had (TensorFlow,
ten seconds and 400 MB). The graph that answers needs none of them, so only that one is read.
"""

from __future__ import annotations

import json
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import (
    MODEL_ARCHIVE_COMPONENTS_DIR,
    MODEL_ARCHIVE_METADATA_FILE,
    LocalModelStorage,
)
from rasa.shared.nlu.training_data.message import Message

from description import Json

Document = dict[str, Json]
"""What Rasa's server answers to `POST /model/parse`: text, intent, entities, rankings."""

_KNOWN_PACKAGES = ("components.", "rasa.")


class UnusableModel(ValueError):
    """The file is no model that can be served; the message says what to do."""


class ServedModel:
    """A trained model in memory; nothing of it is written, so threads may share it."""

    def __init__(self, runner: DaskGraphRunner, target: str) -> None:
        """A loaded graph, and the name of the node whose output is the answer."""
        self._runner, self._target = runner, target

    @classmethod
    def load(cls, archive: Path) -> ServedModel:
        """Unpacks a model into a temporary folder and reads it.

        Raises:
            UnusableModel: the file is missing, damaged, of another make, or names foreign code.
        """
        with tempfile.TemporaryDirectory() as folder:
            try:
                with tarfile.open(archive, "r:gz") as packed:
                    packed.extractall(folder, filter="data")
                return cls._from_folder(Path(folder))
            except (OSError, EOFError, tarfile.TarError, KeyError, TypeError, ValueError) as error:
                reason = f"{type(error).__name__}: {error}"
                raise UnusableModel(f"{archive} is no usable model ({reason}). Train it again.") from error

    @classmethod
    def _from_folder(cls, folder: Path) -> ServedModel:
        metadata = json.loads((folder / MODEL_ARCHIVE_METADATA_FILE).read_text(encoding="utf-8"))
        _refuse_foreign_code(metadata["predict_schema"])
        graph = GraphSchema.from_dict(metadata["predict_schema"])
        runner = DaskGraphRunner.create(
            graph_schema=graph,
            model_storage=LocalModelStorage(folder / MODEL_ARCHIVE_COMPONENTS_DIR),
            execution_context=ExecutionContext(graph_schema=graph, model_id=metadata["model_id"]),
        )
        return cls(runner, metadata["nlu_target"])

    def parse(self, texts: Sequence[str]) -> list[Document]:
        """What the model makes of each text, in order; also of an empty one."""
        if not texts:
            return []
        asked = [UserMessage(text=text) for text in texts]
        answers = self._runner.run(inputs={PLACEHOLDER_MESSAGE: asked}, targets=[self._target])
        return [_document(message) for message in answers[self._target]]


def _document(message: Message) -> Document:
    """As Rasa's own server words it (`MessageProcessor.parse_message`)."""
    nothing: Document = {"text": "", "intent": {"name": None, "confidence": 0.0}, "entities": []}
    return {**nothing, **message.as_dict(only_output_properties=True)}


def _refuse_foreign_code(graph: Mapping[str, Mapping[str, Mapping[str, str]]]) -> None:
    for name, node in graph["nodes"].items():
        if not node["uses"].startswith(_KNOWN_PACKAGES):
            raise UnusableModel(f"its node {name} would run {node['uses']}")
