"""What each tab of a meeting is: a widget that shows one meeting and knows what has been typed in it and not saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from app.meetings.queries import MeetingDetail
from ui.desk import Desk


class MeetingTab(QWidget):
    """One of 準備, 当日, 会議録 and 事後.

    The page hands it the meeting when it is chosen and again after every change of the ledger, while the tab is the one in view
    (the others get it when they are turned to). It writes by ``desk.perform`` and waits for the next ``show_meeting``.
    Another meeting only comes once ``has_unsaved`` is false: the page asks the person before.
    """

    unsaved_changed = Signal()
    """Something was typed, saved or given up."""

    room_wanted = Signal(bool)
    """Whether the tab wants the whole width of the page, without the list of meetings beside it."""

    tab_wanted = Signal(str)
    """The key of the tab that somebody wants to go on in (preparation, reception, minutes, afterwards), or a place on it
    (preparation/form/chair, minutes/item/12), of which ``show_place`` gets what follows the key."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def show_meeting(self, detail: MeetingDetail) -> None:
        """Show a meeting as it stands in the ledger; what is being typed about the same meeting stays."""
        raise NotImplementedError

    def has_unsaved(self) -> bool:
        """Whether something typed has not been saved."""
        return False

    def save(self) -> None:
        """Save what is being typed (Ctrl+S)."""

    def discard(self) -> None:
        """Forget what has been typed and not saved, and show the meeting as it is."""

    def show_place(self, _place: str) -> None:
        """Bring a place of the tab into view by its name; the meeting it belongs to may come only afterwards."""

    def edit(self) -> None:
        """Put the cursor where one would begin to write (F2)."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)


def takes_keys() -> bool:
    """Whether a tab that comes up may take the keys: whoever goes along the tabs by keys stays there."""
    return not isinstance(QApplication.focusWidget(), QTabBar)
