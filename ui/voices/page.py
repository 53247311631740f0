"""養育者の声: what those who bring up children said in the year in view, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from app.calendar import fiscal_year_of
from app.office import Done
from app.text import excerpt
from app.voices import operations, queries
from app.voices.queries import VoiceRow
from ui.desk import Answer, Desk
from ui.listed_page import ListedPage
from ui.voices import listing
from ui.voices.agenda_dialog import AgendaDialog
from ui.voices.form import VoiceForm
from ui.voices.listing import WIDEST, Found, Order
from ui.voices.sheet import VoiceSheet
from ui.widgets.containers import EmptyState
from ui.widgets.record_list import ListLine, RecordList, RecordView


class VoicesPage(ListedPage[VoiceRow]):
    """The page 養育者の声. Voices of earlier years stay on it until they are answered."""

    key: ClassVar[str] = "voices"
    title: ClassVar[str] = "養育者の声"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"voice", "record_link", "meeting", "meeting_kind", "agenda_item", "organisation", "district"}
    )
    record_kinds: ClassVar[frozenset[str]] = frozenset({"voice"})
    orders: ClassVar[type[Order]] = Order
    gone: ClassVar[str] = "この声はもうありません。"
    topic_words: ClassVar[str] = (
        "この声がどの到達イメージに関わるかを選びます。到達イメージを確かめるときに、根拠としてたどれるようになります。"
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._found: Found | None = None
        view = RecordView("養育者の声の一覧", ("状態", "内容・だれの声か・会議"), WIDEST)
        pane = RecordList(view, "内容・団体・会議・状態で絞り込み", "声")
        empty = EmptyState(
            "この年度の声はまだありません",
            "ひろばや園、健診などで聞いた養育者の声を、ここに入れます。\n"
            "議題にし、何に反映したかを書き、返答するまでを見守れます。お名前は書きません。",
            "声を追加する",
            self.add,
            "voices",
        )
        self.voice_sheet = VoiceSheet(desk)
        super().__init__(desk, pane, self.voice_sheet, empty, parent)
        self.paper_button = self.add_paper_button(
            "いただいた声と対応", "帳票「いただいた声と対応」を開く", self._to_paper
        )
        self._connect()

    # ── what the window asks ──────────────────────────────────────────────

    def refresh(self) -> None:
        self.desk.ask(self, self._show, listing.read, self.desk.fiscal_year, date.today())

    # ── reading ───────────────────────────────────────────────────────────

    def _show(self, found: Found) -> None:
        if found.fiscal_year == self.desk.fiscal_year:
            self._found = found
            self.voice_sheet.show_lists(found)
            self.show_rows(found.rows)

    def look_elsewhere(self, record_id: int) -> None:
        answer: Answer[VoiceRow] = Answer(self._look_in_its_year, self.tell_gone)
        self.desk.ask(self, answer, queries.voice, record_id)

    def _look_in_its_year(self, row: VoiceRow) -> None:
        """A voice that is asked for stands in another year."""
        if self.wanted == row.id:
            self.desk.view_year(fiscal_year_of(row.received_on))

    def lines(self) -> tuple[Sequence[ListLine], str]:
        if self._found is None:
            return (), ""
        return listing.lines(self._found, list(Order)[self.way]), listing.waiting_words(self._found)

    def show_row(self, row: VoiceRow) -> None:
        waits_in_vain = self._found is not None and self._found.waits_in_vain(row)
        self.voice_sheet.show_row(row, waits_in_vain)

    # ── what is done with a voice ─────────────────────────────────────────

    @property
    def topic_form(self) -> VoiceForm:
        return self.voice_sheet.form

    def focus_form(self) -> None:
        self.voice_sheet.form.focus_content()

    def called(self) -> str:
        row = self.voice_sheet.row
        return f"養育者の声「{excerpt(row.content)}」" if row is not None else "新しい養育者の声"

    def put_on_agenda(self) -> None:
        """Save what is typed, and ask for the meeting at which the voice in view is to be heard."""
        if self.has_unsaved():
            self.save()
            self.when_saved(self._ask_for_agenda)
        else:
            self._ask_for_agenda()

    def _ask_for_agenda(self) -> None:
        row = self.row
        if row is not None and self._found is not None:
            dialog = AgendaDialog(self.desk, row, self._found.open_meetings, self)
            dialog.done_with.connect(self.tell_done)
            self.open_dialog(dialog)

    def perform_removal(self, row: VoiceRow, answer: Answer[Done[Any]]) -> None:
        self.desk.perform(self, answer, operations.remove_voice, row.id, row.version)

    def _to_paper(self) -> None:
        self.desk.show_page("reports", "voices")

    # ── building ──────────────────────────────────────────────────────────

    def _connect(self) -> None:
        self.voice_sheet.agenda_wanted.connect(self.put_on_agenda)
        self.voice_sheet.remove_wanted.connect(self.remove)
        self.voice_sheet.record_wanted.connect(self.desk.show_record)
        self.voice_sheet.form.topics_wanted.connect(self.choose_topics)
