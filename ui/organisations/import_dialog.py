"""取り込み: a roster from Excel or CSV is read, shown beside the ledger, and taken in as far as it is ticked."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from app.calendar import first_day
from app.importing.preview import Preview
from app.importing.queries import remembered_columns
from app.office import Done, Office
from app.organisations import roster_import
from app.organisations.roster_import import Imported
from ui import dialogs
from ui.desk import Answer, Desk
from ui.intake_dialog import IntakeDialog
from ui.organisations.columns_form import ColumnsForm, merged, needs_hand
from ui.organisations.exchange_menu import ROSTERS
from ui.organisations.preview_lines import Sum, chosen_sum, default_choice
from ui.organisations.preview_pane import PreviewPane
from ui.tasks import Task
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState

_PREVIEW, _PROBLEM, _REFUSED = range(1, 4)


class ImportDialog(IntakeDialog):
    """A roster is read as soon as the dialog opens, and again with each sheet, day or heading that the person chooses."""

    can_stop = False
    taken = Signal(object)
    """The Imported: how much came in."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(desk, "名簿を取り込む", QSize(1060, 680), parent)
        self._path = path
        self._preview: Preview | None = None
        self._by_hand: dict[str, str] = {}
        self._sheet: str | None = None
        # A year that is still to come is being prepared: the people in the file speak from its April 1.
        begin = first_day(desk.fiscal_year)
        self._as_of: date | None = begin if begin > date.today() else None
        self.pane = PreviewPane()
        self.columns = ColumnsForm()
        self.pane.add_view(self.columns)
        self.problem = EmptyState(
            "読み込めませんでした", "", "別のファイルを選ぶ…", self.choose_file, "problem"
        )
        self.refused = EmptyState(
            "取り込んでいません。台帳は元のままです", "", "ファイルを読み直す", self.read, "problem"
        )
        self.file_button = Button("別のファイル…", self.choose_file, icon_name="open")
        self.lay_out((self.pane, self.problem, self.refused), beside=self.file_button)
        self.pane.chosen_changed.connect(self.tell_sum)
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
        self._preview = None
        order = partial(_read, self._desk.office, self._path, dict(self._by_hand), self._sheet, self._as_of)
        self.read_by(
            order, f"「{self._path.name}」", "ファイルを読んでいます…", self._show, knows_share=False
        )

    def take_in(self) -> None:
        if self._preview is None:
            return
        self.begin_writing()
        self.file_button.setEnabled(False)
        if self._by_hand and self.columns.remember.isChecked():
            self._desk.ask(self, Answer(self._remember, self._not_taken), remembered_columns)
        else:
            self._take_rows()

    def end_writing(self) -> None:
        super().end_writing()
        self.file_button.setEnabled(True)

    def tell_sum(self) -> None:
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

    def failed(self, error: Exception) -> None:
        self._tell_problem(error, self.problem, _PROBLEM)

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

    def _show(self, preview: Preview) -> None:
        self._task = None
        self._preview = preview
        self.heading.setText(f"「{preview.file_name}」のシート「{preview.sheet}」")
        self.explanation.setText("台帳と見比べました。まだ何も書き込んでいません。")
        self.columns.show_columns(preview.columns)
        to_settle = sum(needs_hand(column) for column in preview.columns)
        self.pane.show_preview(preview, default_choice(preview), to_settle)
        self.turn_to(_PREVIEW)
        self.pane.tree.setFocus()

    def _tell_problem(self, error: Exception, place: EmptyState, part: int) -> None:
        words = self.words_of(error)
        if words is not None:
            self._preview = None
            self.explanation.setText("")
            place.explanation.setText(words)
            self.turn_to(part)

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
        self._tell_problem(error, self.refused, _REFUSED)

    def _taken(self, done: Done[Imported]) -> None:
        self.end_writing()
        self.taken.emit(done.result)
        self.accept()


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
