"""Reads the corpus and trains the model, both through Rasa.

Rasa's recipe ends every graph with a handler that takes a text such as "/affirm" for an order. What a
citizen types is never an order to the model, so that node is left out of the trained graph; its import is
also what would bring TensorFlow into the server.
"""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rasa.engine.caching import LocalTrainingCache
from rasa.engine.exceptions import GraphComponentException
from rasa.engine.graph import GraphModelConfiguration, GraphSchema
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.training.graph_trainer import GraphTrainer
from rasa.engine.validation import validate
from rasa.shared.core.domain import Domain
from rasa.shared.data import TrainingType
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.importer import TrainingDataImporter

from components.calibration import UNTOUCHED, Calibration
from components.settings import Setting

_HANDLER_OF_ORDERS = "run_RegexMessageHandler"


class UnusableData(ValueError):
    """The training data or configuration cannot be used; the message says where and how to mend it."""


@dataclass(frozen=True)
class Example:
    """One training text.

    Attributes:
        text: as it stands in the file.
        intent: what its sender wants.
        category: what it is about; None for small talk.
    """

    text: str
    intent: str
    category: str | None


class Corpus:
    """The training data of some files, with the configuration that a model is trained by.

    Attributes:
        examples: all of them, in the order of the files.
    """

    def __init__(self, files: Iterable[Path], config: Path, domain: Path) -> None:
        """Reads the files.

        Raises:
            UnusableData: a file breaks the format, or `domain.yml` does not name an example's intent.
        """
        paths = [str(path) for path in files]
        try:
            self._importer = TrainingDataImporter.load_nlu_importer_from_config(str(config), None, paths)
            messages = self._importer.get_nlu_data().training_examples
            known = set(Domain.load(str(domain)).intents)
        except RasaException as error:
            raise UnusableData(str(error)) from error
        self.examples = [_example(message.data) for message in messages]
        if unknown := set(self.intents) - known:
            names = ", ".join(sorted(unknown))
            raise UnusableData(f"domain.yml does not name {names}: add it there, or mend the examples.")

    @property
    def intents(self) -> list[str]:
        """Each intent of the examples once, by the alphabet."""
        return sorted({example.intent for example in self.examples})

    @property
    def categories(self) -> list[str]:
        """Each category of the examples once, by the alphabet."""
        return sorted({example.category for example in self.examples if example.category})

    def settings_of(self, component: str) -> Mapping[str, Setting]:
        """What `config.yml` says to a component, by the name of its class."""
        for settings in self._importer.get_config()["pipeline"]:
            if settings["name"].endswith(f".{component}"):
                found: Mapping[str, Setting] = settings
                return found
        raise UnusableData(f"config.yml names no {component}: add it to the pipeline.")

    def train(self, archive: Path, calibration: Calibration = UNTOUCHED) -> None:
        """Trains the model of `config.yml` and writes it to `archive`, a tar.gz as Rasa makes it.

        Args:
            archive: where it goes.
            calibration: what the category's confidences become.

        Raises:
            UnusableData: a label cannot be learned, or `config.yml` is wrong.
        """
        try:
            recipe = DefaultV1Recipe()
            config = _with_calibration(self._importer.get_config(), calibration)
            whole = recipe.graph_config_for_recipe(config, {}, TrainingType.NLU)
            validate(whole)
            with tempfile.TemporaryDirectory(dir=archive.parent, prefix=".training-") as folder:
                trainer = GraphTrainer(LocalModelStorage(Path(folder)), LocalTrainingCache(), DaskGraphRunner)
                trainer.train(_without_orders(whole), self._importer, archive, force_retraining=True)
        except (RasaException, GraphComponentException) as error:
            raise UnusableData(str(error.__cause__ or error)) from error


def _example(data: Mapping[str, object]) -> Example:
    metadata = data.get("metadata")
    of_intent = metadata.get("intent") if isinstance(metadata, dict) else None
    category = of_intent.get("category") if isinstance(of_intent, dict) else None
    return Example(
        str(data.get("text")), str(data.get("intent")), category if isinstance(category, str) else None
    )


def _with_calibration(config: Mapping[str, object], calibration: Calibration) -> dict[str, object]:
    """`config.yml` as if it said to the category's classifier what `calibration.toml` says."""
    said = {"confidence_cap": calibration.cap, "confidence_power": calibration.power}
    parts = config["pipeline"]
    pipeline = [
        {**part, **said} if part["name"].endswith(".CategoryClassifier") else part
        for part in (parts if isinstance(parts, list) else [])
    ]
    return {**config, "pipeline": pipeline}


def _without_orders(whole: GraphModelConfiguration) -> GraphModelConfiguration:
    nodes = dict(whole.predict_schema.nodes)
    handler = nodes.pop(_HANDLER_OF_ORDERS)
    return replace(whole, predict_schema=GraphSchema(nodes), nlu_target=handler.needs["messages"])
