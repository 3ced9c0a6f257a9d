"""Makes the components known to Rasa's recipe; `config.yml` names them by this module.

Apart from the components on purpose: the recipe imports TensorFlow (ten seconds), which only training
needs. A trained model names the components by their own modules, so that serving never comes here.
"""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from components.classifiers import CategoryClassifier, LinearIntentClassifier
from components.featurizer import TfidfFeaturizer

_Part = DefaultV1Recipe.ComponentType

DefaultV1Recipe.register(_Part.MESSAGE_FEATURIZER, is_trainable=True)(TfidfFeaturizer)
DefaultV1Recipe.register(_Part.INTENT_CLASSIFIER, is_trainable=True)(LinearIntentClassifier)
DefaultV1Recipe.register(_Part.INTENT_CLASSIFIER, is_trainable=True)(CategoryClassifier)

__all__ = ["CategoryClassifier", "LinearIntentClassifier", "TfidfFeaturizer"]
