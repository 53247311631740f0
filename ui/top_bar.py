"""The bar above the page: the fiscal year in view, the way to everything by its name, undo and redo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.widgets.button import Button

_LABEL_CHARACTERS = 16
_SEARCH = "名前・かな・内容でさがす"


class TopBar(QFrame):
    """It knows no ledger: the window tells it what to show, and it tells the window what the person wants."""

    year_chosen = Signal(int)
    search_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_look(self, "topbar")
        self._is_compact = False
        self._labels = ("", "")
        self.previous = Button(
            "", self._go_back, "quiet", "previous", name="前の年度", tip="前の年度（Ctrl+PageUp）"
        )
        self.years = QComboBox()
        self.years.setAccessibleName("表示する年度")
        self.years.activated.connect(self._chosen)
        self.next = Button("", self._go_on, "quiet", "next", name="次の年度", tip="次の年度（Ctrl+PageDown）")
        self.search = Button(
            "名前・かな・内容でさがす", self.search_wanted.emit, "search", "search", tip="さがす（Ctrl+K）"
        )
        self.search.setMaximumWidth(420)
        self.search.setMinimumWidth(48)
        self.search.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.undo = Button("", self.undo_wanted.emit, "quiet", "undo", name="元に戻す")
        self.redo = Button("", self.redo_wanted.emit, "quiet", "redo", name="やり直す")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(4)
        for widget in (self.previous, self.years, self.next):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.search, 2)
        row.addStretch(1)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        self.set_steps("", "")
        self.set_open(False)

    def set_open(self, is_open: bool) -> None:
        """Whether there is a ledger to look at."""
        for widget in (self.previous, self.years, self.next, self.search):
            widget.setEnabled(is_open)
        if not is_open:
            self.set_steps("", "")

    def set_years(self, years: Sequence[tuple[int, str]], current: int) -> None:
        """The fiscal years that can be chosen, with their labels, the oldest first."""
        self.years.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.years.clear()
        for year, label in years:
            self.years.addItem(label, year)
        self.set_year(current)

    def set_year(self, year: int) -> None:
        """Show which year is in view."""
        self.years.setCurrentIndex(self.years.findData(year))
        self._limit()

    def set_steps(self, undo: str, redo: str) -> None:
        """What undo and redo would do; an empty label means nothing."""
        self._labels = (undo, redo)
        for button, verb, label, key in (
            (self.undo, "元に戻す", undo, "Ctrl+Z"),
            (self.redo, "やり直す", redo, "Ctrl+Y"),
        ):
            button.setEnabled(bool(label))
            what = f"{verb}：{label}" if label else f"{verb}操作はありません"
            button.setToolTip(f"{what}（{key}）" if label else what)
            button.setAccessibleName(what)
        self._write()

    def set_compact(self, is_compact: bool) -> None:
        """Icons alone for undo and redo, where the window is narrow."""
        self._is_compact = is_compact
        self.search.setText("さがす" if is_compact else _SEARCH)
        self._write()

    def step_year(self, by: int) -> None:
        """Go ``by`` years on, as far as there are years."""
        place = self.years.currentIndex() + by
        if self.years.isEnabled() and 0 <= place < self.years.count():
            self.year_chosen.emit(self.years.itemData(place))

    def _write(self) -> None:
        for button, verb, label in zip(
            (self.undo, self.redo), ("元に戻す", "やり直す"), self._labels, strict=True
        ):
            short = label if len(label) <= _LABEL_CHARACTERS else label[: _LABEL_CHARACTERS - 1] + "…"
            words = f"{verb}：{short}" if label else verb
            button.setText(
                "" if self._is_compact or (button is self.redo and not label) else words.replace("&", "&&")
            )

    def _limit(self) -> None:
        place = self.years.currentIndex()
        self.previous.setEnabled(place > 0)
        self.next.setEnabled(0 <= place < self.years.count() - 1)

    def _chosen(self, place: int) -> None:
        self.year_chosen.emit(self.years.itemData(place))

    def _go_back(self) -> None:
        self.step_year(-1)

    def _go_on(self) -> None:
        self.step_year(1)
