"""Writing the review of the chosen outcome: opening it, saving, copying last year's text, deleting, meeting somebody else's change."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app import history
from app.calendar import fiscal_year_label, period_label
from app.drafts import Draft
from app.errors import ConflictError, InputError
from app.office import Done
from app.outcomes import operations, queries
from app.outcomes.queries import ReviewRow
from app.records import RecordKey
from app.text import excerpt
from ui.desk import Desk
from ui.outcomes.matrix_rows import Line, MatrixRows
from ui.outcomes.record_chooser import RecordChooser
from ui.outcomes.review_panel import ReviewPanel
from ui.outcomes.sheet import Sheet, from_draft
from ui.outcomes.sheets import Sheets
from ui.tasks import Task

_CHANGED_MEANWHILE = (
    "入力している間に、この記録がほかの操作で変更されました。入力した内容は画面に残っています。"
    "新しい内容と見比べてから保存してください。"
)
_SEEN = (
    "下の欄には、ここで入力した内容が残っています（手を付けていない欄は新しい内容になりました）。"
    "直してから保存すると、この内容に置き換わります。"
)


class Writing(QObject):
    """Carries one outcome at a time to the panel; what was typed for others waits in ``sheets``."""

    touched = Signal()
    """What is unsaved may have changed."""

    stored = Signal(object)
    """A Sheet whose contents are in the ledger now."""

    def __init__(self, desk: Desk, panel: ReviewPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._panel = desk, panel
        self.sheets = Sheets(desk, self)
        self.sheet: Sheet | None = None
        self._line: Line | None = None
        self._rows: MatrixRows | None = None
        self._merging: set[tuple[int, int]] = set()
        self._reading: Task | None = None
        self._step_year = desk.fiscal_year
        panel.edited.connect(self._edited)
        panel.save_asked.connect(self.save_all)
        panel.remove_asked.connect(self.remove)
        panel.copy_asked.connect(self.copy_last_year)
        panel.newer_asked.connect(self._see_newer)
        panel.discard_asked.connect(self._give_up)
        panel.draft.wanted.connect(self._recall)
        panel.draft.refused.connect(self._refuse_draft)
        panel.history_asked.connect(self._read_history)
        panel.form.evidence.record_wanted.connect(self._choose_record)
        panel.form.evidence.record_opened.connect(desk.show_record)
        self.sheets.saved.connect(self._saved)
        self.sheets.refused.connect(self._refused)

    @property
    def outcome_id(self) -> int | None:
        """The outcome that is open."""
        return self._line.item.id if self._line else None

    def open(self, line: Line, rows: MatrixRows, known: tuple[ReviewRow, ...] | None = None) -> None:
        """Open an outcome, or read the open one again. With ``known`` it is there at once, otherwise as soon as it is read."""
        self.put_down()
        is_other = self.outcome_id != line.item.id
        self._line, self._rows = line, rows
        self._panel.show_outcome(line.outcome, self._desk.fiscal_year, rows.matrix.levels)
        if self.sheet is not None and (is_other or self.sheet.fiscal_year != self._desk.fiscal_year):
            self.sheet = None
        if known is not None:
            self._show(line.item.id, known)
        elif is_other:
            self._panel.fields.setEnabled(False)
        if is_other:
            self._panel.scroll_to_top()
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._desk.ask(
            self, partial(self._show, line.item.id), queries.years_of, line.item.id
        )

    def close(self) -> None:
        """Nothing is open any more."""
        self.put_down()
        self.sheet = self._line = None

    def put_down(self) -> None:
        """Take what stands in the form onto the open sheet."""
        if self.sheet is not None:
            self.sheet.typed = self._panel.form.typed()
            self.sheets.keep(self.sheet)

    def unsaved(self) -> tuple[Sheet, ...]:
        """Every sheet with something unsaved."""
        if self.sheet is not None:
            self.sheet.typed = self._panel.form.peek()
            self.sheets.keep(self.sheet)
        return self.sheets.unsaved()

    def is_ready(self) -> bool:
        """Whether the open sheet can be saved; if not, the form says why and the cursor stands there."""
        return self.sheet is None or self._panel.form.find_problem() is None

    def save_open(self) -> None:
        """Save the open sheet if anything on it is new."""
        self.put_down()
        if self.sheet is not None and self.sheet.is_dirty:
            self._remember_reviewer(self.sheet)
            self.sheets.save(self.sheet)

    def save_all(self) -> None:
        """Save everything that is unsaved."""
        self.put_down()
        if not self.is_ready():
            return
        for sheet in self.sheets.unsaved():
            try:
                self._remember_reviewer(sheet)
                self.sheets.save(sheet)
            except InputError as error:
                self._desk.tell(error)

    def discard_all(self) -> None:
        """Forget everything that is unsaved and show what the ledger holds."""
        self.sheets.drop_all()
        self._reopen_clean()

    def remove(self) -> None:
        """Delete the open review; it can be undone."""
        if self.sheet is None or self.sheet.stored is None:
            return
        stored = self.sheet.stored
        self.sheets.drop(self.sheet)
        self.sheet = None
        self._desk.perform(self, self._removed, operations.remove_review, stored.id, stored.version)

    def copy_last_year(self) -> None:
        """Start from the text of the year before."""
        self.put_down()
        if self.sheet is not None:
            sheet = self.sheet
            self._desk.perform(
                self,
                partial(self._copied, sheet.key),
                operations.copy_last_year,
                sheet.outcome_id,
                sheet.fiscal_year,
            )

    def _show(self, outcome_id: int, reviews: tuple[ReviewRow, ...]) -> None:
        if self._line is None or self._rows is None or self._line.item.id != outcome_id:
            return
        self._panel.fields.setEnabled(True)
        if self._is_closed(reviews):
            return
        year = self._desk.fiscal_year
        stored = next((one for one in reviews if one.fiscal_year == year), None)
        sheet = self._sheet_on(outcome_id, year, stored)
        if sheet is not self.sheet:
            self._panel.draft.offer(self._draft_of(sheet))
        self.sheet = sheet
        self._panel.show_sheet(sheet, reviews)
        if self._panel.shows_history:
            self._read_history()
        self._tell()

    def _sheet_on(self, outcome_id: int, year: int, stored: ReviewRow | None) -> Sheet:
        """The sheet as it goes on: what has been typed stays on it, even where the ledger holds something newer."""
        if self.sheet is not None:
            self.sheet.typed = self._panel.form.peek()
            self.sheets.keep(self.sheet)
        sheet = self.sheets.of(outcome_id, year)
        if sheet is None:
            if self.sheet is not None and self.sheet.key == (outcome_id, year):
                self.sheet.stored, fresh = stored, Sheet.of(outcome_id, year, stored)
                self.sheet.typed = fresh.typed
                return self.sheet
            return Sheet.of(outcome_id, year, stored)
        version = None if stored is None else stored.version
        if sheet.is_saving or version == sheet.version:
            return sheet
        if sheet.key in self._merging:
            self._merging.discard(sheet.key)
            sheet.rebase(stored)
        elif not sheet.has_seen_newer:
            sheet.conflict = sheet.conflict or _CHANGED_MEANWHILE
        return sheet

    def _is_closed(self, reviews: tuple[ReviewRow, ...]) -> bool:
        assert self._line is not None
        assert self._rows is not None
        plan, item, year = self._rows.matrix.plan, self._line.item, self._desk.fiscal_year
        label = fiscal_year_label(year)
        if year not in plan.fiscal_years:
            target = min(plan.fiscal_years, key=lambda one: abs(one - year))
            title = f"{label}は、この計画の期間の外です"
            explanation = f"計画の期間は{period_label(plan.period_from, plan.period_to)}です。"
            self._close_panel(title, explanation, target, reviews)
        elif not item.in_force(year):
            ended = item.ended_in if item.ended_in is not None else year
            title = f"この到達イメージは{fiscal_year_label(ended)}で終了しました"
            explanation = f"{label}の確認はありません。これまでの年度は「経過」で読めます。"
            self._close_panel(title, explanation, ended, reviews)
        else:
            return False
        return True

    def _close_panel(self, title: str, explanation: str, year: int, reviews: tuple[ReviewRow, ...]) -> None:
        self.sheet = None
        self._step_year = year
        is_offered = self._rows is not None and year in self._rows.years
        offer = f"{fiscal_year_label(year)}を表示する" if is_offered else ""
        self._panel.show_closed(title, explanation, offer, reviews)

    def view_offered_year(self) -> None:
        """Go to the year that a closed outcome offers."""
        self._desk.view_year(self._step_year)

    def _draft_of(self, sheet: Sheet) -> Draft | None:
        draft = None if sheet.is_dirty else self.sheets.draft_of(sheet)
        if draft is None:
            return None
        try:
            is_news = from_draft(draft.values) != sheet.typed
        except (KeyError, TypeError, ValueError):
            is_news = False
        return draft if is_news else None

    def _recall(self, draft: Draft) -> None:
        if self.sheet is None:
            return
        self.sheet.typed = from_draft(draft.values)
        if draft.values.get("version") != self.sheet.version:
            self.sheet.conflict = _CHANGED_MEANWHILE
        self.sheets.keep(self.sheet)
        self._panel.show_typed(self.sheet)
        self._tell()

    def _refuse_draft(self) -> None:
        if self.sheet is not None:
            self.sheets.drop(self.sheet)
            self.touched.emit()

    def _edited(self) -> None:
        if self.sheet is not None:
            self.sheet.typed = self._panel.form.peek()
            self.sheets.keep(self.sheet)
            self._tell()

    def _tell(self) -> None:
        if self.sheet is not None:
            others = sum(one.key != self.sheet.key for one in self.sheets.unsaved())
            self._panel.show_state(self.sheet, others)
        self.touched.emit()

    def _remember_reviewer(self, sheet: Sheet) -> None:
        name = sheet.typed.reviewed_by.strip()
        if name:
            self._panel.form.last_reviewer = name

    def _saved(self, sheet: Sheet) -> None:
        if sheet is self.sheet:
            self._panel.show_typed(sheet)
        self.stored.emit(sheet)
        self._tell()

    def _refused(self, sheet: Sheet, error: Exception) -> None:
        is_open = sheet is self.sheet
        if is_open and isinstance(error, ConflictError):
            self._panel.scroll_to_top()
        elif is_open and isinstance(error, InputError):
            self._panel.form.show_problem(f"{error.message}{error.advice}")
        else:
            self._desk.tell(error)
        self._tell()

    def _removed(self, _done: Done[None]) -> None:
        self._panel.scroll_to_top()
        self._desk.notice("この年度の確認を削除しました。", can_undo=True)

    def _copied(self, key: tuple[int, int], _done: Done[int]) -> None:
        self._merging.add(key)
        self._panel.scroll_to_top()
        year = fiscal_year_label(key[1] - 1)
        self._desk.notice(f"{year}の文章を写しました。今年度に合わせて直してください。", can_undo=True)

    def _see_newer(self) -> None:
        if self.sheet is not None:
            sheet = self.sheet
            self._desk.ask(
                self, partial(self._show_newer, sheet), queries.review, sheet.outcome_id, sheet.fiscal_year
            )

    def _show_newer(self, sheet: Sheet, stored: ReviewRow | None) -> None:
        sheet.typed = self._panel.form.peek() if sheet is self.sheet else sheet.typed
        sheet.rebase(stored)
        sheet.conflict, sheet.has_seen_newer = _SEEN, True
        if sheet is self.sheet:
            self._panel.show_newer(stored)
            self._panel.show_typed(sheet)
            self._tell()

    def _give_up(self) -> None:
        if self.sheet is not None:
            self.sheets.drop(self.sheet)
            self._reopen_clean()

    def _reopen_clean(self) -> None:
        self.sheet = None
        if self._line is not None and self._rows is not None:
            self.open(self._line, self._rows)
        self.touched.emit()

    def _read_history(self) -> None:
        stored = self.sheet.stored if self.sheet else None
        if stored is None:
            self._panel.history.show_changes(())
        else:
            key = RecordKey("outcome_review", stored.id)
            self._desk.ask(self, self._panel.history.show_changes, history.of_record, key)

    def _choose_record(self) -> None:
        if self._rows is not None and self._line is not None:
            plan_id, outcome_id = self._rows.matrix.plan.id, self._line.item.id
            chooser = RecordChooser(self._desk, plan_id, outcome_id, self._panel)
            chooser.chosen.connect(self._panel.form.evidence.add_record)
            chooser.open()


def saved_words(line: Line | None) -> str:
    """What is said when a review has been saved."""
    return f"「{excerpt(line.item.title, length=24)}」の確認を保存しました。" if line else "保存しました。"
