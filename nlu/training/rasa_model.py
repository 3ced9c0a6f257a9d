"""Reads the corpus and trains the model, both through Rasa.

Rasa's recipe ends every graph with a handler that takes a text such as "/affirm" for an order. What a
citizen types is never an order to the model, so that node is left out of the trained graph; its import is
also what would bring TensorFlow into the server.
"""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
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
from description import Description
from training.corpus import Corpus, Example, UnusableData

_HANDLER_OF_ORDERS = "run_RegexMessageHandler"


class RasaCorpus(Corpus):
    """What Rasa reads and trains."""

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
        super().__init__([_example(message.data) for message in messages], self._importer.get_config())
        self.refuse_unknown_intents(known)

    def train(
        self,
        out: Path,
        calibration: Calibration = UNTOUCHED,
        about: Description | None = None,  # noqa: ARG002 - it lies beside Rasa's file, not in it
    ) -> None:
        """Trains the model of `config.yml` through Rasa's graph.

        Args:
            out: where it goes, a tar.gz as Rasa makes it.
            calibration: what the category's confidences become.
            about: is written beside it, not in it.

        Raises:
            UnusableData: a label cannot be learned, or `config.yml` is wrong.
        """
        try:
            recipe = DefaultV1Recipe()
            config = _with_calibration(self._importer.get_config(), calibration)
            whole = recipe.graph_config_for_recipe(config, {}, TrainingType.NLU)
            validate(whole)
            with tempfile.TemporaryDirectory(dir=out.parent, prefix=".training-") as folder:
                trainer = GraphTrainer(LocalModelStorage(Path(folder)), LocalTrainingCache(), DaskGraphRunner)
                trainer.train(_without_orders(whole), self._importer, out, force_retraining=True)
        except (RasaException, GraphComponentException) as error:
            raise UnusableData(str(error.__cause__ or error)) from error


def _example(data: Mapping[str, object]) -> Example:
    metadata = data.get("metadata")
    of_intent = metadata.get("intent") if isinstance(metadata, dict) else None
    about = of_intent if isinstance(of_intent, dict) else {}
    category = about.get("category")
    return Example(
        str(data.get("text")),
        str(data.get("intent")),
        category if isinstance(category, str) else None,
        type_known=about.get("type") != "unknown",
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
