"""連携した取組: what organisations do together in the year in view, from its occasion to what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QButtonGroup, QWidget

from app import history
from app.calendar import fiscal_year_of
from app.collaborations import operations, queries
from app.collaborations.queries import CollaborationRow
from app.errors import ConflictError, InputError
from app.history import RecordChange
from app.office import Done
from app.records import RecordKey
from app.text import excerpt
from ui.collaborations import listing
from ui.collaborations.listing import WIDEST, Found, Order
from ui.collaborations.sheet import CollaborationSheet
from ui.desk import Answer, Desk
from ui.meetings.topic_chooser import OUTCOMES, TopicChooser
from ui.record_page import RecordPage
from ui.record_part import NEW
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.flow import FlowRow
from ui.widgets.record_list import RecordList, RecordView

_TOPIC_WORDS = "この取組がどの到達イメージに向かうものかを選びます。到達イメージを確かめるときに、根拠としてたどれるようになります。"


class CollaborationsPage(RecordPage):
    """The page 連携した取組. One stays on it in every year in which it is alive."""

    key: ClassVar[str] = "collaborations"
    title: ClassVar[str] = "連携した取組"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "collaboration",
            "collaboration_partner",
            "collaboration_activity",
            "record_link",
            "agenda_item",
            "meeting",
            "organisation",
            "district",
            "step",
            "checkpoint_set",
        }
    )
    record_kinds: ClassVar[frozenset[str]] = frozenset({"collaboration"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._found: Found | None = None
        view = RecordView("連携した取組の一覧", ("状態", "取組・期間・担い手"), WIDEST)
        pane = RecordList(view, "言葉・団体・地区・ステップ・状態で絞り込み", "取組")
        empty = EmptyState(
            "この年度の連携した取組はまだありません",
            "団体どうしで力を合わせた取組を、きっかけと課題、役割分担、行ったこと、振り返り、次に取り組むことの順に残します。\n"
            "書き方は、市の資料の実践例を見ながら決められます。小さな取組も、ここから実践集になります。",
            "取組を追加する",
            self.add,
            "collaborations",
        )
        self.collaboration_sheet = CollaborationSheet(desk)
        super().__init__(desk, pane, self.collaboration_sheet, empty, parent)
        self.ways = QButtonGroup(self)
        self.paper_button = Button("実践集", self._to_paper, icon_name="print", tip="帳票「実践集」を開く")
        self.head.insertWidget(self.head.count() - 1, self.paper_button)
        self._add_ways()
        self._connect()

    @property
    def order(self) -> Order:
        """How the list is grouped."""
        return list(Order)[self.ways.checkedId()]

    # ── what the window asks ──────────────────────────────────────────────

    def refresh(self) -> None:
        self.desk.ask(self, self._show, listing.read, self.desk.fiscal_year)

    # ── reading ───────────────────────────────────────────────────────────

    def _show(self, found: Found) -> None:
        if found.fiscal_year != self.desk.fiscal_year:
            return
        self._found = found
        self.collaboration_sheet.show_lists(found)
        if self.wanted is not None and self.wanted not in found.rows:
            answer: Answer[CollaborationRow] = Answer(self._look_in_its_year, self._gone)
            self.desk.ask(self, answer, queries.collaboration, self.wanted)
        self.meet_ids(found.rows)
        self._show_lines()
        self.settle(found.rows)

    def _look_in_its_year(self, row: CollaborationRow) -> None:
        """A collaboration that is asked for is alive in another year."""
        day = row.ended_on or row.started_on
        if self.wanted == row.id and day is not None:
            self.desk.view_year(fiscal_year_of(day))

    def _gone(self, error: Exception) -> None:
        self.wanted = None
        if isinstance(error, InputError):
            error = InputError("この取組はもうありません。", "一覧から選び直してください。")
        self.desk.tell(error)

    def _show_lines(self) -> None:
        if self._found is not None:
            lines = listing.lines(self._found, self.order)
            self.pane.show_lines(lines, None if self.shown == NEW else self.shown)
            self.pane.say_below(listing.waiting_words(self._found))

    def show_chosen(self) -> None:
        row = self._row
        if row is not None:
            self.collaboration_sheet.show_row(row)
            key = RecordKey("collaboration", row.id)
            self.desk.ask(self, partial(self._show_history, row.id), history.of_record, key)
            self.desk.ask(self, partial(self._show_agenda, row.id), listing.agenda_names, row.id)
        elif self.shown == NEW:
            self.collaboration_sheet.show_new()

    def _show_history(self, collaboration_id: int, changes: tuple[RecordChange, ...]) -> None:
        if collaboration_id == self.shown:
            self.collaboration_sheet.show_history(changes)

    def _show_agenda(self, collaboration_id: int, names: Mapping[int, str]) -> None:
        if collaboration_id == self.shown:
            self.collaboration_sheet.show_agenda(names)

    @property
    def _row(self) -> CollaborationRow | None:
        return self._found.rows.get(self.shown or NEW) if self._found is not None else None

    # ── what is done with a collaboration ─────────────────────────────────

    def focus_form(self) -> None:
        self.collaboration_sheet.form.focus_title()

    def called(self) -> str:
        row = self.collaboration_sheet.row
        return f"連携した取組「{excerpt(row.title)}」" if row is not None else "新しい連携した取組"

    def choose_topics(self) -> None:
        """Choose which outcomes of the plan the collaboration in view serves."""
        chosen = self.collaboration_sheet.form.typed().topics
        dialog = TopicChooser(self.desk, OUTCOMES, self.desk.fiscal_year, chosen, _TOPIC_WORDS, self)
        dialog.chosen.connect(self._topics_chosen)
        self.open_dialog(dialog)

    def _topics_chosen(self, ids: tuple[int, ...]) -> None:
        self.collaboration_sheet.form.set_topics(ids)
        self.desk.ask(self, self.collaboration_sheet.form.show_names, listing.topic_names, set(ids))

    def remove(self) -> None:
        """Delete the collaboration in view; it can be taken back."""
        row = self.collaboration_sheet.row
        if row is not None:
            self.collaboration_sheet.revert()
            answer: Answer[Done[Any]] = Answer(self.tell_done, self._not_done)
            self.desk.perform(self, answer, operations.remove_collaboration, row.id, row.version)

    def _not_done(self, error: Exception) -> None:
        self.desk.tell(error)
        if isinstance(error, ConflictError):
            self.refresh()

    def _to_paper(self) -> None:
        self.desk.show_page("reports", "practices?collaboration=")

    def _to_its_page(self) -> None:
        if self.shown is not None:
            self.desk.show_page("reports", f"practices?collaboration={self.shown}")

    # ── building ──────────────────────────────────────────────────────────

    def _add_ways(self) -> None:
        row = FlowRow()
        for number, order in enumerate(Order):
            button = Button(order.value)
            button.setCheckable(True)
            self.ways.addButton(button, number)
            row.add(button)
        self.ways.button(0).setChecked(True)
        self.pane.head.addWidget(row)

    def _connect(self) -> None:
        self.ways.idClicked.connect(self._show_lines)
        self.collaboration_sheet.remove_wanted.connect(self.remove)
        self.collaboration_sheet.paper_wanted.connect(self._to_its_page)
        self.collaboration_sheet.record_wanted.connect(self.desk.show_record)
        self.collaboration_sheet.form.topics_wanted.connect(self.choose_topics)
