"""到達イメージ: which outcome has come how far, year by year, and the review of the chosen one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from app.calendar import fiscal_year_label
from app.office import Done
from app.outcomes import operations, queries
from app.outcomes.queries import MatrixCell, Whereabouts
from app.records import RecordKey
from ui.desk import Desk
from ui.outcomes.layout import OutcomesLayout
from ui.outcomes.loading import Loaded, load
from ui.outcomes.matrix_rows import Line, MatrixRows, Show
from ui.outcomes.sheet import Sheet
from ui.outcomes.sitting import Ahead, neighbour, next_open, read_ahead
from ui.outcomes.writing import Writing, saved_words
from ui.page import Page


class OutcomesPage(Page):
    """The matrix on the left, the chosen outcome on the right. What is typed is kept per outcome and year until it is saved."""

    key = "outcomes"
    title = "到達イメージ"
    kinds = frozenset(
        {"plan", "plan_item", "rating_scale", "rating_level", "outcome_review", "evidence", "record_link"}
    )
    record_kinds = frozenset({"plan_item", "outcome_review"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.parts = OutcomesLayout(self)
        self.panes = self.parts.panes
        self.view, self.model = self.panes.view, self.panes.model
        self.panel = self.parts.panel
        self.writing = Writing(desk, self.panel, self)
        self._rows: MatrixRows | None = None
        self._lines: dict[int, Line] = {}
        self._plan_id: int | None = None
        self._wanted: Whereabouts | None = None
        self._ahead: Ahead | None = None
        self._connect()
        self._add_shortcuts()

    # ------------------------------------------------------------------ what the window asks of a page

    def refresh(self) -> None:
        """Read the matrix and the open outcome again."""
        self.desk.ask(self, self._show, load, self.desk.fiscal_year, self._plan_id)

    def show_record(self, key: RecordKey) -> None:
        """Choose the outcome; for a review, look at its year."""
        self.desk.ask(self, self._go_to, queries.whereabouts, key)

    def show_topic(self, topic: str) -> None:
        """Use the quick filter of this name (``UNREVIEWED``, ``NO_EVIDENCE``, ``COPIED``)."""
        if topic in Show.__members__:
            self.parts.filters.choose(Show[topic])

    def take_focus(self) -> None:
        self.view.setFocus()

    def has_unsaved(self) -> bool:
        return bool(self.writing.unsaved())

    def save(self) -> None:
        self.writing.save_all()

    def discard(self) -> None:
        self.writing.discard_all()

    def focus_filter(self) -> None:
        self.parts.filters.field.setFocus()

    def edit(self) -> None:
        """F2: go through the outcomes by keys alone."""
        self.begin_sitting()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.parts.fit()

    # ------------------------------------------------------------------ reading

    def _connect(self) -> None:
        layout, view = self.parts, self.view
        view.outcome_chosen.connect(self._chosen)
        view.outcome_opened.connect(self._write)
        view.year_asked.connect(self.desk.view_year)
        self.writing.touched.connect(self._tell_unsaved)
        self.writing.stored.connect(self._stored)
        self.panel.step_asked.connect(self.writing.view_offered_year)
        layout.plan_chosen.connect(self._choose_plan)
        layout.sitting_asked.connect(self.begin_sitting)
        layout.copy_all_asked.connect(self._copy_all)
        layout.plans_asked.connect(self._go_to_plans)
        layout.sitting_bar.left.connect(self.end_sitting)

    def _show(self, loaded: Loaded) -> None:
        self._rows = loaded.rows
        year = self.desk.fiscal_year
        self.parts.show_plans(loaded, year)
        self.model.show_rows(loaded.rows, year)
        self.panes.say_what_is_found()
        lines = [row for row in loaded.rows.rows if isinstance(row, Line)] if loaded.rows else []
        self._lines = {line.item.id: line for line in lines}
        if not lines:
            self.writing.close()
            self.end_sitting()
            return
        self._tell_progress()
        if self._wanted is not None and self._wanted.outcome_id in self._lines:
            self.view.choose(self._wanted.outcome_id)
            self._wanted = None
        chosen = self.view.chosen
        self._open(chosen if chosen in self._lines else lines[0].item.id)
        if self._ahead is not None:
            self._read_ahead()

    def _open(self, outcome_id: int) -> None:
        assert self._rows is not None
        if self.view.chosen != outcome_id:
            self.view.choose(outcome_id)
        ahead = self._ahead
        known = ahead.reviews(outcome_id) if ahead and outcome_id != self.writing.outcome_id else None
        self.writing.open(self._lines[outcome_id], self._rows, known)

    @Slot(object)
    def _chosen(self, outcome_id: int) -> None:
        self._open(outcome_id)

    @Slot(object)
    def _write(self, _outcome_id: int) -> None:
        self.panel.begin_writing()

    def _go_to(self, found: Whereabouts | None) -> None:
        if found is None:
            self.desk.notice("この到達イメージの記録は、もうありません。")
            return
        self._wanted = found
        self._plan_id = found.plan_id
        self.panes.unfold_all()
        self.parts.filters.clear()
        if found.fiscal_year is not None and found.fiscal_year != self.desk.fiscal_year:
            self.desk.view_year(found.fiscal_year)
        else:
            self.refresh()

    def _choose_plan(self, plan_id: int) -> None:
        if plan_id != self._plan_id:
            self._plan_id = plan_id
            self.refresh()

    def _go_to_plans(self) -> None:
        self.desk.show_page("plans")

    @Slot(int)
    def _year_changed(self, fiscal_year: int) -> None:
        # A plan that the person chose stays as long as the year is one of its own.
        plan = self._rows.matrix.plan if self._rows else None
        if self._wanted is None and (plan is None or fiscal_year not in plan.fiscal_years):
            self._plan_id = None
        self._ahead = None
        super()._year_changed(fiscal_year)

    # ------------------------------------------------------------------ after writing

    def _tell_unsaved(self) -> None:
        year = self.desk.fiscal_year
        self.model.mark_unsaved(
            {one.outcome_id for one in self.writing.sheets.unsaved() if one.fiscal_year == year}
            | self.writing.sheets.drafts(year)
        )

    def _stored(self, sheet: Sheet) -> None:
        """Show the new rating at once; the refresh that follows the change confirms it."""
        stored = sheet.stored
        if self._rows is not None and stored is not None and sheet.outcome_id in self._lines:
            cell = MatrixCell(stored.rating_level_id, bool(stored.evidence), stored.copied_from is not None)
            self._rows.matrix.cells[sheet.key] = cell
            self._tell_progress()
        self.desk.notice(saved_words(self._lines.get(sheet.outcome_id)), can_undo=True)

    def _tell_progress(self) -> None:
        if self._rows is not None:
            year = self.desk.fiscal_year
            counts = self._rows.counts(year) if year in self._rows.years else None
            self.parts.tell_counts(counts, year)

    def _copy_all(self) -> None:
        self.writing.put_down()
        year = self.desk.fiscal_year
        ids = [one for one, line in self._lines.items() if line.item.in_force(year)]
        self.desk.perform(self, self._copied_all, operations.copy_all_last_year, ids, year)

    def _copied_all(self, done: Done[int]) -> None:
        year = fiscal_year_label(self.desk.fiscal_year - 1)
        if done.result:
            self.desk.notice(f"{year}の文章を{done.result}件に写しました。", can_undo=True)
        else:
            self.desk.notice(
                f"写すものはありませんでした（{year}に文章がないか、今年度の文章がすでにあります）。"
            )

    # ------------------------------------------------------------------ 連続入力

    def _add_shortcuts(self) -> None:
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self._shortcut(keys, self.save_and_go_on)
        # Outside of a sitting these keys belong to the fields: Esc clears the filter.
        self._sitting_keys = [
            self._shortcut(keys, slot)
            for keys, slot in (("Ctrl+Up", self._go_up), ("Ctrl+Down", self._go_down), ("Esc", self._escape))
        ]
        self._set_sitting(False)

    def _shortcut(self, keys: str, slot: Callable[[], None]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)
        return shortcut

    def _set_sitting(self, is_sitting: bool) -> None:
        self.parts.set_sitting(is_sitting)
        for shortcut in self._sitting_keys:
            shortcut.setEnabled(is_sitting)

    @property
    def is_sitting(self) -> bool:
        """Whether one outcome follows another by keys."""
        return self.parts.is_sitting

    def begin_sitting(self) -> None:
        """Read everything ahead, and begin at the chosen outcome, or the first one that is not reviewed."""
        if self._lines and not self.is_sitting:
            self._read_ahead()

    def _read_ahead(self) -> None:
        assert self._rows is not None
        self.desk.ask(self, self._have_ahead, read_ahead, self._rows.matrix.plan.id, self.desk.fiscal_year)

    def _have_ahead(self, ahead: Ahead) -> None:
        if ahead.fiscal_year != self.desk.fiscal_year or not self._lines:
            return
        self._ahead = ahead
        if self.is_sitting:
            return
        order = self._order()
        if not order:
            self.desk.notice("この年度に確認する到達イメージはありません。")
            self._ahead = None
            return
        self.panes.unfold_all()
        self.parts.filters.clear()
        self.panes.apply_filters()
        self._set_sitting(True)
        chosen = self.view.chosen
        start = chosen if chosen in order and not self._is_reviewed(chosen) else None
        self._sit_at(start or next_open(order, None, self._is_reviewed) or order[0])

    def end_sitting(self) -> None:
        """Back to the ordinary page; what is typed stays."""
        if self.is_sitting:
            self._ahead = None
            self._set_sitting(False)
            self.view.setFocus()

    def save_and_go_on(self) -> None:
        """Save the open review; in a sitting, go on to the next outcome without a rating."""
        self.writing.put_down()
        if not self.writing.is_ready():
            return
        self.writing.save_open()
        if not self.is_sitting:
            return
        target = next_open(self._order(), self.view.chosen, self._is_reviewed)
        if target is None:
            self._all_done()
        else:
            self._sit_at(target)

    def _all_done(self) -> None:
        open_id = self.view.chosen
        if open_id is not None and not self._is_reviewed(open_id):
            self.desk.notice("未確認なのは、この到達イメージだけです。評価を選んで保存すると終わりです。")
            self.panel.form.rating.setFocus()
            return
        self.desk.notice("すべての到達イメージを確認しました。おつかれさまでした。")
        self.end_sitting()

    def _order(self) -> list[int]:
        year = self.desk.fiscal_year
        return [one for one, line in self._lines.items() if line.item.in_force(year)]

    def _is_reviewed(self, outcome_id: int) -> bool:
        sheet = self.writing.sheets.of(outcome_id, self.desk.fiscal_year)
        if sheet is not None:
            return sheet.is_saving and sheet.typed.rating_level_id is not None
        cell = self._rows.cell(outcome_id, self.desk.fiscal_year) if self._rows else None
        return cell is not None and cell.rating_level_id is not None

    def _sit_at(self, outcome_id: int) -> None:
        self._open(outcome_id)
        self.panel.begin_writing()

    def _go_up(self) -> None:
        self._go(-1)

    def _go_down(self) -> None:
        self._go(1)

    def _go(self, step: int) -> None:
        target = neighbour(self._order(), self.view.chosen, step)
        if target is not None:
            self._sit_at(target)

    def _escape(self) -> None:
        if not self.panel.form.evidence.cancel_editing():
            self.end_sitting()
