"""列の対応: what each column of a file holds; those that were not understood are settled by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.importing.columns import Column
from app.importing.headings import heading_key
from app.importing.roster_fields import FIELDS
from app.importing.safe_workbook import cell_name
from ui.widgets.button import Button
from ui.widgets.containers import ScrollColumn
from ui.widgets.fields import ComboBox
from ui.widgets.text import PlainLabel, WrapLabel

NOT_READ = "読まない"
_IDS = ("organisation.id", "organisation.version")


def needs_hand(column: Column) -> bool:
    """Whether a column was left out because nobody knows what it holds."""
    return (
        not column.key and not column.by_hand and bool(column.candidates or "分かりません" in column.reason)
    )


class ColumnsForm(QWidget):
    """A line for each column: its heading, what it is read as, and why not. ``read_again`` asks for a new preview."""

    read_again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self.combos: list[QComboBox] = []
        self.remember = QCheckBox("この対応を覚えて、次からも使う")
        self.remember.setChecked(True)
        self.again = Button("この対応で読み直す", self.read_again.emit, "primary")
        self._scroll = ScrollColumn(width=None)
        self._lines = QWidget()
        self._scroll.column.addWidget(self._lines)
        self._scroll.column.addStretch(1)
        inside = self._scroll.widget()
        layout = inside.layout() if inside is not None else None
        assert layout is not None
        layout.setContentsMargins(0, 4, 8, 4)
        foot = QHBoxLayout()
        foot.addWidget(self.remember)
        foot.addStretch(1)
        foot.addWidget(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            WrapLabel(
                "見出しを見て、何の列かを決めました。違っているところ、決められなかったところは選び直せます。",
                "muted",
            )
        )
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show the columns of a file; those to be settled come first."""
        self._columns = tuple(sorted(columns, key=lambda one: (not needs_hand(one), one.number)))
        self._scroll.column.removeWidget(self._lines)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = QWidget()
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, title in enumerate(("ファイルの見出し", "読み方", "理由・注意")):
            grid.addWidget(PlainLabel(title, "field"), 0, place)
        self.combos = [self._combo(column) for column in self._columns]
        for row, (column, combo) in enumerate(zip(self._columns, self.combos, strict=True), 1):
            heading = " ".join(column.heading.split())
            grid.addWidget(WrapLabel(f"{heading}（{cell_name(column.row, column.number)}）"), row, 0)
            grid.addWidget(combo, row, 1)
            look = "problem" if needs_hand(column) else "muted"
            grid.addWidget(WrapLabel(column.reason or column.note, look), row, 2)
        for place, stretch in enumerate((3, 3, 4)):
            grid.setColumnStretch(place, stretch)
        self._scroll.column.insertWidget(0, self._lines)
        self._chosen()

    def by_hand(self) -> dict[str, str]:
        """What the person has chosen: the key of the field (empty: not read) by the heading's key."""
        return {
            heading_key(column.heading): str(combo.currentData())
            for column, combo in zip(self._columns, self.combos, strict=True)
            if combo.isEnabled() and str(combo.currentData()) != column.key
        }

    def _combo(self, column: Column) -> QComboBox:
        combo = ComboBox()
        combo.setAccessibleName(f"「{' '.join(column.heading.split())}」の読み方")
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(10)
        combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        combo.addItem(NOT_READ, "")
        ordered = (*column.candidates, *(key for key in FIELDS if key not in column.candidates))
        for key in ordered:
            if key in FIELDS:
                combo.addItem(FIELDS[key].label, key)
        combo.setCurrentIndex(max(0, combo.findData(column.key)))
        combo.setEnabled(column.key not in _IDS)
        combo.currentIndexChanged.connect(self._chosen)
        return combo

    def _chosen(self) -> None:
        self.again.setEnabled(bool(self.by_hand()))


def merged(remembered: Mapping[str, str], by_hand: Mapping[str, str]) -> dict[str, str]:
    """The mapping to read with: what is remembered, and over it what was chosen now."""
    return {**remembered, **by_hand}
