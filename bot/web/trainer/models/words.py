"""The words of the pages on models."""

from __future__ import annotations

from collections.abc import Mapping

from actions.store.training.trainings import TrainingState
from bot.conversation.screen import Line, line
from bot.training.models.comparing import FROZEN, LIVE
from bot.training.models.gate import Demand
from bot.training.models.promotion import PROMOTED, ROLLED_BACK, SHADOW_OFF, SHADOW_ON, Why
from bot.training.models.training import Doing

PAGE: Mapping[str, Line] = {
    "now": line("models-now"),
    "train_title": line("models-train-title"),
    "train_about": line("models-train-about"),
    "train": line("models-train"),
    "cancel": line("models-train-cancel"),
    "log": line("models-train-log"),
    "look_again": line("models-look-again"),
    "all": line("models-all"),
    "model": line("models-column-model"),
    "made": line("models-column-made"),
    "category": line("models-category"),
    "macro_f1": line("models-macro-f1"),
    "state": line("models-column-state"),
    "history": line("models-history"),
    "back": line("models-back"),
    "origin": line("models-origin"),
    "file": line("models-file"),
    "sha256": line("models-sha256"),
    "data_hash": line("models-data-hash"),
    "configuration": line("models-configuration"),
    "compare": line("models-compare"),
    "comparing": line("models-comparing"),
    "compare_again": line("models-compare-again"),
    "compare_about": line("models-compare-about"),
    "numbers": line("models-numbers"),
    "key_former": line("models-key-former"),
    "key_candidate": line("models-key-candidate"),
    "key_interval": line("models-key-interval"),
    "labels": line("models-labels"),
    "better": line("models-better"),
    "worse": line("models-worse"),
    "none": line("models-none"),
    "all_sentences": line("models-more-sentences"),
    "right": line("models-right"),
    "gate": line("models-gate"),
    "passed": line("models-gate-passed"),
    "stopped": line("models-gate-stopped"),
    "promote": line("models-promote"),
    "promote_about": line("models-promote-about"),
    "overrule": line("models-overrule"),
    "overrule_about": line("models-overrule-about"),
    "reason": line("models-reason"),
    "admins_only": line("models-admins-only"),
    "shadow": line("models-shadow"),
    "shadow_about": line("models-shadow-about"),
    "shadow_on": line("models-shadow-on"),
    "shadow_off": line("models-shadow-off"),
    "shadow_same": line("models-shadow-same"),
    "csv": line("models-csv"),
    "in_service": line("models-in-service"),
    "golden_failed": line("models-golden-failed"),
    "losses": line("models-losses"),
    "shifts": line("models-shifts"),
    "shifts_about": line("models-shifts-about"),
}

DOING: Mapping[str, Line] = {
    Doing.PREPARING: line("models-doing-preparing"),
    Doing.INSTALLING: line("models-doing-installing"),
    Doing.LEARNING: line("models-doing-learning"),
    Doing.COMPILING: line("models-doing-compiling"),
    Doing.COMPARING: line("models-doing-comparing"),
    Doing.READY: line("models-doing-ready"),
    Doing.CANCELLED: line("models-doing-cancelled"),
    Doing.TOO_LONG: line("models-doing-too-long"),
}
ENDED: Mapping[TrainingState, Line] = {
    TrainingState.FAILED: line("models-training-failed"),
    TrainingState.LOST: line("models-training-lost"),
}
SETS: Mapping[str, Line] = {FROZEN: line("models-set-frozen"), LIVE: line("models-set-live")}
NUMBERS: Mapping[str, Line] = {
    "category": line("models-category"),
    "top3": line("models-top3"),
    "macro_f1": line("models-macro-f1"),
    "intent": line("models-intent"),
    "calibration_error": line("models-calibration"),
}
DEMANDS: Mapping[Demand, Line] = {
    Demand.GOLDEN: line("models-demand-golden"),
    Demand.MACRO_F1: line("models-demand-macro-f1"),
    Demand.LABEL: line("models-demand-label"),
    Demand.ACTS: line("models-demand-acts"),
    Demand.ACT: line("models-demand-act"),
    Demand.CALIBRATION: line("models-demand-calibration"),
    Demand.SURE: line("models-demand-sure"),
    Demand.SPEED: line("models-demand-speed"),
    Demand.SIZE: line("models-demand-size"),
}
CHANGES: Mapping[str, Line] = {
    PROMOTED: line("models-change-promoted"),
    ROLLED_BACK: line("models-change-rolled-back"),
    SHADOW_ON: line("models-change-shadow-on"),
    SHADOW_OFF: line("models-change-shadow-off"),
}
WHY: Mapping[Why, Line] = {
    Why.IN_SERVICE: line("models-refused-in-service"),
    Why.NOT_COMPARED: line("models-refused-not-compared"),
    Why.GATE: line("models-refused-gate"),
    Why.NOT_YOURS: line("models-refused-not-yours"),
    Why.NO_FORMER: line("models-refused-no-former"),
    Why.UNUSABLE: line("models-refused-unusable"),
    Why.MEANWHILE: line("models-refused-meanwhile"),
}
DONE: Mapping[str, Line] = {
    "promoted": line("models-done-promoted"),
    "rolled-back": line("models-done-rolled-back"),
    "shadow": line("models-done-shadow"),
    "training": line("models-refused-training"),
    "failed": line("models-refused-compare"),
}
"""What is said at the top after something was done, by the `?done=` of the address."""
ACT_WORDS: Mapping[str, Line] = {
    "answer": line("act-answer"),
    "tell": line("act-tell"),
    "other_matter": line("act-other-matter"),
    "correct_place": line("act-correct-place"),
    "correct_category": line("act-correct-category"),
    "correct_time": line("act-correct-time"),
    "correct_name": line("act-correct-name"),
    "correct_type": line("act-correct-type"),
    "correct_story": line("act-correct-story"),
    "want_secret": line("act-want-secret"),
    "want_open": line("act-want-open"),
    "want_anonymous": line("act-want-anonymous"),
    "want_named": line("act-want-named"),
    "afraid": line("act-afraid"),
    "send": line("act-send"),
    "cancel": line("act-cancel"),
    "keep": line("act-keep"),
    "add_photo": line("act-add-photo"),
    "remove_photo": line("act-remove-photo"),
    "later": line("act-later"),
    "ask_service": line("act-ask-service"),
    "ask_regency": line("act-ask-regency"),
    "follow_case": line("act-follow-case"),
    "small_talk": line("act-small-talk"),
    "danger": line("act-danger"),
    "skip": line("act-skip"),
}
"""What she does with a message: the dialogue acts, by their names in `data/nlu/acts/README.md`."""
