"""結果: the heat map of a round, and beside it what stands behind the cell under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.steps.queries import Scope
from app.steps.round_picture import Facts, Picture
from reports.answer_marks import DECIDED
from ui.desk import Desk
from ui.meetings.part import Part
from ui.steps.detail import Detail
from ui.steps.heat_map import HeatMap
from ui.steps.heat_model import Which
from ui.steps.tab import RoundTab
from ui.widgets.fields import ComboBox, FilterField
from ui.widgets.text import WrapLabel

_NARROW = 46
"""Narrower than this, in heights of the text, the map stands above what is behind it."""

_LEAST_LINES = 11
"""How high both are then at the least."""

_FEW = 12
"""So many rows are read without narrowing them."""

LEGEND = f"○ できている　△ 一部　× まだ　？ わからない　－ 答えなし　↑↓ 前回からの変化　！ 台帳の記録と食い違い　{DECIDED} 判断による"


class ResultTab(RoundTab):
    """The picture first; arrows and clicks choose, Enter goes into what is behind a cell."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._picture: Picture | None = None
        self._facts: Facts | None = None
        self.place: tuple[Scope, int | None] | None = None
        self.map, self.detail = HeatMap(), Detail(desk)
        self.which, self.field = ComboBox(), FilterField("範囲の名前・かなで絞り込み")
        for one in Which:
            self.which.addItem(one.value, one)
        self.which.setAccessibleName("図に出す範囲")
        self.field.set_list(self.map)
        self._narrowing = QWidget()
        above = QHBoxLayout(self._narrowing)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(8)
        above.addWidget(self.which)
        above.addWidget(self.field, 1)
        self.legend = WrapLabel(LEGEND, "note")
        left = self._left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._narrowing)
        column.addWidget(self.map, 1)
        column.addWidget(self.legend)
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.setChildrenCollapsible(False)
        self.halves.addWidget(left)
        self.halves.addWidget(self.detail)
        self.halves.setStretchFactor(0, 5)
        self.halves.setStretchFactor(1, 3)
        self.halves.setSizes([650, 380])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.addWidget(self.halves)
        self.which.currentIndexChanged.connect(self._narrow)
        self.field.filtered.connect(self._narrow)
        self.map.chosen.connect(self._chosen)
        self.map.open_wanted.connect(self._open)
        self.detail.record_wanted.connect(desk.show_record)
        self.detail.sheet_wanted.connect(self.sheet_wanted)
        self.detail.ruling.stale.connect(self.stale)

    def show_picture(self, picture: Picture) -> None:
        is_other = self._picture is None or self._picture.round.id != picture.round.id
        self._picture = picture
        if is_other:
            self._facts = None
        if self.place is None or picture.row(self.place[0]) is None or is_other:
            self.place = self._kept_place(picture)
        self._offer_narrowing(picture)
        self.map.show_picture(picture, self.place)
        self._show_detail()

    def show_facts(self, facts: Facts) -> None:
        self._facts = facts
        self.map.heat.mark_contradictions(facts.contradictions)
        if self.which.currentData() is Which.CONTRADICTED:
            self._narrow()
        if self.place is not None and self.place[1] is not None:
            self._show_detail()

    def parts(self) -> Sequence[Part[Any]]:
        return (self.detail.ruling,)

    def take_focus(self) -> None:
        self.map.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self) -> None:
        if self.detail.ruling_card.isVisible():
            self.detail.ruling.step.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_focus()

    def focus_filter(self) -> bool:
        """Put the cursor where the rows are narrowed; False where there are too few of them."""
        if self._narrowing.isHidden():
            return False
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _offer_narrowing(self, picture: Picture) -> None:
        is_worth_it = len(picture.result.scopes) > _FEW
        if not is_worth_it:
            self._show_all()
        self._narrowing.setVisible(is_worth_it)

    def _show_all(self) -> None:
        """Leave no row out."""
        self.which.setCurrentIndex(0)
        self.field.clear()
        self._narrow()

    def _narrow(self) -> None:
        self.map.narrow(self.which.currentData(), self.field.text(), self.place)

    def _kept_place(self, picture: Picture) -> tuple[Scope, int | None] | None:
        """The same scope in another round, where it was asked there; otherwise the first one's step."""
        if not picture.result.scopes:
            return None
        if self.place is not None and picture.row(self.place[0]) is not None:
            return self.place[0], None
        return picture.result.scopes[0].scope, None

    def go_to(self, place: tuple[Scope, int | None]) -> None:
        """Show a place of the picture; nothing typed may be unsaved."""
        if self._picture is not None and self._picture.row(place[0]) is not None:
            if not self.map.heat.index_of(place).isValid():
                self._show_all()
            self._choose(place)

    def _chosen(self, place: tuple[Scope, int | None]) -> None:
        if place != self.place:
            self.leave_wanted.emit(partial(self._choose, place), self._stay)

    def _choose(self, place: tuple[Scope, int | None]) -> None:
        self.place = place
        self.map.select(place)
        self._show_detail()

    def _stay(self) -> None:
        self.map.select(self.place)

    def _show_detail(self) -> None:
        if self._picture is not None and self.place is not None:
            self.detail.show_place(self._picture, self._facts, self.place)

    def _open(self) -> None:
        self.detail.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().height() * _NARROW
        line = self.fontMetrics().height()
        self._left.setMinimumHeight(line * (_LEAST_LINES + 6) if is_narrow else 0)
        self.detail.setMinimumHeight(line * _LEAST_LINES if is_narrow else 0)
        ways = Qt.Orientation
        self.halves.setOrientation(ways.Vertical if is_narrow else ways.Horizontal)
