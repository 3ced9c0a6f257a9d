"""What is wrong with one example by itself: personal data, signs that Rasa takes for its own, its length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checking.faults import Example, Fault

MOST_WORDS = 120
_FEWEST_OF_CATEGORY = 3
_DIGITS = re.compile(r"(?<![\w-])\+?\d(?:[ .-]?\d){8,}(?![\w-])")
"""Nine digits or more, as telephone numbers, NIK, family cards and accounts have them."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_RASAS_OWN = re.compile(r"\[[^\]]*\]\s*[({]|^/")
"""What Rasa reads as an entity or an order and not as words."""


def faults_of_sentences(examples: Sequence[Example]) -> Iterator[Fault]:
    """The faults of each example."""
    for example in examples:
        if _DIGITS.search(example.text) or _MAIL.search(example.text):
            yield example.fault(
                "this may be somebody's number or address: leave it out or write a short one."
            )
        if _RASAS_OWN.search(example.text):
            yield example.fault("Rasa does not read this as words: leave out the brackets or the stroke.")
        words = len(example.text.split())
        if words > MOST_WORDS:
            yield example.fault(f"this has {words} words: shorten it to {MOST_WORDS}.")
        if example.category and words < _FEWEST_OF_CATEGORY:
            yield example.fault(f"this says too little of {example.category}: write three words or more.")
