"""The two Rasa components that put labels to a message: what its sender wants, and what it is about.

Both are the same linear model over the same features; they differ in the label they learn and where they
write it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from components.calibration import Calibration
from components.linear import LinearModel, Ranking
from components.settings import CLASSIFIER, Recipe, Settings

CATEGORY_RANKING = "category_ranking"
TYPE_UNKNOWN = "unknown"
_NO_INTENT = {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}


class LinearClassifier(GraphComponent):
    """A linear model as a part of Rasa's graph; its heirs say which label it learns."""

    @staticmethod
    def get_default_config() -> Settings:
        """See `settings.Recipe` and `calibration.Calibration`."""
        return {**CLASSIFIER}

    def __init__(
        self,
        config: Settings,
        storage: ModelStorage,
        resource: Resource,
        model: LinearModel | None = None,
    ) -> None:
        """A component of a graph; `model` is None until it is trained.

        Raises:
            SettingError: a setting is wrong.
        """
        self._recipe = Recipe.of(config, type(self).__name__)
        self._calibration = Calibration.of(config, type(self).__name__)
        self._storage, self._resource, self._model = storage, resource, model

    @classmethod
    def create(
        cls,
        config: Settings,
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa hands it over by name
    ) -> LinearClassifier:
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Settings,
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa hands it over by name
        **_: object,
    ) -> LinearClassifier:
        """A trained component.

        Raises:
            UnreadableModel: what was saved is damaged or of another make.
        """
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearModel.load(folder))

    @abstractmethod
    def label_of(self, message: Message) -> str | None:
        """The label that a training message bears; None leaves it out."""

    @abstractmethod
    def write(self, message: Message, ranking: Ranking, *, has_words: bool) -> None:
        """Puts the labels, best first, into what the server answers.

        Args:
            message: gets them.
            ranking: all labels; equally likely when the model knows none of its words.
            has_words: whether it knows any.
        """

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from all messages that bear a label, and saves what it learned.

        Raises:
            TooFewExamples: a label cannot be learned.
        """
        labelled = [
            (message, label)
            for message in training_data.training_examples
            if (label := self.label_of(message))
        ]
        from components.learning import learn  # noqa: PLC0415 - scikit-learn, for which serving must not wait

        features = _features([message for message, _ in labelled])
        labels = [label for _, label in labelled]
        self._model = learn(features, labels, self._recipe, calibration=self._calibration)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Writes the ranked labels into `messages`.

        Raises:
            RuntimeError: the component was neither trained nor loaded.
        """
        if self._model is None:
            raise RuntimeError(f"{type(self).__name__} is used before it is trained or loaded.")
        if messages:
            features = _features(messages)
            known = features.getnnz(axis=1) > 0
            for message, ranking, has_words in zip(messages, self._model.rank(features), known):
                self.write(message, ranking, has_words=bool(has_words))
        return messages


class LinearIntentClassifier(LinearClassifier):
    """What the sender wants: one of the intents of `domain.yml`."""

    def label_of(self, message: Message) -> str | None:
        """The intent of the example, unless `metadata: {type: unknown}` says that nobody said it."""
        intent = message.get(INTENT)
        is_known = _of_block(message).get("type") != TYPE_UNKNOWN
        return intent if isinstance(intent, str) and message.get(TEXT) and is_known else None

    def write(self, message: Message, ranking: Ranking, *, has_words: bool) -> None:
        """Sets Rasa's `intent` and `intent_ranking`; no intent, as Rasa says it, for a text without words."""
        named = _as_json(ranking) if has_words else []
        message.set(INTENT, named[0] if named else _NO_INTENT, add_to_output=True)
        message.set(INTENT_RANKING_KEY, named, add_to_output=True)


class CategoryClassifier(LinearClassifier):
    """What the message is about: one of the slugs that the examples bear in their metadata."""

    def label_of(self, message: Message) -> str | None:
        """`metadata: {category: …}` of the intent block that the example stands in, if it has one."""
        category = _of_block(message).get("category")
        return category if isinstance(category, str) and message.get(TEXT) else None

    def write(self, message: Message, ranking: Ranking, *, has_words: bool) -> None:  # noqa: ARG002
        """Sets `category_ranking`: all slugs, best first."""
        message.set(CATEGORY_RANKING, _as_json(ranking), add_to_output=True)


def _of_block(message: Message) -> Mapping[str, object]:
    """The metadata of the intent block that a training message stands in."""
    metadata = message.get("metadata") or {}
    return metadata.get(INTENT) or {}


def _as_json(ranking: Ranking) -> list[dict[str, str | float]]:
    return [{"name": label, "confidence": confidence} for label, confidence in ranking]


def _features(messages: list[Message]) -> csr_matrix:
    rows = []
    for message in messages:
        _, sentence = message.get_sparse_features(TEXT)
        if sentence is None:
            raise RuntimeError("config.yml: a classifier stands before TfidfFeaturizer; put it behind.")
        rows.append(sentence.features)
    return vstack(rows, format="csr") if rows else csr_matrix((0, 0))
