"""The form of a record that is chosen in a list, or of one that is new and not yet added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.history import RecordChange
from app.office import Done
from ui.desk import Desk
from ui.meetings.part import Part

V = TypeVar("V")

NEW = 0
"""In place of an id: the record that is being written and not yet added."""


class RecordPart(Part[V]):
    """``empty`` is what a new record begins with. ``perform`` adds where the id is NEW; the operation then returns the new id."""

    added = Signal(int)
    """The id of what was new and is in the ledger now."""

    given_up = Signal()
    """The person does not go on with a new record."""

    def __init__(
        self, desk: Desk, kind: str, means: Callable[[V], object], empty: V, parent: QWidget | None = None
    ) -> None:
        self.empty = empty
        super().__init__(desk, kind, means, parent)

    @property
    def draft_key(self) -> str:
        return f"{self._key}/{self.kept.record_id}"

    @property
    def new_key(self) -> str:
        """Under which key a new record is kept."""
        return f"{self._key}/{NEW}"

    @property
    def is_new(self) -> bool:
        """Whether the form is that of a new record."""
        return self.kept.record_id == NEW

    def show_new(self) -> None:
        """Show the part with a new record, and nothing that only a record in the ledger has."""
        self.begin()

    def show_history(self, changes: Sequence[RecordChange]) -> None:
        """Show who changed what, where the part has a place for it."""

    def begin(self) -> None:
        """Show the form of a new record, as far as it has been written."""
        self.meet(NEW, 0, self.empty)

    def renew(self) -> None:
        """The record has gone: what was typed about it becomes a new one's."""
        typed = self.kept.typed
        self._keeper.drop(self.draft_key)
        self.begin()
        if typed is not None:
            self.take_up(typed)

    def take_up(self, value: V) -> None:
        """Let this be what was typed."""
        self.kept.take(value)
        self._keeper.touched(self.draft_key)
        self._show_again()

    def revert(self) -> None:
        super().revert()
        if self.is_new:
            self.given_up.emit()

    def after_saving(self, value: V, done: Done[Any]) -> None:  # noqa: ARG002 - as every part has it
        if self.is_new:
            self.added.emit(done.result)

    def _show_marks(self) -> None:
        super()._show_marks()
        self.save_button.setText("追加する" if self.is_new else "保存")
        self.revert_button.setText("追加をやめる" if self.is_new else "入力を取り消す")
        self.revert_button.setToolTip("" if self.is_new else "保存した内容に戻します")
        if self.is_new:
            self.revert_button.setEnabled(True)
