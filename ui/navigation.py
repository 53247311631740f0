"""The pages there are, and the bar at the left that leads to them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.button import Button
from ui.widgets.label import PlainLabel

if TYPE_CHECKING:
    from ui.page import Page


class PageEntry(NamedTuple):
    """A page of the navigation. Its module is imported when it is first shown; ``icon`` is a file of ``resources/icons``."""

    key: str
    title: str
    icon: str
    module: str
    class_name: str

    def load(self) -> type[Page]:
        """The page's class."""
        found: type[Page] = getattr(import_module(self.module), self.class_name)
        return found


PAGES = (
    PageEntry("home", "ホーム", "home", "ui.home.page", "HomePage"),
    PageEntry("organisations", "会員団体", "organisations", "ui.organisations.page", "OrganisationsPage"),
    PageEntry("year_turn", "年度替わり", "year_turn", "ui.year_turn.page", "YearTurnPage"),
    PageEntry("meetings", "会議", "meetings", "ui.meetings.page", "MeetingsPage"),
    PageEntry("action_items", "宿題", "action_items", "ui.action_items.page", "ActionItemsPage"),
    PageEntry("voices", "養育者の声", "voices", "ui.voices.page", "VoicesPage"),
    PageEntry("steps", "連携ステップ", "steps", "ui.steps.page", "StepsPage"),
    PageEntry("outcomes", "到達イメージ", "outcomes", "ui.outcomes.page", "OutcomesPage"),
    PageEntry(
        "collaborations", "連携した取組", "collaborations", "ui.collaborations.page", "CollaborationsPage"
    ),
    PageEntry("referrals", "つなぎ", "referrals", "ui.referrals.page", "ReferralsPage"),
    PageEntry("network_map", "つながりの地図", "network_map", "ui.network_map.page", "NetworkMapPage"),
    PageEntry("plans", "指針", "plans", "ui.plans.page", "PlansPage"),
    PageEntry("reports", "帳票", "reports", "ui.reports.page", "ReportsPage"),
    PageEntry("settings", "設定", "settings", "ui.settings.page", "SettingsPage"),
)
"""In the order of the bar."""


KEYED = 9
"""So many pages have a key of their own: Alt+1 to Alt+9."""

_TAB_FOCUS = 1
"""Qt.FocusPolicy.TabFocus, by its number: see ``ui.widgets.label``."""

_WIDTH = 13
"""The bar's width with words, in heights of the text."""


class NavigationBar(QFrame):
    """One button per page, with words, or with icons alone where the window is narrow; ↑ and ↓ move among them."""

    chosen = Signal(str)
    """The key of a page that the person wants to see."""

    help_wanted = Signal()

    def __init__(self, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_look(self, "navigation")
        self.setAccessibleName("ページの一覧")
        self._entries = tuple(entries)
        self._is_compact = False
        self._brand = PlainLabel("つながり帳", "brand")
        self._brand.setContentsMargins(12, 4, 12, 12)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 16, 8, 12)
        column.setSpacing(4)
        column.addWidget(self._brand)
        for number, entry in enumerate(self._entries, 1):
            column.addWidget(self._button(number, entry))
        column.addStretch(1)
        self.help = Button("ヘルプ", self.help_wanted.emit, "navigation", "help", tip="ヘルプ（F1）")
        column.addWidget(self.help)
        self._group.idClicked.connect(self._clicked)
        self.fit_width()

    def set_current(self, key: str) -> None:
        """Mark the page that is shown; an unknown key marks none."""
        self._group.setExclusive(False)
        for name, button in self.buttons.items():
            button.setChecked(name == key)
        self._group.setExclusive(True)

    def set_open(self, is_open: bool) -> None:
        """Whether there is a ledger whose pages can be shown."""
        for button in self.buttons.values():
            button.setEnabled(is_open)

    def set_compact(self, is_compact: bool) -> None:
        """Icons alone, or icons and words."""
        if is_compact == self._is_compact:
            return
        self._is_compact = is_compact
        self._brand.setVisible(not is_compact)
        for entry in self._entries:
            self.buttons[entry.key].setText("" if is_compact else entry.title)
        self.help.setText("" if is_compact else "ヘルプ")
        self.fit_width()

    def fit_width(self) -> None:
        """Take the width that the words need at the text size in use."""
        self.setMinimumWidth(0 if self._is_compact else self.fontMetrics().height() * _WIDTH)

    def _button(self, number: int, entry: PageEntry) -> Button:
        tip = f"{entry.title}（Alt+{number}）" if number <= KEYED else entry.title
        button = Button(entry.title, None, "navigation", entry.icon, name=entry.title, tip=tip)
        button.setCheckable(True)
        # A click leads to the page, keys and all; only who walks here by keys goes on from here.
        button.setProperty("focusPolicy", _TAB_FOCUS)
        self._group.addButton(button, number - 1)
        self.buttons[entry.key] = button
        return button

    def _clicked(self, place: int) -> None:
        self.chosen.emit(self._entries[place].key)
