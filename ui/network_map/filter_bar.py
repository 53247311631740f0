"""What of the network is shown: which kinds of links, from how many meetings on, of which district, category and service type."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from app.network_map.rules import EVERY_KIND, LinkKind, Narrowing
from app.organisations.queries import Lists
from ui.network_map.swatch import entry, marks
from ui.widgets.button import Button
from ui.widgets.fields import ComboBox
from ui.widgets.flow import FlowRow

_MOST, _LETTERS = 12, 10


class FilterBar(QWidget):
    """``changed`` comes where the person wants to see something else; the kinds of links stand beside their lines, as a legend."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self.around: int | None = None
        """The organisation around which one looks."""
        self.everybody = Button("すべての団体に戻す", self._to_everybody, icon_name="previous")
        self.everybody.hide()
        self.kinds = {kind: QCheckBox(kind.label) for kind in LinkKind}
        self.least, self.district = ComboBox(), ComboBox()
        self.category, self.service_type = ComboBox(), ComboBox()
        names = {
            self.least: "会議で一緒になった回数",
            self.district: "地区",
            self.category: "区分",
            self.service_type: "事業の種類",
        }
        for choice, name in names.items():
            choice.setAccessibleName(name)
            choice.setToolTip(name)
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(_LETTERS)
        for count in range(1, _MOST + 1):
            self.least.addItem(f"会議 {count}回以上", count)
        self.least.setToolTip(
            "全体会では、ほとんどの団体が一緒になります。回数で絞ると、強いつながりが見えます。"
        )
        for tick in self.kinds.values():
            tick.setChecked(True)
        self._lay_out()
        self._connect()

    @property
    def wanted(self) -> Narrowing:
        """The filter as it stands."""
        kinds = frozenset(kind for kind, tick in self.kinds.items() if tick.isChecked())
        return Narrowing(
            kinds,
            self.least.currentData() or 1,
            self.category.currentData(),
            self.district.currentData(),
            self.service_type.currentData(),
            self.around,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether some organisations or kinds of links are kept back."""
        wanted = self.wanted
        parts = (wanted.category_id, wanted.district_id, wanted.service_type_id)
        return wanted.kinds != EVERY_KIND or any(part is not None for part in (*parts, wanted.around))

    def show_lists(self, lists: Lists) -> None:
        """Offer what the office's lists hold; what was chosen stays chosen."""
        self._is_filling = True
        _offer(self.district, "すべての地区", [(one.id, one.name) for one in lists.districts])
        _offer(self.category, "すべての区分", [(one.id, one.name) for one in lists.categories])
        _offer(self.service_type, "すべての事業", [(one.id, one.name) for one in lists.service_types])
        self._is_filling = False

    def look_around(self, node_id: int | None) -> None:
        """Show one organisation and those that are connected with it, or everybody again (None)."""
        if node_id != self.around:
            self.around = node_id
            self.everybody.setVisible(node_id is not None)
            self.changed.emit()

    def forget_around(self) -> None:
        """Show everybody again, where the organisation is no longer there; nothing is announced."""
        self.around = None
        self.everybody.hide()

    def _to_everybody(self) -> None:
        self.look_around(None)

    def set_least(self, count: int) -> None:
        """Show links from so many meetings on."""
        self._is_filling = True
        self.least.setCurrentIndex(min(count, _MOST) - 1)
        self._is_filling = False

    def clear(self) -> None:
        """Show every organisation and every kind of link."""
        self._is_filling = True
        for tick in self.kinds.values():
            tick.setChecked(True)
        for choice in (self.district, self.category, self.service_type):
            choice.setCurrentIndex(0)
        self.forget_around()
        self._is_filling = False
        self.changed.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        legend = [entry(kind, tick) for kind, tick in self.kinds.items()]
        column.addWidget(FlowRow(*legend, *marks(), spacing=14))
        column.addWidget(FlowRow(self.least, self.district, self.category, self.service_type, self.everybody))

    def _connect(self) -> None:
        for tick in self.kinds.values():
            tick.toggled.connect(self._chosen)
        for choice in (self.least, self.district, self.category, self.service_type):
            choice.currentIndexChanged.connect(self._chosen)

    def _chosen(self) -> None:
        self.least.setEnabled(self.kinds[LinkKind.MEETING].isChecked())
        if not self._is_filling:
            self.changed.emit()


def _offer(choice: QComboBox, everything: str, entries: Sequence[tuple[int, str]]) -> None:
    kept = choice.currentData()
    choice.clear()
    choice.addItem(everything, None)
    for one, name in entries:
        choice.addItem(name, one)
    choice.setCurrentIndex(max(0, choice.findData(kept)))
