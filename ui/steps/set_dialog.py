"""One 取組チェックポイントの組: a new one, written over a copy, or one that is changed as far as its answers allow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.office import Done
from app.steps import operations, rules
from app.steps.queries import ListedSet
from app.steps.set_values import SetValues, values_of
from app.text import clean
from ui.desk import Answer, Desk
from ui.meetings.asking import AskingDialog
from ui.steps.set_editor import SetEditor
from ui.widgets.fields import ComboBox, FieldColumn
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import PlainLabel, WrapLabel
from ui.widgets.tiles import TileGrid

_WIDTH, _NARROW = 66, 16


class SetDialog(AskingDialog):
    """``listed`` is the set to change; None for a new one, which begins with ``values``."""

    def __init__(
        self, desk: Desk, values: SetValues, listed: ListedSet | None, parent: QWidget | None
    ) -> None:
        title = "新しいチェックポイントの組" if listed is None else "チェックポイントの組を直す"
        super().__init__(desk, title, "保存", parent, least=_WIDTH, icon_name="save")
        self._listed = listed
        is_fixed = listed is not None and listed.is_fixed
        self.title, self.source, self.needed = QLineEdit(values.title), GrowingText(1, 4), ComboBox()
        self.rule = WrapLabel("", "note")
        self.editor = SetEditor(values, is_fixed)
        self.title.setReadOnly(is_fixed)
        self.title.setCursorPosition(0)
        self.source.setPlainText(values.source)
        self.source.setReadOnly(listed is not None and listed.is_standard)
        self.needed.setEnabled(not is_fixed)
        for percent in sorted({*rules.NEEDED, values.needed_percent}):
            words = f"そのステップの答えの{rules.needed_words(percent)}が「できている」"
            self.needed.addItem(words, percent)
        self.needed.setCurrentIndex(self.needed.findData(values.needed_percent))
        self.needed.currentIndexChanged.connect(self._show_rule)
        self._show_rule()
        self._lay_out()
        if is_fixed:
            self.editor.outline.setFocus()

    def values(self) -> SetValues:
        """The set as it stands."""
        return replace(
            self.editor.values,
            title=self.title.text(),
            source=clean(self.source.toPlainText()),
            needed_percent=self.needed.currentData(),
        )

    def typed(self) -> tuple[object, ...]:
        return (self.values(),)

    def start(self, answer: Answer[Done[Any]]) -> None:
        listed = self._listed
        if listed is None:
            self.desk.perform(self, answer, operations.add_set, self.values())
        else:
            row = listed.row
            self.desk.perform(self, answer, operations.edit_set, row.id, row.version, self.values())

    def _show_rule(self) -> None:
        self.rule.setText(rules.rule_text(self.needed.currentData()))

    def _lay_out(self) -> None:
        said = what_may_change(self._listed)
        if said:
            self.column.addWidget(WrapLabel(said, "muted"))
        named, ruled = QWidget(), QWidget()
        left, right = FieldColumn(named), FieldColumn(ruled)
        for fields in (left, right):
            fields.setContentsMargins(0, 0, 0, 0)
        left.add_field("名前", self.title)
        left.add_field("出典・メモ", self.source)
        right.add_field("ステップに到達したとみなすのは", self.needed)
        right.addWidget(self.rule)
        for fields in (left, right):
            fields.addStretch(1)
        halves = TileGrid(_NARROW)
        halves.set_tiles((named, ruled))
        self.column.addWidget(halves)
        self.column.addWidget(PlainLabel("ステップとチェックポイント", "field"))
        self.column.addWidget(self.editor, 1)


def what_may_change(listed: ListedSet | None) -> str:
    """Why not all of a set can be changed, or what follows where it is; empty for a set that nobody has been asked."""
    if listed is None:
        return ""
    if listed.is_standard:
        return "標準の組です。変えられるのは、書き方の説明だけです。区の言葉にするときは、写して新しい組を作ってください。"
    if listed.is_answered:
        return (
            "すでに答えが入っているので、変えられるのは、出典・メモと書き方の説明だけです。"
            "言葉を変えるときは、写して新しい組を作ってください。前の答えは、この組のまま残ります。"
        )
    if listed.rounds:
        return "この組で聞いている回があります。シートを配ったあとで言葉を変えたときは、書き出し直して配り直してください。"
    return ""


def copied(listed: ListedSet, taken: set[str]) -> SetValues:
    """A copy of a set to be worded anew, with a title that is free."""
    values = values_of(listed.row)
    title = f"{values.title}の写し"
    number = 1
    while title in taken:
        number += 1
        title = f"{values.title}の写し{number}"
    return replace(values, title=title)
