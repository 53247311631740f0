"""The pages there are, and the bar at the left that leads to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from ui import theme
from ui.icons import icon
from ui.widgets.button import Button
from ui.widgets.text import PlainLabel

if TYPE_CHECKING:
    from ui.page import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
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


PAGES: tuple[PageEntry, ...] = ()


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
        self.help.setIconSize(QSize(20, 20))
        column.addWidget(self.help)
        self._group.idClicked.connect(self._clicked)
        self.setEnabled(True)

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
            self.buttons[entry.key].setText("" if is_compact else _label(entry.title))
        self.help.setText("" if is_compact else _label("ヘルプ"))

    def _button(self, number: int, entry: PageEntry) -> Button:
        button = Button(
            _label(entry.title), None, "navigation", name=entry.title, tip=f"{entry.title}（Alt+{number}）"
        )
        button.setIcon(icon(entry.icon))
        button.setIconSize(QSize(20, 20))
        button.setCheckable(True)
        self._group.addButton(button, number - 1)
        self.buttons[entry.key] = button
        return button

    def _clicked(self, place: int) -> None:
        self.chosen.emit(self._entries[place].key)


def _label(title: str) -> str:
    # Qt sets no distance of its own between the icon and the words of a styled button.
    return f"  {title}"
