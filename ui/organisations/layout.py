"""How the page is laid out: the list and the chosen organisation side by side under the head, and what an empty page says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui.widgets.containers import EmptyState
from ui.widgets.text import PlainLabel


class OrganisationsLayout:
    """Puts the parts of the page in their places. Nothing is shown under the head until it is known whether there is anything."""

    def __init__(
        self,
        page: QWidget,
        title: str,
        buttons: Sequence[QWidget],
        halves: tuple[QWidget, QWidget],
        add: Callable[[], None],
    ) -> None:
        self.empty = EmptyState(
            "会員団体はまだありません",
            "連絡会の会員団体と、その代表者・担当者をここに入れると、名簿・宛名・会議の案内に使えるようになります。\n"
            "Excelの名簿があれば、右上の「取り込み・書き出し」から、そのまま取り込めます。",
            "団体を追加する",
            add,
            "organisations",
        )
        self._halves = _side_by_side(*halves)
        self._stack = QStackedWidget()
        for part in (QWidget(), self.empty, self._halves):
            self._stack.addWidget(part)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel(title, "title"))
        head.addStretch(1)
        for button in buttons:
            head.addWidget(button)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def show_halves(self, has_any: bool = True) -> None:
        """Show the list and the organisation, or what an empty page says."""
        self._stack.setCurrentWidget(self._halves if has_any else self.empty)


def _side_by_side(left: QWidget, right: QWidget) -> QSplitter:
    halves = QSplitter(Qt.Orientation.Horizontal)
    halves.setChildrenCollapsible(False)
    halves.addWidget(left)
    halves.addWidget(right)
    halves.setStretchFactor(0, 2)
    halves.setStretchFactor(1, 3)
    halves.setSizes([480, 520])
    return halves
