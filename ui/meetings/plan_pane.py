"""The left side of the page: the filter, how many meetings it lets through, and the list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.meetings.plan_view import PlanView, plan_model
from ui.meetings.year_plan import YearPlan
from ui.table_model import KEY_ROLE
from ui.widgets.containers import EmptyState
from ui.widgets.fields import FilterField
from ui.widgets.text import WrapLabel


class PlanPane(QWidget):
    """Shows the year's meetings and says which is chosen; it never asks the ledger."""

    chosen = Signal(int)
    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: YearPlan | None = None
        self._shown: int | None = None
        self._is_showing = False
        self.field = FilterField("名前・テーマ・場所・状態で絞り込み")
        self.count = WrapLabel("", "muted")
        self.model = plan_model(self)
        self.view = PlanView(self.model)
        self.nothing = EmptyState(
            "当てはまる会議はありません",
            "言葉を短くするか、絞り込みを外してください。",
            "すべて表示する",
            self.field.clear,
        )
        self.nothing.hide()
        self.field.set_list(self.view)
        self.field.filtered.connect(self._narrow)
        self.view.chosen.connect(self._moved)
        self.view.open_wanted.connect(self.open_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.count)
        column.addWidget(self.view, 1)
        column.addWidget(self.nothing, 1)

    def show_plan(self, plan: YearPlan, wanted: int | None) -> None:
        """Show the plan with the cursor on ``wanted``."""
        self._plan, self._shown = plan, wanted
        self._narrow()

    def select(self, meeting_id: int | None) -> None:
        """Put the cursor on a meeting; a filter that keeps it back is let go."""
        self._shown = meeting_id
        is_known = self._plan is not None and any(line.id == meeting_id for line in self._plan.lines)
        if is_known and not self.model.index_of(meeting_id).isValid():
            self.field.clear()
            self._narrow()
        self._put_cursor()

    def first(self) -> int | None:
        """The first meeting that the filter lets through."""
        found: int | None = self.model.index(0, 0).data(KEY_ROLE) if self.model.rows else None
        return found

    def _narrow(self) -> None:
        if self._plan is None:
            return
        lines = self._plan.filtered(self.field.text())
        scrolled = self.view.verticalScrollBar().value()
        self._is_showing = True
        self.model.set_rows(lines)
        self._is_showing = False
        self.view.verticalScrollBar().setValue(scrolled)
        self._put_cursor()
        everything = len(self._plan.lines)
        narrowed = f"　全{everything}件のうち" if len(lines) != everything else ""
        self.count.setText(f"{len(lines)}件{narrowed}")
        self.view.setVisible(bool(lines))
        self.nothing.setVisible(not lines)

    def _put_cursor(self) -> None:
        self._is_showing = True
        self.view.select(self._shown)
        self._is_showing = False

    def _moved(self, meeting_id: int) -> None:
        if not self._is_showing:
            self._shown = meeting_id
            self.chosen.emit(meeting_id)
