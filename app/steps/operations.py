"""Wording what is asked, opening rounds, recording answers, deciding on a step."""

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
    remove_round,
)
from app.steps.set_values import SetValues
from app.steps.sets import add_set, add_standard_set, edit_set, remove_set

__all__ = [
    "Asked",
    "AssessmentValues",
    "RoundValues",
    "SetValues",
    "add_round",
    "add_set",
    "add_standard_set",
    "ask_less",
    "ask_more",
    "close_round",
    "edit_round",
    "edit_set",
    "open_round",
    "remind",
    "remove_round",
    "remove_set",
    "rule_on",
    "save_answers",
    "save_sheets",
    "tell_next",
]
