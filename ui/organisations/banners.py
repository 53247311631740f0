"""Banners over the form: two people's texts that meet, and a new organisation that was left unfinished."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.organisations.queries import CategoryRow, DistrictRow, Lists, ServiceTypeRow
from db.vocabulary import Opening
from ui import theme
from ui.organisations.kept import Kept
from ui.organisations.typed import LABELS, Typed
from ui.widgets.button import Button
from ui.widgets.containers import Banner
from ui.widgets.text import WrapLabel


def differing(mine: Typed, theirs: Typed, lists: Lists) -> list[tuple[str, str]]:
    """The fields in which another's text differs from what was typed: their names, and the other's text."""
    mine, theirs = mine.means(), theirs.means()
    return [
        (label, _words(theirs, name, lists) or "（空）")
        for name, label in LABELS.items()
        if _value(theirs, name) != _value(mine, name)
    ]


def _value(typed: Typed, name: str) -> object:
    return getattr(typed if name in ("member_from", "member_to") else typed.values, name)


def _words(typed: Typed, name: str, lists: Lists) -> str:
    value = _value(typed, name)
    named: dict[str, Sequence[CategoryRow | DistrictRow | ServiceTypeRow]] = {
        "organisation_category_id": lists.categories,
        "district_id": lists.districts,
        "service_type_id": lists.service_types,
    }
    if name in named:
        return next((row.name for row in named[name] if row.id == value), "")
    if name == "channels":
        return "、".join(f"{one.kind.label} {one.address}".strip() for one in typed.values.channels)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return value.label if isinstance(value, Opening) else str(value or "")


class MeetingBanner(QFrame):
    """Nothing typed is lost: it says what the other has written, and lets the person decide."""

    mine = Signal()
    theirs = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_look(self, "caution")
        self.message = WrapLabel(
            "入力している間に、ほかの人がこの団体を変更しました。違っているところの、いまの内容は次のとおりです。"
        )
        self.text = WrapLabel("", selectable=True)
        self.mine_button = Button("自分の入力で保存する", self.mine.emit)
        self.theirs_button = Button("ほかの人の内容にする", self.theirs.emit)
        buttons = QHBoxLayout()
        buttons.addWidget(self.mine_button)
        buttons.addWidget(self.theirs_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self.message)
        column.addWidget(self.text)
        column.addLayout(buttons)
        self.hide()

    def show_conflict(self, kept: Kept | None, lists: Lists) -> None:
        """Show what another has saved while this was typed; nothing where no one has."""
        theirs = kept.theirs if kept is not None else None
        if kept is not None and theirs is not None:
            lines = differing(kept.values, theirs, lists)
            self.text.setText("\n".join(f"{label}：{text}" for label, text in lines))
        self.setVisible(theirs is not None)


class NewBanner(Banner):
    """Leads back to a new organisation whose text was left unfinished."""

    go_on = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("書きかけの新しい団体があります。", "banner", parent)
        self.button = Button("続きを書く", self.go_on.emit)
        self.add(self.button)
        self.hide()
