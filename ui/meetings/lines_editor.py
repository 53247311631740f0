"""A form of lines that are added at the foot and taken away one by one: documents of an item, preparation of a kind."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.widgets.button import Button
from ui.widgets.fields import EnterMovesOn
from ui.widgets.flow import FlowRow

_AIR = 6


class EditorLine(QWidget):
    """One line. What its fields hold and how they stand is its own."""

    edited = Signal()
    removed = Signal()

    def _edited(self) -> None:
        self.edited.emit()


L = TypeVar("L", bound=EditorLine)


class LinesEditor(QWidget, Generic[L]):
    """``edited`` says that something was typed, added or taken away."""

    edited = Signal()

    def __init__(self, add_button: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[L] = []
        self.add_button = add_button
        add_button.clicked.connect(self.add)
        self._enter = EnterMovesOn(self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(_AIR)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_AIR)
        column.addLayout(self._rows)
        column.addWidget(FlowRow(add_button))

    def add(self) -> None:
        """An empty line, with the cursor in it."""
        raise NotImplementedError

    def _put(self, line: L, *fields: QLineEdit) -> L:
        """Add a line at the foot; Enter goes on from its ``fields``."""
        self._enter.watch(*fields)
        line.edited.connect(self.edited)
        line.removed.connect(self._removed)
        self.lines.append(line)
        self._rows.addWidget(line)
        return line

    def _removed(self) -> None:
        line = self.sender()
        found = next((one for one in self.lines if one is line), None)
        if found is not None:
            self._drop(found)
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()

    def _drop(self, line: L) -> None:
        self.lines.remove(line)
        self._rows.removeWidget(line)
        line.hide()
        line.deleteLater()
