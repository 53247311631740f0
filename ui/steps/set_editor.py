"""The steps and checkpoints of a set: an outline at the left, the words of the chosen line at the right."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.steps.set_values import SetValues
from ui.steps import set_outline
from ui.steps.set_outline import Place
from ui.widgets.button import Button
from ui.widgets.flow import FlowRow
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import PlainLabel
from ui.widgets.tiles import TileGrid

_ROLE = Qt.ItemDataRole.UserRole
_NARROW = 16
_LINES = 11
_STEP, _POINT = ("ステップの名前", "説明"), ("チェックポイントの文", "書き方の説明（シートの文の下に出ます）")


class SetEditor(QWidget):
    """``values`` are the set as it stands. Where ``is_fixed``, what is asked can be read and only explanations change."""

    edited = Signal()

    def __init__(self, values: SetValues, is_fixed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values = values
        self._is_fixed = is_fixed
        self.outline = Outline()
        self.outline.setHeaderHidden(True)
        self.outline.setRootIsDecorated(False)
        self.outline.setItemsExpandable(False)
        self.outline.setAccessibleName("ステップとチェックポイント")
        self.outline.setMinimumHeight(self.fontMetrics().height() * 2 * _LINES)
        self.head, self.more = GrowingText(2, 6), GrowingText(3, 9)
        self.head_label, self.more_label = PlainLabel("", "field"), PlainLabel("", "field")
        self.add_step_button = Button("ステップ", self._add_step, icon_name="add", name="ステップを追加")
        self.add_point_button = Button(
            "チェックポイント", self._add_point, icon_name="add", name="チェックポイントを追加"
        )
        self.up_button = Button("", self._up, icon_name="up", name="上へ")
        self.down_button = Button("", self._down, icon_name="down", name="下へ")
        self.remove_button = Button("取り除く", self._remove, icon_name="delete")
        self._lay_out()
        self.outline.currentItemChanged.connect(self._show_words)
        self.outline.taken.connect(self._to_words)
        self.head.textChanged.connect(self._typed)
        self.more.textChanged.connect(self._typed)
        self._fill(Place(0, 0) if is_fixed else Place(0))

    @property
    def place(self) -> Place | None:
        """The line the person is on."""
        item = self.outline.currentItem()
        found: Place | None = item.data(0, _ROLE) if item is not None else None
        return found

    def go_to(self, place: Place | None) -> None:
        """Turn to a line."""
        item = next((one for one in self._items() if one.data(0, _ROLE) == place), None)
        if item is not None:
            self.outline.setCurrentItem(item)

    # ── lines ─────────────────────────────────────────────────────────────

    def _add_step(self) -> None:
        self._begin(set_outline.with_step(self.values, self.place or Place(-1)))

    def _add_point(self) -> None:
        if self.place is not None:
            self._begin(set_outline.with_checkpoint(self.values, self.place))

    def _to_words(self) -> None:
        field = self.more if self.head.isReadOnly() else self.head
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, made: tuple[SetValues, Place]) -> None:
        self._take(*made)
        self._to_words()

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        found = set_outline.moved(self.values, self.place, by) if self.place is not None else None
        if found is not None:
            self._take(*found)

    def _remove(self) -> None:
        if self.place is not None:
            self._take(*set_outline.without(self.values, self.place))

    def _take(self, values: SetValues, place: Place | None) -> None:
        self.values = values
        self._fill(place)
        self.edited.emit()

    def _typed(self) -> None:
        place, item = self.place, self.outline.currentItem()
        if place is None or item is None:
            return
        head, more = self.head.toPlainText(), self.more.toPlainText()
        self.values = set_outline.written(self.values, place, head, more)
        self._name(item, place)
        self.edited.emit()

    # ── showing ───────────────────────────────────────────────────────────

    def _fill(self, place: Place | None) -> None:
        with QSignalBlocker(self.outline):
            self.outline.clear()
            for one in set_outline.places(self.values):
                item = QTreeWidgetItem()
                item.setData(0, _ROLE, one)
                self._name(item, one)
                if one.point is None:
                    self.outline.addTopLevelItem(item)
                else:
                    step = self.outline.topLevelItem(one.step)
                    assert step is not None
                    step.addChild(item)
            self.outline.expandAll()
            self.go_to(place)
        self._show_words()

    def _name(self, item: QTreeWidgetItem, place: Place) -> None:
        text = set_outline.label(self.values, place)
        item.setText(0, text)
        item.setToolTip(0, text)

    def _show_words(self) -> None:
        place = self.place
        head, more = set_outline.words(self.values, place) if place is not None else ("", "")
        is_step = place is None or place.point is None
        for field, text in ((self.head, head), (self.more, more)):
            with QSignalBlocker(field):
                field.setPlainText(text)
        for label, field, name in zip(
            (self.head_label, self.more_label),
            (self.head, self.more),
            _STEP if is_step else _POINT,
            strict=True,
        ):
            label.setText(name)
            field.setAccessibleName(name)
            field.setEnabled(place is not None)
        _lock(self.head, self._is_fixed)
        _lock(self.more, self._is_fixed and is_step)
        self._show_buttons(place)

    def _show_buttons(self, place: Place | None) -> None:
        self.add_point_button.setEnabled(place is not None)
        self.remove_button.setEnabled(place is not None)
        for button, by in ((self.up_button, -1), (self.down_button, 1)):
            button.setEnabled(place is not None and set_outline.moved(self.values, place, by) is not None)

    def _items(self) -> list[QTreeWidgetItem]:
        flags = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        return self.outline.findItems("", flags)

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self.outline, 1)
        buttons = FlowRow(
            self.add_step_button, self.add_point_button, self.up_button, self.down_button, self.remove_button
        )
        buttons.setVisible(not self._is_fixed)
        lines.addWidget(buttons)
        fields = QVBoxLayout(right)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(4)
        for label, field in ((self.head_label, self.head), (self.more_label, self.more)):
            label.setBuddy(field)
            fields.addWidget(label)
            fields.addWidget(field)
            fields.addSpacing(12)
        fields.addStretch(1)
        halves = TileGrid(_NARROW)
        halves.set_tiles((left, right))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(halves)


def _lock(field: QPlainTextEdit, is_locked: bool) -> None:
    """Let a text be read only, or written; it is dressed anew for it."""
    if field.isReadOnly() != is_locked:
        field.setReadOnly(is_locked)
        field.style().unpolish(field)
        field.style().polish(field)


class Outline(QTreeWidget):
    """``taken``: Enter on a line leads to its words; it does not save the dialog around."""

    taken = Signal()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Lines that were filled in before it was dressed keep the height they had then.
        self.doItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)
