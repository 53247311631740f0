"""Labels. Whatever they show stands as plain text: nothing that a person typed is taken for markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import theme


class PlainLabel(QLabel):
    """One line of plain text; ``look`` is one of the style sheet (title, section, field, muted, note, problem, figure)."""

    def __init__(self, text: str = "", look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if look:
            theme.set_look(self, look)
        self.setText(text)


class WrapLabel(PlainLabel):
    """Plain text over as many lines as it needs; it can be narrow, and can be selected for copying."""

    def __init__(
        self, text: str = "", look: str = "", parent: QWidget | None = None, selectable: bool = False
    ) -> None:
        super().__init__(text, look, parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(80)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


class SectionTitle(PlainLabel):
    """The heading of a part of a page."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "section", parent)
