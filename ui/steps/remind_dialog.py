"""催促: who has not answered yet, the words to send them, and the day they were reminded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from app.calendar import DateStyle, format_date
from app.errors import InputError
from app.office import Done
from app.steps import operations
from app.steps.queries import AssessmentRow, RoundRow
from ui.desk import Answer, Desk
from ui.meetings.asking import AskingDialog
from ui.widgets.button import Button
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel, WrapLabel


class RemindDialog(AskingDialog):
    """Mail is not sent from here: the words are copied, and the day is recorded for those that are ticked."""

    def __init__(
        self, desk: Desk, held: RoundRow, waiting: Sequence[AssessmentRow], parent: QWidget | None
    ) -> None:
        super().__init__(desk, "回答の催促", "催促したことを記録", parent)
        self.list = QListWidget()
        self.list.setAccessibleName("まだ返っていない相手")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(self.fontMetrics().height() * 9)
        for row in waiting:
            day = format_date(row.reminded_on, DateStyle.WAREKI_SHORT) if row.reminded_on else ""
            reminded = f"　{day}に催促済み" if day else ""
            item = QListWidgetItem(f"{asked_name(row)}{reminded}")
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self._held, self._waiting = held, tuple(waiting)
        self._proposed = reminder(held, waiting)
        self.text = QPlainTextEdit(self._proposed)
        self.text.setAccessibleName("催促の文面")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.fontMetrics().height() * 12)
        self.copy_button = Button("文面をコピー", self.copy, icon_name="copy")
        self.column.addWidget(PlainLabel("まだ返っていない相手", "field"))
        self.column.addWidget(self.list)
        self.column.addWidget(PlainLabel("文面", "field"))
        self.column.addWidget(self.text, 1)
        self.column.addWidget(FlowRow(self.copy_button))
        self.column.addWidget(
            WrapLabel("メールは送りません。文面を写して、いつもの方法で送ってください。", "note")
        )

        self.list.itemChanged.connect(self._propose)

    def _propose(self) -> None:
        """Name in the words only those that are ticked, unless the words were changed by hand."""
        if self.text.toPlainText() == self._proposed:
            chosen = set(self.chosen)
            self._proposed = reminder(self._held, [row for row in self._waiting if row.id in chosen])
            self.text.setPlainText(self._proposed)

    @property
    def chosen(self) -> tuple[int, ...]:
        """The ids of those that are ticked."""
        items = [self.list.item(place) for place in range(self.list.count())]
        return tuple(
            one.data(Qt.ItemDataRole.UserRole) for one in items if one.checkState() is Qt.CheckState.Checked
        )

    def copy(self) -> None:
        """Put the words on the clipboard."""
        QApplication.clipboard().setText(self.text.toPlainText())
        self.desk.notice("文面をコピーしました。")

    def start(self, answer: Answer[Done[Any]]) -> None:
        if not self.chosen:
            raise InputError("催促した相手が選ばれていません。", "催促した相手に印を付けてください。")
        self.desk.perform(self, answer, operations.remind, self.chosen)


def asked_name(row: AssessmentRow) -> str:
    """「みどり保育園（桜木について）」."""
    if not row.organisation:
        return f"{row.perspective.label}（{row.scope_name}について）"
    about = f"（{row.scope_name}について）" if row.scope_name != row.organisation else ""
    return f"{row.organisation}{about}"


def reminder(held: RoundRow, waiting: Sequence[AssessmentRow]) -> str:
    """The words of a reminder to all who have not answered, each on a line with the code of the sheet."""
    until = f"（期限 {format_date(held.answer_by, weekday=True)}）" if held.answer_by else ""
    names = "\n".join(f"・{asked_name(row)}　シートの記号 {row.code}" for row in waiting)
    return (
        f"件名：連携ステップの確認（{held.name}）のご回答のお願い\n\n"
        "いつもお世話になっております。\n"
        f"先にお願いした「連携ステップ　チェックシート」{until}について、まだ回答が届いていない方にお送りしています。\n"
        "お忙しいところ恐れ入りますが、ご記入のうえ、ご返送をお願いいたします。"
        "分からないところは「わからない」で構いません。\n"
        "行き違いで、すでにお送りいただいている場合はご容赦ください。\n\n"
        f"回答をお待ちしている方\n{names}\n"
    )
