"""Ctrl+K: everything by its name. Commands are found as one types; records are asked for on the ledger's lane."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.text import search_key
from ui import theme
from ui.icons import icon
from ui.readings import reading
from ui.widgets.text import PlainLabel

_REST_MS = 120
_MOST_COMMANDS_UNASKED = 40
_ROWS_SHOWN = 11
_ROUNDING = 4


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be found and done. ``detail`` stands small beside the title; ``also`` are further words to find it by."""

    title: str
    run: Callable[[], object]
    detail: str = ""
    icon: str = "next"
    also: str = ""

    @property
    def key(self) -> str:
        """What it is found by before any record: its words, and how its title is read."""
        return search_key(f"{self.title} {self.also} {reading(self.title)}")

    @property
    def detail_key(self) -> str:
        """What it is found by behind the records: the page it is on, or the key that does it, as well."""
        return f"{self.key} {search_key(self.detail)}"


class SearchBox(QFrame):
    """A sheet over the window: a line, and what was found for it. Esc, or a click elsewhere, puts it away."""

    wanted = Signal(str)
    """Words that records are to be searched for; answer with ``show_records``."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        theme.set_look(self, "palette")
        self.setAccessibleName("さがす")
        self._commands: tuple[Command, ...] = ()
        self._records: tuple[Command, ...] = ()
        self._shown: list[Command] = []
        self._before: QWidget | None = None
        self.line = QLineEdit()
        theme.set_look(self.line, "palette")
        self.line.setPlaceholderText("名前・かな・内容、または操作（例：帳票、元に戻す）")
        self.line.setAccessibleName("さがす言葉")
        self.line.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.list = QListWidget()
        theme.set_look(self.list, "palette")
        self.list.setAccessibleName("見つかったもの")
        self.list.setItemDelegate(_RowDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = PlainLabel("見つかりません。言葉を短くするか、ひらがなで試してください。", "muted")
        self.nothing.setContentsMargins(16, 8, 16, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.list)
        column.addWidget(self.nothing)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask)
        self.line.textChanged.connect(self._typed)
        self.list.itemClicked.connect(self._run_item)
        self.line.installEventFilter(self)
        self.hide()

    def open(self, commands: Iterable[Command]) -> None:
        """Show the box, empty, with what can be done now."""
        self._commands = tuple(commands)
        self._records = ()
        self._before = self.window().focusWidget()
        if self.graphicsEffect() is None:
            shadow = QGraphicsDropShadowEffect(self)
            shadow.setBlurRadius(32)
            shadow.setOffset(0, 8)
            shadow.setColor(QColor(0, 0, 0, 90))
            self.setGraphicsEffect(shadow)
        self.line.clear()
        self._fill()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_box(self) -> None:
        """Put it away, and go back to where the cursor was."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_commands(self, commands: Iterable[Command]) -> None:
        """Offer more commands, that had to be read first."""
        self._commands += tuple(commands)
        if self.isVisible():
            self._fill()

    def show_records(self, words: str, found: Sequence[Command]) -> None:
        """What was found for ``words``; ignored where other words have been typed meanwhile."""
        if self.isVisible() and words == self.line.text().strip():
            self._records = tuple(found)
            # Whoever has gone down the list meanwhile stays on the same line.
            row = self.list.currentRow()
            self._fill(self._shown[row] if row > 0 else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.FocusOut and self.isVisible():
            QTimer.singleShot(0, self, self._leave)
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        if event.key() == Qt.Key.Key_Escape:
            self.close_box()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.list.currentItem() is not None:
                self._run_item(self.list.currentItem())
        elif event.key() in steps:
            place = self.list.currentRow() + steps[Qt.Key(event.key())]
            self.list.setCurrentRow(max(0, min(place, self.list.count() - 1)))
        else:
            return False
        return True

    def _leave(self) -> None:
        focus = self.window().focusWidget()
        if self.isVisible() and focus is not None and focus is not self.line and not self.isAncestorOf(focus):
            self.hide()

    def _typed(self) -> None:
        self._records = ()
        self._fill()
        self._rest.start()

    def _ask(self) -> None:
        words = self.line.text().strip()
        if words and self.isVisible():
            self.wanted.emit(words)

    def _fill(self, chosen: Command | None = None) -> None:
        words = search_key(self.line.text()).split()
        named = [one for one in self._commands if all(word in one.key for word in words)]
        others = [
            one
            for one in self._commands
            if one not in named and all(word in one.detail_key for word in words)
        ]
        self._shown = [*named[:_MOST_COMMANDS_UNASKED], *self._records, *others]
        self.list.clear()
        for command in self._shown:
            item = QListWidgetItem(icon(command.icon, "muted"), command.title)
            item.setData(_DETAIL, command.detail)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{command.title} {command.detail}")
            self.list.addItem(item)
        row = self._shown.index(chosen) if chosen in self._shown else 0
        self.list.setCurrentRow(row if self._shown else -1)
        self.nothing.setVisible(not self._shown)
        self.list.setVisible(bool(self._shown))
        self._place()

    def _place(self) -> None:
        window = self.window()
        width = min(window.width() - 48, max(560, self.fontMetrics().height() * 46))
        row = self.list.sizeHintForRow(0) if self.list.count() else 0
        rows = min(self.list.count(), _ROWS_SHOWN)
        self.list.setFixedHeight(min(rows * max(row, 1) + 8, window.height() - 200))
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((window.width() - width) // 2, 64)

    def _run_item(self, item: QListWidgetItem) -> None:
        command = self._shown[self.list.row(item)]
        self.close_box()
        command.run()


_DETAIL = Qt.ItemDataRole.UserRole + 1


class _RowDelegate(QStyledItemDelegate):
    """One line: the icon, the title, and the detail at the right in a quieter colour."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: object) -> QSize:
        return QSize(200, QFontMetrics(option.font).height() + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        colours = theme.tokens()
        rect: QRect = option.rect
        painter.save()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 6, 6)
        data = index.data  # type: ignore[attr-defined]
        side = QFontMetrics(option.font).height() + 4
        top = rect.top() + (rect.height() - side) // 2
        data(Qt.ItemDataRole.DecorationRole).paint(painter, QRect(rect.left() + 14, top, side, side))
        left = rect.left() + 14 + side + 10
        quiet = QFont(option.font)
        quiet.setPointSizeF(quiet.pointSizeF() * 0.9)
        detail = data(_DETAIL) or ""
        room = rect.right() - 16 - left
        detail_width = min(QFontMetrics(quiet).horizontalAdvance(detail), room // 2)
        title_room = room - detail_width - (16 if detail else 0)
        painter.setPen(QColor(colours.on_accent_soft if is_chosen else colours.text))
        painter.setFont(option.font)
        middle = Qt.AlignmentFlag.AlignVCenter
        title = QFontMetrics(option.font).elidedText(
            data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideRight, title_room + 1
        )
        painter.drawText(QRect(left, rect.top(), title_room, rect.height()), middle, title)
        painter.setPen(QColor(colours.on_accent_soft if is_chosen else colours.muted))
        painter.setFont(quiet)
        shown = QFontMetrics(quiet).elidedText(detail, Qt.TextElideMode.ElideRight, detail_width + _ROUNDING)
        right = QRect(
            rect.right() - 16 - detail_width - _ROUNDING, rect.top(), detail_width + _ROUNDING, rect.height()
        )
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, shown)
        painter.restore()
