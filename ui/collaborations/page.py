"""連携した取組: what organisations do together in the year in view, from its occasion to what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from app.calendar import fiscal_year_of
from app.collaborations import operations, queries
from app.collaborations.queries import CollaborationRow
from app.office import Done
from app.text import excerpt
from ui.collaborations import listing
from ui.collaborations.form import CollaborationForm
from ui.collaborations.listing import WIDEST, Found, Order
from ui.collaborations.sheet import CollaborationSheet
from ui.desk import Answer, Desk
from ui.listed_page import ListedPage
from ui.widgets.containers import EmptyState
from ui.widgets.record_list import ListLine, RecordList, RecordView


class CollaborationsPage(ListedPage[CollaborationRow]):
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
    orders: ClassVar[type[Order]] = Order
    gone: ClassVar[str] = "この取組はもうありません。"
    topic_words: ClassVar[str] = (
        "この取組がどの到達イメージに向かうものかを選びます。到達イメージを確かめるときに、根拠としてたどれるようになります。"
    )

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
        self.paper_button = self.add_paper_button("実践集", "帳票「実践集」を開く", self._to_paper)
        self._connect()

    # ── what the window asks ──────────────────────────────────────────────

    def refresh(self) -> None:
        self.desk.ask(self, self._show, listing.read, self.desk.fiscal_year)

    # ── reading ───────────────────────────────────────────────────────────

    def _show(self, found: Found) -> None:
        if found.fiscal_year == self.desk.fiscal_year:
            self._found = found
            self.collaboration_sheet.show_lists(found)
            self.show_rows(found.rows)

    def look_elsewhere(self, record_id: int) -> None:
        answer: Answer[CollaborationRow] = Answer(self._look_in_its_year, self.tell_gone)
        self.desk.ask(self, answer, queries.collaboration, record_id)

    def _look_in_its_year(self, row: CollaborationRow) -> None:
        """A collaboration that is asked for is alive in another year."""
        day = row.ended_on or row.started_on
        if self.wanted == row.id and day is not None:
            self.desk.view_year(fiscal_year_of(day))

    def lines(self) -> tuple[Sequence[ListLine], str]:
        if self._found is None:
            return (), ""
        return listing.lines(self._found, list(Order)[self.way]), listing.waiting_words(self._found)

    def show_row(self, row: CollaborationRow) -> None:
        self.collaboration_sheet.show_row(row)
        self.desk.ask(self, partial(self._show_agenda, row.id), listing.agenda_names, row.id)

    def _show_agenda(self, collaboration_id: int, names: Mapping[int, str]) -> None:
        if collaboration_id == self.shown:
            self.collaboration_sheet.show_agenda(names)

    # ── what is done with a collaboration ─────────────────────────────────

    @property
    def topic_form(self) -> CollaborationForm:
        return self.collaboration_sheet.form

    def focus_form(self) -> None:
        self.collaboration_sheet.form.focus_title()

    def called(self) -> str:
        row = self.collaboration_sheet.row
        return f"連携した取組「{excerpt(row.title)}」" if row is not None else "新しい連携した取組"

    def perform_removal(self, row: CollaborationRow, answer: Answer[Done[Any]]) -> None:
        self.desk.perform(self, answer, operations.remove_collaboration, row.id, row.version)

    def _to_paper(self) -> None:
        self.desk.show_page("reports", "practices?collaboration=")

    def _to_its_page(self) -> None:
        if self.shown is not None:
            self.desk.show_page("reports", f"practices?collaboration={self.shown}")

    # ── building ──────────────────────────────────────────────────────────

    def _connect(self) -> None:
        self.collaboration_sheet.remove_wanted.connect(self.remove)
        self.collaboration_sheet.paper_wanted.connect(self._to_its_page)
        self.collaboration_sheet.record_wanted.connect(self.desk.show_record)
        self.collaboration_sheet.form.topics_wanted.connect(self.choose_topics)
