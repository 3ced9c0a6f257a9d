"""The Rasa component that gives every message its sparse row of weights (see `tfidf`)."""

from __future__ import annotations

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.settings import FEATURIZER, Settings, fewest_texts
from components.spelling import read_table
from components.tfidf import Tfidf


class TfidfFeaturizer(SparseFeaturizer, GraphComponent):
    """Normalises the spelling of a message and weighs its words, word pairs and pieces of words."""

    @staticmethod
    def get_default_config() -> Settings:
        """`fewest_texts`: grams that stand in fewer training texts are left out."""
        return {**SparseFeaturizer.get_default_config(), **FEATURIZER}

    @classmethod
    def validate_config(cls, config: Settings) -> None:
        """Refuses a `fewest_texts` below one.

        Raises:
            SettingError: says what to write instead.
        """
        fewest_texts(config, cls.__name__)

    def __init__(
        self,
        config: Settings,
        context: ExecutionContext,
        storage: ModelStorage,
        resource: Resource,
        tfidf: Tfidf | None = None,
    ) -> None:
        """A component of a graph; `tfidf` is None until it is trained."""
        super().__init__(context.node_name, config)
        self._storage, self._resource, self._tfidf = storage, resource, tfidf

    @classmethod
    def create(
        cls,
        config: Settings,
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TfidfFeaturizer:
        """An untrained component."""
        return cls(config, execution_context, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Settings,
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: object,
    ) -> TfidfFeaturizer:
        """A trained component.

        Raises:
            UnreadableModel: what was saved is damaged or of another make.
        """
        with model_storage.read_from(resource) as folder:
            return cls(config, execution_context, model_storage, resource, Tfidf.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns vocabulary and weights from all training texts, and saves them."""
        texts = [message.get(TEXT) for message in training_data.training_examples if message.get(TEXT)]
        self._tfidf = Tfidf.fit(texts, read_table(), fewest_texts(self._config, type(self).__name__))
        with self._storage.write_to(self._resource) as folder:
            self._tfidf.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Gives all training messages their features."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Gives `messages` their features, one sparse row each.

        Raises:
            RuntimeError: the component was neither trained nor loaded.
        """
        if self._tfidf is None:
            raise RuntimeError("TfidfFeaturizer is used before it is trained or loaded.")
        rows = self._tfidf.transform([message.get(TEXT) or "" for message in messages])
        for number, message in enumerate(messages):
            row = rows[number]
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages
