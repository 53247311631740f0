"""A label of one line. It stands as plain text: nothing that a person typed is taken for markup."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from ui import theme

_PLAIN = 0
"""Qt.TextFormat.PlainText. The frame of the window names nothing of ``Qt``: loading that takes a tenth of the time to the first paint."""


class PlainLabel(QLabel):
    """One line of plain text; ``look`` is one of the style sheet (title, section, field, muted, note, problem, figure)."""

    def __init__(self, text: str = "", look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("textFormat", _PLAIN)
        if look:
            theme.set_look(self, look)
        self.setText(text)
