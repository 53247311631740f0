"""Writing the lines of the minutes, and the 宿題 that come from them; only what differs is written, for the history's sake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.errors import InputError
from app.meetings import queries
from app.meetings.queries import StatementRow
from app.meetings.rules import spaced
from app.meetings.values import ItemMinutes, LineValues
from app.office import Unit
from db.schema.action_items import ActionItem
from db.schema.meetings import AgendaItem, Statement
from db.vocabulary import ActionState, StatementKind


def write_lines(unit: Unit, meeting_id: int, items: Sequence[ItemMinutes]) -> tuple[tuple[int, ...], ...]:
    """Make the lines under the given agenda items what the editor holds, as ``minutes.save_minutes`` says; their ids."""
    held = [[line for line in one.lines if line.text.strip()] for one in items]
    ids = [line.id for lines in held for line in lines if line.id is not None]
    if len(ids) != len(set(ids)):
        raise InputError("会議録の同じ行が二度含まれています。", "画面を開き直してください。")
    known = {row.id: row for row in queries.statements(unit, meeting_id)}
    shown, kept = {one.agenda_item_id for one in items}, set(ids)
    for row in known.values():
        if row.agenda_item_id in shown and row.id not in kept:
            _drop_action(unit, row.id)
            unit.delete(unit.get(Statement, row.id))
    return tuple(
        _write_item(unit, meeting_id, one, lines, known) for one, lines in zip(items, held, strict=True)
    )


def _write_item(
    unit: Unit,
    meeting_id: int,
    values: ItemMinutes,
    lines: Sequence[LineValues],
    known: Mapping[int, StatementRow],
) -> tuple[int, ...]:
    item = unit.get(AgendaItem, values.agenda_item_id)
    if item.meeting_id != meeting_id:
        raise _of_another_meeting()
    if values.elapsed_seconds is not None:
        item.elapsed_seconds = values.elapsed_seconds
    rows = [None if line.id is None else _known(unit, known, line.id) for line in lines]
    positions = spaced([row.position if row and row.agenda_item_id == item.id else None for row in rows])
    return tuple(
        _write_line(unit, item, row, line, position)
        for row, line, position in zip(rows, lines, positions, strict=True)
    )


def _write_line(
    unit: Unit, item: AgendaItem, row: StatementRow | None, line: LineValues, position: int
) -> int:
    columns = {
        "agenda_item_id": item.id,
        "position": position,
        "kind": line.kind,
        "indent": line.indent,
        "speaker": line.speaker,
        "text": line.text,
        "emphasis": line.emphasis,
        "assignee": line.assignee,
        "due_on": line.due_on,
    }
    if row is None:
        statement_id = unit.add(Statement(meeting_id=item.meeting_id, **columns)).id
    else:
        statement_id = row.id
        _change(unit, row, columns)
    if line.kind is StatementKind.ACTION:
        _follow(unit, item, statement_id, row, line)
    elif row is not None and row.kind is StatementKind.ACTION:
        _drop_action(unit, statement_id)
    return statement_id


def _change(unit: Unit, row: StatementRow, columns: Mapping[str, object]) -> None:
    differing = {name: value for name, value in columns.items() if getattr(row, name) != value}
    if not differing:
        return
    statement = unit.get(Statement, row.id)
    for name, value in differing.items():
        setattr(statement, name, value)
    unit.flush()


def _follow(
    unit: Unit, item: AgendaItem, statement_id: int, row: StatementRow | None, line: LineValues
) -> None:
    """Give a 宿題 line its ``action_item``, or let the open one follow what changed in the line.

    What was changed at the 宿題 itself since stays where the line did not change.
    """
    action = _action(unit, statement_id)
    if row is None or action is None:
        unit.add(
            ActionItem(
                meeting_id=item.meeting_id,
                agenda_item_id=item.id,
                statement_id=statement_id,
                what=line.text,
                organisation_id=line.organisation_id,
                assignee=line.assignee,
                due_on=line.due_on,
                state=ActionState.OPEN,
            )
        )
        return
    if action.state is not ActionState.OPEN:
        return
    action.agenda_item_id = item.id
    if line.text != row.text:
        action.what = line.text
    if line.due_on != row.due_on:
        action.due_on = line.due_on
    if line.assignee != row.assignee:
        action.assignee, action.organisation_id = line.assignee, line.organisation_id
    elif line.organisation_id is not None:
        action.organisation_id = line.organisation_id
    unit.flush()


def _drop_action(unit: Unit, statement_id: int) -> None:
    """Let the 宿題 of a line go with it while it is open; one that is closed stays, without its line."""
    action = _action(unit, statement_id)
    if action is None:
        return
    if action.state is ActionState.OPEN:
        unit.delete(action)
    else:
        action.statement_id = None
        unit.flush()


def _action(unit: Unit, statement_id: int) -> ActionItem | None:
    found = unit.scalar(select(ActionItem.id).where(ActionItem.statement_id == statement_id))
    return None if found is None else unit.get(ActionItem, found)


def _known(unit: Unit, known: Mapping[int, StatementRow], statement_id: int) -> StatementRow:
    if statement_id not in known:
        # ConflictError where it is gone; one of another meeting has no place here.
        unit.get(Statement, statement_id)
        raise _of_another_meeting()
    return known[statement_id]


def _of_another_meeting() -> InputError:
    return InputError("別の会議の会議録は、ここでは書き換えられません。", "画面を開き直してください。")
