"""会議: the plan of the year at the left, the chosen meeting beside it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from app.meetings import queries
from app.meetings.queries import MeetingDetail, MeetingRow
from app.records import RecordKey
from ui.desk import Desk
from ui.meetings.sheet import MeetingSheet
from ui.page import Page
from ui.widgets.text import PlainLabel


class MeetingsPage(Page):
    """The page 会議."""

    key: ClassVar[str] = "meetings"
    title: ClassVar[str] = "会議"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "meeting",
            "meeting_kind",
            "preparation_step",
            "preparation_task",
            "agenda_item",
            "agenda_document",
            "statement",
            "attendance",
            "share_back",
            "minutes_version",
            "action_item",
            "voice",
            "record_link",
            "organisation",
            "organisation_category",
            "district",
            "contact_person",
            "contact_term",
        }
    )
    record_kinds: ClassVar[frozenset[str]] = frozenset({"meeting", "agenda_item", "statement"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._shown: int | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("会議の一覧")
        self.sheet = MeetingSheet(desk)
        self.list.currentItemChanged.connect(self._chosen)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.list)
        halves.addWidget(self.sheet)
        halves.setSizes([360, 640])
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self.title, "title"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 16, 16)
        column.addLayout(head)
        column.addWidget(halves, 1)

    def refresh(self) -> None:
        self.desk.ask(self, self._show, queries.meetings, self.desk.fiscal_year)
        if self._shown is not None:
            self.desk.ask(self, self.sheet.show_meeting, queries.detail, self._shown)

    def show_record(self, key: RecordKey) -> None:
        self._shown = key.id
        self.refresh()

    def has_unsaved(self) -> bool:
        return bool(self.sheet.unsaved())

    def save(self) -> None:
        for tab in self.sheet.unsaved():
            tab.save()

    def discard(self) -> None:
        for tab in self.sheet.unsaved():
            tab.discard()

    def _show(self, rows: tuple[MeetingRow, ...]) -> None:
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(row.name)
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.list.addItem(item)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._shown = item.data(Qt.ItemDataRole.UserRole)
            assert self._shown is not None
            self.desk.ask(self, self._show_meeting, queries.detail, self._shown)

    def _show_meeting(self, detail: MeetingDetail) -> None:
        if detail.meeting.id == self._shown:
            self.sheet.show_meeting(detail)
