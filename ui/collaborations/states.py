"""How far a 連携した取組 has come, by its state and by its PDCA: shapes and words, never by colour."""

from __future__ import annotations

from dataclasses import dataclass

from db.vocabulary import CollaborationState
from ui.collaborations.typed import Typed

SHAPES = {
    CollaborationState.PLANNED: "○",
    CollaborationState.RUNNING: "◎",
    CollaborationState.ENDED: "●",
}


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the PDCA. ``missing`` says what is still to be written; nothing where the phase stands. ``field`` is where."""

    letter: str
    title: str
    missing: str
    field: str


def state_words(state: CollaborationState) -> str:
    """The shape and the word of a state: 「◎ 取組中」."""
    return f"{SHAPES[state]} {state.label}"


def phases(typed: Typed) -> tuple[Phase, ...]:
    """計画・実施・振り返り・次へ, and what each still lacks. A plan says which issue is met and what for; doing takes partners and a
    day; a look-back has its day; the last says what comes next."""
    plan = next((name for name in ("issue", "aim") if not getattr(typed, name)), "")
    done = "partners" if not typed.partners else "activities" if not typed.activities else ""
    seen = "result" if not (typed.result or typed.learned) else "reviewed_on" if not typed.reviewed_on else ""
    return (
        Phase("P", "計画", {"issue": "課題", "aim": "共有した目的"}.get(plan, ""), plan),
        Phase("D", "実施", {"partners": "役割分担", "activities": "取組の経過"}.get(done, ""), done),
        Phase(
            "C", "振り返り", {"result": "成果・振り返り", "reviewed_on": "振り返った日"}.get(seen, ""), seen
        ),
        Phase(
            "A", "次へ", "" if typed.next_step else "次に取り組むこと", "" if typed.next_step else "next_step"
        ),
    )


def way_words(typed: Typed) -> str:
    """The whole round and where it stands: 「P ✓ 計画 → D 【実施】 → C 振り返り → A 次へ」."""
    found, is_here = [], True
    for one in phases(typed):
        if not one.missing:
            found.append(f"{one.letter} ✓ {one.title}")
        elif is_here:
            found.append(f"{one.letter} 【{one.title}】")
            is_here = False
        else:
            found.append(f"{one.letter} {one.title}")
    return " → ".join(found)


def next_phase(typed: Typed) -> Phase | None:
    """The first phase that lacks something."""
    return next((one for one in phases(typed) if one.missing), None)
