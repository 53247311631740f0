"""Buttons in the looks of the house."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from ui import theme
from ui.icons import icon


class Button(QPushButton):
    """A button. ``look``: primary (the one next step), quiet, link, row, or nothing for an ordinary one.

    Give ``on_click`` a bound method, never a lambda that holds a widget. A button that shows only an icon needs a ``name`` for
    screen readers; it is the tooltip as well.
    """

    def __init__(
        self,
        text: str = "",
        on_click: Callable[[], object] | None = None,
        look: str = "",
        icon_name: str = "",
        name: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        if look:
            theme.set_look(self, look)
        if icon_name:
            colours = {"primary": "on_accent", "link": "accent_text"}
            self.setIcon(icon(icon_name, colours.get(look, "text")))
        self.setAccessibleName(name or text)
        self.setToolTip(tip or name)
        if look in ("link", "row"):
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if on_click is not None:
            self.clicked.connect(on_click)
