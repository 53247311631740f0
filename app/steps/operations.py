"""Opening rounds, recording answers, deciding on a step."""

from __future__ import annotations

from app.steps.answers import AssessmentValues, rule_on, save_answers, save_sheets, tell_next
from app.steps.rounds import (
    Asked,
    RoundValues,
    add_round,
    ask_less,
    ask_more,
    close_round,
    edit_round,
    open_round,
    remind,
)
from app.steps.sets import add_standard_set

__all__ = [
    "Asked",
    "AssessmentValues",
    "RoundValues",
    "add_round",
    "add_standard_set",
    "ask_less",
    "ask_more",
    "close_round",
    "edit_round",
    "open_round",
    "remind",
    "rule_on",
    "save_answers",
    "save_sheets",
    "tell_next",
]
