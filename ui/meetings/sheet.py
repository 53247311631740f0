"""The right side of the page: the chosen meeting, with a tab for each stage of it."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from app.calendar import format_date
from app.meetings.queries import MeetingDetail, MeetingRow
from app.meetings.rules import span_of_time
from app.text import excerpt
from ui.desk import Desk
from ui.meetings.preparation import PreparationTab
from ui.meetings.tab import MeetingTab
from ui.meetings.verbs import MeetingVerbs
from ui.meetings.year_plan import YearPlan
from ui.widgets.text import WrapLabel

_LONGEST = 48
"""So many characters of a name, a place or a theme stand in the head, which leaves the room to what lies below it."""

_NARROW = 30
"""Below this many heights of the text, the buttons of the head go under its words."""


class TabEntry(NamedTuple):
    """A tab of a meeting. Its module is imported when it is first turned to."""

    key: str
    title: str
    module: str
    class_name: str

    def load(self) -> type[MeetingTab]:
        """The tab's class."""
        found: type[MeetingTab] = getattr(import_module(self.module), self.class_name)
        return found


TABS = (
    TabEntry("preparation", "準備", "ui.meetings.preparation", "PreparationTab"),
    TabEntry("reception", "当日", "ui.meetings.reception", "ReceptionTab"),
    TabEntry("minutes", "会議録", "ui.meetings.minutes", "MinutesTab"),
    TabEntry("afterwards", "事後", "ui.meetings.afterwards", "AfterwardsTab"),
)


class MeetingSheet(QWidget):
    """Shows one meeting. A tab is made when it is first turned to, and gets the meeting whenever it is in view."""

    unsaved_changed = Signal()
    room_wanted = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._detail: MeetingDetail | None = None
        self._made: dict[str, MeetingTab] = {}
        self._stale: set[str] = set()
        self.name = WrapLabel("", "section")
        self.state = WrapLabel("", "muted")
        self.verbs = MeetingVerbs(desk, self)
        self.verbs.afterwards_wanted.connect(self._to_afterwards)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName("会議の段階")
        self._holders = [QVBoxLayout() for _ in TABS]
        for entry, inside in zip(TABS, self._holders, strict=True):
            holder = QWidget()
            inside.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(inside)
            self.tabs.addTab(holder, entry.title)
        self.tabs.currentChanged.connect(self._turned)
        self._lay_out()

    @property
    def current(self) -> MeetingTab:
        """The tab in view."""
        return self.tab(TABS[self.tabs.currentIndex()].key)

    def tab(self, key: str) -> MeetingTab:
        """A tab by its key, made if it has not been turned to yet."""
        if key not in self._made:
            place = next(place for place, entry in enumerate(TABS) if entry.key == key)
            made = TABS[place].load()(self._desk, self)
            made.unsaved_changed.connect(self.unsaved_changed)
            made.room_wanted.connect(self.room_wanted)
            made.tab_wanted.connect(self.turn_to)
            self._made[key] = made
            self._stale.add(key)
            self._holders[place].addWidget(made)
        return self._made[key]

    def turn_to(self, key: str) -> None:
        """Bring a tab into view, or a place on one (``MeetingTab.tab_wanted``)."""
        tab, _, place = key.partition("/")
        self.tabs.setCurrentIndex(next(number for number, entry in enumerate(TABS) if entry.key == tab))
        if place:
            self.tab(tab).show_place(place)

    def show_lists(self, plan: YearPlan) -> None:
        """Offer the office's kinds of meeting and its districts."""
        preparation = self.tab("preparation")
        if isinstance(preparation, PreparationTab):
            preparation.show_lists(plan)

    def show_meeting(self, detail: MeetingDetail) -> None:
        """Show a meeting as it stands in the ledger."""
        self._detail = detail
        self.name.setText(excerpt(detail.meeting.name, length=_LONGEST))
        self.state.setText(head_words(detail.meeting))
        self.state.setToolTip(head_words(detail.meeting, is_whole=True))
        self.verbs.show_meeting(detail.meeting)
        self._stale = set(self._made)
        self._show_in_view()

    def unsaved(self) -> tuple[MeetingTab, ...]:
        """The tabs in which something has been typed and not saved."""
        return tuple(tab for tab in self._made.values() if tab.has_unsaved())

    def _to_afterwards(self) -> None:
        self.turn_to("afterwards")

    def _turned(self) -> None:
        self._show_in_view()

    def _show_in_view(self) -> None:
        if self._detail is None:
            return
        # What is being typed has to meet what the ledger holds, in view or not.
        wanted = {TABS[self.tabs.currentIndex()].key} | {
            key for key, tab in self._made.items() if tab.has_unsaved()
        }
        for key in wanted:
            tab = self.tab(key)
            if key in self._stale:
                self._stale.discard(key)
                tab.show_meeting(self._detail)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(SheetHead(self.name, self.state, self.verbs))
        column.addWidget(self.tabs, 1)


class SheetHead(QWidget):
    """The name of the meeting and its facts; the buttons at their right, or below where it is narrow."""

    def __init__(self, name: WrapLabel, state: WrapLabel, verbs: MeetingVerbs) -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(name)
        words.addWidget(state)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(verbs.state_button)
        buttons.addWidget(verbs.papers_button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(12, 0, 0, 4)
        self._row.setSpacing(8)
        self._row.addLayout(words, 1)
        self._row.addLayout(buttons)
        self._row.setAlignment(buttons, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().height() * _NARROW
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)


def head_words(row: MeetingRow, is_whole: bool = False) -> str:
    """The day, time, place and theme of a meeting, and why it was cancelled; long ones are cut off unless ``is_whole``."""
    length = len(row.theme) + len(row.place) + len(row.online) + len(row.cancelled_because) + 1
    cut = partial(excerpt, length=length if is_whole else _LONGEST)
    day = format_date(row.held_on, weekday=True) if row.held_on else "日程未定"
    when = " ".join(part for part in (day, span_of_time(row.starts_at, row.ends_at)) if part)
    cancelled = f"中止：{cut(row.cancelled_because)}" if row.cancelled_because else ""
    return "　".join(part for part in (when, cut(row.place or row.online), cut(row.theme), cancelled) if part)
