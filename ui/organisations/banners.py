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
from ui.widgets.two_texts import Contested, TwoTexts


def _words(typed: Typed, name: str, lists: Lists) -> str:
    value = typed.fields()[name]
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
    """Nothing typed is lost: it shows what both have written into the same fields, and lets the person decide."""

    decided = Signal(object)
    """The names of the fields in which the other's text is to stand (a frozenset)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_look(self, "caution")
        self.message = WrapLabel(
            "入力している間に、ほかの人が同じところを変更しました。どちらの内容にするかを選んでください。"
            "ほかのところは、それぞれが入力したとおりに残ります。"
        )
        self.texts = TwoTexts()
        self.button = Button("選んだ内容で保存する", self._decide)
        buttons = QHBoxLayout()
        buttons.addWidget(self.button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self.message)
        column.addWidget(self.texts)
        column.addLayout(buttons)
        self.hide()

    def show_conflict(self, kept: Kept | None, lists: Lists) -> None:
        """Show what another has saved while this was typed; nothing where no one has."""
        theirs = kept.theirs if kept is not None else None
        if kept is not None and theirs is not None:
            self.texts.show_fields(
                [
                    Contested(
                        name, LABELS[name], _words(kept.values, name, lists), _words(theirs, name, lists)
                    )
                    for name in kept.contested
                ]
            )
        self.setVisible(theirs is not None)

    def _decide(self) -> None:
        self.decided.emit(self.texts.theirs())


class NewBanner(Banner):
    """Leads back to a new organisation whose text was left unfinished."""

    go_on = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("書きかけの新しい団体があります。", "banner", parent)
        self.button = Button("続きを書く", self.go_on.emit)
        self.add(self.button)
        self.hide()
