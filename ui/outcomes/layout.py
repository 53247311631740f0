"""How the page is laid out: head, filters or the bar of a sitting, matrix and review side by side, and what an empty page says."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.calendar import fiscal_year_label
from app.plans.queries import PlanRow
from ui.outcomes.list_pane import FilterBar, ListPane
from ui.outcomes.loading import Loaded
from ui.outcomes.matrix_rows import Counts
from ui.outcomes.review_panel import ReviewPanel
from ui.outcomes.sitting import SittingBar
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState, PageHeader

_NARROW = 36
"""A page narrower than this, in heights of its text, has matrix and review one above the other."""

_LIST_LINES, _REVIEW_LINES = 12, 20
"""How high they are then at the least."""


class OutcomesLayout(QObject):
    """The parts of the page; what the person wants of the page as a whole is told by signals."""

    plan_chosen = Signal(object)
    sitting_asked = Signal()
    copy_all_asked = Signal()
    plans_asked = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.is_sitting = False
        self._plan_text = ""
        self._head = PageHeader("到達イメージ", " ")
        # The window asks how high the page must be at its narrowest; a line that could be 80 pixels wide would say: very.
        self._head.explanation.setMinimumWidth(300)
        self.filters = FilterBar()
        self.sitting_bar = SittingBar()
        self.sitting_bar.hide()
        self.panes = ListPane(self.filters)
        self.panel = ReviewPanel()
        self._build_head()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(10)
        self._splitter.addWidget(self.panes)
        self._splitter.addWidget(self.panel)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([5_000, 5_000])
        self.fit()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._splitter)
        self._no_plan = EmptyState(
            "まだ指針・計画がありません",
            "ここには、計画の到達イメージが年度ごとの到達状況とともに並びます。はじめに「指針」で計画を取り込んでください。",
            "「指針」を開く",
            self.plans_asked.emit,
            "plans",
        )
        self._no_outcomes = EmptyState(
            "この計画には到達イメージがありません",
            "「指針」で取組の下に到達イメージを加えると、ここで年度ごとに確認できます。",
            "「指針」を開く",
            self.plans_asked.emit,
            "outcomes",
        )
        self._stack.addWidget(self._no_plan)
        self._stack.addWidget(self._no_outcomes)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 14, 20, 12)
        column.setSpacing(10)
        column.addWidget(self._head)
        column.addWidget(self.filters)
        column.addWidget(self.sitting_bar)
        column.addWidget(self._stack, 1)

    def fit(self) -> None:
        """Matrix and review side by side, or one above the other where the page is narrow for the text size.

        Then the page asks for more height than the window may have, and scrolls.
        """
        letter = self._page.fontMetrics().height()
        is_narrow = self._page.width() < _NARROW * letter
        orientation = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        if self._splitter.orientation() is not orientation:
            self._splitter.setOrientation(orientation)
            self._splitter.setSizes([5_000, 8_000] if is_narrow else [5_000, 5_000])
        for part, width, lines in ((self.panes, 300, _LIST_LINES), (self.panel, 340, _REVIEW_LINES)):
            part.setMinimumSize(width, lines * letter if is_narrow else 0)

    def _build_head(self) -> None:
        self._plans = QComboBox()
        self._plans.setAccessibleName("指針・計画")
        self._plans.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._plans.setMinimumContentsLength(12)
        self._plans.activated.connect(self._plan_activated)
        self._head.add(self._plans)
        self.sit = Button(
            "続けて確認する",
            self.sitting_asked.emit,
            "primary",
            "next",
            tip="未確認のものから順に、キーボードだけで記入します（F2）。",
        )
        self._head.add(self.sit)
        menu = QMenu(self._head)
        for text, signal in (("前年度の文章をまとめて写す", self.copy_all_asked),):
            action = QAction(text, menu)
            action.triggered.connect(signal)
            menu.addAction(action)
        menu.addSeparator()
        for text, slot in (
            ("取組をすべてたたむ", self.panes.fold_all),
            ("取組をすべて開く", self.panes.unfold_all),
        ):
            action = QAction(text, menu)
            action.triggered.connect(slot)
            menu.addAction(action)
        self.menu = menu
        self.more = Button("その他", name="その他の操作")
        self.more.setMenu(menu)
        self._head.add(self.more)

    def show_plans(self, loaded: Loaded, fiscal_year: int) -> None:
        """Offer the plans where there are several, and say what is missing where there is nothing to show."""
        plan = loaded.rows.matrix.plan if loaded.rows else None
        self._plans.blockSignals(True)
        self._plans.clear()
        for one in loaded.plans:
            self._plans.addItem(_plan_name(one), one.id)
        if plan is not None:
            self._plans.setCurrentIndex(self._plans.findData(plan.id))
            self._plans.setToolTip(_plan_name(plan))
        self._plans.blockSignals(False)
        self._plans.setVisible(len(loaded.plans) > 1)
        has_outcomes = loaded.rows is not None and bool(loaded.rows.matrix.outcomes)
        shown = self._splitter if has_outcomes else self._no_plan if plan is None else self._no_outcomes
        self._stack.setCurrentWidget(shown)
        for widget in (self.sit, self.more):
            widget.setVisible(has_outcomes and not self.is_sitting)
        self.filters.setVisible(has_outcomes and not self.is_sitting)
        self._plan_text = _plan_name(plan) if plan else ""
        self._head.explanation.setText(self._plan_text)
        self._head.explanation.setVisible(bool(self._plan_text))
        self.sit.setEnabled(plan is not None and fiscal_year in plan.fiscal_years)
        self.menu.actions()[0].setEnabled(plan is not None and fiscal_year in plan.fiscal_years)

    def tell_counts(self, counts: Counts | None, fiscal_year: int) -> None:
        """Say how far the year has come; ``counts`` is None where it lies outside of the plan's period."""
        self.filters.tell_counts(counts)
        if counts is None:
            self._head.explanation.setText(
                f"{self._plan_text}　{fiscal_year_label(fiscal_year)}は期間の外です"
            )
            return
        self.sitting_bar.show_progress(counts.total, counts.reviewed)
        progress = f"{fiscal_year_label(fiscal_year)}：{counts.total}件中 {counts.reviewed}件 確認済み"
        self._head.explanation.setText(f"{self._plan_text}　{progress}")

    def set_sitting(self, is_sitting: bool) -> None:
        """Put the bar of the sitting in the place of the filters."""
        self.is_sitting = is_sitting
        self.sitting_bar.setVisible(is_sitting)
        for widget in (self.filters, self.sit, self.more):
            widget.setVisible(not is_sitting)
        self.panel.form.set_quick(is_sitting)

    def _plan_activated(self, place: int) -> None:
        self.plan_chosen.emit(self._plans.itemData(place))


def _plan_name(plan: PlanRow) -> str:
    return f"{plan.title}（{plan.edition}）" if plan.edition else plan.title
