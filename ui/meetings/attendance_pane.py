"""出席の集計: the attendance of the year as chart and tables, as they stand on the paper of the same name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.calendar import fiscal_year_label, format_date
from app.meetings.queries import MeetingRow
from app.meetings.statistics import Attendances, Stranger, attendances, strangers
from app.office import Reader
from reports.contents import participation
from reports.document import Block, RowKind, Table
from ui.desk import Desk
from ui.meetings.year_plan import YearPlan
from ui.widgets.button import Button
from ui.widgets.chart_view import ChartView
from ui.widgets.containers import EmptyState, ScrollColumn
from ui.widgets.fields import ComboBox
from ui.widgets.flow import FlowRow
from ui.widgets.paper_table import PaperTable
from ui.widgets.text import PlainLabel, WrapLabel

_MEETINGS, _GROUPS, _ORGANISATIONS, _STRANGERS = range(4)
_TITLES = ("会議ごと", "地区・区分ごと", "団体ごと", "まだ会っていない団体")
_OPENS = "ダブルクリックか Enter で、{}を開きます。"


class Found(NamedTuple):
    """What the view shows: the attendance of a year, and the pairs that have never met in it."""

    attendances: Attendances
    pairs: tuple[Stranger, ...]
    meeting_kind_id: int | None
    district_id: int | None


def read(reader: Reader, fiscal_year: int, meeting_kind_id: int | None, district_id: int | None) -> Found:
    """The attendance of a year, of one kind of meeting or all, of the organisations of one district or all."""
    return Found(
        attendances(reader, fiscal_year, meeting_kind_id, district_id),
        strangers(reader, (fiscal_year,), district_id),
        meeting_kind_id,
        district_id,
    )


class AttendancePane(QWidget):
    """Reads when it comes into view, and again when the plan of the year has been read while it is in view."""

    meeting_wanted = Signal(int)
    organisation_wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Found | None = None
        self.kind, self.district = _choice("会議の種類"), _choice("団体の地区")
        self.paper_button = Button(
            "帳票を作る", self._to_paper, icon_name="print", tip="帳票「出席の集計」を、同じ絞り込みで開く"
        )
        self.summary = WrapLabel("", "muted")
        self.buttons = tuple(Button(title) for title in _TITLES)
        self.chart = ChartView()
        self.meetings = PaperTable("会議ごとの出席")
        self.districts = PaperTable("地区ごとの出席")
        self.categories = PaperTable("区分ごとの出席")
        self.organisations = PaperTable("団体ごとの出席", by_cell=True)
        self.strangers = PaperTable("まだ会ったことのない団体")
        self.nothing = EmptyState("", "", icon_name="meetings")
        self._stack = QStackedWidget()
        self._lay_out()
        self.kind.activated.connect(self.refresh)
        self.district.activated.connect(self.refresh)
        self.meetings.opened.connect(self._open_meeting)
        self.organisations.opened.connect(self._open_organisation)
        self.strangers.opened.connect(self._open_stranger)

    # ── what the page asks ────────────────────────────────────────────────

    def show_plan(self, plan: YearPlan) -> None:
        """Offer the kinds of meeting and the districts of the office, and read the year again where the view is seen."""
        _fill(self.kind, "すべての会議", [(row.name, row.id) for row in plan.kinds])
        _fill(self.district, "すべての地区", [(row.name, row.id) for row in plan.districts])
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the attendance of the year in view."""
        chosen = (self.kind.currentData(), self.district.currentData())
        self._desk.ask(self, self._show, read, self._desk.fiscal_year, *chosen)

    def take_focus(self) -> None:
        """Take the keys."""
        shown = (self.meetings, self.districts, self.organisations, self.strangers)
        shown[self._place].setFocus(Qt.FocusReason.OtherFocusReason)

    # ── showing ───────────────────────────────────────────────────────────

    @property
    def _place(self) -> int:
        return next(place for place, button in enumerate(self.buttons) if button.isChecked())

    def _show(self, found: Found) -> None:
        chosen = (self.kind.currentData(), self.district.currentData())
        if (found.attendances.fiscal_year, *found[2:]) != (self._desk.fiscal_year, *chosen):
            return
        self._found = found
        year = found.attendances
        self.summary.setText(participation.summary(year))
        self.chart.set_chart(participation.chart(year))
        self.meetings.show_table(participation.by_meeting(year))
        _show_block(self.districts, participation.by_district(year))
        _show_block(self.categories, participation.by_category(year))
        tips = ("", *(_meeting_words(one) for one in year.meetings), "出席した回数／招いた回数")
        self.organisations.show_table(participation.grid(year, 0, len(year.meetings)), tips=tips)
        self.strangers.show_table(participation.pairs(found.pairs))
        self._show_buttons(found)
        self._turned(self._place)

    def _show_buttons(self, found: Found) -> None:
        year = found.attendances
        counts = (
            f"{len(year.counts)}回" if year.counts else "",
            "",
            f"{len(year.organisations)}団体" if year.organisations else "",
            f"{len(found.pairs)}組" if year.organisations and found.pairs else "",
        )
        for button, title, count in zip(self.buttons, _TITLES, counts, strict=True):
            button.setText(f"{title} {count}".strip())

    def _turned(self, place: int) -> None:
        has_rows = self._rows_of(place)
        self._stack.setCurrentIndex(place if has_rows else len(_TITLES))
        if not has_rows:
            title, explanation = self._nothing_words(place)
            self.nothing.title.setText(title)
            self.nothing.explanation.setText(explanation)

    def _rows_of(self, place: int) -> bool:
        if self._found is None:
            return True
        year = self._found.attendances
        met = year.organisations and self._found.pairs
        return bool((year.counts, year.organisations, year.organisations, met)[place])

    def _nothing_words(self, place: int) -> tuple[str, str]:
        year = self._found.attendances if self._found is not None else None
        if place == _STRANGERS and year is not None and year.organisations:
            return (
                "まだ会っていない団体の組み合わせはありません",
                "同じ地区の団体は、この年度の会議で、どれも一度は一緒に出席しています。",
            )
        if self.kind.currentData() is not None or self.district.currentData() is not None:
            return "当てはまる会議はありません", "会議の種類か団体の地区を「すべて」に戻してください。"
        if place == _MEETINGS:
            called = fiscal_year_label(self._desk.fiscal_year)
            return (
                f"{called}に開いた会議は、まだありません",
                "会議の状態を「開催済」に進めると、ここに並びます。",
            )
        return (
            "受付をした会議は、まだありません",
            "会議の「当日」で受付をすると、どの団体が出席したかがここにまとまります。",
        )

    # ── opening ───────────────────────────────────────────────────────────

    def _open_meeting(self, row: int, _column: int) -> None:
        if self._found is not None:
            self.meeting_wanted.emit(self._found.attendances.counts[row].meeting.id)

    def _open_organisation(self, row: int, column: int) -> None:
        """A mark leads to its meeting, the rest of the row to the organisation."""
        if self._found is None:
            return
        year = self._found.attendances
        if 1 <= column <= len(year.meetings):
            self.meeting_wanted.emit(year.meetings[column - 1].id)
        else:
            self.organisation_wanted.emit(year.organisations[row].organisation_id)

    def _open_stranger(self, row: int, _column: int) -> None:
        if self._found is not None:
            bodies = [
                place for place, one in enumerate(self.strangers.table.rows) if one.kind is RowKind.BODY
            ]
            firsts = list(dict.fromkeys((one.district, one.first_id) for one in self._found.pairs))
            self.organisation_wanted.emit(firsts[bodies.index(row)][1])

    def _to_paper(self) -> None:
        kind, district = self.kind.currentData() or "", self.district.currentData() or ""
        self._desk.show_page("reports", f"participation?kind={kind}&district={district}")

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        for place, button in enumerate(self.buttons):
            button.setCheckable(True)
            group.addButton(button, place)
        self.buttons[_MEETINGS].setChecked(True)
        group.idClicked.connect(self._turned)
        self._stack.addWidget(self._meetings_place())
        self._stack.addWidget(self._groups_place())
        marks = f"{participation.MARKS}　1、2…は「会議ごと」の番号です。"
        opens = "ダブルクリックか Enter で、名前からは団体を、印からは会議を開きます。"
        self._stack.addWidget(_with_note(self.organisations, f"{marks}{opens}"))
        self._stack.addWidget(
            _with_note(self.strangers, f"{participation.STRANGERS_NOTE}{_OPENS.format('団体')}")
        )
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(FlowRow(self.kind, self.district, self.paper_button))
        column.addWidget(self.summary)
        column.addWidget(FlowRow(*self.buttons))
        column.addWidget(self._stack, 1)

    def _meetings_place(self) -> QWidget:
        drawn = ScrollColumn(width=None, sides=0)
        drawn.column.addWidget(self.chart)
        drawn.column.addStretch(1)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(drawn)
        halves.addWidget(_with_note(self.meetings, _OPENS.format("会議")))
        halves.setSizes([420, 640])
        return halves

    def _groups_place(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for title, table in (("地区ごと", self.districts), ("区分ごと", self.categories)):
            column.addWidget(PlainLabel(title, "section"))
            column.addWidget(table, 1)
        return holder


def _choice(name: str) -> ComboBox:
    choice = ComboBox()
    choice.setAccessibleName(name)
    choice.setToolTip(name)
    choice.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
    return choice


def _fill(choice: ComboBox, everything: str, entries: Sequence[tuple[str, int]]) -> None:
    """Offer ``entries``; what was chosen stays chosen while there is such a thing."""
    chosen = choice.currentData()
    choice.clear()
    choice.addItem(everything, None)
    for label, value in entries:
        choice.addItem(label, value)
    choice.setCurrentIndex(max(0, choice.findData(chosen)))


def _show_block(view: PaperTable, block: Block) -> None:
    """Where there is nothing to count, the paper says so in a sentence and the screen shows its empty place."""
    if isinstance(block, Table):
        view.show_table(block)


def _meeting_words(row: MeetingRow) -> str:
    day = format_date(row.held_on, weekday=True) if row.held_on else ""
    return f"{day} {row.name}".strip()


def _with_note(table: QWidget, note: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(WrapLabel(note, "note"))
    column.addWidget(table, 1)
    return holder
