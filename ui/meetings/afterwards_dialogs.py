"""Making minutes final, and opening them again: who confirmed them, and why they are opened."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.meetings import minutes
from app.meetings.queries import MeetingRow
from app.office import Done
from app.text import excerpt
from ui.desk import Answer, Desk
from ui.meetings.asking import AskingDialog, ReasonDialog
from ui.widgets.fields import DateField, FieldColumn
from ui.widgets.text import WrapLabel


class FinaliseDialog(AskingDialog):
    """Asks who has confirmed the minutes, and when."""

    def __init__(self, desk: Desk, row: MeetingRow, today: date, parent: QWidget | None) -> None:
        super().__init__(desk, "会議録の確定", "確定する", parent)
        self._row = row
        self.confirmed_by = QLineEdit(row.chair)
        self.day = DateField("確定した日", required=True)
        self.day.set_day(today)
        self.column.addWidget(
            WrapLabel(
                f"「{excerpt(row.name)}」の会議録を確定します。この日の団体名・氏名のまま保存され、"
                "あとで団体や担当者が変わっても、この会議の書類は変わりません。直すときは、理由を書いて開き直せます。"
            )
        )
        fields = FieldColumn()
        fields.add_field("確認した人（座長など）", self.confirmed_by)
        fields.add_field("確定した日", self.day)
        self.column.addLayout(fields)
        self.column.addStretch(1)

    def typed(self) -> tuple[object, ...]:
        return self.confirmed_by.text(), self.day.line.text()

    def start(self, answer: Answer[Done[Any]]) -> None:
        one, by = self._row, self.confirmed_by.text().strip()
        self.desk.perform(self, answer, minutes.finalise, one.id, one.version, by, self.day.day())


class ReopenDialog(ReasonDialog):
    """Asks why minutes that were final are opened again."""

    def __init__(self, desk: Desk, row: MeetingRow, parent: QWidget | None) -> None:
        explanation = (
            f"「{excerpt(row.name)}」の会議録を会議録案に戻します。確定した版は、理由とともに残ります。"
            "直したあとで、もう一度確定してください。"
        )
        super().__init__(desk, "会議録を開き直す", "開き直す", explanation, "開き直す理由", parent)
        self._row = row

    def start(self, answer: Answer[Done[Any]]) -> None:
        self.desk.perform(self, answer, minutes.reopen, self._row.id, self._row.version, self.because)
