"""履歴: who changed what in a record, and when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar import format_date
from app.history import FieldChange, RecordChange
from app.text import excerpt
from db.vocabulary import RowAction
from ui.widgets.containers import Card, emptied
from ui.widgets.text import WrapLabel

_NARROWEST = 240
_TEXT_LENGTH = 80


class HistoryView(QWidget):
    """One card per change, the newest first; ``hint`` stands where nothing has been saved yet."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._shown: tuple[RecordChange, ...] | None = None

    def show_changes(self, changes: Sequence[RecordChange]) -> None:
        """Show these changes."""
        if self._shown == tuple(changes):
            return
        self._shown = tuple(changes)
        emptied(self._column)
        if not changes:
            self._column.addWidget(_wrapped(self._hint, "muted"))
        for change in changes:
            self._column.addWidget(_card(change))
        self._column.addStretch()


def _card(change: RecordChange) -> Card:
    card = Card(look="quiet-card")
    card.body.setContentsMargins(12, 8, 12, 8)
    card.body.setSpacing(2)
    at = change.change.at
    card.body.addWidget(_wrapped(f"{format_date(at.date())} {at:%H:%M}　{change.change.actor}", "note"))
    card.body.addWidget(_wrapped(change.change.sentence, ""))
    if change.action is not RowAction.DELETE:
        for field in change.fields:
            label = _wrapped(_field_words(field), "muted")
            label.setToolTip(f"前：{field.before or '（空）'}\n後：{field.after or '（空）'}")
            card.body.addWidget(label)
    return card


def _field_words(field: FieldChange) -> str:
    before, after = (excerpt(text, length=_TEXT_LENGTH) for text in (field.before, field.after))
    if not before:
        return f"{field.label}：{after}"
    return f"{field.label}：{before} → {after or '（空）'}"


def _wrapped(text: str, look: str) -> WrapLabel:
    label = WrapLabel(text, look)
    label.setMinimumWidth(_NARROWEST)
    return label
