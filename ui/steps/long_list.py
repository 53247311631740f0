"""Many things one under another: the first of them at once, the others at a click, so that four hundred answers stop nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.button import Button

_STEP = 5
"""A click shows so many times as many as stood there at first."""

Counts = dict[str, int]
"""How many of each list are shown, by its name: what a person has opened stays open when the ledger is read again."""


class LongList(QWidget):
    """``build`` makes the widgets of one item; no more than ``most`` are made before somebody asks for more."""

    def __init__(
        self,
        name: str,
        items: Sequence[Any],
        build: Callable[[Any], Sequence[QWidget]],
        most: int,
        opened: Counts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._items, self._build = name, items, build
        self._most, self._opened = most, opened
        self._made = 0
        self.more = Button("", self._show_more, "quiet")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.more)
        self._grow(opened.get(name, most))

    def _show_more(self) -> None:
        made = self._grow(self._made + self._most * _STEP)
        first = next((one for one in made if one.focusPolicy() is not Qt.FocusPolicy.NoFocus), None)
        if first is not None:
            # A layout shows what is put into it only with the next turn of the events; who is hidden takes no keys.
            first.show()
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _grow(self, count: int) -> list[QWidget]:
        made = [widget for item in self._items[self._made : count] for widget in self._build(item)]
        for widget in made:
            self._column.insertWidget(self._column.count() - 1, widget)
        self._made = min(count, len(self._items))
        self._opened[self._name] = max(self._made, self._most)
        left = len(self._items) - self._made
        self.more.setText(
            f"ほか {left}件{'も' if left <= self._most * _STEP else f'のうち{self._most * _STEP}件を'}表示"
        )
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(bool(left))
        return made
