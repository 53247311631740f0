"""帳票: choose a report, see its real pages, check it before it is handed out, write it out."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import parse_qsl

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.calendar import fiscal_year_label
from app.errors import InputError
from app.office import ChangeSet
from app.text import search_key
from reports import catalogue
from reports.catalogue import Entry, Finding, Option
from ui.desk import Desk
from ui.page import Page
from ui.reports.export_bar import ExportBar
from ui.reports.findings_list import FindingsList
from ui.reports.making import Order
from ui.reports.options_form import OptionsForm
from ui.reports.preview_pane import PreviewPane
from ui.widgets.containers import ScrollColumn
from ui.widgets.fields import FilterField
from ui.widgets.text import PlainLabel, WrapLabel

_ROWS_SHOWN = 6
"""The list of reports is no higher than this many rows."""

_LINES_OF_OPTIONS = 6
"""The options are no lower than this many lines."""

_WIDTH = 25
"""The left column is as wide as this many lines are high, and never wider than the preview."""


class ReportsPage(Page):
    """The page 帳票."""

    key: ClassVar[str] = "reports"
    title: ClassVar[str] = "帳票"

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, entries: tuple[Entry, ...] | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._entries = catalogue.entries() if entries is None else entries
        self._entry: Entry | None = None
        self._was_shown = False
        self._given: dict[str, dict[str, str]] = {}
        self.year = PlainLabel("", "muted")
        self.filter = FilterField("帳票を絞り込む")
        self.list = QListWidget()
        self.list.setAccessibleName("帳票の一覧")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.filter.set_list(self.list)
        self.description = WrapLabel("", "muted")
        self.options: OptionsForm | None = None
        self.findings = FindingsList()
        self.tabs = QTabWidget()
        self.preview = PreviewPane(desk)
        self.export_bar = ExportBar(desk)
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._fill("")
        self.filter.filtered.connect(self._fill)
        self.list.currentItemChanged.connect(self._chosen)
        self.preview.checked.connect(self._checked)
        self.findings.record_wanted.connect(desk.show_record)
        self.list.setCurrentRow(0)

    # ── what the window asks ──────────────────────────────────────────────

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self._share_room()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        self.year.setText(fiscal_year_label(self.desk.fiscal_year))
        self._ask_choices()
        self._order()

    def show_topic(self, topic: str) -> None:
        """Choose the report with this id; ``id?key=value&…`` chooses options of it too."""
        report_id, _, chosen = topic.partition("?")
        self.filter.clear()
        self._fill("")
        for row, entry in enumerate(self._entries):
            if entry.id == report_id:
                self._keep_options()
                self._given.setdefault(entry.id, {}).update(parse_qsl(chosen, keep_blank_values=True))
                if chosen and entry is self._entry:
                    self._entry = None
                    self._chosen(self.list.item(row))
                self.list.setCurrentRow(row)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._was_shown:
            self._share_room()

    def focus_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    @Slot(object)
    def _heard(self, changes: ChangeSet) -> None:
        """Any change may stand on a paper."""
        if changes.rows:
            self._make_stale()

    # ── choosing ──────────────────────────────────────────────────────────

    def _fill(self, text: str) -> None:
        """The reports whose title or description holds every word; the chosen one stays chosen."""
        words = search_key(text).split()
        self.list.blockSignals(True)
        self.list.clear()
        for entry in self._entries:
            key = search_key(f"{entry.title} {entry.description}")
            if all(word in key for word in words):
                row = QListWidgetItem(entry.title)
                row.setData(Qt.ItemDataRole.UserRole, entry)
                self.list.addItem(row)
                if entry is self._entry:
                    self.list.setCurrentItem(row)
        self.list.blockSignals(False)

    def _share_room(self) -> None:
        """The list is as high as its first rows, and the options never lower than a few lines: the column scrolls before."""
        height = self.list.sizeHintForRow(0) if self.list.count() else 0
        shown = min(len(self._entries), _ROWS_SHOWN)
        if height:
            self.list.setFixedHeight(height * shown + 2 * self.list.frameWidth() + 4)
        line = self.fontMetrics().height()
        self.tabs.setMinimumHeight(line * _LINES_OF_OPTIONS)
        wide = min(line * _WIDTH, self.width() * 9 // 20)
        self.halves.setSizes([wide, max(1, self.width() - wide)])

    def _chosen(self, row: QListWidgetItem | None) -> None:
        if row is None:
            return
        self._keep_options()
        entry: Entry = row.data(Qt.ItemDataRole.UserRole)
        self._entry = entry
        self.description.setText(entry.description)
        if self.options is not None:
            self.options.hide()
            self._option_column.column.removeWidget(self.options)
            self.options.deleteLater()
        self.options = OptionsForm(entry.options, self._given.get(entry.id, {}))
        self.options.changed.connect(self._order)
        self._option_column.column.insertWidget(0, self.options)
        self._ask_choices()
        self._order()

    def _ask_choices(self) -> None:
        """Have the ledger's own lists read for the options that choose from them."""
        if self._entry is not None and any(option.source for option in self._entry.options):
            self.desk.ask(self, self._offer, self._entry.options_in)

    def _offer(self, options: tuple[Option, ...]) -> None:
        """Lists that another report asked for have the same key only where they are the same."""
        if self.options is not None:
            self.options.offer(options)

    def _keep_options(self) -> None:
        """Options stay as they were chosen while one looks at other reports."""
        if self._entry is not None and self.options is not None:
            try:
                self._given[self._entry.id] = self.options.values()
            except InputError:
                self._given.pop(self._entry.id, None)

    def _order(self) -> None:
        """Have the report made as it is chosen now; a day that cannot be read yet waits until it can."""
        if self._entry is None or self.options is None or not self.isVisible():
            return
        try:
            options = self._entry.complete(self.options.values())
        except InputError:
            self.export_bar.show_order(None)
            return
        order = Order(self._entry, self.desk.fiscal_year, options)
        self.export_bar.show_order(order)
        self.preview.order(order)

    def _checked(self, findings: tuple[Finding, ...] | None) -> None:
        self.findings.show_findings(findings)
        self.export_bar.allow(findings is not None)
        count = f"（{len(findings)}）" if findings else ""
        self.tabs.setTabText(1, f"配る前の確認{count}")

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        self._option_column = ScrollColumn(width=None)
        inside = self._option_column.widget()
        layout = inside.layout() if inside is not None else None
        assert layout is not None
        layout.setContentsMargins(0, 12, 8, 8)
        self._option_column.column.addStretch(1)
        self.tabs.addTab(self._option_column, "選択")
        self.tabs.addTab(self.findings, "配る前の確認")
        left = ScrollColumn(width=None, sides=0)
        column = left.column
        column.setSpacing(8)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(PlainLabel(self.title, "title"))
        head.addWidget(self.year)
        column.addLayout(head)
        column.addWidget(self.filter)
        column.addWidget(self.list)
        column.addWidget(self.description)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.export_bar)
        self.halves.setChildrenCollapsible(False)
        self.halves.addWidget(left)
        self.halves.addWidget(self.preview)
        self.halves.setStretchFactor(0, 0)
        self.halves.setStretchFactor(1, 1)
        self.halves.setHandleWidth(16)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 16, 16)
        outer.addWidget(self.halves)
