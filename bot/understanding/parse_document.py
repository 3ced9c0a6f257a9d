"""What was heard, as `lapor nlu parse` prints it."""

from __future__ import annotations

from bot.understanding.understood import REPORT_TYPES, Guess, Meaning, Place, When


def document_of(text: str, meaning: Meaning) -> dict[str, object]:
    """One JSON object; `place` and `when` are always objects, their members null where nothing was found."""
    return {
        "text": text,
        "intent": {"name": meaning.intent.name, "confidence": meaning.intent.confidence},
        "type": meaning.intent.name if meaning.intent.name in REPORT_TYPES else None,
        "categories": [_category(guess) for guess in meaning.categories],
        "place": _place(meaning.place),
        "when": _when(meaning.when),
        "emergency": meaning.emergency,
        "sensitive": meaning.sensitive,
    }


def _category(guess: Guess) -> dict[str, object]:
    return {"slug": guess.name, "confidence": guess.confidence}


def _place(place: Place) -> dict[str, object]:
    return {
        "district": place.district,
        "village": place.village,
        "road": place.road,
        "km": place.km,
        "rt": place.rt,
        "rw": place.rw,
        "landmark": place.landmark,
        "outside": place.outside,
    }


def _when(when: When) -> dict[str, object]:
    return {
        "from": when.since.isoformat() if when.since else None,
        "to": when.until.isoformat() if when.until else None,
    }
