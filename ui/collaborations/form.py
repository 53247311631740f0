"""The form of a 連携した取組, laid out as its PDCA: what is wanted, who does what and what was done, what came of it, what is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.calendar import format_date
from app.collaborations.examples import Example, Examples
from db.vocabulary import CollaborationState
from ui.collaborations.activities_editor import ActivitiesEditor, labelled
from ui.collaborations.partners_editor import PartnersEditor
from ui.collaborations.states import state_words
from ui.collaborations.typed import LABELS, LONGEST_LINE, NARRATIVE, Typed, tidy
from ui.widgets.button import Button
from ui.widgets.containers import Card
from ui.widgets.fields import ComboBox, DateField, FieldColumn
from ui.widgets.flow import FlowRow
from ui.widgets.growing_text import GrowingText
from ui.widgets.link_buttons import LinkButtons
from ui.widgets.organisation_field import OrganisationChoice
from ui.widgets.text import WrapLabel
from ui.widgets.tiles import TileGrid

_NARROW = 12

_CARDS = (
    ("P　計画", ("origin", "issue", "aim", "image")),
    ("D　実施", ("partners", "activities")),
    ("C　成果と振り返り", ("result", "learned", "reviewed_on")),
    ("A　次に取り組むこと", ("next_step",)),
)
_HELP = {
    "issue": "担い手が共有した、親子の状況や地域の課題を書きます。お名前は書きません。",
    "aim": "関わる人がみな同じに思い描けるように書きます。",
    "result": "親子や地域がどう変わったかを書きます。",
    "learned": "取組が、いまの親子を支えるものになっているかを確かめて書きます。",
}


class CollaborationForm(QWidget):
    """Fields of a collaboration. It knows nothing of the ledger: ``edited`` says that something was typed."""

    edited = Signal()
    topics_wanted = Signal()
    topic_wanted = Signal(int)
    """The id of a plan item that the person wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self._base = Typed()
        self._names: Mapping[int, str] = {}
        self._examples = Examples("", ())
        self._offered: int | None = None
        self.title = QLineEdit()
        self.title.setMaxLength(LONGEST_LINE)
        self.step, self.state, self.district = ComboBox(), ComboBox(), ComboBox()
        for one in CollaborationState:
            self.state.addItem(state_words(one), one.value)
        self.days = {name: DateField(LABELS[name]) for name in ("started_on", "ended_on", "reviewed_on")}
        self.texts = {name: GrowingText(1 if name == "note" else 2, 14) for name in NARRATIVE}
        self.partners, self.activities = PartnersEditor(), ActivitiesEditor()
        self.example = ComboBox()
        self.hints: dict[str, WrapLabel] = {}
        self.topics = LinkButtons("outcomes", "到達イメージ")
        self.choose_button = Button("到達イメージを選ぶ…", self.topics_wanted.emit, icon_name="outcomes")
        self._lay_out()
        self._connect()

    def show_lists(
        self,
        organisations: Sequence[OrganisationChoice],
        districts: Mapping[int, str],
        steps: Mapping[int, str],
        examples: Examples,
    ) -> None:
        """Offer these organisations, districts, steps and examples."""
        self._is_filling = True
        self.partners.show_choices(organisations)
        _offer(self.district, "（地区を決めない）", districts)
        _offer(self.step, "（連携ステップを決めない）", steps)
        if examples != self._examples:
            self._examples = examples
            names = {
                place: f"ステップ{one.step}　{one.title}" for place, one in enumerate(examples.practices)
            }
            _offer(self.example, "（例を見ない）", names)
        self._is_filling = False

    def show_names(self, names: Mapping[int, str]) -> None:
        """What plan items are called; those told before are remembered, as one may be chosen and not yet saved."""
        known = {**self._names, **names}
        if known != self._names:
            self._names = known
            self._show_topics()

    def show_typed(self, typed: Typed) -> None:
        """Show what is stored or was typed; where a field shows it already, the cursor stays."""
        self._base = typed
        self._is_filling = True
        if tidy(self.title.text()) != typed.title:
            self.title.setText(typed.title)
            self.title.setCursorPosition(0)
        self.step.setCurrentIndex(max(0, self.step.findData(typed.step_number)))
        self.state.setCurrentIndex(self.state.findData(typed.state.value))
        self.district.setCurrentIndex(max(0, self.district.findData(typed.district_id)))
        for name, day in self.days.items():
            if day.line.text().strip() != getattr(typed, name):
                day.set_text(getattr(typed, name))
        for name, field in self.texts.items():
            if tidy(field.toPlainText()) != getattr(typed, name):
                field.setPlainText(getattr(typed, name))
        self.partners.show_partners(typed.partners)
        self.activities.show_activities(typed.activities)
        self._show_topics()
        self._is_filling = False
        self._show_hints()

    def typed(self) -> Typed:
        """What the fields hold."""
        texts: dict[str, Any] = {name: tidy(field.toPlainText()) for name, field in self.texts.items()}
        texts |= {name: day.line.text().strip() for name, day in self.days.items()}
        return replace(
            self._base,
            title=tidy(self.title.text()),
            step_number=self.step.currentData(),
            state=CollaborationState(self.state.currentData()),
            district_id=self.district.currentData(),
            partners=self.partners.partners(),
            activities=self.activities.activities(),
            **texts,
        )

    def set_topics(self, ids: tuple[int, ...]) -> None:
        """The person has chosen what it serves."""
        self._base = replace(self._base, topics=ids)
        self._show_topics()
        self.edited.emit()

    def go_on_to(self, field: str, today: date) -> None:
        """Begin to write what is still missing: the cursor stands where its words belong, and a look-back has its day."""
        if field == "partners":
            self.partners.add()
        elif field == "activities":
            self.activities.add()
        elif field == "reviewed_on":
            self.days[field].line.setText(format_date(today))
            self.days[field].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.texts[field].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_title(self) -> None:
        """Put the cursor where one begins to write."""
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, field: str) -> None:
        """Put the cursor where something is wrong: ``InputError.field`` of the operations and of ``Typed.ready``."""
        name, *place = field.split("/")
        if name == "partners":
            self.partners.go_to(int(place[0]))
        elif name == "activities":
            self.activities.go_to(int(place[0]), place[1])
        else:
            fields = {"title": self.title, "step_number": self.step, **self.days}
            fields[name].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen_example(self) -> Example | None:
        """The example beside which one writes."""
        place = self.example.currentData()
        return None if place is None else self._examples.practices[place]

    def _edited(self) -> None:
        if not self._is_filling:
            self._show_hints()
            self.edited.emit()

    def _show_hints(self) -> None:
        """An example stands under each field that is empty."""
        typed, example = self.typed(), self.chosen_example
        for name, hint in self.hints.items():
            words = example.texts.get(name, "") if example is not None else ""
            hint.setText(f"例：{words}" if words else "")
            hint.setVisible(bool(words) and not getattr(typed, name))
        empty = any(not getattr(typed, name) for name in self.hints)
        self.source.setText(self._examples.source if example is not None else "")
        self.source.setVisible(example is not None)
        self.example_card.setVisible(empty)

    def hide_example(self) -> None:
        """Another record comes into view: the example beside the one before does not belong to it."""
        self._offered = None
        self.example.setCurrentIndex(0)

    def _offer_example(self) -> None:
        """Who begins to write at a step sees how one of that step is written, until they choose an example themselves."""
        typed, chosen = self.typed(), self.example.currentData()
        if chosen == self._offered and not (typed.origin or typed.issue or typed.aim):
            steps = [one.step for one in self._examples.practices]
            self._offered = steps.index(typed.step_number) if typed.step_number in steps else None
            self.example.setCurrentIndex(max(0, self.example.findData(self._offered)))

    def _show_topics(self) -> None:
        self.topics.show_links(self._base.topics, self._names)
        for first, second in pairwise([self.texts["next_step"], *self.topics.buttons, self.choose_button]):
            self.setTabOrder(first, second)

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        head = Card("取組")
        first = FieldColumn()
        first.add_field(LABELS["title"], self.title)
        first.add_field(LABELS["step_number"], self.step, "どのステップにあたる取組かを選びます。")
        head.body.addLayout(first)
        head.body.addSpacing(4)
        beside: dict[str, QWidget] = {"state": self.state, "district_id": self.district}
        beside |= {name: self.days[name] for name in ("started_on", "ended_on")}
        pairs = TileGrid(_NARROW)
        pairs.set_tiles([labelled(LABELS[name], field) for name, field in beside.items()])
        head.body.addWidget(pairs)
        self.example_card = Card("例を見ながら書く", look="quiet-card")
        self.source = WrapLabel("", "note")
        self.example.setAccessibleName("書き方の例")
        self.example_card.body.addWidget(self.example)
        self.example_card.body.addWidget(self.source)
        for choice in (self.step, self.district, self.example):
            choice.setSizeAdjustPolicy(choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(8)
        cards = [head, self.example_card, *(self._card(title, names) for title, names in _CARDS)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in (*cards, self._topics_card(), self._note_card()):
            column.addWidget(card)

    def _card(self, title: str, names: Sequence[str]) -> Card:
        card = Card(title)
        fields = FieldColumn()
        own = {"partners": self.partners, "activities": self.activities, **self.days, **self.texts}
        for name in names:
            fields.add_field(LABELS[name], own[name], _HELP.get(name, ""))
            if name not in self.days:
                hint = self.hints[name] = WrapLabel("", "note")
                hint.hide()
                fields.addWidget(hint)
        card.body.addLayout(fields)
        return card

    def _topics_card(self) -> Card:
        card = Card(LABELS["topics"])
        card.body.addWidget(self.topics)
        card.body.addWidget(FlowRow(self.choose_button))
        return card

    def _note_card(self) -> Card:
        card = Card()
        fields = FieldColumn()
        fields.add_field(LABELS["note"], self.texts["note"])
        card.body.addLayout(fields)
        return card

    def _connect(self) -> None:
        self.topics.wanted.connect(self.topic_wanted)
        self.title.textChanged.connect(self._edited)
        for choice in (self.step, self.state, self.district):
            choice.currentIndexChanged.connect(self._edited)
        self.step.activated.connect(self._offer_example)
        self.step.currentTextChanged.connect(self.step.setToolTip)
        for day in self.days.values():
            day.line.textChanged.connect(self._edited)
        for field in self.texts.values():
            field.textChanged.connect(self._edited)
        self.partners.edited.connect(self._edited)
        self.activities.edited.connect(self._edited)
        self.example.currentIndexChanged.connect(self._show_hints)


def _offer(choice: ComboBox, nothing: str, names: Mapping[int, str]) -> None:
    """Offer these under their names, with the one in view as it was; nothing happens where they are offered already."""
    entries = [(nothing, None), *((name, key) for key, name in names.items())]
    if entries == [(choice.itemText(place), choice.itemData(place)) for place in range(choice.count())]:
        return
    key = choice.currentData()
    choice.clear()
    for text, data in entries:
        choice.addItem(text, data)
    choice.setCurrentIndex(max(0, choice.findData(key)))
