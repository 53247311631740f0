"""年度替わり: every organisation that is a member on April 1, who speaks for it, and what it answered; by keys from first to last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.calendar import first_day, fiscal_year_label, format_date
from app.office import Done
from app.organisations import operations
from app.organisations.queries import ConfirmationRow, PersonRow
from app.organisations.year_turn import Turn, YearTurn, year_turn
from db.vocabulary import ConfirmationState
from ui.desk import Answer, Desk
from ui.page import Page
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState, PageHeader
from ui.year_turn.handing_over import HandingOver
from ui.year_turn.handover_line import HandoverLine
from ui.year_turn.head import AnswerBar, Filters, ProgressLine, keys_line
from ui.year_turn.lines import UNCONFIRMED, filtered, next_unconfirmed, progress
from ui.year_turn.turn_view import TurnView, turn_model

LETTER = "change_request?whom=unconfirmed&organisation="
"""The report that asks for changes of 担当者, for all those that are still to ask."""

_LIST, _EMPTY, _NOTHING = range(3)


class YearTurnPage(Page):
    """One guided list. An answer is written at once; a handover and its answer are one step."""

    key = "year_turn"
    title = "年度替わり"
    kinds = frozenset(
        {
            "organisation",
            "organisation_category",
            "district",
            "contact_person",
            "contact_term",
            "roster_confirmation",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._turns: tuple[Turn, ...] = ()
        self._pending: dict[int, ConfirmationRow | None] = {}
        self._people: Mapping[str, tuple[PersonRow, ...]] = {}
        self._search_texts: dict[int, str] = {}
        self.header = PageHeader(self.title)
        self.letter_button = Button(
            "お願いの文書を作る",
            self.make_letter,
            icon_name="print",
            tip="まだのところへの「担当者変更のお願い」",
        )
        self.excel_button = Button(
            "Excelで尋ねる",
            self.ask_by_excel,
            icon_name="save",
            tip="まだのところのデータ用Excelを書き出します",
        )
        self.header.add(self.letter_button)
        self.header.add(self.excel_button)
        self.progress = ProgressLine()
        self.filters = Filters()
        self.model = turn_model(self)
        self.view = TurnView(self.model)
        self.filters.field.set_list(self.view)
        self.line = HandoverLine()
        self.line.hide()
        self._handover = HandingOver(desk, self.view, self.line, self)
        self.answers = AnswerBar()
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------------ what the window asks of a page

    def refresh(self) -> None:
        """Read the organisations and their answers again; what is being typed stays."""
        self.desk.ask(self, self._show, year_turn, self.desk.fiscal_year)

    def take_focus(self) -> None:
        self.view.setFocus()

    def has_unsaved(self) -> bool:
        return self._handover.has_unsaved

    def save(self) -> None:
        """Save the handover that is being entered, and stay."""
        self._handover.save(goes_on=False)

    def discard(self) -> None:
        self._handover.end()

    def edit(self) -> None:
        self._begin_handover()

    def focus_filter(self) -> None:
        self.filters.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.field.selectAll()

    def minimumSizeHint(self) -> QSize:
        """With the lines that its rows take at this width, and a list in which an opened row can be seen."""
        size = super().minimumSizeHint()
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            size.setHeight(layout.totalMinimumHeightForWidth(max(self.width(), size.width())))
        return size

    @Slot(int)
    def _year_changed(self, fiscal_year: int) -> None:
        self._handover.end()
        self._turns = ()
        super()._year_changed(fiscal_year)

    # ------------------------------------------------------------------ showing

    def _show(self, found: YearTurn) -> None:
        self._people = found.people
        self._search_texts.clear()
        # What was answered while this was being read is on its way into the ledger.
        self._turns = tuple(
            replace(turn, confirmation=self._pending[turn.id]) if turn.id in self._pending else turn
            for turn in found.turns
        )
        year = self.desk.fiscal_year
        self.header.explanation.setText(
            f"{format_date(first_day(year))}の会員団体に、代表者・担当者の変更がないかを確かめます。"
        )
        self.header.explanation.show()
        self._fill()
        if self.view.chosen_turn is None and self._turns:
            target = next_unconfirmed(self.model.rows, None)
            self.view.choose(target if target is not None else self._turns[0].id)

    def _fill(self, keeps_chosen: bool = True) -> None:
        """Show what the filters let through. The chosen organisation stays until one goes on, so that the answer is seen."""
        kept = {turn.id for turn in (self.line.turn,) if turn is not None}
        chosen = self.view.chosen_turn
        if chosen is not None and keeps_chosen:
            kept.add(chosen.id)
        only = self.filters.only_to_ask.isChecked()
        words = self.filters.field.text()
        shown = filtered(self._turns, words, only, frozenset(kept), self._search_texts)
        self.view.show_turns(shown)
        if self.view.chosen_turn is None and shown:
            self.view.choose(shown[0].id)
        found = progress(self._turns)
        self.progress.show_progress(found)
        self.filters.tell_to_ask(found.to_ask)
        self.answers.show_turn(self.view.chosen_turn)
        self.stack.setCurrentIndex(_EMPTY if not self._turns else _LIST if shown else _NOTHING)
        for widget in (self.progress, self.filters, self.answers, self.keys):
            widget.setVisible(bool(self._turns))
        for button in (self.letter_button, self.excel_button):
            button.setEnabled(found.to_ask > 0)

    def _filter(self) -> None:
        self._fill(keeps_chosen=False)

    def _went_on(self, _organisation_id: int) -> None:
        self.answers.show_turn(self.view.chosen_turn)
        if self.filters.only_to_ask.isChecked():
            # Not at once: the view is still telling where it has gone.
            QTimer.singleShot(0, self, self._fill)

    # ------------------------------------------------------------------ answering

    def answer(self, state: ConfirmationState | None) -> None:
        """Note what the chosen organisation answered; None takes it back."""
        turn = self.view.chosen_turn
        if turn is None or turn.state is state:
            return
        note = turn.confirmation.note if turn.confirmation else ""
        answered_on = date.today() if state else None
        year = self.desk.fiscal_year
        row = ConfirmationRow(0, 0, turn.id, year, state, answered_on, note) if state else None
        self._put(turn.id, row)
        said = f"「{turn.organisation.name}」を「{state.label if state else UNCONFIRMED}」にしました。"
        self.desk.perform(
            self,
            Answer(partial(self._answered, turn.id, row, said), partial(self._not_answered, turn.id)),
            operations.confirm,
            turn.id,
            year,
            state,
            answered_on,
            note,
        )

    def _put(self, organisation_id: int, row: ConfirmationRow | None) -> None:
        """Show an answer at once; the ledger has it a moment later."""
        self._pending[organisation_id] = row
        self._turns = tuple(
            replace(turn, confirmation=row) if turn.id == organisation_id else turn for turn in self._turns
        )
        self._fill()

    def _answered(
        self, organisation_id: int, row: ConfirmationRow | None, said: str, _done: Done[None]
    ) -> None:
        if self._pending.get(organisation_id) is row:
            self._pending.pop(organisation_id, None)
        self.desk.notice(said, can_undo=True)

    def _not_answered(self, organisation_id: int, error: Exception) -> None:
        self._pending.pop(organisation_id, None)
        self.refresh()
        self.desk.tell(error)

    def go_on(self) -> None:
        """Ctrl+Enter: save the handover if one is being entered, then go to the next organisation not yet confirmed."""
        if self.line.turn is not None:
            self._handover.save(goes_on=True)
        else:
            self._go_to_next()

    def _go_to_next(self) -> None:
        chosen = self.view.chosen_turn
        target = next_unconfirmed(self.model.rows, chosen.id if chosen else None)
        if target is not None:
            self.view.choose(target)
        elif chosen is not None and chosen.state is None:
            self.desk.notice("未確認なのは、この団体だけです。")
        elif progress(self._turns).counts[None]:
            self.desk.notice("絞り込んだ中に、未確認の団体はもうありません。")
        else:
            self.desk.notice("すべての団体を確認しました。おつかれさまでした。")
        self.view.setFocus()

    def _begin_handover(self) -> None:
        self._handover.begin(self._people)

    # ------------------------------------------------------------------ asking those who have not answered

    def make_letter(self) -> None:
        """Go to 帳票 with the letter to those still to ask."""
        self.desk.show_page("reports", LETTER)

    def ask_by_excel(self) -> None:
        """Write the data sheets of those still to ask, for them to correct and to be read in again."""
        from ui.organisations.exchange_menu import ask_by_excel

        names = {turn.id: turn.organisation.name for turn in self._turns if turn.is_to_ask}
        ask_by_excel(self.desk, self, names, fiscal_year_label(self.desk.fiscal_year))

    def _go_to_organisations(self) -> None:
        self.desk.show_page("organisations")

    # ------------------------------------------------------------------ building

    def _connect(self) -> None:
        self.view.chosen.connect(self._went_on)
        self.view.answered.connect(self.answer)
        self.view.handover_wanted.connect(self._begin_handover)
        self.answers.answered.connect(self.answer)
        self.answers.handover_wanted.connect(self._begin_handover)
        self.filters.changed.connect(self._filter)
        self._handover.went_on.connect(self._go_to_next)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.go_on)

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(
            EmptyState(
                "この年度の4月1日に会員の団体は、まだありません",
                "会員団体を登録すると、ここで代表者・担当者の変更を順に確かめられます。",
                "会員団体を開く",
                self._go_to_organisations,
                "year_turn",
            )
        )
        self.stack.addWidget(
            EmptyState(
                "当てはまる団体はありません",
                "言葉を短くするか、「まだのところだけ」を外してください。",
                "すべて表示する",
                self.filters.clear,
            )
        )
        self.keys = keys_line()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.header)
        column.addSpacing(4)
        column.addWidget(self.progress)
        column.addWidget(self.filters)
        column.addWidget(self.stack, 1)
        column.addWidget(self.answers)
        column.addWidget(self.keys)
