"""Beside the map: the same in lists, for those who do not see it, and the links of the organisation that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from app.network_map import rules
from app.network_map.rules import Node, Shown
from ui.network_map import loading
from ui.widgets.button import Button
from ui.widgets.flow import FlowRow
from ui.widgets.record_list import RecordList, RecordView
from ui.widgets.text import WrapLabel

_WIDEST = "00団体と"
_ALL, _ALONE, _UNMET = range(3)


class SidePane(QWidget):
    """Three lists over the card of the chosen organisation."""

    chosen = Signal(object)
    """The id of an organisation that is chosen in one of the lists."""

    open_wanted = Signal(int)

    around_wanted = Signal(int)
    """The id of an organisation around which the person wants to look."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self._node: Node | None = None
        self._others: dict[int, int] = {}
        self._around: int | None = None
        self.everybody = _list("団体の一覧", "団体")
        self.alone = _list("つながりのない団体の一覧", "団体")
        self.unmet = _list("まだ会ったことのない団体の一覧", "団体", "相手")
        self.lists = (self.everybody, self.alone, self.unmet)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("一覧の種類")
        for pane in self.lists:
            self.tabs.addTab(pane, "")
            pane.chosen.connect(self._chosen)
            pane.open_wanted.connect(self._open)
            pane.view.doubleClicked.connect(self._double_clicked)
        self.name = WrapLabel("", "section")
        self.about = WrapLabel("", "muted")
        self.open_button = Button("会員団体を開く", self._open, icon_name="open")
        self.around_button = Button(
            "この団体のまわりだけ",
            self._look_around,
            tip="この団体と、つながりのある団体だけを地図と一覧に出します",
        )
        self.links = RecordView("選んだ団体のつながり", ("数", "相手の団体"), "→ 00件")
        self.links.open_wanted.connect(self._follow)
        self.links.doubleClicked.connect(self._follow_clicked)
        self._card = QWidget()
        self._lay_out()
        self.show_chosen(None)

    def show_network(self, shown: Shown, around: int | None = None) -> None:
        """Show the lists of what the map shows; ``around`` is the organisation around which one looks."""
        self._shown, self._around = shown, around
        chosen = self._node.id if self._node is not None else None
        lines = (
            loading.organisation_lines(shown),
            loading.isolated_lines(shown),
            loading.stranger_lines(shown),
        )
        for pane, of_pane in zip(self.lists, lines, strict=True):
            pane.show_lines(of_pane, chosen)
        self.unmet.say_below(f"{len(shown.strangers)}組" if shown.strangers else "")
        self.alone.say_below("" if shown.isolated else "どの団体にも、つながりがあります。")
        self.tabs.setTabText(_ALL, f"団体 {len(lines[_ALL])}")
        self.tabs.setTabText(_ALONE, f"つながりなし {len(lines[_ALONE])}")
        self.tabs.setTabText(_UNMET, f"会っていない {len(lines[_UNMET])}")
        self.tabs.setTabToolTip(_ALONE, "この年度に、選んだ種類のつながりがひとつもない団体")
        self.tabs.setTabToolTip(_UNMET, "同じ地区で、この年度の会議に一度も一緒に出ていない団体")
        self.show_chosen(chosen)

    def show_chosen(self, node_id: int | None) -> None:
        """Show the links of an organisation, with the cursor of the lists on it; or of none."""
        nodes = self._shown.nodes if self._shown is not None else ()
        self._node = next((node for node in nodes if node.id == node_id), None)
        for pane in self.lists:
            pane.view.select(self._node.id if self._node is not None else None)
        self.open_button.setVisible(self._node is not None)
        self.links.setVisible(self._node is not None)
        self.around_button.setVisible(self._node is not None and self._node.id != self._around)
        if self._node is None or self._shown is None:
            self.name.setText("団体を選んでください")
            self.about.setText("地図の印か上の一覧で団体を選ぶと、その団体のつながりがここに出ます。")
            return
        links = rules.links_of(self._shown.links, self._node.id)
        lines, self._others = loading.link_lines(self._shown, links, self._node.id)
        self.links.show_lines(lines)
        self.name.setText(self._node.name)
        words = (self._node.district, self._node.category, self._node.service_type)
        below = loading.link_words(links) or "表示しているつながりはありません。"
        self.about.setText("　".join(word for word in words if word) + "\n" + below)

    def focus_filter(self) -> None:
        """Put the cursor where the list in view is narrowed."""
        self.lists[self.tabs.currentIndex()].focus_filter()

    def _chosen(self, node_id: int) -> None:
        self.show_chosen(node_id)
        self.chosen.emit(node_id)

    def _open(self) -> None:
        if self._node is not None:
            self.open_wanted.emit(self._node.id)

    def _look_around(self) -> None:
        if self._node is not None:
            self.around_wanted.emit(self._node.id)

    def _double_clicked(self, _index: QModelIndex) -> None:
        self._open()

    def _follow_clicked(self, _index: QModelIndex) -> None:
        self._follow()

    def _follow(self) -> None:
        """Go on to the organisation at the other end of the link under the cursor."""
        row = self.links.records.row(self.links.currentIndex())
        other = self._others.get(getattr(row, "id", -1))
        if other is not None:
            self._chosen(other)

    def _lay_out(self) -> None:
        card = QVBoxLayout(self._card)
        card.setContentsMargins(0, 8, 0, 0)
        card.setSpacing(6)
        for widget in (self.name, self.about, FlowRow(self.open_button, self.around_button)):
            card.addWidget(widget)
        card.addWidget(self.links, 1)
        card.addStretch(0)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.tabs)
        halves.addWidget(self._card)
        halves.setSizes([5_000, 5_000])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(halves)


def _list(name: str, noun: str, head: str = "つながり") -> RecordList:
    pane = RecordList(RecordView(name, (head, "団体名"), _WIDEST), "団体名・かな・地区で絞り込み", noun)
    pane.setContentsMargins(0, 8, 0, 0)
    return pane
