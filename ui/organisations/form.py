"""The form of an organisation: what it is, where it is reached, when it is open, what it sends out and what it can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.organisations.operations import OrganisationValues
from app.organisations.queries import Lists
from db.vocabulary import Opening
from ui.organisations.channels_editor import ChannelsEditor
from ui.organisations.typed import EMPTY, FOLDED, LABELS, TEXTS, Typed, tidy
from ui.widgets.button import Button
from ui.widgets.containers import Card
from ui.widgets.fields import ComboBox, DateField, FieldColumn, FoldingLineEdit
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import WrapLabel
from ui.widgets.tiles import TileGrid

_LONG = {"audience": 1, "strengths": 2, "offers": 2, "note": 2}
"""Fields of several lines, and how many they show at least."""

_CHOICES = ("organisation_category_id", "district_id", "service_type_id", "opening")

_HINTS = {
    "kana": "名簿の五十音順と検索に使います。",
    "short_name": "一覧や表で短く書くときの名前です。",
    "strengths": "例：外国につながる親子の支援、0歳児の講座",
    "offers": "例：会場の貸し出し、出張講座、チラシの配架",
}

_NARROW = 8
"""Below this many characters of width, fields that stand side by side go under each other."""


class OrganisationForm(QWidget):
    """Fields of an organisation. It knows nothing of the ledger: ``edited`` says that something was typed, the page does the rest.

    ``foot`` holds the buttons; the page puts it where it is always in sight.
    """

    edited = Signal()
    save_wanted = Signal()
    revert_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = EMPTY
        self._is_new = True
        self._is_filling = False
        self.texts: dict[str, QLineEdit | GrowingText] = {name: _text_field(name) for name in TEXTS}
        self.choices = {name: ComboBox() for name in _CHOICES}
        self.member_from, self.member_to = DateField("入会日"), DateField("退会日")
        self.uses_tag = QCheckBox("「#金沢っこ」を付けて発信している")
        self.channels = ChannelsEditor()
        self.save_button = Button("保存", self.save_wanted.emit, "primary", "save", tip="保存（Ctrl+S）")
        # A click leaves the keys in the field: the button goes grey and would hand them to the navigation.
        self.save_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.revert_button = Button("入力を取り消す", self.revert_wanted.emit, tip="保存した内容に戻します")
        self._lay_out()
        self._connect()
        self.show_lists(Lists((), (), (), ()))

    @property
    def name(self) -> QLineEdit:
        """The field of the full name."""
        field = self.texts["name"]
        assert isinstance(field, QLineEdit)
        return field

    def show_lists(self, lists: Lists) -> None:
        """Offer what the office's lists hold."""
        self._is_filling = True
        districts = [
            (f"{row.name}（{row.area}）" if row.area else row.name, row.id) for row in lists.districts
        ]
        _fill(self.choices["organisation_category_id"], [(row.name, row.id) for row in lists.categories])
        _fill(self.choices["district_id"], districts)
        _fill(self.choices["service_type_id"], [(row.name, row.id) for row in lists.service_types])
        _fill(self.choices["opening"], [(one.label, one) for one in Opening])
        self._is_filling = False

    def show_typed(self, stored: Typed, typed: Typed | None = None, is_new: bool = False) -> None:
        """Show what is ``stored``, or what was ``typed`` over it and not saved."""
        self._shown, self._is_new = stored.means(), is_new
        shown = typed or stored
        self._is_filling = True
        for name, field in self.texts.items():
            _show_text(field, getattr(shown.values, name))
        for name, choice in self.choices.items():
            choice.setCurrentIndex(max(0, choice.findData(getattr(shown.values, name))))
        self.uses_tag.setChecked(shown.values.uses_tag)
        self.channels.show_channels(shown.values.channels)
        for day, text in ((self.member_from, shown.member_from), (self.member_to, shown.member_to)):
            if day.line.text() != text:
                day.set_day(None)
                day.line.setText(text)
        self._is_filling = False
        self.revert_button.setText("追加をやめる" if is_new else "入力を取り消す")
        self.save_button.setText("追加する" if is_new else "保存")
        self._show_buttons()

    def typed(self) -> Typed:
        """What the fields hold, as it may be stored."""
        texts: dict[str, Any] = {name: tidy(name, _text(field)) for name, field in self.texts.items()}
        # A combo box gives back the bare word of an enumeration.
        opening = self.choices["opening"].currentData()
        values = OrganisationValues(
            **texts,
            **{name: self.choices[name].currentData() for name in _CHOICES[:-1]},
            opening=Opening(opening) if opening else None,
            uses_tag=self.uses_tag.isChecked(),
            channels=self.channels.channels(),
        )
        return Typed(values, self.member_from.line.text().strip(), self.member_to.line.text().strip())

    @property
    def is_dirty(self) -> bool:
        """Whether the fields hold something else than what is stored."""
        return self.typed().means() != self._shown

    def focus_name(self) -> None:
        """Put the cursor into the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        if not self._is_filling:
            self._show_buttons()
            self.edited.emit()

    def _show_buttons(self) -> None:
        is_dirty = self.is_dirty
        self.save_button.setEnabled(is_dirty)
        self.revert_button.setEnabled(is_dirty or self._is_new)

    def _connect(self) -> None:
        for field in self.texts.values():
            field.textChanged.connect(self._edited)
        for choice in self.choices.values():
            choice.currentIndexChanged.connect(self._edited)
        for day in (self.member_from, self.member_to):
            day.line.textChanged.connect(self._edited)
        self.uses_tag.toggled.connect(self._edited)
        self.channels.edited.connect(self._edited)

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(
            self._card(
                "基本",
                ("name",),
                ("kana", "short_name"),
                ("organisation_category_id", "district_id"),
                ("service_type_id",),
                ("member_from", "member_to"),
            )
        )
        column.addWidget(
            self._card(
                "連絡先",
                ("telephone", "fax"),
                ("postal_code", "mail"),
                ("address",),
                ("building",),
                ("web",),
            )
        )
        column.addWidget(
            self._card(
                "居場所としての情報",
                ("opening", "fee"),
                ("opening_days", "opening_hours"),
                ("venue",),
                ("audience",),
            )
        )
        sending = Card("発信")
        sending.body.addWidget(self.uses_tag)
        sending.body.addWidget(self.channels)
        column.addWidget(sending)
        column.addWidget(self._card("得意なこと・提供できること", ("strengths",), ("offers",)))
        column.addWidget(self._card("備考", ("note",)))
        self.foot = QWidget()
        buttons = QHBoxLayout(self.foot)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.revert_button)
        buttons.addStretch(1)

    def _card(self, title: str, *lines: Sequence[str]) -> Card:
        card = Card(title)
        card.body.setSpacing(12)
        for names in lines:
            if len(names) == 1:
                card.body.addWidget(self._field(names[0], is_alone=title == LABELS[names[0]]))
                continue
            pair = TileGrid(_NARROW)
            pair.set_tiles([self._field(name) for name in names])
            card.body.addWidget(pair)
        return card

    def _field(self, name: str, is_alone: bool = False) -> QWidget:
        """A field under its label; one that stands alone under a heading of the same words needs none."""
        holder = QWidget()
        # Side by side with others it takes the width that there is.
        holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = FieldColumn(holder)
        column.setContentsMargins(0, 0, 0, 0)
        widget = self._widget(name)
        widget.setAccessibleName(LABELS[name])
        if is_alone:
            column.addWidget(widget)
        else:
            column.add_field(LABELS[name], widget)
        hint = _HINTS.get(name)
        if hint and hint.startswith("例") and isinstance(widget, GrowingText):
            widget.setPlaceholderText(hint)
        elif hint:
            column.addWidget(WrapLabel(hint, "note"))
            widget.setAccessibleDescription(hint)
        column.addStretch(1)
        return holder

    def _widget(self, name: str) -> QWidget:
        if name in self.texts:
            return self.texts[name]
        if name in self.choices:
            return self.choices[name]
        return {"member_from": self.member_from, "member_to": self.member_to}[name]


def _text_field(name: str) -> QLineEdit | GrowingText:
    if name in _LONG:
        return GrowingText(_LONG[name], 12)
    return FoldingLineEdit() if name in FOLDED else QLineEdit()


def _text(field: QLineEdit | GrowingText) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _show_text(field: QLineEdit | GrowingText, text: str) -> None:
    """Show a text; where it is shown already, the cursor stays."""
    if _text(field) == text:
        return
    if isinstance(field, QLineEdit):
        field.setText(text)
        field.setCursorPosition(0)
    else:
        field.setPlainText(text)


def _fill(choice: QComboBox, entries: Sequence[tuple[str, object]]) -> None:
    kept = choice.currentData()
    choice.clear()
    choice.addItem("（なし）", None)
    for label, value in entries:
        choice.addItem(label, value)
    choice.setCurrentIndex(max(0, choice.findData(kept)))
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(8)
