"""How the page is laid out: under the head the list beside the chosen meeting, the calendar or the attendance, or what an empty
year says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.calendar import fiscal_year_label
from ui.meetings.year_plan import YearPlan
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel


class Way(IntEnum):
    """How the year is looked at; EMPTY is the list of a year without meetings."""

    EMPTY = 0
    LIST = 1
    MONTH = 2
    ATTENDANCE = 3


class MeetingsLayout:
    """Puts the parts of the page in their places; one button for each way of looking at the year."""

    def __init__(
        self,
        page: QWidget,
        title: str,
        buttons: Sequence[QWidget],
        halves: tuple[QWidget, QWidget],
        others: tuple[QWidget, QWidget],
        empty: EmptyYear,
    ) -> None:
        self.ways = {
            Way.LIST: Button("一覧"),
            Way.MONTH: Button("月ごと"),
            Way.ATTENDANCE: Button("出席の集計"),
        }
        group = QButtonGroup(page)
        for way, button in self.ways.items():
            button.setCheckable(True)
            group.addButton(button, way)
        self.ways[Way.LIST].setChecked(True)
        self._stack = QStackedWidget()
        for part in (empty, _side_by_side(*halves), *others):
            self._stack.addWidget(part)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel(title, "title"))
        head.addStretch(1)
        for widget in (*self.ways.values(), *buttons):
            head.addWidget(widget)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    @property
    def way(self) -> Way:
        """How the year is looked at now."""
        return Way(self._stack.currentIndex())

    def show(self, way: Way) -> None:
        """Look at the year in this way."""
        self.ways[Way.LIST if way is Way.EMPTY else way].setChecked(True)
        self._stack.setCurrentIndex(way)


class EmptyYear(QWidget):
    """What a year without meetings says: the first step is to add one, or to copy those of the year before."""

    def __init__(self, add: Callable[[], None], copy_year: Callable[[], None]) -> None:
        super().__init__()
        self.words = EmptyState(
            "この年度の会議はまだありません",
            "年間の会議をここに入れると、準備・案内・受付・会議録・宿題が1か所で続きます。",
            "会議を追加する",
            add,
            "meetings",
        )
        self.copy_button = Button("昨年度の会議を写す", copy_year)
        self.copy_button.hide()
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self.words)
        column.addWidget(FlowRow(self.copy_button), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def show_plan(self, plan: YearPlan) -> None:
        """Name the year, and offer to copy the one before where it had meetings."""
        self.words.title.setText(f"{fiscal_year_label(plan.fiscal_year)}の会議はまだありません")
        self.copy_button.setVisible(bool(plan.last_year))


def _side_by_side(left: QWidget, right: QWidget) -> QSplitter:
    halves = QSplitter(Qt.Orientation.Horizontal)
    halves.setChildrenCollapsible(False)
    halves.addWidget(left)
    halves.addWidget(right)
    halves.setStretchFactor(0, 2)
    halves.setStretchFactor(1, 3)
    halves.setSizes([430, 610])
    return halves
