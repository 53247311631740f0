"""宿題 around a meeting, one to a row: a click leads to it, and one that is open can be closed where it is reported as done."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.action_items.queries import ActionItemRow
from app.text import excerpt
from db.vocabulary import ActionState
from ui.meetings.afterwards_rules import action_words
from ui.widgets.button import Button, ElidedButton
from ui.widgets.containers import Card, emptied
from ui.widgets.text import WrapLabel


class ActionsCard(Card):
    """``summary`` counts the open ones; where there are none at all it says ``empty``, or the card is not there."""

    wanted = Signal(object)
    """The ActionItemRow of a 宿題 that the person wants to see."""

    close_wanted = Signal(object)
    """The ActionItemRow of a 宿題 that is done."""

    def __init__(self, title: str, summary: str, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._words, self._empty = summary, empty
        self._summary = WrapLabel("", "muted")
        self._holder = QWidget()
        self._lines = QVBoxLayout(self._holder)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.body.addWidget(self._summary)
        self.body.addWidget(self._holder)
        self._shown: tuple[ActionItemRow, ...] | None = None

    def show_actions(self, rows: tuple[ActionItemRow, ...], today: date) -> None:
        """Show these."""
        self.setVisible(bool(rows or self._empty))
        if rows == self._shown:
            return
        self._shown = rows
        emptied(self._lines)
        open_count = sum(row.state is ActionState.OPEN for row in rows)
        counted = f"{len(rows)}件のうち{open_count}件が未完了です。{self._words}"
        self._summary.setText(counted if rows else self._empty)
        for row in rows:
            self._lines.addWidget(self._row(row, today))

    def _row(self, one: ActionItemRow, today: date) -> QWidget:
        button = ElidedButton(action_words(one, today))
        button.clicked.connect(partial(self.wanted.emit, one))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(button, 1)
        if one.state is ActionState.OPEN:
            name = f"「{excerpt(one.what)}」を完了にする"
            close = Button("完了…", partial(self.close_wanted.emit, one), "quiet", "done", name=name)
            line.addWidget(close)
        return row
