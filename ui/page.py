"""What every page of the window is: a widget that knows which rows it shows, and reads them again when they changed."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.office import ChangeSet
from app.records import RecordKey
from ui.desk import Desk


class Page(QWidget):
    """One entry of the navigation.

    A subclass names itself, lists the tables it shows in ``kinds``, and reads in ``refresh``. A change of such a table, or of the
    year in view, refreshes the page at once where it is visible and otherwise when it is next shown.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    kinds: ClassVar[frozenset[str]] = frozenset()
    record_kinds: ClassVar[frozenset[str]] = frozenset()
    """Kinds of record that ``show_record`` of this page can show."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._is_stale = True
        desk.ledger_changed.connect(self._heard)
        desk.fiscal_year_changed.connect(self._year_changed)

    def refresh(self) -> None:
        """Read again what the page shows, keeping the selection by id and what is being typed."""
        raise NotImplementedError

    def show_record(self, key: RecordKey) -> None:
        """Select a record of one of ``record_kinds``."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Take the keys when the page comes up; a page with one list gives them to that."""
        # No focus proxy: the Tab key would begin at the proxy and never come to what stands before it.
        self.setFocus()

    def has_unsaved(self) -> bool:
        """Whether something typed has not been saved; the window asks before it closes or goes elsewhere."""
        return False

    def save(self) -> None:
        """Save what is being typed (Ctrl+S)."""

    def discard(self) -> None:
        """Forget what has been typed and not saved (保存しない), and show the record as it is; ``has_unsaved`` is false afterwards."""

    def edit(self) -> None:
        """Put the cursor where the chosen record is edited (F2)."""

    def show_topic(self, topic: str) -> None:
        """Show a part of the page by its name; for 帳票 the id of a report."""

    def help_topic(self) -> str:
        """The chapter of the guide that tells of what is in view (F1)."""
        return self.key

    def focus_filter(self) -> None:
        """Put the cursor where the list is filtered (Ctrl+F)."""

    def offers(self, verb: str) -> bool:
        """Whether the page does something of its own at ``verb`` (``"add"``, ``"save"`` …)."""
        return getattr(type(self), verb) is not getattr(Page, verb)

    def add(self) -> None:
        """Begin a new record (Ctrl+N), where the page has such a thing."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    @Slot(object)
    def _heard(self, changes: ChangeSet) -> None:
        if changes.kinds & self.kinds:
            self._make_stale()

    @Slot(int)
    def _year_changed(self, _fiscal_year: int) -> None:
        self._make_stale()

    def _make_stale(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True
