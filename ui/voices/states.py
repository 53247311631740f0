"""How far a voice has come: a shape and a word, never by colour."""

from __future__ import annotations

from db.vocabulary import VoiceState

SHAPES = {
    VoiceState.RECEIVED: "○",
    VoiceState.ON_AGENDA: "◇",
    VoiceState.REFLECTED: "◎",
    VoiceState.ANSWERED: "●",
}


def state_words(state: VoiceState) -> str:
    """The shape and the word of a state: 「◇ 議題」."""
    return f"{SHAPES[state]} {state.label}"


def way_words(state: VoiceState) -> str:
    """The whole way of a voice, and where it stands on it: 「✓ 受付 → 【◇ 議題】 → 反映 → 返答」."""
    order = list(VoiceState)
    now = order.index(state)
    steps = []
    for place, one in enumerate(order):
        if place == now:
            steps.append(f"【{state_words(one)}】")
        else:
            steps.append(f"✓ {one.label}" if place < now else one.label)
    return " → ".join(steps)
