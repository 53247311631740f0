"""What is done to items as they stand in the tree: moved, ended, removed; each of it at once, and each can be taken back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.calendar import fiscal_year_label
from app.office import Done
from app.plans import operations
from app.plans.queries import ItemRow
from app.records import RecordKey
from app.text import excerpt
from ui.desk import Answer, Desk
from ui.plans import places
from ui.plans.places import Place
from ui.plans.reading import PlanView


class Arranging(QObject):
    """Moves, ends and removes items of the plan in view."""

    removed = Signal(object)
    """The RecordKey of an item that is gone."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = PlanView()
        self._is_moving = False
        self._steps: list[tuple[RecordKey, int]] = []
        self.after_removal: RecordKey | None = None
        """Where the cursor goes once the item under it is gone."""

    def show_view(self, view: PlanView) -> None:
        """Work with these rows from now on, and go on with the steps that had to wait for them."""
        self._view = view
        self._is_moving = False
        if self._steps:
            self.step(*self._steps.pop(0))

    def move(self, item_id: int, place: Place) -> None:
        """Put an item at a place."""
        self._is_moving = True
        answer = Answer(self._moved, self._not_moved)
        self._desk.perform(self, answer, operations.move_item, item_id, place.parent_id, place.position)

    def step(self, key: RecordKey | None, by: int) -> None:
        """One step up (-1) or down (+1); steps that come faster than the ledger answers wait for the new rows."""
        item = self._item(key)
        if self._is_moving and item is not None:
            self._steps.append((RecordKey("plan_item", item.id), by))
        elif item is not None and (place := places.step(self._view.items, item.id, by)) is not None:
            self.move(item.id, place)

    def end(self, key: RecordKey | None, fiscal_year: int | None) -> None:
        """End an item after ``fiscal_year``, or take its end back with None."""
        item = self._item(key)
        if item is None:
            return
        then = partial(self._ended, item, fiscal_year)
        self._desk.perform(self, then, operations.end_item, item.id, item.version, fiscal_year)

    def remove(self, key: RecordKey | None) -> None:
        """Remove an item on which nothing stands; the ledger explains where something does."""
        item = self._item(key)
        if item is None:
            return
        siblings = [one for one in places.children(self._view.items, item.parent_id) if one.id != item.id]
        below = next((one for one in siblings if one.position > item.position), None)
        near = below.id if below else siblings[-1].id if siblings else item.parent_id
        self.after_removal = RecordKey("plan_item", near) if near is not None else None
        self._desk.perform(self, partial(self._removed, item), operations.remove_item, item.id, item.version)

    def _item(self, key: RecordKey | None) -> ItemRow | None:
        """The item of the plan in view that is meant; the plan itself is none."""
        return self._view.item(key.id) if key is not None and key.kind == "plan_item" else None

    def _moved(self, done: Done[None]) -> None:
        if not done.changes.rows:
            self._is_moving = False

    def _not_moved(self, error: Exception) -> None:
        self._is_moving, self._steps = False, []
        self._desk.tell(error)

    def _ended(self, item: ItemRow, fiscal_year: int | None, _done: Done[None]) -> None:
        name = f"{item.kind.label}「{excerpt(item.title)}」"
        if fiscal_year is None:
            self._desk.notice(f"{name}の終了を取り消しました。", can_undo=True)
        else:
            self._desk.notice(f"{name}を{fiscal_year_label(fiscal_year)}で終了にしました。", can_undo=True)

    def _removed(self, item: ItemRow, _done: Done[None]) -> None:
        self.removed.emit(RecordKey("plan_item", item.id))
        self._desk.notice(f"{item.kind.label}「{excerpt(item.title)}」を削除しました。", can_undo=True)
