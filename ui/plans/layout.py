"""How the page is laid out: the plan in view at the head, its tree beside the form, and what an empty page says."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.calendar import period_label
from ui.plans.filing import Filing
from ui.plans.reading import PlanView
from ui.plans.sheet_pane import SheetPane
from ui.plans.tree_pane import TreePane
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.text import PlainLabel

_WIDE = 56
"""Characters in a line of a page that has room to spare."""

_NARROW = 42
"""Characters in a line of a page whose plan needs a line of its own."""


_LINES = (14, 22)
"""How many lines of text tree and form are high at the least where they stand one above the other."""

_SIDE_BY_SIDE, _ABOVE = [430, 600], [5_000, 8_000]
"""How they share the room."""


class PlansLayout(QObject):
    """The parts of the page 指針."""

    def __init__(self, page: QWidget, title: str, filing: Filing, tree: TreePane, sheet: SheetPane) -> None:
        super().__init__(page)
        self._page, self._tree, self._sheet = page, tree, sheet
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("指針・計画を選ぶ")
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chooser.setMinimumContentsLength(16)
        self.period = PlainLabel("", "muted")
        self.empty = self._empty(filing)
        self._has_plan = False
        self._plan = QHBoxLayout()
        self._plan.setSpacing(12)
        self._plan.addWidget(self.chooser, 1)
        self._plan.addWidget(self.period)
        name = QHBoxLayout()
        name.addWidget(PlainLabel(title, "title"))
        self._top = QHBoxLayout()
        self._top.setSpacing(12)
        self._top.addLayout(name)
        self._top.addLayout(self._plan, 3)
        self._top.addStretch(1)
        self._top.addWidget(filing.button)
        self._head = QVBoxLayout()
        self._head.setSpacing(8)
        self._head.addLayout(self._top)
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._halves.setChildrenCollapsible(False)
        self._halves.addWidget(tree)
        self._halves.addWidget(sheet)
        self._halves.setStretchFactor(0, 2)
        self._halves.setStretchFactor(1, 3)
        self._halves.setSizes(_SIDE_BY_SIDE)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._halves)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 16, 16)
        column.setSpacing(12)
        column.addLayout(self._head)
        column.addWidget(self._stack, 1)

    @property
    def shows_plan(self) -> bool:
        """Whether there is a plan to see."""
        return self._stack.currentIndex() == 1

    def show_view(self, view: PlanView) -> None:
        """Name the plan in view and offer the others, or say that there is none. The chooser tells of it like of a choice."""
        self._has_plan = view.plan is not None
        self._stack.setCurrentIndex(1 if self._has_plan else 0)
        self.chooser.setVisible(self._has_plan)
        self.chooser.clear()
        for plan in view.plans:
            self.chooser.addItem(f"{plan.title}　{plan.edition}".strip(), plan.id)
        if view.plan is not None:
            self.chooser.setCurrentIndex(self.chooser.findData(view.plan.id))
            self.chooser.setToolTip(self.chooser.currentText())
            self.period.setText(period_label(view.plan.period_from, view.plan.period_to))
        self.fit()

    def fit(self) -> None:
        """The period stands beside the plan's name where there is room; it stands in the tree in any case.

        Where there is very little, the name takes a line of its own, and the form stands below the tree: the page then asks for
        more height than the window may have, and scrolls.
        """
        letter = self._page.fontMetrics().horizontalAdvance("指")
        width = self._page.width()
        self.period.setVisible(self._has_plan and width >= _WIDE * letter)
        is_narrow = width < _NARROW * letter
        orientation = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        if self._halves.orientation() is not orientation:
            self._halves.setOrientation(orientation)
            self._halves.setSizes(_ABOVE if is_narrow else _SIDE_BY_SIDE)
        for part, lines in zip((self._tree, self._sheet), _LINES, strict=True):
            part.setMinimumHeight(lines * letter if is_narrow else 0)
        home: QBoxLayout = self._head if is_narrow else self._top
        if self._plan.parent() is not home:
            holder = self._plan.parent()
            assert isinstance(holder, QBoxLayout)
            holder.removeItem(self._plan)
            self._plan.setParent(None)
            home.insertLayout(1, self._plan, 3)

    def _empty(self, filing: Filing) -> EmptyState:
        empty = EmptyState(
            "指針・計画はまだありません",
            "連絡会の指針や区の計画をここに入れると、到達イメージごとに毎年の状況を書き込めるようになります。"
            "金沢区の第5期指針は、はじめから用意してあります。",
            "計画を取り込む",
            filing.take_in,
            "plans",
        )
        other = Button("新しい計画を書く", filing.write_new)
        layout = empty.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, other, 0, Qt.AlignmentFlag.AlignHCenter)
        return empty
