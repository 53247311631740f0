"""Banners over the form: two people's texts that meet, an item that was removed under one's hands, a new item left unfinished."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.plans.operations import ItemValues
from ui import theme
from ui.plans.kept import Kept, Values
from ui.plans.places import Offer
from ui.plans.plan_form import PlanTyped
from ui.widgets.button import Button
from ui.widgets.containers import Banner
from ui.widgets.text import WrapLabel

_ITEM_FIELDS = (("番号", "number"), ("本文", "title"), ("説明", "body"))
_PLAN_FIELDS = (
    ("名称", "title"),
    ("期", "edition"),
    ("発行者", "publisher"),
    ("開始年度", "period_from"),
    ("終了年度", "period_to"),
    ("まえがき", "preface"),
)


def differing(mine: Values, theirs: Values) -> list[tuple[str, str]]:
    """The fields in which another's text differs from what was typed: their names, and the other's text."""
    fields = _PLAN_FIELDS if isinstance(theirs, PlanTyped) else _ITEM_FIELDS
    return [
        (label, getattr(theirs, field) or "（空）")
        for label, field in fields
        if getattr(theirs, field) != getattr(mine, field)
    ]


class MeetingBanner(QFrame):
    """Nothing typed is lost: it says what the other has written, and lets the person decide."""

    mine = Signal()
    theirs = Signal()
    renew = Signal()
    drop = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_look(self, "caution")
        self.message = WrapLabel("", "problem")
        self.text = WrapLabel("", selectable=True)
        self.mine_button = Button("自分の入力で保存する", self.mine.emit)
        self.theirs_button = Button("ほかの人の内容にする", self.theirs.emit)
        self.renew_button = Button("新しい項目として書き直す", self.renew.emit)
        self.drop_button = Button("入力を捨てる", self.drop.emit)
        buttons = QHBoxLayout()
        for button in (self.mine_button, self.theirs_button, self.renew_button, self.drop_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self.message)
        column.addWidget(self.text)
        column.addLayout(buttons)
        self.hide()

    def show_conflict(self, kept: Kept | None) -> None:
        """Show what another has saved while this was typed; nothing where no one has."""
        theirs = kept.theirs if kept is not None else None
        self._show_buttons(conflict=True)
        if kept is not None and theirs is not None:
            self.message.setText(
                "入力している間に、ほかの人がこの内容を変更しました。いまの内容は次のとおりです。"
            )
            self.text.setText("\n".join(f"{label}：{text}" for label, text in differing(kept.values, theirs)))
        self.setVisible(theirs is not None)

    def show_lost(self, kept: Kept | None) -> None:
        """Show the text of an item that somebody has removed."""
        self._show_buttons(conflict=False)
        if kept is not None and isinstance(kept.values, ItemValues):
            self.message.setText(
                "入力していた項目は、ほかの操作で削除されました。入力した内容は残っています。"
            )
            self.text.setText(f"{kept.values.number} {kept.values.title}".strip())
        self.setVisible(kept is not None)

    def _show_buttons(self, conflict: bool) -> None:
        self.mine_button.setVisible(conflict)
        self.theirs_button.setVisible(conflict)
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
