"""Giving 宿題 and closing them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.office import Unit, operation
from db.vocabulary import ActionState


@dataclass(frozen=True, slots=True)
class ActionValues:
    """What the form of a 宿題 holds."""

    what: str
    organisation_id: int | None = None
    assignee: str = ""
    due_on: date | None = None
    meeting_id: int | None = None
    agenda_item_id: int | None = None


@operation("宿題を追加")
def add_action(unit: Unit, values: ActionValues) -> int:
    """A new 宿題, of a meeting or of none; its id. InputError where nothing is said."""
    raise NotImplementedError


@operation("宿題を変更")
def edit_action(unit: Unit, action_item_id: int, version: int, values: ActionValues) -> None:
    """Change a 宿題; the minutes that gave it keep their words."""
    raise NotImplementedError


@operation("宿題を終える")
def close_action(
    unit: Unit,
    action_item_id: int,
    version: int,
    state: ActionState,
    result: str,
    closed_on: date | None = None,
) -> None:
    """完了, or 取りやめ (then ``result`` is the reason and must not be empty). Day: today if None."""
    raise NotImplementedError


@operation("宿題を未完了に戻す")
def reopen_action(unit: Unit, action_item_id: int, version: int) -> None:
    """Open it again; the result stays as text."""
    raise NotImplementedError


@operation("宿題を削除")
def remove_action(unit: Unit, action_item_id: int, version: int) -> None:
    """Delete one entered by mistake. InputError where it comes from minutes: it is taken away there, or dropped."""
    raise NotImplementedError
