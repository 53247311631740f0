"""Tick boxes of a list, all at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget


def tick_all(view: QListWidget, is_ticked: bool) -> None:
    """Tick every line that has a box, or none of them."""
    state = Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
    for row in range(view.count()):
        item = view.item(row)
        if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            item.setCheckState(state)
