"""How the tab 会議録 is laid out: the agenda at the left or, where it is narrow, above; the text with its keys at the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.meetings.queries import AgendaRow
from app.text import excerpt
from ui.drafts import DraftOffer
from ui.meetings.minutes_agenda import AgendaList, WrittenItem
from ui.meetings.minutes_editor import MinutesEditor
from ui.widgets.button import Button
from ui.widgets.containers import Banner, EmptyState
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel, WrapLabel

_NARROW = 52
"""A tab narrower than this, in heights of its text, has the agenda above the text."""

_LOW = 18
"""A tab lower than this shows one agenda item at a time."""

_LIST_WIDTH, _LIST_HEIGHT, _LOW_LIST_HEIGHT, _EDITOR_HEIGHT = 17, 5, 3.4, 4
_TITLE_LENGTH = 70
_WIDEST = 16_777_215
"""Qt's own bound of a widget's size: none."""


class _NewItem(QLineEdit):
    """The title of an agenda item that comes up during the meeting; Enter adds it."""

    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("議題を足す（Enterで追加）")
        self.setAccessibleName("足す議題の題名")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self.typed.emit(self.text())
        else:
            super().keyPressEvent(event)


class MinutesLayout(QWidget):
    """The parts of the tab; what the person wants is told by signals."""

    clock_asked = Signal()
    save_asked = Signal()
    item_typed = Signal(str)
    preparation_asked = Signal()
    join_asked = Signal()
    discard_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(parent)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self)
        self.list = AgendaList()
        self.editor = MinutesEditor()
        self.draft = DraftOffer()
        self.new_item = _NewItem()
        self.new_item.typed.connect(self.item_typed)
        self._is_narrow = False
        self._build_banners()
        self._build_empty()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 4, 4)
        self._column.setSpacing(8)
        for widget in (self.draft, self.closed, self.collision, self.empty, self.empty_field):
            self._column.addWidget(widget)
        self._column.addWidget(self._build_body(), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ------------------------------------------------------------------ what is shown

    def show_item(self, line: WrittenItem | None, is_running: bool) -> None:
        """Head the text with the current item."""
        if line is None:
            self._title.setText("")
            return
        self._title.setText(f"{line.number}. {excerpt(line.title, length=_TITLE_LENGTH)}")
        self._title.setToolTip(line.title)
        self._time.setText(line.time)
        self.clock.setText("計時を止める" if is_running else "時間を計る")

    def tell_line(self, words: str, characters: int) -> None:
        """What the line under the cursor is."""
        self._line.setText(words)
        self._count.setText(f"{characters:,}文字")

    def tell_state(self, is_typed: bool, saved_at: datetime | None) -> None:
        """Whether what is typed is in the ledger."""
        if is_typed:
            self._state.setText("未保存（数秒ごとに控えを取っています）")
        else:
            self._state.setText(f"{saved_at:%H:%M}に保存しました" if saved_at else "")
        self.save_button.setEnabled(is_typed or self.clock.text() != "時間を計る")

    def tell_closed(self, words: str) -> None:
        """Why nothing can be written; empty where it can."""
        self.closed.setVisible(bool(words))
        self.closed.label.setText(words)
        for widget in (self._tools, self.new_item, self.save_button, self.clock):
            widget.setVisible(not words)

    def show_collisions(self, items: Sequence[AgendaRow]) -> None:
        """Say under which items somebody else has written meanwhile, and the ways on."""
        self.collision.setVisible(bool(items))
        names = "、".join(f"「{item.title}」" for item in items)
        self.collision.label.setText(
            f"{names}の会議録には、ここでの入力とは別に保存されたものがあります。ここで入力した内容は残っています。"
        )

    def show_empty(self, is_empty: bool, can_add: bool) -> None:
        """Where there is no agenda, say what belongs here."""
        self.empty.setVisible(is_empty)
        self.empty.step.setVisible(can_add)
        self._body.setVisible(not is_empty)
        if is_empty and can_add:
            self._empty_row.addWidget(self.new_item)
        elif not is_empty:
            self._place_new_item()
        self.empty_field.setVisible(is_empty and can_add)

    def clear_new_item(self) -> None:
        """The new item is in the ledger."""
        self.new_item.clear()

    # ------------------------------------------------------------------ building

    def _build_banners(self) -> None:
        self.closed = Banner()
        self.closed.hide()
        self.collision = Banner(look="caution")
        self.collision.add(Button("保存された内容を下に足す", self.join_asked.emit))
        self.collision.add(Button("自分の入力を取り消す", self.discard_asked.emit))
        self.collision.hide()

    def _build_empty(self) -> None:
        self.empty = EmptyState(
            "次第がまだありません",
            "会議録は議題ごとに書きます。「準備」で次第を作るか、議題を1つ入力すると書き始められます。",
            "準備で次第を作る",
            self.preparation_asked.emit,
            "edit",
        )
        self.empty.hide()
        self.empty_field = QWidget()
        self._empty_row = QHBoxLayout(self.empty_field)
        self._empty_row.setContentsMargins(60, 0, 60, 40)
        self.empty_field.hide()

    def _build_body(self) -> QWidget:
        self._body = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._body)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(12)
        side = QWidget()
        self._left = QVBoxLayout(side)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(6)
        self._left.addWidget(self.list, 1)
        self._left.addWidget(self.new_item)
        self._side = side
        self._halves.addWidget(side)
        self._halves.addWidget(self._build_text(), 1)
        return self._body

    def _build_text(self) -> QWidget:
        text = QWidget()
        column = QVBoxLayout(text)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._title = WrapLabel("", "section")
        self._time = PlainLabel("", "muted")
        self.clock = Button(
            "時間を計る", self.clock_asked.emit, tip="この議題の経過時間を計ります（Ctrl+R）。"
        )
        self.clock.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._time)
        self._head.addWidget(self.clock)
        column.addLayout(self._head)
        self._tools = self._build_tools()
        column.addWidget(self._tools)
        column.addWidget(self.editor, 1)
        self._line = PlainLabel("", "note")
        self._line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._count = PlainLabel("", "note")
        self._state = PlainLabel("", "note")
        self.save_button = Button("保存", self.save_asked.emit, "primary", tip="保存します（Ctrl+S）。")
        self.save_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._line, 1)
        foot.addWidget(self._count)
        foot.addWidget(self._state)
        foot.addWidget(self.save_button)
        column.addLayout(foot)
        return text

    def _build_tools(self) -> FlowRow:
        editor = self.editor
        tools = FlowRow(spacing=4)
        for words, do, tip in (
            ("決定　Ctrl+D", editor.toggle_decision, "この行を決定事項にします。もう一度で要点に戻ります。"),
            (
                "宿題　Ctrl+T",
                editor.toggle_action,
                "この行を宿題にします。だれ｜いつまで｜なに の順に書きます。",
            ),
            ("太字　Ctrl+B", editor.toggle_bold, "選んだ文字を太字にします。"),
            ("発言者　Ctrl+E", editor.toggle_speaker, "「：」の前を発言者として扱うかを切り替えます。"),
        ):
            button = Button(words, do, "quiet", tip=tip)
            # The keys stay in the text.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tools.add(button)
        self._hints = PlainLabel("Tab：字下げ　Ctrl+↑ ↓：前後の議題　Esc：議題の一覧へ", "note")
        tools.add(self._hints)
        return tools

    def _place_new_item(self) -> None:
        """Below the agenda; where that stands above the text, beside the clock."""
        if self._is_narrow and self._head.indexOf(self.new_item) < 0:
            self._head.insertWidget(0, self.new_item, 1)
        elif not self._is_narrow and self._left.indexOf(self.new_item) < 0:
            self._left.addWidget(self.new_item)

    def _fit(self) -> None:
        height = self.fontMetrics().height()
        is_narrow = self._is_narrow = self.width() < _NARROW * height
        if self.empty.isHidden():
            self._place_new_item()
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        self._side.setMinimumWidth(0 if is_narrow else _LIST_WIDTH * height)
        self._side.setMaximumWidth(_WIDEST if is_narrow else _LIST_WIDTH * height)
        # The list names the item already, and every line is wanted for the text.
        self._title.setVisible(not is_narrow)
        self._hints.setVisible(not is_narrow)
        is_low = self.height() < _LOW * height
        rows = _LOW_LIST_HEIGHT if is_low else _LIST_HEIGHT
        self.list.setMaximumHeight(round(rows * height) if is_narrow else _WIDEST)
        self.list.setMinimumHeight(round(_LOW_LIST_HEIGHT * height) if is_narrow else 0)
        self.editor.setMinimumHeight(_EDITOR_HEIGHT * height)
