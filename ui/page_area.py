"""Where the pages stand: one that cannot be as small as the window scrolls, so that no word is cut at a large text size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_NO_FRAME = 0
"""QFrame.Shape.NoFrame, by its number: see ``ui.widgets.label``."""


class PageArea(QScrollArea):
    """Gives the page that is shown all the room there is, and at least what it needs."""

    def __init__(self, stack: QStackedWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frameShape", _NO_FRAME)
        self._stack = stack
        self.setWidget(stack)
        self._watch: _Watch | None = None
        stack.currentChanged.connect(self._changed)

    def fit(self) -> None:
        """Take the size that the page and the window allow. Heights that follow from widths are the page's own affair."""
        page = self._stack.currentWidget()
        if page is None:
            return
        room, least = self.maximumViewportSize(), page.minimumSizeHint()
        if least.height() > room.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
        self._stack.resize(room.expandedTo(least))

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what the keys have gone to into view, once the page has done so within itself."""
        if now is not None and self._stack.height() > self.viewport().height():
            QTimer.singleShot(0, now, self._show_focused)

    def _show_focused(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and self._stack.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, now.fontMetrics().height() * 2)

    def _changed(self) -> None:
        if self._watch is None:
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            app.focusChanged.connect(self._follow)
            self._watch = _Watch(self)
            self._stack.installEventFilter(self._watch)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class _Watch(QObject):
    """Fits the page again when it needs more or less than before. Not the area's own event filter: that costs time at the start."""

    def __init__(self, area: PageArea) -> None:
        super().__init__(area)
        self._area = area

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._area.fit()
        return super().eventFilter(watched, event)
