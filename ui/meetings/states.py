"""How the state of a meeting is shown: a shape and a word, never by colour."""

from __future__ import annotations

from db.vocabulary import MeetingState

SHAPES = {
    MeetingState.PLANNED: "○",
    MeetingState.ANNOUNCED: "◎",
    MeetingState.HELD: "●",
    MeetingState.DRAFTED: "◇",
    MeetingState.FINALISED: "◆",
    MeetingState.CANCELLED: "×",
}


def state_words(state: MeetingState) -> str:
    """The shape and the word of a state: 「◎ 案内済」."""
    return f"{SHAPES[state]} {state.label}"
