"""The records that a record is linked to, each a button that leads there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.button import ElidedButton
from ui.widgets.text import WrapLabel


class LinkButtons(QWidget):
    """Buttons below each other under the names of records of one kind; ``nothing`` stands there where there are none."""

    wanted = Signal(int)
    """The id of a record that the person wants to see."""

    def __init__(
        self, icon_name: str, unnamed: str, nothing: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.buttons: list[ElidedButton] = []
        self._icon_name, self._unnamed = icon_name, unnamed
        self._nothing = WrapLabel(nothing, "muted", self)
        self._nothing.setVisible(bool(nothing))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._nothing)

    def show_links(self, ids: Sequence[int], names: Mapping[int, str]) -> None:
        """Show these records; one whose name is not known yet bears the name of its kind."""
        for button in self.buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for one in ids:
            button = ElidedButton(names.get(one, self._unnamed), icon_name=self._icon_name)
            button.setProperty("record", one)
            button.clicked.connect(self._clicked)
            self._column.addWidget(button)
            self.buttons.append(button)
        self._nothing.setVisible(not ids and bool(self._nothing.text()))

    def _clicked(self) -> None:
        self.wanted.emit(self.sender().property("record"))
