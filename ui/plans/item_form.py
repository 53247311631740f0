"""The form of one item of a plan: its number, its official wording, its longer text, and what is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from app.calendar import fiscal_year_label
from app.outcomes.queries import ReviewMark
from app.plans.operations import ItemValues
from app.plans.queries import ItemRow, PlanRow
from app.records import RecordKey
from app.text import clean, excerpt
from ui.plans import places
from ui.plans.places import Offer
from ui.plans.tree_model import ended_label
from ui.widgets.button import Button
from ui.widgets.fields import FieldColumn
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import PlainLabel, WrapLabel

OFFICIAL = (
    "公式の文言です。字句の修正だけにしてください。内容が変わるときは、終了して新しい項目を追加します。"
)


@dataclass(frozen=True, slots=True)
class ItemContext:
    """What the form shows around the fields. ``item`` is None for one that is being added as ``offer`` says."""

    plan: PlanRow
    above: tuple[ItemRow, ...]
    item: ItemRow | None = None
    offer: Offer | None = None
    reviews: tuple[ReviewMark, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of the item, in full."""
        if self.item is not None:
            return self.item.kind.label
        assert self.offer is not None
        return self.offer.kind.label

    @property
    def body_label(self) -> str:
        """What the longer text is called."""
        kind = self.item.kind if self.item else self.offer.kind if self.offer else None
        return kind.body_label if kind else ""


class ItemForm(QWidget):
    """Fields of an item. It knows nothing of the ledger: ``edited`` says that something was typed, the page does the rest.

    ``foot`` holds the buttons; the page puts it where it is always in sight.
    """

    edited = Signal()
    save_wanted = Signal()
    revert_wanted = Signal()
    end_wanted = Signal(object)
    """The fiscal year after which the item ends, or None to take the end back."""

    review_wanted = Signal(object)
    """The RecordKey of a review to look at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: ItemContext | None = None
        self._shown = ItemValues("", "", "")
        self.path = WrapLabel("", "note")
        self.kind = PlainLabel("", "section")
        self.state = PlainLabel("", "muted")
        self.number = QLineEdit()
        # The number is official wording: ① and １ stay as they were typed, so this is no folding field.
        self.number.setMaxLength(40)
        self.number.setMaximumWidth(160)
        self.wording, self.body = GrowingText(2, 8), GrowingText(4, 24)
        self.caution = WrapLabel(OFFICIAL, "note")
        self.save_button = Button("保存", self.save_wanted.emit, "primary", "save", tip="保存（Ctrl+S）")
        # A click leaves the keys in the field: the button goes grey and would hand them to the navigation.
        self.save_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.revert_button = Button("入力を取り消す", self.revert_wanted.emit, tip="保存した内容に戻します")
        self.end_button = Button("終了にする", tip="最後の年度を選びます。これまでの記録は残ります")
        self.resume_button = Button("終了を取り消す", self._resume)
        self._years = QMenu(self)
        self.end_button.setMenu(self._years)
        self._years.triggered.connect(self._end)
        self._reviews = _ReviewLine()
        self._reviews.wanted.connect(self.review_wanted)
        self._lay_out()
        for field in (self.number, self.wording, self.body):
            field.textChanged.connect(self._typed)

    def show_item(self, context: ItemContext, stored: ItemValues, typed: ItemValues | None = None) -> None:
        """Show an item as it is stored, or what was ``typed`` into it and not saved."""
        self._context = context
        self._shown = tidy(stored)
        values = typed or stored
        self.path.setText("　›　".join(_crumb(one) for one in context.above) or context.plan.title)
        new = "新しい" if context.item is None else ""
        self.kind.setText(f"{new}{context.kind}")
        self.state.setText(ended_label(context.item) if context.item else "")
        self._body_label.setText(context.body_label)
        self.body.setAccessibleName(context.body_label)
        for field, text in ((self.wording, values.title), (self.body, values.body)):
            if field.toPlainText() != text:
                field.setPlainText(text)
        if self.number.text() != values.number:
            self.number.setText(values.number)
        self._show_around(context)
        self._typed()

    def values(self) -> ItemValues:
        """What the fields hold, as it may be stored."""
        return tidy(ItemValues(self.number.text(), self.wording.toPlainText(), self.body.toPlainText()))

    @property
    def is_dirty(self) -> bool:
        """Whether the fields hold something else than what is stored."""
        return self._context is not None and self.values() != self._shown

    def focus_wording(self) -> None:
        """Put the cursor where the wording is typed."""
        self.wording.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.kind)
        head.addWidget(self.state, 1)
        fields = FieldColumn()
        fields.add_field("番号", self.number)
        fields.add_field("本文", self.wording)
        fields.addWidget(self.caution)
        self._body_label = fields.add_field("説明", self.body)
        self.foot = QWidget()
        buttons = QHBoxLayout(self.foot)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.revert_button)
        buttons.addStretch(1)
        buttons.addWidget(self.end_button)
        buttons.addWidget(self.resume_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.path)
        column.addLayout(head)
        column.addSpacing(4)
        column.addLayout(fields)
        column.addWidget(self._reviews)
        column.addStretch(1)

    def _show_around(self, context: ItemContext) -> None:
        item = context.item
        self.caution.setVisible(bool(context.reviews))
        self._reviews.show_reviews(context.reviews)
        self.end_button.setVisible(item is not None and item.ended_in is None)
        self.resume_button.setVisible(item is not None and item.ended_in is not None)
        self._years.clear()
        for year in context.plan.fiscal_years:
            action = QAction(f"{fiscal_year_label(year)}を最後に終了", self._years)
            action.setData(year)
            self._years.addAction(action)
        self.revert_button.setText("追加をやめる" if item is None else "入力を取り消す")
        self.save_button.setText("追加する" if item is None else "保存")

    def _typed(self) -> None:
        dirty = self.is_dirty
        is_new = self._context is not None and self._context.item is None
        self.save_button.setEnabled(dirty)
        self.revert_button.setEnabled(dirty or is_new)
        self.edited.emit()

    def _end(self, action: QAction) -> None:
        self.end_wanted.emit(action.data())

    def _resume(self) -> None:
        self.end_wanted.emit(None)


def tidy(values: ItemValues) -> ItemValues:
    """The values without blanks at their ends and without characters that no file can hold."""
    return ItemValues(clean(values.number).strip(), clean(values.title).strip(), clean(values.body).strip())


class _ReviewLine(QWidget):
    """How many reviews stand on an item, with a button for each year."""

    wanted = Signal(object)
    """The RecordKey of a review."""

    def __init__(self) -> None:
        super().__init__()
        self.label = PlainLabel("", "muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 4, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self.label)
        self._row.addStretch(1)
        self._buttons: list[Button] = []

    def show_reviews(self, reviews: Sequence[ReviewMark]) -> None:
        """Show these reviews; nothing where there is none."""
        self.setVisible(bool(reviews))
        self.label.setText(f"到達状況の確認：{len(reviews)}件")
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for place, review in enumerate(reviews):
            button = Button(fiscal_year_label(review.fiscal_year), self._clicked, "link")
            button.setProperty("review", review.id)
            self._row.insertWidget(1 + place, button)
            self._buttons.append(button)

    def _clicked(self) -> None:
        self.wanted.emit(RecordKey("outcome_review", self.sender().property("review")))


def _crumb(item: ItemRow) -> str:
    return (
        f"{places.short_label(item.kind)} {item.number}".strip()
        if item.number
        else excerpt(item.title, length=16)
    )
