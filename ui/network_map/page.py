"""つながりの地図: who worked with whom in the year in view, as a map and in lists beside it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.calendar import fiscal_year_label
from app.network_map import rules
from app.records import RecordKey
from reports.contents import network_map as paper
from ui.desk import Desk
from ui.network_map import loading
from ui.network_map.drawing import Drawing
from ui.network_map.filter_bar import FilterBar
from ui.network_map.loading import Found
from ui.network_map.map_view import MapView
from ui.network_map.side_pane import SidePane
from ui.page import Page
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel, WrapLabel

_NARROW = 42
"""A page narrower than this, in heights of its text, has the lists below the map."""

_HIGH, _LOW = 22, 46
"""How high map and lists are at the least, side by side and one below the other, in heights of the text."""

_HINT = "ドラッグで動かす・ホイールで拡大縮小・もう一度押すと団体を開く"


class NetworkMapPage(Page):
    """The page つながりの地図."""

    key: ClassVar[str] = "network_map"
    title: ClassVar[str] = "つながりの地図"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "organisation",
            "organisation_category",
            "membership_gap",
            "district",
            "service_type",
            "meeting",
            "attendance",
            "collaboration",
            "collaboration_partner",
            "referral",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._found: Found | None = None
        self.filters = FilterBar()
        self.map = MapView()
        self.side = SidePane()
        self.words = WrapLabel("", "note")
        self.paper_button = Button(
            "帳票にする", self._to_paper, icon_name="print", tip="帳票「つながりの地図」を開く"
        )
        self.zoom_in = Button("拡大", self.map.nearer, tip="拡大（＋）")
        self.zoom_out = Button("縮小", self.map.farther, tip="縮小（－）")
        self.whole = Button("全体", self.map.fit, tip="全体を表示（0）")
        self.empty = EmptyState(
            "この年度の会員団体はまだありません",
            "会員団体を入れ、会議の出席や連携した取組、つなぎを記録すると、\n"
            "どの団体とどの団体がつながっているかが地図になります。",
            "会員団体を開く",
            self._to_organisations,
            "organisations",
        )
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    # ── what the window asks ──────────────────────────────────────────────

    def refresh(self) -> None:
        self.desk.ask(self, self._show, loading.read, self.desk.fiscal_year)

    def take_focus(self) -> None:
        self.map.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        self.side.focus_filter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().height() * _NARROW
        way = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        if way is not self._halves.orientation():
            self._halves.setOrientation(way)
        # Words that take several lines would press the map flat; a page that is higher than the window scrolls.
        self._halves.setMinimumHeight(self.fontMetrics().height() * (_LOW if is_narrow else _HIGH))

    # ── showing ───────────────────────────────────────────────────────────

    def _show(self, found: Found) -> None:
        year = found.network.fiscal_year
        if year != self.desk.fiscal_year:
            return
        is_other_year = self._found is None or self._found.network.fiscal_year != year
        self._found = found
        self.filters.show_lists(found.lists)
        if is_other_year:
            self.filters.set_least(rules.usual_least(found.network.links, len(found.network.nodes)))
        self.empty.title.setText(f"{fiscal_year_label(year)}の会員団体はまだありません")
        self._stack.setCurrentWidget(self._halves if found.network.nodes else self.empty)
        self._narrow()

    def _narrow(self) -> None:
        if self._found is None:
            return
        wanted = self.filters.wanted
        centre = next((one for one in self._found.network.nodes if one.id == wanted.around), None)
        if wanted.around is not None and (centre is None or not wanted.lets_through(centre)):
            self.filters.forget_around()
            wanted, centre = self.filters.wanted, None
        shown = rules.narrow(self._found.network, wanted)
        words = paper.summary(shown, wanted)
        if centre is not None:
            words = f"「{centre.label}」と、つながりのある団体だけを出しています。{words}"
        self.words.setText(words)
        self.map.show_drawing(Drawing(shown, self._found.places), f"{words}右の一覧で、同じ内容を読めます。")
        self.side.show_network(shown, wanted.around)

    def _filtered(self) -> None:
        """Other organisations are shown: look at all of them."""
        self._narrow()
        self.map.fit()

    # ── choosing ──────────────────────────────────────────────────────────

    def _chosen_on_map(self, node_id: int | None) -> None:
        self.side.show_chosen(node_id)

    def _open(self, node_id: int) -> None:
        self.desk.show_record(RecordKey("organisation", node_id))

    def _to_paper(self) -> None:
        self.desk.show_page("reports", "network_map")

    def _to_organisations(self) -> None:
        self.desk.show_page("organisations")

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel(self.title, "title"))
        head.addStretch(1)
        head.addWidget(self.paper_button)
        left = QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self.map, 1)
        beside.addWidget(FlowRow(self.zoom_in, self.zoom_out, self.whole, PlainLabel(_HINT, "note")))
        self._halves.setChildrenCollapsible(False)
        self._halves.setHandleWidth(10)
        self._halves.addWidget(left)
        self._halves.addWidget(self.side)
        self._halves.setStretchFactor(0, 1)
        self._halves.setStretchFactor(1, 0)
        self._halves.setSizes([680, 390])
        for part in (QWidget(), self.empty, self._halves):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 16, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.filters)
        column.addWidget(self.words)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._filtered)
        self.map.chosen.connect(self._chosen_on_map)
        self.map.open_wanted.connect(self._open)
        self.side.chosen.connect(self.map.select)
        self.side.open_wanted.connect(self._open)
        self.side.around_wanted.connect(self.filters.look_around)
