"""The form of a voice: what was said, by what kind of people, and what became of it. No field is for a person's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.calendar import format_date
from db.vocabulary import VoiceState
from ui.voices.states import state_words
from ui.voices.typed import LABELS, Typed, tidy
from ui.widgets.button import Button
from ui.widgets.containers import Card
from ui.widgets.fields import ComboBox, DateField, FieldColumn
from ui.widgets.growing_text import GrowingText
from ui.widgets.link_buttons import LinkButtons
from ui.widgets.organisation_field import OrganisationChoice, OrganisationField

NO_NAMES = "「0歳の子どもの母親」「ひろばの利用者」のような、人の種類だけを書きます。お名前や、その人とわかることは書かないでください。"


class VoiceForm(QWidget):
    """Fields of a voice. It knows nothing of the ledger: ``edited`` says that something was typed."""

    edited = Signal()
    topics_wanted = Signal()
    topic_wanted = Signal(int)
    """The id of a plan item that the person wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self._base = Typed()
        self._names: Mapping[int, str] = {}
        self.received_on = DateField(LABELS["received_on"], required=True)
        self.heard_from = ComboBox()
        self.heard_from.setEditable(True)
        # What completes itself would write words that nobody typed.
        self.heard_from.setCompleter(None)  # type: ignore[arg-type]
        self.heard_from.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
        self.organisation = OrganisationField(LABELS["organisation"])
        self.content = GrowingText(3, 14)
        self.reflected, self.response = GrowingText(2, 10), GrowingText(2, 10)
        self.answered_on = DateField(LABELS["answered_on"])
        self.state = ComboBox()
        for one in VoiceState:
            self.state.addItem(state_words(one), one.value)
        self.topics = LinkButtons("outcomes", "到達イメージ")
        self.choose_button = Button("到達イメージを選ぶ…", self.topics_wanted.emit, icon_name="outcomes")
        self._lay_out()
        self._connect()

    def show_lists(self, organisations: Sequence[OrganisationChoice], sources: Sequence[str]) -> None:
        """Offer these organisations, and these kinds of people."""
        self.organisation.show_choices(organisations)
        self._is_filling = True
        text = self.heard_from.currentText()
        self.heard_from.clear()
        self.heard_from.addItems(list(sources))
        self.heard_from.setEditText(text)
        self._is_filling = False

    def show_names(self, names: Mapping[int, str]) -> None:
        """What the plan items are called."""
        if names != self._names:
            self._names = names
            self._show_topics()

    def show_typed(self, typed: Typed) -> None:
        """Show what is stored or was typed; where a field shows it already, the cursor stays."""
        self._base = typed
        self._is_filling = True
        for day, text in ((self.received_on, typed.received_on), (self.answered_on, typed.answered_on)):
            if day.line.text() != text:
                day.set_text(text)
        if self.heard_from.currentText() != typed.heard_from:
            self.heard_from.setEditText(typed.heard_from)
        self.organisation.show_organisation(typed.organisation_id, typed.unread)
        for field, text in (
            (self.content, typed.content),
            (self.reflected, typed.reflected),
            (self.response, typed.response),
        ):
            if field.toPlainText() != text:
                field.setPlainText(text)
        self.state.setCurrentIndex(self.state.findData(typed.state.value))
        self._show_topics()
        self._is_filling = False

    def typed(self) -> Typed:
        """What the fields hold."""
        return replace(
            self._base,
            received_on=self.received_on.line.text().strip(),
            heard_from=tidy(self.heard_from.currentText()),
            organisation_id=self.organisation.organisation_id,
            unread=self.organisation.unread,
            content=tidy(self.content.toPlainText()),
            state=VoiceState(self.state.currentData()),
            reflected=tidy(self.reflected.toPlainText()),
            response=tidy(self.response.toPlainText()),
            answered_on=self.answered_on.line.text().strip(),
        )

    def set_topics(self, ids: tuple[int, ...]) -> None:
        """The person has chosen what it is about."""
        self._base = replace(self._base, topics=ids)
        self._show_topics()
        self.edited.emit()

    def take_off_agenda(self) -> None:
        """Take it from the agenda item: it waits for another."""
        self._base = replace(self._base, agenda_item_id=None)
        self.state.setCurrentIndex(self.state.findData(VoiceState.RECEIVED.value))
        self.edited.emit()

    def go_on_to(self, state: VoiceState, today: date) -> None:
        """Begin to write the next step: the state moves on, and the cursor stands where its words belong."""
        self.state.setCurrentIndex(self.state.findData(state.value))
        if state is VoiceState.ANSWERED and not self.answered_on.line.text().strip():
            self.answered_on.line.setText(format_date(today))
        field = self.response if state is VoiceState.ANSWERED else self.reflected
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_content(self) -> None:
        """Put the cursor where one writes what was said."""
        self.content.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        if not self._is_filling:
            self.edited.emit()

    def _show_topics(self) -> None:
        self.topics.show_links(self._base.topics, self._names)

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        heard = Card("いただいた声")
        fields = FieldColumn()
        fields.add_field(LABELS["content"], self.content)
        fields.add_field(LABELS["heard_from"], self.heard_from, NO_NAMES)
        fields.add_field(LABELS["received_on"], self.received_on)
        fields.add_field(LABELS["organisation"], self.organisation)
        heard.body.addLayout(fields)
        about = Card(LABELS["topics"])
        about.body.addWidget(self.topics)
        row = QHBoxLayout()
        row.addWidget(self.choose_button)
        row.addStretch(1)
        about.body.addLayout(row)
        became = Card("その後")
        rest = FieldColumn()
        rest.add_field(LABELS["state"], self.state)
        rest.add_field(
            LABELS["reflected"], self.reflected, "取組・資料・場の運営などに、どう生かしたかを書きます。"
        )
        rest.add_field(LABELS["response"], self.response, "どこで、どう伝えたかを書きます。")
        rest.add_field(LABELS["answered_on"], self.answered_on)
        became.body.addLayout(rest)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in (heard, became, about):
            column.addWidget(card)

    def _connect(self) -> None:
        self.topics.wanted.connect(self.topic_wanted)
        for field in (self.content, self.reflected, self.response):
            field.textChanged.connect(self._edited)
        for day in (self.received_on, self.answered_on):
            day.line.textChanged.connect(self._edited)
        self.heard_from.editTextChanged.connect(self._edited)
        self.organisation.changed.connect(self._edited)
        self.state.currentIndexChanged.connect(self._edited)
