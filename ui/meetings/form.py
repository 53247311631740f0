"""The form of a meeting: which one it is, when and where, what it serves, who leads it, and what its notice says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.meetings.queries import KindRow
from app.organisations.queries import DistrictRow
from ui.meetings.day_field import MeetingDayField
from ui.meetings.typed import LABELS, PURPOSES, READ, TEXTS, Typed, tidy
from ui.widgets.containers import Card
from ui.widgets.fields import ComboBox, DateField, FieldColumn, FoldingLineEdit, ReadField, TimeField
from ui.widgets.flow import FlowRow
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import WrapLabel
from ui.widgets.tiles import TileGrid

_LONG = {"invitation": 4, "note": 2}
"""Fields of several lines, and how many they show at least."""

_HINTS = {
    "number": "年度の中で数える番号です。空にすると、回数に数えません。",
    "title": "空のときは「令和8年度第2回全体会」のように、種類と回から名前が付きます。",
    "online": "例：Zoom（IDは開催通知に記載）",
    "headcount": "出席者の名前を残していない会議の人数です。名前があるときは、名簿から数えます。",
}

PURPOSE_HELP = (
    "「どの場で共有し、どの場で話し合い、どの場で取組・役割分担を決定し、どの場で振返りをするか」を明確化する"
    "ことが重要です（横浜市 連携の考え方）。この会議でするものに印を付けてください。"
)

_NARROW = 8
"""Below this many characters of width, fields that stand side by side go under each other."""

AnyField = QLineEdit | GrowingText | ReadField


class MeetingForm(QWidget):
    """Fields of a meeting. It knows nothing of the ledger: ``edited`` says that something was typed."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self._base: Typed | None = None
        self._kinds: tuple[KindRow, ...] = ()
        self.fields: dict[str, AnyField] = {name: _text_field(name) for name in TEXTS}
        self.fields |= {name: _read_field(name) for name in READ}
        self.kind, self.district = ComboBox(), ComboBox()
        self.purposes = {name: QCheckBox(LABELS[name]) for name in PURPOSES}
        self._holders: dict[str, QWidget] = {}
        self._lay_out()
        self._connect()

    def show_lists(self, kinds: Sequence[KindRow], districts: Sequence[DistrictRow]) -> None:
        """Offer the office's kinds of meeting and its districts."""
        self._is_filling = True
        self._kinds = tuple(kinds)
        _fill(self.kind, [(row.name, row.id) for row in kinds])
        _fill(self.district, [("（なし）", None), *((row.name, row.id) for row in districts)])
        self._is_filling = False

    def show_typed(self, typed: Typed) -> None:
        """Show what is stored or was typed; where a field shows it already, the cursor stays."""
        self._base = typed
        self._is_filling = True
        self.kind.setCurrentIndex(self.kind.findData(typed.values.meeting_kind_id))
        self.district.setCurrentIndex(max(0, self.district.findData(typed.values.district_id)))
        for name, box in self.purposes.items():
            box.setChecked(getattr(typed.values, name))
        for name, field in self.fields.items():
            _show(field, typed.text_of(name) if name in READ else getattr(typed.values, name))
        self._is_filling = False
        self._fit_kind()

    def typed(self) -> Typed:
        """What the fields hold."""
        assert self._base is not None
        values: dict[str, Any] = {name: tidy(_text(self.fields[name])) for name in TEXTS}
        values |= {name: box.isChecked() for name, box in self.purposes.items()}
        kind_id = self.kind.currentData()
        values["meeting_kind_id"] = self._base.values.meeting_kind_id if kind_id is None else kind_id
        values["district_id"] = self._district(values["meeting_kind_id"])
        entered = tuple(_text(self.fields[name]).strip() for name in READ)
        return Typed(replace(self._base.values, **values), entered)

    def set_locked(self, is_locked: bool) -> None:
        """Whether the fields can only be read."""
        for field in self.fields.values():
            line = field.line if isinstance(field, ReadField) else field
            line.setReadOnly(is_locked)
        for widget in (self.kind, self.district, *self.purposes.values()):
            widget.setEnabled(not is_locked)

    def focus_first(self) -> None:
        """Put the cursor where one begins to write."""
        self.fields["held_on"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def _is_by_district(self) -> bool:
        return any(row.is_by_district for row in self._kinds if row.id == self.kind.currentData())

    def _district(self, meeting_kind_id: int) -> int | None:
        """The district; of another kind that is not held by district, none."""
        assert self._base is not None
        if self._is_by_district:
            found: int | None = self.district.currentData()
            return found
        same_kind = meeting_kind_id == self._base.values.meeting_kind_id
        return self._base.values.district_id if same_kind else None

    def _edited(self) -> None:
        if not self._is_filling:
            self._fit_kind()
            self.edited.emit()

    def _fit_kind(self) -> None:
        """The district is asked only where the kind is held by district."""
        self._holders["district_id"].setVisible(self._is_by_district)

    def _connect(self) -> None:
        for field in self.fields.values():
            line = field.line if isinstance(field, ReadField) else field
            line.textChanged.connect(self._edited)
        for choice in (self.kind, self.district):
            choice.currentIndexChanged.connect(self._edited)
        for box in self.purposes.values():
            box.toggled.connect(self._edited)

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(
            self._card(
                "日時と場所",
                ("meeting_kind_id", "number"),
                ("district_id",),
                ("held_on",),
                ("starts_at", "ends_at"),
                ("place",),
                ("online",),
                ("theme",),
                ("title",),
            )
        )
        purposes = Card("この会議ですること")
        purposes.body.addWidget(FlowRow(*self.purposes.values(), spacing=16))
        purposes.body.addWidget(WrapLabel(PURPOSE_HELP, "note"))
        for box in self.purposes.values():
            box.setAccessibleDescription(PURPOSE_HELP)
        column.addWidget(purposes)
        column.addWidget(self._card("進行", ("chair", "minute_taker")))
        column.addWidget(
            self._card("開催の案内", ("document_number", "notified_on"), ("answer_by",), ("invitation",))
        )
        column.addWidget(self._card("そのほか", ("next_meeting",), ("headcount",), ("note",)))

    def _card(self, title: str, *lines: Sequence[str]) -> Card:
        card = Card(title)
        card.body.setSpacing(12)
        for names in lines:
            if len(names) == 1:
                card.body.addWidget(self._field(names[0]))
                continue
            pair = TileGrid(_NARROW)
            pair.set_tiles([self._field(name) for name in names])
            card.body.addWidget(pair)
        return card

    def _field(self, name: str) -> QWidget:
        holder = self._holders[name] = QWidget()
        # Side by side with others it takes the width that there is.
        holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = FieldColumn(holder)
        column.setContentsMargins(0, 0, 0, 0)
        widget: QWidget = {"meeting_kind_id": self.kind, "district_id": self.district}.get(
            name
        ) or self.fields[name]
        widget.setAccessibleName(LABELS[name])
        column.add_field(LABELS[name], widget, _HINTS.get(name, ""))
        column.addStretch(1)
        return holder


def _text_field(name: str) -> QLineEdit | GrowingText:
    return GrowingText(_LONG[name], 14) if name in _LONG else QLineEdit()


def _read_field(name: str) -> AnyField:
    if name in ("starts_at", "ends_at"):
        return TimeField(LABELS[name])
    if name == "held_on":
        return MeetingDayField(LABELS[name])
    return DateField(LABELS[name]) if name in ("notified_on", "answer_by") else FoldingLineEdit()


def _text(field: AnyField) -> str:
    if isinstance(field, ReadField):
        return field.line.text()
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _show(field: AnyField, text: str) -> None:
    if _text(field) == text:
        return
    if isinstance(field, ReadField):
        field.set_text(text)
    elif isinstance(field, QLineEdit):
        field.setText(text)
        field.setCursorPosition(0)
    else:
        field.setPlainText(text)


def _fill(choice: QComboBox, entries: Sequence[tuple[str, object]]) -> None:
    kept = choice.currentData()
    choice.clear()
    for label, value in entries:
        choice.addItem(label, value)
    choice.setCurrentIndex(max(0, choice.findData(kept)))
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(8)
