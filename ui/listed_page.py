"""A record page whose list can be grouped in more than one way: what 宿題, 養育者の声 and 連携した取組 have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from PySide6.QtWidgets import QButtonGroup, QWidget

from app import history, records
from app.errors import ConflictError, InputError
from app.history import RecordChange
from app.office import Done
from app.records import RecordKey
from ui.desk import Answer, Desk
from ui.meetings.topic_chooser import OUTCOMES, TopicChooser
from ui.record_page import RecordPage
from ui.record_part import NEW, RecordPart
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.flow import FlowRow
from ui.widgets.record_list import ListLine, RecordList


class Row(Protocol):
    """A record as it was read."""

    @property
    def id(self) -> int: ...
    @property
    def version(self) -> int: ...


R = TypeVar("R", bound=Row)


class TopicForm(Protocol):
    """A form in which 到達イメージ are chosen; what ``typed`` returns has them in ``topics``."""

    def typed(self) -> Any: ...
    def set_topics(self, ids: tuple[int, ...]) -> None: ...
    def show_names(self, names: Mapping[int, str]) -> None: ...


class ListedPage(RecordPage, Generic[R]):
    """A subclass reads in ``refresh``, keeps what it found, and hands the rows by id to ``show_rows``.

    One that offers 到達イメージ says with which words (``topic_words``) and in which form (``topic_form``).
    """

    orders: ClassVar[type[Enum]]
    """In which ways the list can be grouped; their values are the words on the buttons."""

    gone: ClassVar[str]
    """What the person is told who asks for a record that is not there any more."""

    topic_words: ClassVar[str] = ""

    def __init__(
        self,
        desk: Desk,
        pane: RecordList,
        sheet: RecordPart[Any],
        empty: EmptyState,
        parent: QWidget | None = None,
    ) -> None:
        self.rows: Mapping[int, R] = {}
        super().__init__(desk, pane, sheet, empty, parent)
        self.ways = QButtonGroup(self)
        self.ways_row = FlowRow()
        for number, order in enumerate(self.orders):
            button = Button(order.value)
            button.setCheckable(True)
            self.ways.addButton(button, number)
            self.ways_row.add(button)
        self.ways.button(0).setChecked(True)
        self.pane.head.addWidget(self.ways_row)
        self.ways.idClicked.connect(self.show_lines)

    # ── what a subclass says ──────────────────────────────────────────────

    def lines(self) -> tuple[Sequence[ListLine], str]:
        """The list as it is grouped now, and what is said of all records beside their count."""
        raise NotImplementedError

    def show_row(self, row: R) -> None:
        """Show a record at the right."""
        raise NotImplementedError

    def look_elsewhere(self, record_id: int) -> None:  # noqa: ARG002 - for those who have somewhere to look
        """A record is asked for that was not read: it is gone, unless it stands in another year."""
        self.tell_gone(InputError(""))

    def perform_removal(self, row: R, answer: Answer[Done[Any]]) -> None:
        """Hand the operation that deletes a record to the desk."""
        raise NotImplementedError

    @property
    def topic_form(self) -> TopicForm:
        """The form in which 到達イメージ are chosen."""
        raise NotImplementedError

    # ── reading ───────────────────────────────────────────────────────────

    @property
    def row(self) -> R | None:
        """The record at the right; None for a new one."""
        return self.rows.get(self.shown or NEW)

    @property
    def way(self) -> int:
        """The place of the order in which the list is grouped."""
        return self.ways.checkedId()

    def show_rows(self, rows: Mapping[int, R]) -> None:
        """Show these records: all that the page knows, by id."""
        self.rows = rows
        if self.wanted is not None and self.wanted not in rows:
            self.look_elsewhere(self.wanted)
        self.meet_ids(rows)
        self.show_lines()
        self.settle(rows)

    def show_lines(self) -> None:
        """Show the list again."""
        lines, words = self.lines()
        self.pane.show_lines(lines, None if self.shown == NEW else self.shown)
        self.pane.say_below(words)

    def show_chosen(self) -> None:
        row = self.row
        if row is not None:
            self.show_row(row)
            (kind,) = self.record_kinds
            then = partial(self._show_history, row.id)
            self.desk.ask(self, then, history.of_record, RecordKey(kind, row.id))
        elif self.shown == NEW:
            self.sheet.show_new()

    def tell_gone(self, error: Exception) -> None:
        """Nobody can show what was asked for."""
        self.wanted = None
        if isinstance(error, InputError):
            error = InputError(self.gone, "一覧から選び直してください。")
        self.desk.tell(error)

    def _show_history(self, record_id: int, changes: tuple[RecordChange, ...]) -> None:
        if record_id == self.shown:
            self.sheet.show_history(changes)

    # ── what is done with a record ────────────────────────────────────────

    def remove(self) -> None:
        """Delete the record in view; it can be taken back."""
        row, typed = self.row, self.sheet.kept.typed
        if row is not None:
            self.sheet.revert()
            self.perform_removal(row, Answer(self.tell_done, partial(self._not_removed, row.id, typed)))

    def _not_removed(self, record_id: int, typed: Any, error: Exception) -> None:
        """It stays, and so does what was typed about it."""
        if typed is not None and record_id == self.shown:
            self.sheet.take_up(typed)
        self._not_done(error)

    def done_answer(self) -> Answer[Done[Any]]:
        """Says what was done; where somebody was faster, what is in the ledger now is read."""
        return Answer(self.tell_done, self._not_done)

    def _not_done(self, error: Exception) -> None:
        self.desk.tell(error)
        if isinstance(error, ConflictError):
            self.refresh()

    def choose_topics(self) -> None:
        """Choose which 到達イメージ the record in view is about."""
        chosen = self.topic_form.typed().topics
        dialog = TopicChooser(self.desk, OUTCOMES, self.desk.fiscal_year, chosen, self.topic_words, self)
        dialog.chosen.connect(self._topics_chosen)
        self.open_dialog(dialog)

    def _topics_chosen(self, ids: tuple[int, ...]) -> None:
        self.topic_form.set_topics(ids)
        self.desk.ask(self, self.topic_form.show_names, records.titles_of, "plan_item", ids)

    # ── building ──────────────────────────────────────────────────────────

    def add_paper_button(self, text: str, tip: str, clicked: Callable[[], None]) -> Button:
        """A way to the page's paper, beside the button that adds."""
        button = Button(text, clicked, icon_name="print", tip=tip)
        self.head.insertWidget(self.head.count() - 1, button)
        return button
