"""What holds other widgets: cards, page heads, scrolling columns, and what an empty place says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.icons import pixmap
from ui.widgets.button import Button
from ui.widgets.text import PlainLabel, WrapLabel

READING_WIDTH = 920
"""Columns of text and forms grow no wider than this, in pixels at 100 percent."""

_LINES_AROUND = 3
"""What is seen above a field that comes into view: its name belongs to it."""


class Card(QFrame):
    """A quiet sheet with an optional heading; put what it holds into ``body``."""

    def __init__(self, title: str = "", parent: QWidget | None = None, look: str = "card") -> None:
        super().__init__(parent)
        theme.set_look(self, look)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 16, 20, 16)
        self.body.setSpacing(8)
        self.heading = WrapLabel(title, "section", self)
        self.heading.setVisible(bool(title))
        self.body.addWidget(self.heading)


class PageHeader(QWidget):
    """The head of a page: its title, a line that explains, and buttons that ``add`` takes: at the right, or below where it is narrow."""

    def __init__(self, title: str, explanation: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(title, "title")
        self.explanation = WrapLabel(explanation, "muted")
        if not explanation:
            self.explanation.hide()
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self.title)
        words.addWidget(self.explanation)
        words.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addLayout(words, 1)
        self._row.addLayout(self._buttons)
        self._row.setAlignment(self._buttons, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def add(self, widget: QWidget) -> None:
        """Put a button at the right."""
        self._buttons.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        width = max(self.title.minimumSizeHint().width(), self._buttons.minimumSize().width())
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self.title.sizeHint().width() + self._buttons.sizeHint().width() + self._row.spacing()
        directions = QBoxLayout.Direction
        is_narrow = needed > self.width()
        self._row.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)


class ScrollColumn(QScrollArea):
    """A column that scrolls up and down, never sideways; put what it holds into ``column``.

    A field in it that gets the keys comes into view, with its name above it, unless the mouse has put them there.
    """

    def __init__(
        self, parent: QWidget | None = None, width: int | None = READING_WIDTH, sides: int = 24
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        outer = QHBoxLayout(inside)
        outer.setContentsMargins(sides, min(sides, 20), sides, sides)
        self._holder = QWidget()
        self.column = QVBoxLayout(self._holder)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)
        outer.addWidget(self._holder, 1)
        if width is not None:
            self._holder.setMaximumWidth(width * max(self.fontMetrics().height(), 14) // 14)
            outer.addStretch(0)
        self.setWidget(inside)
        self._follows = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        app = QApplication.instance()
        if not self._follows and isinstance(app, QApplication):
            self._follows = True
            app.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        # Under the mouse nothing may move away. Without a field before, the whole window has come back.
        is_by_keys = QApplication.mouseButtons() == Qt.MouseButton.NoButton
        if before is not None and now is not None and is_by_keys and self.isAncestorOf(now):
            # What the step has changed besides finds its place first.
            QTimer.singleShot(0, now, partial(self._bring, now))

    def _bring(self, field: QWidget) -> None:
        if field.hasFocus():
            self.ensureWidgetVisible(field, 0, self.fontMetrics().height() * _LINES_AROUND)


class EmptyState(QWidget):
    """What an empty place says: what belongs here, and the first step."""

    def __init__(
        self,
        title: str,
        explanation: str,
        step: str = "",
        on_step: Callable[[], object] | None = None,
        icon_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(12)
        column.addStretch(1)
        if icon_name:
            picture = QLabel()
            picture.setPixmap(
                pixmap(icon_name, self.fontMetrics().height() * 3, "muted", self.devicePixelRatioF())
            )
            picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(picture)
        self.title = WrapLabel(title, "section")
        self.explanation = WrapLabel(explanation, "muted")
        for label in (self.title, self.explanation):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        self.step = Button(step, on_step, "primary")
        if not step:
            # Never shown here: without a parent it would come up as a window of its own, and take the keys.
            self.step.hide()
        self.step.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        column.addWidget(self.step, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)


class Banner(QFrame):
    """A line inside a page with buttons at its right: a draft that was kept (``banner``), a caution (``caution``)."""

    def __init__(self, text: str = "", look: str = "banner", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_look(self, look)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(8)
        self.label = WrapLabel(text)
        self._row.addWidget(self.label, 1)

    def add(self, button: QWidget) -> None:
        """Put a button at the right."""
        self._row.addWidget(button)


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout, for what is to be shown in its place."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def rule(parent: QWidget | None = None) -> QFrame:
    """A thin line between rows."""
    line = QFrame(parent)
    line.setFixedHeight(1)
    theme.set_look(line, "rule")
    return line
