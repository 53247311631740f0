"""The preview of an import: how many of each kind, the lines of the kind in view, which day and sheet they hold for."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.errors import InputError
from app.importing.preview import Preview
from ui.organisations.preview_lines import Kind, Lines, all_keys, lines
from ui.organisations.preview_model import PreviewModel
from ui.widgets.button import Button
from ui.widgets.fields import DateField
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel, WrapLabel

_OPEN_AT_ONCE = 200
"""So many lines, or fewer, are shown unfolded at once."""


class PreviewPane(QWidget):
    """Buttons with counts choose what is listed; ticks choose what is taken."""

    chosen_changed = Signal()
    sheet_chosen = Signal(str)
    day_chosen = Signal(object)
    """The day from which other people speak for an organisation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Lines = {}
        self._kind = Kind.ADDED
        self._as_of: date | None = None
        self._group = QButtonGroup(self)
        self.buttons: dict[Kind, Button] = {}
        for place, kind in enumerate(Kind):
            button = Button(kind.label, tip=kind.meaning)
            button.setCheckable(True)
            self._group.addButton(button, place)
            self.buttons[kind] = button
        self.columns_button = Button("列の対応")
        self.columns_button.setCheckable(True)
        self._group.addButton(self.columns_button, len(Kind))
        self.meaning = WrapLabel("", "muted")
        self.model = PreviewModel(self)
        self.tree = QTreeView()
        self.tree.setModel(self.model)
        self.tree.setAccessibleName("取り込む内容")
        self.all_button = Button("すべて選ぶ", self.choose_all, "link")
        self.none_button = Button("すべて外す", self.choose_none, "link")
        self.sheets = QComboBox()
        self.sheets.setAccessibleName("読むシート")
        self.sheets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sheets.setMinimumContentsLength(10)
        self.day = DateField("交代の日", required=True)
        self.views = QStackedWidget()
        self._lay_out()
        self._group.idClicked.connect(self._kind_clicked)
        self.model.chosen_changed.connect(self.chosen_changed)
        self.sheets.activated.connect(self._sheet_activated)
        self.day.line.editingFinished.connect(self._day_typed)

    @property
    def chosen(self) -> set[str]:
        """The keys that are ticked."""
        return self.model.chosen

    def add_view(self, columns: QWidget) -> None:
        """Put the form of the columns behind its button."""
        self.views.addWidget(columns)

    def show_preview(self, preview: Preview, chosen: frozenset[str], to_settle: int) -> None:
        """Show a preview with ``chosen`` ticked; ``to_settle`` columns wait for the person."""
        self._lines = lines(preview)
        self.model.chosen = set(chosen)
        for kind, button in self.buttons.items():
            button.setText(f"{kind.label} {len(self._lines[kind]):,}")
            button.setAccessibleName(f"{kind.label} {len(self._lines[kind])}件")
        words = f"列の対応（未対応 {to_settle}）" if to_settle else "列の対応"
        self.columns_button.setText(words)
        self.columns_button.setAccessibleName(words)
        self.sheets.clear()
        self.sheets.addItems([preview.sheet, *preview.other_sheets])
        for widget in (self._sheet_label, self.sheets):
            widget.setVisible(bool(preview.other_sheets))
        self._as_of = preview.as_of
        self.day.set_day(preview.as_of)
        first = next((kind for kind in Kind if self._lines[kind]), Kind.ADDED)
        self.show_kind(first)

    def show_kind(self, kind: Kind) -> None:
        """List the lines of a kind."""
        self._kind = kind
        found = self._lines.get(kind, ())
        self.buttons[kind].setChecked(True)
        self.views.setCurrentIndex(0)
        self.meaning.setText(kind.meaning)
        self.model.show_lines(found)
        is_remark = kind in (Kind.UNCHANGED, Kind.NOT_UNDERSTOOD, Kind.NOTICES)
        if not is_remark and len(found) + sum(len(branch.leaves) for branch in found) <= _OPEN_AT_ONCE:
            self.tree.expandAll()
        has_keys = bool(all_keys(found))
        for button in (self.all_button, self.none_button):
            button.setVisible(has_keys)
        for column in (1, 2):
            self.tree.setColumnHidden(column, is_remark)
        self.tree.setColumnHidden(4, kind is Kind.UNCHANGED)
        self._fit_columns()

    def show_columns(self) -> None:
        """Show the form of the columns."""
        self.columns_button.setChecked(True)
        self.views.setCurrentIndex(1)

    def choose_all(self) -> None:
        """Tick everything that is listed."""
        self.model.choose(all_keys(self._lines[self._kind]), True)
        self.tree.viewport().update()

    def choose_none(self) -> None:
        """Clear everything that is listed."""
        self.model.choose(all_keys(self._lines[self._kind]), False)
        self.tree.viewport().update()

    def _kind_clicked(self, place: int) -> None:
        if place < len(Kind):
            self.show_kind(tuple(Kind)[place])
        else:
            self.show_columns()

    def _sheet_activated(self, place: int) -> None:
        if place > 0:
            self.sheet_chosen.emit(self.sheets.itemText(place))

    def _day_typed(self) -> None:
        try:
            day = self.day.day()
        except InputError:
            return
        if day is not None and day != self._as_of:
            self._as_of = day
            self.day_chosen.emit(day)

    def _fit_columns(self) -> None:
        unit = self.fontMetrics().height()
        for column, widths in enumerate((16, 12, 12, 11, 13)):
            self.tree.setColumnWidth(column, widths * unit)
        self.tree.header().setStretchLastSection(self._kind is not Kind.UNCHANGED)

    def _lay_out(self) -> None:
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        kinds = FlowRow(*self.buttons.values(), self.columns_button, spacing=6)
        day_label = PlainLabel("担当者・代表者が変わる日", "muted")
        day_label.setBuddy(self.day)
        self.day.setFixedWidth(self.fontMetrics().height() * 12)
        self._sheet_label = PlainLabel("シート", "muted")
        hint = PlainLabel("ファイルの人が違うとき、この日からの交代として記録します。", "note")
        reading = FlowRow(self._sheet_label, self.sheets, day_label, self.day, hint)
        listed = QWidget()
        about = QHBoxLayout()
        about.addWidget(self.meaning, 1)
        about.addWidget(self.all_button)
        about.addWidget(self.none_button)
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(about)
        inside.addWidget(self.tree, 1)
        self.views.addWidget(listed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(reading)
        column.addWidget(kinds)
        column.addWidget(self.views, 1)
