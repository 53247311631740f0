"""Giving 宿題 and closing them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.calendar import format_date
from app.errors import InputError
from app.office import Unit, operation
from app.text import excerpt
from db.schema.action_items import ActionItem
from db.schema.meetings import AgendaItem, Meeting
from db.schema.organisations import Organisation
from db.vocabulary import ActionState


@dataclass(frozen=True, slots=True)
class ActionValues:
    """What the form of a 宿題 holds. An agenda item stands for its meeting, where that is not given as well."""

    what: str
    organisation_id: int | None = None
    assignee: str = ""
    due_on: date | None = None
    meeting_id: int | None = None
    agenda_item_id: int | None = None


@operation("宿題を追加")
def add_action(unit: Unit, values: ActionValues) -> int:
    """A new 宿題, of a meeting or of none; its id. InputError where nothing is said."""
    _require_sound(unit, values)
    unit.describe(f"宿題「{excerpt(values.what)}」を追加")
    item = ActionItem(state=ActionState.OPEN)
    _fill(item, values)
    _place(unit, item, values)
    return unit.add(item).id


@operation("宿題を変更")
def edit_action(unit: Unit, action_item_id: int, version: int, values: ActionValues) -> None:
    """Change a 宿題; the minutes that gave it keep their words, and it stays where they gave it."""
    item = unit.get(ActionItem, action_item_id, version)
    _require_sound(unit, values)
    unit.describe(f"宿題「{excerpt(values.what)}」を変更")
    _fill(item, values)
    if item.statement_id is None:
        _place(unit, item, values)


@operation("宿題を終える")
def close_action(
    unit: Unit,
    action_item_id: int,
    version: int,
    state: ActionState,
    result: str,
    closed_on: date | None = None,
) -> None:
    """完了, or 取りやめ (then ``result`` is the reason and must not be empty). Day: today if None.

    InputError where a day is given that lies before the meeting at which the 宿題 was decided.
    """
    item = unit.get(ActionItem, action_item_id, version)
    if state is ActionState.OPEN:
        raise InputError("終えた宿題の状態を選んでください。", "「完了」か「取りやめ」を選んでください。")
    if state is ActionState.DROPPED and not result.strip():
        raise InputError("取りやめの理由が空です。", "なぜ取りやめたかを、結果の欄に書いてください。")
    if closed_on is not None and item.meeting_id is not None:
        _require_not_before(unit, item.meeting_id, closed_on)
    unit.describe(f"宿題「{excerpt(item.what)}」を{state.label}に")
    item.state, item.result = state, result.strip()
    item.closed_on = closed_on or unit.now.date()


@operation("宿題を未完了に戻す")
def reopen_action(unit: Unit, action_item_id: int, version: int) -> None:
    """Open it again; the result stays as text."""
    item = unit.get(ActionItem, action_item_id, version)
    unit.describe(f"宿題「{excerpt(item.what)}」を未完了に戻す")
    item.state, item.closed_on = ActionState.OPEN, None


@operation("宿題を削除")
def remove_action(unit: Unit, action_item_id: int, version: int) -> None:
    """Delete one entered by mistake. InputError where it comes from minutes: it is taken away there, or dropped."""
    item = unit.get(ActionItem, action_item_id, version)
    if item.statement_id is not None:
        raise InputError(
            "この宿題は会議録に書かれているため、ここでは削除できません。",
            "会議録からその行を取り除くか、理由を書いて「取りやめ」にしてください。",
        )
    unit.describe(f"宿題「{excerpt(item.what)}」を削除")
    unit.delete(item)


def _require_not_before(unit: Unit, meeting_id: int, day: date) -> None:
    held_on = unit.get(Meeting, meeting_id).held_on
    if held_on is not None and day < held_on:
        raise InputError(
            f"終えた日（{format_date(day)}）が、この宿題を決めた会議の日（{format_date(held_on)}）より前です。",
            "年と月日を確かめてください。",
        )


def _require_sound(unit: Unit, values: ActionValues) -> None:
    if not values.what.strip():
        raise InputError("宿題の内容が空です。", "何をするかを入力してから保存してください。")
    if values.organisation_id is not None:
        unit.get(Organisation, values.organisation_id)


def _fill(item: ActionItem, values: ActionValues) -> None:
    item.what, item.assignee = values.what.strip(), values.assignee.strip()
    item.organisation_id, item.due_on = values.organisation_id, values.due_on


def _place(unit: Unit, item: ActionItem, values: ActionValues) -> None:
    """Bind a 宿題 to a meeting and an item of its agenda."""
    meeting_id = values.meeting_id
    if values.agenda_item_id is not None:
        owner = unit.get(AgendaItem, values.agenda_item_id).meeting_id
        if meeting_id is not None and meeting_id != owner:
            raise InputError(
                "選んだ議題は、選んだ会議のものではありません。", "議題を選び直してから保存してください。"
            )
        meeting_id = owner
    elif meeting_id is not None:
        unit.get(Meeting, meeting_id)
    item.meeting_id, item.agenda_item_id = meeting_id, values.agenda_item_id
