"""Keeps Rasa and TensorFlow from talking while a command of ours works, and from telling anybody of it."""

from __future__ import annotations

import logging
import os


def quieten() -> None:
    """To be called before either is imported."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    logging.getLogger().setLevel(logging.ERROR)
