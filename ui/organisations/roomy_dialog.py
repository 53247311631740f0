"""A dialog that is as high as what it asks, scrolls where the screen is smaller, and is not left with what was typed unsaved."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, QTimer, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui import dialogs
from ui.dialogs import Unsaved
from ui.widgets.button import Button
from ui.widgets.containers import ScrollColumn
from ui.widgets.text import WrapLabel

SCREEN_SHARE = 0.94
"""A dialog takes so much of the screen, at most."""

_LINES, _LIST_SHARE = 20, 0.45
"""A list in a dialog shows so many lines of text, and takes so much of the screen's height, at most."""

_AIR, _GAP = 24, 4
_FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractItemView)


class RoomyDialog(QDialog):
    """Put what it asks into ``column``. ``least`` is its width in heights of the text, ``take`` the button of the next step.

    Esc, the button that stops and closing the dialog ask first where ``is_dirty``.
    """

    def __init__(
        self, title: str, take: Button, stop: str = "やめる", least: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._least = least
        self._begun: tuple[object, ...] | None = None
        self._refused: tuple[object, ...] | None = None
        """What had been typed where it could not be done."""
        self._watched: set[QWidget] = set()
        self.take = take
        self.take.setDefault(True)
        # The first child comes after the last one: from the last field, Enter and Tab go to the step, not to what stops it.
        self.take.setParent(self)
        self.problem = WrapLabel("", "problem")
        self.problem.hide()
        self._scroll = ScrollColumn(width=None)
        self.column = self._scroll.column
        self.column.setSpacing(12)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(Button(stop, self.reject))
        buttons.addWidget(take)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(_AIR, 0, _AIR, 20)
        self._foot.setSpacing(12)
        self._foot.addWidget(self.problem)
        self._foot.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._foot)
        inside = self._scroll.widget()
        assert inside is not None
        inside.installEventFilter(self)

    def typed(self) -> tuple[object, ...]:
        """What the person has entered so far, as it stands in the fields: to be compared with how the dialog opened."""
        return ()

    @property
    def is_dirty(self) -> bool:
        """Whether closing the dialog would lose something."""
        return self._begun is not None and self.typed() != self._begun

    def reject(self) -> None:
        if not self.is_dirty:
            super().reject()
            return
        answer = dialogs.ask_about_unsaved(self, f"「{self.windowTitle()}」")
        if answer is Unsaved.SAVE:
            self.take.click()
        elif answer is Unsaved.DISCARD:
            super().reject()

    def sizeHint(self) -> QSize:
        screen = self.screen().availableSize() * SCREEN_SHARE
        inside = self._scroll.widget() or self
        width = min(self.fontMetrics().height() * self._least, screen.width())
        layout = inside.layout()
        wanted = layout.totalHeightForWidth(width) if layout is not None else inside.sizeHint().height()
        between = self._foot.sizeHint().height() + _GAP
        height = max(wanted, inside.sizeHint().height()) + between
        return QSize(width, min(height, screen.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 14, self.fontMetrics().height() * 12)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._begun is None:
            self._begun = self.typed()
            self._put_cursor()
        # What flows has found its lines only now; the dialog was put in its place while it was smaller.
        self.fit()
        # A text that grows with what it holds knows its height once it has been painted.
        QTimer.singleShot(0, self, self._grow)

    def _put_cursor(self) -> None:
        """Put the cursor where the asking begins: Qt would put it on a button, and Enter would take the step unread."""
        if self.focusWidget() is None or isinstance(self.focusWidget(), QPushButton):
            inside = self._scroll.widget() or self
            fields = (one for one in inside.findChildren(QWidget) if isinstance(one, _FIELDS))
            first = next((one for one in fields if one.isVisibleTo(self) and one.isEnabled()), None)
            if first is not None:
                first.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            # A word under a field has come: there is room for it as long as the screen has some.
            QTimer.singleShot(0, self, self._grow)
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Take the size of what the dialog asks, over the middle of the window it belongs to."""
        self.resize(self.sizeHint())
        self._move_to_the_middle()

    def _move_to_the_middle(self) -> None:
        """Over the middle of the window it belongs to, and whole on the screen."""
        screen, place = self.screen().availableGeometry(), self.frameGeometry()
        parent = self.parentWidget()
        place.moveCenter((parent.window().frameGeometry() if parent is not None else screen).center())
        place.moveBottomRight(
            QPoint(min(place.right(), screen.right()), min(place.bottom(), screen.bottom()))
        )
        place.moveTopLeft(QPoint(max(place.left(), screen.left()), max(place.top(), screen.top())))
        self.move(place.topLeft())

    def give_lines(self, view: QListWidget) -> None:
        """Let a list be long and scroll by itself, as far as the screen lets the words below it be seen."""
        wanted, share = (
            _LINES * self.fontMetrics().height(),
            _LIST_SHARE * self.screen().availableSize().height(),
        )
        view.setMinimumHeight(round(min(wanted, share)))

    def tell_problem(self, words: str) -> None:
        """Say what is wrong; nothing where all is well."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words and self.isVisible():
            QTimer.singleShot(0, self, self._grow)

    def tell_refusal(self, words: str) -> None:
        """Say why it could not be done; the words go as soon as something is typed that may put it right."""
        self.tell_problem(words)
        self._refused = self.typed()
        inside = self._scroll.widget() or self
        for field in (one for one in inside.findChildren(QWidget) if isinstance(one, _FIELDS)):
            changes = _changes_of(field)
            if changes is not None and field not in self._watched:
                self._watched.add(field)
                changes.connect(self._put_right)

    def _put_right(self) -> None:
        if self._refused is not None and (not self._refused or self.typed() != self._refused):
            self._refused = None
            self.tell_problem("")

    def _grow(self) -> None:
        before = self.height()
        if self.sizeHint().height() > before:
            self.fit()
        if self.height() > before:
            # What wraps finds its lines only at this size.
            QTimer.singleShot(0, self, self._grow)


def _changes_of(field: QWidget) -> SignalInstance | None:
    """What a field announces when something else stands in it."""
    if isinstance(field, QComboBox):
        return field.currentIndexChanged
    if isinstance(field, QAbstractItemView):
        return field.model().dataChanged if field.model() is not None else None
    assert isinstance(field, (QLineEdit, QTextEdit, QPlainTextEdit))
    return field.textChanged
