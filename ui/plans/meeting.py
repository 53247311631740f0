"""Banners over the form: two people's texts that meet, an item that was removed under one's hands, a new item left unfinished."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.plans.operations import ItemValues
from ui import theme
from ui.plans.kept import Kept, fields_of
from ui.plans.places import Offer
from ui.plans.plan_form import PlanTyped
from ui.widgets.button import Button
from ui.widgets.containers import Banner
from ui.widgets.text import WrapLabel
from ui.widgets.two_texts import Contested, TwoTexts

_LABELS = {
    ItemValues: {"number": "番号", "title": "本文", "body": "説明"},
    PlanTyped: {
        "title": "名称",
        "edition": "期",
        "publisher": "発行者",
        "period_from": "開始年度",
        "period_to": "終了年度",
        "preface": "まえがき",
    },
}


class MeetingBanner(QFrame):
    """Nothing typed is lost: it shows what both have written into the same fields, and lets the person decide."""

    decided = Signal(object)
    """The names of the fields in which the other's text is to stand (a frozenset)."""
    renew = Signal()
    drop = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_look(self, "caution")
        self.message = WrapLabel("", "problem")
        self.text = WrapLabel("", selectable=True)
        self.texts = TwoTexts()
        self.decide_button = Button("選んだ内容で保存する", self._decide)
        self.renew_button = Button("新しい項目として書き直す", self.renew.emit)
        self.drop_button = Button("入力を捨てる", self.drop.emit)
        buttons = QHBoxLayout()
        for button in (self.decide_button, self.renew_button, self.drop_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self.message)
        column.addWidget(self.text)
        column.addWidget(self.texts)
        column.addLayout(buttons)
        self.hide()

    def show_conflict(self, kept: Kept | None) -> None:
        """Show what another has saved while this was typed; nothing where no one has."""
        theirs = kept.theirs if kept is not None else None
        self._show_parts(conflict=True)
        if kept is not None and theirs is not None:
            self.message.setText(
                "入力している間に、ほかの人が同じところを変更しました。どちらの内容にするかを選んでください。"
                "ほかのところは、それぞれが入力したとおりに残ります。"
            )
            labels, mine, others = _LABELS[type(theirs)], fields_of(kept.values), fields_of(theirs)
            self.texts.show_fields(
                [Contested(name, labels[name], mine[name], others[name]) for name in kept.contested]
            )
        self.setVisible(theirs is not None)

    def show_lost(self, kept: Kept | None) -> None:
        """Show the text of an item that somebody has removed."""
        self._show_parts(conflict=False)
        if kept is not None and isinstance(kept.values, ItemValues):
            self.message.setText(
                "入力していた項目は、ほかの操作で削除されました。入力した内容は残っています。"
            )
            self.text.setText(f"{kept.values.number} {kept.values.title}".strip())
        self.setVisible(kept is not None)

    def _decide(self) -> None:
        self.decided.emit(self.texts.theirs())

    def _show_parts(self, conflict: bool) -> None:
        self.text.setVisible(not conflict)
        self.texts.setVisible(conflict)
        self.decide_button.setVisible(conflict)
        self.renew_button.setVisible(not conflict)
        self.drop_button.setVisible(not conflict)


class NewItemBanner(Banner):
    """Leads back to a new item whose text was left unfinished."""

    go_on = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "banner", parent)
        self.button = Button("続きを書く", self.go_on.emit)
        self.add(self.button)
        self.hide()

    def show_offer(self, offer: Offer | None) -> None:
        """Show that such an item waits; nothing where there is none."""
        if offer is not None:
            self.label.setText(f"書きかけの新しい「{offer.kind.label}」があります。")
        self.setVisible(offer is not None)
