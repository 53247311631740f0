"""How far a 宿題 is and how its day stands to today: a shape and words, never by colour."""

from __future__ import annotations

from datetime import date

from app.action_items.queries import ActionItemRow
from app.action_items.rules import is_overdue
from app.calendar import DateStyle, format_date
from db.vocabulary import ActionState

SHAPES = {ActionState.OPEN: "○", ActionState.DONE: "●", ActionState.DROPPED: "×"}

WIDEST = "R10.12.30(水)"
"""The widest words of the list."""


def state_words(state: ActionState) -> str:
    """The shape and the word of a state: 「● 完了」."""
    return f"{SHAPES[state]} {state.label}"


def due_words(row: ActionItemRow, today: date) -> str:
    """What the day of a 宿題 means today: 「！12日超過」, 「○ あと9日」, or how it was closed."""
    if row.state is not ActionState.OPEN:
        return state_words(row.state)
    if row.due_on is None:
        return "○ 期限なし"
    days = (row.due_on - today).days
    if is_overdue(row.state, row.due_on, today):
        return f"！{-days}日超過"
    return f"○ あと{days}日" if days else "◎ きょうまで"


def day_words(day: date | None) -> str:
    """A day in a list that runs over years: 「R8.12.10(木)」."""
    return format_date(day, DateStyle.WAREKI_SHORT, weekday=True) if day is not None else ""


def head_words(row: ActionItemRow, today: date) -> str:
    """What stands under the name of a 宿題: its state, and since when or how long."""
    if row.state is not ActionState.OPEN:
        on = f"（{format_date(row.closed_on)}）" if row.closed_on else ""
        return f"{state_words(row.state)}{on}"
    if row.due_on is None:
        return f"{state_words(row.state)}　期限なし"
    left = due_words(row, today).removeprefix(f"{SHAPES[ActionState.OPEN]} ")
    return f"{state_words(row.state)}　期限 {format_date(row.due_on, weekday=True)}　{left}"
