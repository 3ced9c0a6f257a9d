"""A wrong setting in config.yml is named, with what to write instead."""

import pytest

from components.settings import Recipe, Setting, SettingError, fewest_texts


def test_settings_are_read() -> None:
    assert Recipe.of({"slack": 1, "naive_share": 0}, "CategoryClassifier") == Recipe(1.0, 0.0)
    assert fewest_texts({"fewest_texts": 2}, "TfidfFeaturizer") == 2


@pytest.mark.parametrize("value", [0, -1, 1.5, True, "two", None])
def test_fewest_texts_is_a_whole_number_from_one(value: Setting) -> None:
    with pytest.raises(SettingError, match=r"config\.yml, TfidfFeaturizer: fewest_texts must be a whole"):
        fewest_texts({"fewest_texts": value}, "TfidfFeaturizer")


@pytest.mark.parametrize("value", [0, -1, True, "much", None])
def test_slack_is_above_zero(value: Setting) -> None:
    with pytest.raises(SettingError, match="slack must be a number above 0"):
        Recipe.of({"slack": value, "naive_share": 0.1}, "CategoryClassifier")


@pytest.mark.parametrize("value", [-0.1, 1.1, False, "some", None])
def test_naive_share_is_from_zero_to_one(value: Setting) -> None:
    with pytest.raises(SettingError, match="naive_share must be a number from 0 to 1"):
        Recipe.of({"slack": 0.3, "naive_share": value}, "CategoryClassifier")
