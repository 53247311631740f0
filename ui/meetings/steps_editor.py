"""準備の項目 of a kind of meeting: what has to be prepared, counted in days from the meeting."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.errors import InputError
from app.meetings.values import StepValues
from app.text import fold
from ui.meetings.lines_editor import EditorLine, LinesEditor
from ui.meetings.typed import tidy
from ui.widgets.button import Button
from ui.widgets.fields import FoldingLineEdit
from ui.widgets.text import PlainLabel


class StepsEditor(LinesEditor["StepLine"]):
    """A line for each thing to be prepared: what, and how many days before the meeting (7日前, 当日, 3日後)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Button("項目を追加", icon_name="add", name="準備の項目を追加"), parent)

    def steps(self) -> tuple[StepValues, ...]:
        """The steps in their order; a line without a title is none."""
        found = (line.values() for line in self.lines)
        return tuple(one for one in found if one.title)

    def show_steps(self, steps: Sequence[StepValues]) -> None:
        """Show these; where they stand already, the cursor stays."""
        if self.steps() == tuple(steps) and len(self.lines) == len(steps):
            return
        for line in tuple(self.lines):
            self._drop(line)
        for one in steps:
            self._append(one)

    def require_readable(self) -> None:
        """InputError where the days of a line cannot be read."""
        for line in self.lines:
            if tidy(line.title.text()):
                parse_distance(line.distance.text())

    def add(self) -> None:
        self._append(StepValues("", 7)).title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self, values: StepValues) -> StepLine:
        line = StepLine(values)
        return self._put(line, line.title, line.distance)


class StepLine(EditorLine):
    """One thing to be prepared."""

    def __init__(self, values: StepValues) -> None:
        super().__init__()
        self._values = values
        self.title = QLineEdit(values.title)
        self.title.setCursorPosition(0)
        self.title.setAccessibleName("準備すること")
        self.title.setPlaceholderText("準備すること")
        self.distance = FoldingLineEdit(distance_text(values.days_before))
        self.distance.setAccessibleName("会議の何日前か")
        self.distance.setToolTip("例：7日前、当日、3日後")
        self.distance.setMaximumWidth(self.fontMetrics().horizontalAdvance("あ") * 6)
        self.remove_button = Button("", self.removed.emit, "quiet", "delete", name="この項目を取り除く")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(PlainLabel("・", "muted"))
        row.addWidget(self.title, 1)
        row.addWidget(self.distance)
        row.addWidget(self.remove_button)
        self.title.textChanged.connect(self._edited)
        self.distance.textChanged.connect(self._edited)

    def values(self) -> StepValues:
        """The step as it stands; days that cannot be read are as they were."""
        try:
            days_before = parse_distance(self.distance.text())
        except InputError:
            days_before = self._values.days_before
        return StepValues(tidy(self.title.text()), days_before, self._values.id)


def distance_text(days_before: int) -> str:
    """7日前, 当日, 3日後."""
    if days_before == 0:
        return "当日"
    return f"{days_before}日前" if days_before > 0 else f"{-days_before}日後"


def parse_distance(text: str) -> int:
    """How many days before the meeting (negative: after it) a person wrote: 7日前, 7, 当日, 3日後. InputError otherwise."""
    plain = re.sub(r"\s", "", fold(text))
    if plain in ("当日", "0"):
        return 0
    found = re.fullmatch(r"(\d{1,3})日?(前|後)?", plain)
    if found is None:
        raise InputError(
            f"「{text.strip()}」は日数として読めません。",
            "「7日前」「当日」「3日後」のように入力してください。",
        )
    return -int(found[1]) if found[2] == "後" else int(found[1])
