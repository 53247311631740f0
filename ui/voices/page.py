"""養育者の声: what those who bring up children said in the year in view, and what became of it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QButtonGroup, QWidget

from app import history
from app.calendar import fiscal_year_of
from app.errors import ConflictError, InputError
from app.history import RecordChange
from app.office import Done
from app.records import RecordKey
from app.text import excerpt
from app.voices import operations, queries
from app.voices.queries import VoiceRow
from ui.desk import Answer, Desk
from ui.meetings.topic_chooser import OUTCOMES, TopicChooser
from ui.record_page import RecordPage
from ui.record_part import NEW
from ui.voices import listing
from ui.voices.agenda_dialog import AgendaDialog
from ui.voices.listing import WIDEST, Found, Order
from ui.voices.sheet import VoiceSheet
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.flow import FlowRow
from ui.widgets.record_list import RecordList, RecordView

_TOPIC_WORDS = "この声がどの到達イメージに関わるかを選びます。到達イメージを確かめるときに、根拠としてたどれるようになります。"


class VoicesPage(RecordPage):
    """The page 養育者の声. Voices of earlier years stay on it until they are answered."""

    key: ClassVar[str] = "voices"
    title: ClassVar[str] = "養育者の声"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"voice", "record_link", "meeting", "meeting_kind", "agenda_item", "organisation", "district"}
    )
    record_kinds: ClassVar[frozenset[str]] = frozenset({"voice"})

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
        self.ways = QButtonGroup(self)
        self.paper_button = Button(
            "いただいた声と対応", self._to_paper, icon_name="print", tip="帳票「いただいた声と対応」を開く"
        )
        self.head.insertWidget(self.head.count() - 1, self.paper_button)
        self._add_ways()
        self._connect()

    @property
    def order(self) -> Order:
        """How the list is grouped."""
        return list(Order)[self.ways.checkedId()]

    # ── what the window asks ──────────────────────────────────────────────

    def refresh(self) -> None:
        self.desk.ask(self, self._show, listing.read, self.desk.fiscal_year, date.today())

    # ── reading ───────────────────────────────────────────────────────────

    def _show(self, found: Found) -> None:
        if found.fiscal_year != self.desk.fiscal_year:
            return
        self._found = found
        self.voice_sheet.show_lists(found)
        if self.wanted is not None and self.wanted not in found.rows:
            answer: Answer[VoiceRow] = Answer(self._look_in_its_year, self._gone)
            self.desk.ask(self, answer, queries.voice, self.wanted)
        self.meet_ids(found.rows)
        self._show_lines()
        self.settle(found.rows)

    def _look_in_its_year(self, row: VoiceRow) -> None:
        """A voice that is asked for stands in another year."""
        if self.wanted == row.id:
            self.desk.view_year(fiscal_year_of(row.received_on))

    def _gone(self, error: Exception) -> None:
        self.wanted = None
        if isinstance(error, InputError):
            error = InputError("この声はもうありません。", "一覧から選び直してください。")
        self.desk.tell(error)

    def _show_lines(self) -> None:
        if self._found is not None:
            lines = listing.lines(self._found, self.order)
            self.pane.show_lines(lines, None if self.shown == NEW else self.shown)
            self.pane.say_below(listing.waiting_words(self._found))

    def show_chosen(self) -> None:
        row = self._row
        if row is not None and self._found is not None:
            self.voice_sheet.show_row(row, self._found.waits_in_vain(row))
            key = RecordKey("voice", row.id)
            self.desk.ask(self, partial(self._show_history, row.id), history.of_record, key)
        elif self.shown == NEW:
            self.voice_sheet.show_new()

    def _show_history(self, voice_id: int, changes: tuple[RecordChange, ...]) -> None:
        if voice_id == self.shown:
            self.voice_sheet.show_history(changes)

    @property
    def _row(self) -> VoiceRow | None:
        return self._found.rows.get(self.shown or NEW) if self._found is not None else None

    # ── what is done with a voice ─────────────────────────────────────────

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
        row = self._row
        if row is not None and self._found is not None:
            dialog = AgendaDialog(self.desk, row, self._found.open_meetings, self)
            dialog.done_with.connect(self.tell_done)
            self.open_dialog(dialog)

    def choose_topics(self) -> None:
        """Choose what the voice in view is about."""
        chosen = self.voice_sheet.form.typed().topics
        dialog = TopicChooser(self.desk, OUTCOMES, self.desk.fiscal_year, chosen, _TOPIC_WORDS, self)
        dialog.chosen.connect(self._topics_chosen)
        self.open_dialog(dialog)

    def _topics_chosen(self, ids: tuple[int, ...]) -> None:
        self.voice_sheet.form.set_topics(ids)
        keys = {RecordKey("plan_item", one) for one in ids}
        self.desk.ask(self, self.voice_sheet.form.show_names, listing.topic_names, keys)

    def remove(self) -> None:
        """Delete the voice in view; it can be taken back."""
        row = self.voice_sheet.row
        if row is not None:
            self.voice_sheet.revert()
            answer: Answer[Done[Any]] = Answer(self.tell_done, self._not_done)
            self.desk.perform(self, answer, operations.remove_voice, row.id, row.version)

    def _not_done(self, error: Exception) -> None:
        self.desk.tell(error)
        if isinstance(error, ConflictError):
            self.refresh()

    def _to_paper(self) -> None:
        self.desk.show_page("reports", "voices")

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
        self.voice_sheet.agenda_wanted.connect(self.put_on_agenda)
        self.voice_sheet.remove_wanted.connect(self.remove)
        self.voice_sheet.record_wanted.connect(self.desk.show_record)
        self.voice_sheet.form.topics_wanted.connect(self.choose_topics)
