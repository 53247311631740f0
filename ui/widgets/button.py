"""Buttons in the looks of the house."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_ICON_MORE, _ICON_AIR = 4, 0.4
_ELIDED_SIDES = 24


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
            self.fit()
        self.setAccessibleName(name or text)
        self.setToolTip(tip or name)
        if on_click is not None:
            self.clicked.connect(on_click)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.fit()

    def fit(self) -> None:
        """Make the icon as high as the text, with a little air where there are words; again when the text size has changed.

        The window says so: an override of ``changeEvent`` would cost a tenth of the time to the first paint.
        """
        side = self.fontMetrics().height() + _ICON_MORE
        air = round(side * _ICON_AIR) if self.text() else 0
        self.setIconSize(QSize(side + air, side))


class ElidedButton(Button):
    """A button that may be narrower than its text, which then ends in …; the whole text is its tooltip."""

    def __init__(
        self, text: str, look: str = "row", icon_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, None, look, icon_name, tip=text, parent=parent)
        self._whole = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_whole(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        beside = 0 if self.icon().isNull() else self.iconSize().width()
        room = self.width() - beside - _ELIDED_SIDES
        from PySide6.QtCore import Qt

        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
