"""How the state of a meeting and an answer to its notice are shown: a shape and a word, never by colour."""

from __future__ import annotations

from db.vocabulary import AttendanceAnswer, MeetingState

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


ANSWER_SHAPES = {
    AttendanceAnswer.ATTENDING: "○",
    AttendanceAnswer.PROXY: "△",
    AttendanceAnswer.ONLINE: "□",
    AttendanceAnswer.ABSENT: "×",
    AttendanceAnswer.UNANSWERED: "－",
}


def answer_words(answer: AttendanceAnswer) -> str:
    """The shape and the word of an answer: 「○ 出席」."""
    return f"{ANSWER_SHAPES[answer]} {answer.label}"
