"""A page of records that are looked for at the left and edited at the right, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.office import Done
from app.records import RecordKey
from ui import dialogs
from ui.desk import Desk
from ui.dialogs import Unsaved
from ui.page import Page
from ui.record_part import NEW, RecordPart
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.dialog_owner import DialogOwner
from ui.widgets.record_list import RecordList
from ui.widgets.text import PlainLabel

_WAIT_MS = 20


class RecordPage(DialogOwner, Page):
    """A subclass reads in ``refresh``, hands what there is to ``meet_ids``, and shows a record in ``show_chosen``.

    What has been typed is never left without a question; text about a record that has gone meanwhile becomes a new one's.
    """

    def __init__(
        self,
        desk: Desk,
        pane: RecordList,
        sheet: RecordPart[Any],
        empty: EmptyState,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self.pane, self.sheet, self.empty = pane, sheet, empty
        self.shown: int | None = None
        """The id of the record at the right; NEW for the one that is being written."""
        self.wanted: int | None = None
        """The id of a record that is to be shown as soon as it has been read."""
        self._is_fresh = True
        self.head = QHBoxLayout()
        self._stack = QStackedWidget()
        self._lay_out()
        pane.chosen.connect(self._chosen)
        pane.open_wanted.connect(self.edit)
        sheet.stale.connect(self.refresh)
        sheet.added.connect(self._added)
        sheet.given_up.connect(self._given_up)

    # ── what a subclass says ──────────────────────────────────────────────

    def show_chosen(self) -> None:
        """Show the record ``shown`` at the right, as it is stored or as it has been typed."""
        raise NotImplementedError

    def focus_form(self) -> None:
        """Put the cursor where the record is written."""
        raise NotImplementedError

    def called(self) -> str:
        """What the record at the right is called, for the question before it is left."""
        raise NotImplementedError

    def narrow_to(self, record_id: int) -> None:
        """Let the list show a record that is asked for; called before the lines are shown again."""

    # ── what the window asks ──────────────────────────────────────────────

    def show_record(self, key: RecordKey) -> None:
        self.leave(partial(self.go_to, key.id))

    def take_focus(self) -> None:
        if self.pane.view.isVisible():
            self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus()

    def has_unsaved(self) -> bool:
        return self.sheet.is_dirty

    def save(self) -> None:
        self.sheet.save()

    def discard(self) -> None:
        self.sheet.revert()

    def edit(self) -> None:
        if self.shown is not None:
            self.focus_form()

    def focus_filter(self) -> None:
        self.pane.focus_filter()

    def add(self) -> None:
        if self.shown == NEW:
            self.focus_form()
        else:
            self.leave(self._begin)

    # ── choosing ──────────────────────────────────────────────────────────

    def go_to(self, record_id: int) -> None:
        """Show a record as soon as it has been read."""
        self.wanted = record_id
        self.refresh()

    def meet_ids(self, ids: Collection[int]) -> None:
        """The ledger holds these records now: settle which one is shown, then show it."""
        if self.wanted is not None and self.wanted in ids:
            self.narrow_to(self.wanted)
            self.shown, self.wanted = self.wanted, None
        elif self.shown not in (None, NEW) and self.shown not in ids:
            is_typed = self.sheet.is_dirty
            if is_typed:
                self.sheet.renew()
            self.shown = NEW if is_typed else None

    def settle(self, ids: Collection[int]) -> None:
        """Once the list stands: show the record in view, or the first of the list."""
        if self.shown is None and self._is_fresh and self.desk.drafts.take(self.sheet.new_key) is not None:
            # What was begun before the program ended is offered where it was written.
            self.shown = NEW
        self._is_fresh = False
        if self.shown is None:
            self.shown = self.pane.first()
            self.pane.select(self.shown)
        self._stack.setCurrentIndex(1 if ids or self.shown == NEW else 0)
        if self.shown is not None:
            self.show_chosen()
        if self.hasFocus():
            # The page came up before there was a list to take the keys.
            self.take_focus()

    def leave(self, then: Callable[[], None]) -> None:
        """Do ``then`` once nothing unsaved stands at the right, unless the person goes back to it."""
        if not self.has_unsaved():
            then()
            return
        answer = dialogs.ask_about_unsaved(self, self.called())
        if answer is Unsaved.SAVE:
            self.save()
            self.when_saved(then)
        elif answer is Unsaved.DISCARD:
            self.discard()
            then()
        else:
            self._put_cursor_back()

    def tell_done(self, done: Done[Any]) -> None:
        """Say what was done; it can be taken back."""
        self.desk.notice_done(done.changes)

    def _chosen(self, record_id: int) -> None:
        if record_id != self.shown:
            self.leave(partial(self._choose, record_id))

    def _choose(self, record_id: int) -> None:
        self.shown = record_id
        self.pane.select(record_id)
        self.show_chosen()

    def _begin(self) -> None:
        self.shown = NEW
        self.pane.select(None)
        self._stack.setCurrentIndex(1)
        self.show_chosen()
        self.focus_form()

    def _added(self, record_id: int) -> None:
        """What was new is in the ledger."""
        self.shown = None
        self.go_to(record_id)
        self.take_focus()

    def _given_up(self) -> None:
        """Nothing new is written any more; the list has the keys again."""
        self.shown = None
        self.refresh()
        self.take_focus()

    def when_saved(self, then: Callable[[], None]) -> None:
        """Do ``then`` once the workers have finished and nothing is unsaved; otherwise the person stays where they are."""
        if not self.desk.tasks.is_idle:
            QTimer.singleShot(_WAIT_MS, self, partial(self.when_saved, then))
        elif self.has_unsaved():
            self._put_cursor_back()
        else:
            then()

    def _put_cursor_back(self) -> None:
        self.pane.select(None if self.shown == NEW else self.shown)

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        self.add_button = Button("追加", self.add, "primary", "add", tip=f"{self.title}を追加（Ctrl+N）")
        self.head.setSpacing(8)
        self.head.addWidget(PlainLabel(self.title, "title"))
        self.head.addStretch(1)
        self.head.addWidget(self.add_button)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.pane)
        halves.addWidget(self.sheet)
        halves.setStretchFactor(0, 2)
        halves.setStretchFactor(1, 3)
        halves.setSizes([460, 580])
        self._stack.addWidget(self.empty)
        self._stack.addWidget(halves)
        # Before anything has been read nobody knows whether there is something.
        self._stack.setCurrentIndex(self._stack.addWidget(QWidget()))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 16, 16)
        column.setSpacing(12)
        column.addLayout(self.head)
        column.addWidget(self._stack, 1)
