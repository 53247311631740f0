"""Where two people wrote into the same fields: both texts, field by field, and a choice between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from ui.widgets.containers import emptied
from ui.widgets.text import PlainLabel, WrapLabel

_EMPTY = "（空）"


@dataclass(frozen=True, slots=True)
class Contested:
    """A field with two texts; ``name`` is what ``TwoTexts.theirs`` returns."""

    name: str
    label: str
    mine: str
    theirs: str


class TwoTexts(QWidget):
    """Both texts of every field in question. Until somebody chooses, it is the text that was typed here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Contested, ...] = ()
        self.mine: dict[str, QRadioButton] = {}
        self.others: dict[str, QRadioButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_fields(self, fields: Sequence[Contested]) -> None:
        """Show these fields. A choice that was made stays made while both texts are the same."""
        if tuple(fields) == self._shown:
            return
        before = {one: one.name in self.theirs() for one in self._shown}
        self._shown = tuple(fields)
        self.mine, self.others = {}, {}
        emptied(self._column)
        for one in self._shown:
            self._column.addWidget(self._field(one, before.get(one, False)))

    def theirs(self) -> frozenset[str]:
        """The fields in which the other's text is to stand."""
        return frozenset(name for name, button in self.others.items() if button.isChecked())

    def _field(self, one: Contested, is_theirs: bool) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(PlainLabel(one.label, "field"), 0, 0, 1, 2)
        self.mine[one.name], self.others[one.name] = (
            QRadioButton("自分の入力"),
            QRadioButton("ほかの人の入力"),
        )
        group = QButtonGroup(holder)
        top = Qt.AlignmentFlag.AlignTop
        for row, (button, text) in enumerate(
            ((self.mine[one.name], one.mine), (self.others[one.name], one.theirs)), 1
        ):
            group.addButton(button)
            button.setAccessibleName(f"{one.label}：{button.text()}")
            button.setAccessibleDescription(text or _EMPTY)
            grid.addWidget(button, row, 0, top)
            grid.addWidget(WrapLabel(text or _EMPTY), row, 1, top)
        (self.others if is_theirs else self.mine)[one.name].setChecked(True)
        return holder
