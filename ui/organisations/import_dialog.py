"""取り込み: a roster from Excel or CSV is read, shown beside the ledger, and taken in as far as it is ticked."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from app.calendar import first_day
from app.errors import LedgerError
from app.importing.preview import Preview
from app.importing.queries import remembered_columns
from app.office import Done, Office
from app.organisations import roster_import
from app.organisations.roster_import import Imported
from ui import dialogs
from ui.desk import Answer, Desk
from ui.organisations.columns_form import ColumnsForm, merged, needs_hand
from ui.organisations.exchange_menu import ROSTERS
from ui.organisations.preview_lines import Sum, chosen_sum, default_choice
from ui.organisations.preview_pane import PreviewPane
from ui.tasks import Task
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.text import PlainLabel, WrapLabel

_READING, _PREVIEW, _PROBLEM, _REFUSED = range(4)


class ImportDialog(QDialog):
    """Nothing is written until 「取り込む」, and then what is ticked, or nothing."""

    taken = Signal(object)
    """The Imported: how much came in."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._path = desk, path
        self._preview: Preview | None = None
        self._by_hand: dict[str, str] = {}
        self._sheet: str | None = None
        # A year that is still to come is being prepared: the people in the file speak from its April 1.
        begin = first_day(desk.fiscal_year)
        self._as_of: date | None = begin if begin > date.today() else None
        self._task: Task | None = None
        self._is_writing = False
        self.setWindowTitle("名簿を取り込む")
        self.resize(1060, 680)
        self.heading = WrapLabel("", "section")
        self.explanation = WrapLabel("", "muted")
        self.waiting = PlainLabel("", "muted")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setMaximumWidth(320)
        self.progress.setAccessibleName("読み取り中")
        self.pane = PreviewPane()
        self.columns = ColumnsForm()
        self.pane.add_view(self.columns)
        self.problem = EmptyState(
            "読み込めませんでした", "", "別のファイルを選ぶ…", self.choose_file, "problem"
        )
        self.refused = EmptyState(
            "取り込んでいません。台帳は元のままです", "", "ファイルを読み直す", self.read, "problem"
        )
        self.sum = WrapLabel("")
        self.file_button = Button("別のファイル…", self.choose_file, icon_name="open")
        self.cancel_button = Button("やめる", self.reject)
        self.take_button = Button("取り込む", self.take_in, "primary")
        self._lay_out()
        # Enter in a field never presses a button by the way.
        for button in self.findChildren(Button):
            button.setAutoDefault(False)
        self.pane.chosen_changed.connect(self._tell_sum)
        self.pane.sheet_chosen.connect(self._read_sheet)
        self.pane.day_chosen.connect(self._read_for_day)
        self.columns.read_again.connect(self._read_with_columns)
        self.read()

    @property
    def preview(self) -> Preview | None:
        """What is shown; None while a file is read, or where it cannot be."""
        return self._preview

    def choose_file(self) -> None:
        """Let the person choose another file."""
        path = dialogs.open_file(self, "名簿のファイルを選ぶ", ROSTERS, self._path.parent)
        if path is not None:
            self._path, self._sheet, self._by_hand = path, None, {}
            self.read()

    def read(self) -> None:
        """Read the file off the window's thread; what was being read before is dropped."""
        if self._task is not None:
            self._task.cancel()
        self._preview = None
        self.heading.setText(f"「{self._path.name}」")
        self.explanation.setText("")
        self.waiting.setText("ファイルを読んでいます…")
        self.stack.setCurrentIndex(_READING)
        self._tell_sum()
        order = partial(_read, self._desk.office, self._path, dict(self._by_hand), self._sheet, self._as_of)
        self._task = self._desk.work(self, order, self._show, self._failed, self._reached)

    def take_in(self) -> None:
        """Write what is ticked, as one change."""
        if self._preview is None:
            return
        self._set_writing(True)
        self.waiting.setText("台帳に書き込んでいます…")
        self.stack.setCurrentIndex(_READING)
        if self._by_hand and self.columns.remember.isChecked():
            self._desk.ask(self, Answer(self._remember, self._not_taken), remembered_columns)
        else:
            self._take_rows()

    def reject(self) -> None:
        """Nothing is written; what is being written already is waited for."""
        if not self._is_writing:
            super().reject()

    def done(self, result: int) -> None:
        if self._task is not None:
            self._task.cancel()
        super().done(result)

    # ------------------------------------------------------------------ reading

    def _read_sheet(self, name: str) -> None:
        self._sheet = name
        self.read()

    def _read_for_day(self, day: date) -> None:
        self._as_of = day
        self.read()

    def _read_with_columns(self) -> None:
        self._by_hand |= self.columns.by_hand()
        self.read()

    def _reached(self, _share: float) -> None:
        """The bar moves by itself: how long a file takes is not known."""

    def _show(self, preview: Preview) -> None:
        self._task = None
        self._preview = preview
        self.heading.setText(f"「{preview.file_name}」のシート「{preview.sheet}」")
        self.explanation.setText("台帳と見比べました。まだ何も書き込んでいません。")
        self.columns.show_columns(preview.columns)
        to_settle = sum(needs_hand(column) for column in preview.columns)
        self.pane.show_preview(preview, default_choice(preview), to_settle)
        self.stack.setCurrentIndex(_PREVIEW)
        self._tell_sum()
        self.pane.tree.setFocus()

    def _failed(self, error: Exception) -> None:
        self._task = None
        if not isinstance(error, LedgerError):
            self.reject()
            self._desk.tell(error)
            return
        self._preview = None
        self.explanation.setText("")
        self.problem.explanation.setText(f"{error.message}\n{error.advice}".strip())
        self.stack.setCurrentIndex(_PROBLEM)
        self._tell_sum()

    def _tell_sum(self) -> None:
        if self._preview is None:
            self.sum.setText("")
            self.take_button.setEnabled(False)
            return
        found = chosen_sum(self._preview, self.pane.chosen)
        unread = len(self._preview.not_understood)
        is_chosen = bool(found.added or found.changed)
        left_out = f"読み取れない{unread:,}か所は取り込みません。" if unread and is_chosen else ""
        self.sum.setText(f"{found.sentence}{_entries_words(self._preview, found)}{left_out}")
        self.take_button.setEnabled(is_chosen)

    # ------------------------------------------------------------------ writing

    def _remember(self, remembered: dict[str, str]) -> None:
        mapping = merged(remembered, self._by_hand)
        self._desk.perform(
            self, Answer(self._remembered, self._not_taken), roster_import.remember_columns, mapping
        )

    def _remembered(self, _done: Done[None]) -> None:
        self._take_rows()

    def _take_rows(self) -> None:
        assert self._preview is not None
        self._desk.perform(
            self,
            Answer(self._taken, self._not_taken),
            roster_import.import_roster,
            self._preview,
            frozenset(self.pane.chosen),
        )

    def _not_taken(self, error: Exception) -> None:
        self._set_writing(False)
        if not isinstance(error, LedgerError):
            self.reject()
            self._desk.tell(error)
            return
        self._preview = None
        self.refused.explanation.setText(f"{error.message}\n{error.advice}".strip())
        self.stack.setCurrentIndex(_REFUSED)
        self._tell_sum()

    def _set_writing(self, is_writing: bool) -> None:
        self._is_writing = is_writing
        for button in (self.take_button, self.cancel_button, self.file_button):
            button.setEnabled(not is_writing)

    def _taken(self, done: Done[Imported]) -> None:
        self._set_writing(False)
        self.taken.emit(done.result)
        self.accept()

    # ------------------------------------------------------------------ building

    def _lay_out(self) -> None:
        waiting = QWidget()
        middle = QVBoxLayout(waiting)
        middle.setSpacing(12)
        middle.addStretch(1)
        for widget in (self.waiting, self.progress):
            middle.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(2)
        self.progress.setMinimumWidth(320)
        self.stack = QStackedWidget()
        for part in (waiting, self.pane, self.problem, self.refused):
            self.stack.addWidget(part)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.heading)
        words.addWidget(self.explanation)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.sum, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)
        self.setMinimumSize(720, 480)


def imported_words(imported: Imported) -> str:
    """「名簿を取り込みました（追加 3団体、変更 2団体、担当者・代表者 4人）。」"""
    parts = (
        f"追加 {imported.added:,}団体" if imported.added else "",
        f"変更 {imported.changed:,}団体" if imported.changed else "",
        f"担当者・代表者 {imported.people:,}人" if imported.people else "",
    )
    return f"名簿を取り込みました（{'、'.join(filter(None, parts))}）。"


def _entries_words(preview: Preview, found: Sum) -> str:
    """What the office's lists gain, named where they are few."""
    entries = preview.new_entries
    if not entries or not (found.added or found.changed):
        return ""
    if len(entries) > 3:
        return f"区分・地区などの一覧にも、新しく{len(entries)}件加わります。"
    named = "、".join(f"{entry.kind.label}「{entry.name}」" for entry in entries)
    return f"一覧にも{named}が加わります。"


def _read(
    office: Office,
    path: Path,
    by_hand: dict[str, str],
    sheet: str | None,
    as_of: date | None,
    task: Task,
) -> Preview:
    from app.importing import roster

    mapping = merged(office.ask(remembered_columns), by_hand) if by_hand else None
    return roster.preview(office, path, mapping, sheet, as_of, task.report)
