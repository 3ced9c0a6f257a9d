"""The Rasa components, apart from a graph: they learn, save, load, and write what the server answers."""

from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.classifiers import CategoryClassifier, LinearClassifier, LinearIntentClassifier
from components.featurizer import TfidfFeaturizer
from components.saved import UnreadableModel
from components.settings import SettingError

CONTEXT = ExecutionContext(GraphSchema({}), node_name="under_test")
CLASSIFIERS = [LinearIntentClassifier, CategoryClassifier]


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    (tmp_path / "storage").mkdir()
    return LocalModelStorage(tmp_path / "storage")


def an_example(text: str, intent: str, category: str | None = None) -> Message:
    """As Rasa's reader makes it of a line in a file, with the metadata of its block."""
    message = Message.build(text, intent)
    if category:
        message.set("metadata", {"intent": {"category": category}})
    return message


def some_examples() -> TrainingData:
    return TrainingData(
        [an_example(f"lampu jalan mati {number}", "complaint", "penerangan_jalan") for number in range(6)]
        + [an_example(f"mohon dibuatkan taman {number}", "aspiration", "pohon_taman") for number in range(6)]
        + [an_example(f"halo selamat pagi {number}", "greet") for number in range(6)]
    )


def a_featurizer(storage: LocalModelStorage) -> tuple[TfidfFeaturizer, TrainingData]:
    """A trained featurizer, and the examples with their features."""
    featurizer = TfidfFeaturizer.create(
        TfidfFeaturizer.get_default_config(), storage, Resource("features"), CONTEXT
    )
    examples = some_examples()
    featurizer.train(examples)
    return featurizer, featurizer.process_training_data(examples)


def a_classifier(kind: type[LinearClassifier], storage: LocalModelStorage) -> LinearClassifier:
    return kind.create(kind.get_default_config(), storage, Resource(kind.__name__), CONTEXT)


def test_the_intent_classifier_writes_intent_and_ranking(storage: LocalModelStorage) -> None:
    featurizer, examples = a_featurizer(storage)
    classifier = a_classifier(LinearIntentClassifier, storage)
    classifier.train(examples)

    (message,) = classifier.process(featurizer.process([Message({"text": "selamat pagi"})]))

    answer = message.as_dict(only_output_properties=True)
    assert answer["intent"]["name"] == "greet"
    assert answer["intent_ranking"][0] == answer["intent"]
    assert len(answer["intent_ranking"]) == 3


def test_the_category_classifier_learns_only_from_examples_that_bear_one(storage: LocalModelStorage) -> None:
    featurizer, examples = a_featurizer(storage)
    classifier = a_classifier(CategoryClassifier, storage)
    classifier.train(examples)

    (message,) = classifier.process(featurizer.process([Message({"text": "lampu mati"})]))

    ranking = message.as_dict(only_output_properties=True)["category_ranking"]
    assert [label["name"] for label in ranking] == ["penerangan_jalan", "pohon_taman"]
    assert sum(label["confidence"] for label in ranking) == pytest.approx(1)


def test_an_example_of_unknown_type_teaches_its_category_and_no_intent(storage: LocalModelStorage) -> None:
    featurizer, examples = a_featurizer(storage)
    intents, categories = (a_classifier(kind, storage) for kind in CLASSIFIERS)
    for example in examples.training_examples:
        if example.get("intent") == "aspiration":
            example.set("metadata", {"intent": {"category": "pohon_taman", "type": "unknown"}})
    for classifier in (intents, categories):
        classifier.train(examples)

    messages = featurizer.process([Message({"text": "taman"})])
    (message,) = categories.process(intents.process(messages))

    assert {label["name"] for label in message.get("intent_ranking")} == {"complaint", "greet"}
    assert message.get("category_ranking")[0]["name"] == "pohon_taman"


def test_a_text_without_words_has_no_intent_and_no_likelier_category(storage: LocalModelStorage) -> None:
    featurizer, examples = a_featurizer(storage)
    messages = featurizer.process([Message({"text": "😀"}), Message({"text": ""})])
    for kind in CLASSIFIERS:
        classifier = a_classifier(kind, storage)
        classifier.train(examples)
        classifier.process(messages)

    for message in messages:
        assert message.get("intent") == {"name": None, "confidence": 0.0}
        assert message.get("intent_ranking") == []
        assert {label["confidence"] for label in message.get("category_ranking")} == {0.5}


@pytest.mark.parametrize("kind", CLASSIFIERS)
def test_a_loaded_pipeline_answers_as_the_trained_one(
    kind: type[LinearClassifier], storage: LocalModelStorage
) -> None:
    featurizer, examples = a_featurizer(storage)
    trained = a_classifier(kind, storage)
    trained.train(examples)
    features = TfidfFeaturizer.load(
        TfidfFeaturizer.get_default_config(), storage, Resource("features"), CONTEXT
    )
    loaded = kind.load(kind.get_default_config(), storage, Resource(kind.__name__), CONTEXT)

    (before,) = trained.process(featurizer.process([Message({"text": "lampu taman mati"})]))
    (after,) = loaded.process(features.process([Message({"text": "lampu taman mati"})]))

    assert after.as_dict(only_output_properties=True) == before.as_dict(only_output_properties=True)


@pytest.mark.parametrize("kind", CLASSIFIERS)
def test_a_damaged_classifier_is_refused(kind: type[LinearClassifier], storage: LocalModelStorage) -> None:
    _, examples = a_featurizer(storage)
    a_classifier(kind, storage).train(examples)
    with storage.write_to(Resource(kind.__name__)) as folder:
        (folder / "numbers.npz").write_bytes(b"rubbish")

    with pytest.raises(UnreadableModel, match="Train the model again"):
        kind.load(kind.get_default_config(), storage, Resource(kind.__name__), CONTEXT)


def test_a_wrong_setting_is_refused_when_the_graph_is_built(storage: LocalModelStorage) -> None:
    with pytest.raises(SettingError, match="slack"):
        CategoryClassifier.create({"slack": 0, "naive_share": 0}, storage, Resource("category"), CONTEXT)
    wrong = {**CategoryClassifier.get_default_config(), "confidence_cap": 0.1}
    with pytest.raises(SettingError, match="confidence_cap"):
        CategoryClassifier.create(wrong, storage, Resource("category"), CONTEXT)
    with pytest.raises(SettingError, match="fewest_texts"):
        TfidfFeaturizer.create({"alias": None, "fewest_texts": 0}, storage, Resource("features"), CONTEXT)


def test_a_classifier_before_the_featurizer_is_refused(storage: LocalModelStorage) -> None:
    with pytest.raises(RuntimeError, match="put it behind"):
        a_classifier(LinearIntentClassifier, storage).train(some_examples())


def test_nothing_answers_before_it_is_trained(storage: LocalModelStorage) -> None:
    with pytest.raises(RuntimeError, match="before it is trained"):
        a_classifier(CategoryClassifier, storage).process([Message({"text": "lampu"})])
