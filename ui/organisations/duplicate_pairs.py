"""Pairs of entries that may be one: why, side by side, and making one of two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.errors import LedgerError
from app.office import ChangeSet, Done, Operation, Reader
from app.text import done_words, excerpt
from ui.desk import Answer, Desk
from ui.tasks import Lane
from ui.widgets.button import Button
from ui.widgets.containers import Banner, Card, EmptyState, ScrollColumn
from ui.widgets.text import PlainLabel, WrapLabel

MOST = 50
"""So many pairs are shown at once; the next come up as these are dealt with."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entries: what it is called, and what to compare, each with its label; both sides have the same labels."""

    id: int
    name: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries, and what they have in common (名前, 電話番号)."""

    common: tuple[str, ...]
    first: Side
    second: Side


@dataclass(frozen=True, slots=True)
class Pairs:
    """The first pairs, and how many there are."""

    shown: tuple[Pair, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Subject:
    """What the pairs of a list are: how they are read and merged, and the words about them."""

    read: Callable[[Reader], Pairs]
    merge: Operation[[int, int], None]
    kinds: frozenset[str]
    """The tables that the pairs come from."""
    noun: str
    explanation: str
    nothing: str
    searched: str


class PairList(QWidget):
    """A card for each pair. That two entries are different is not stored: they come up again."""

    counted = Signal()
    """``found`` is known, or has changed."""

    def __init__(self, desk: Desk, subject: Subject) -> None:
        super().__init__()
        self._desk, self._subject = desk, subject
        self.count = WrapLabel("調べています…", "section")
        self.explanation = WrapLabel(subject.explanation, "muted")
        self.problem = WrapLabel("", "problem")
        self.problem.hide()
        self.merged = Banner()
        self.undo_button = Button("元に戻す", self._undo, icon_name="undo")
        self.merged.add(self.undo_button)
        self.merged.hide()
        self.found: int | None = None
        self.cards: list[PairCard] = []
        self.nothing = EmptyState(subject.nothing, subject.searched)
        self.nothing.hide()
        self.pairs = ScrollColumn(width=None)
        self.pairs.hide()
        self._place: int | None = None
        self._lay_out()
        desk.ledger_changed.connect(self._heard)
        self._ask()

    def show_pairs(self, pairs: Pairs) -> None:
        """Show these pairs."""
        for card in self.cards:
            self.pairs.column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [PairCard(pair) for pair in pairs.shown]
        for place, card in enumerate(self.cards):
            card.merge_wanted.connect(self.merge)
            self.pairs.column.insertWidget(place + 1, card)
        more = f"（はじめの{MOST}組を表示しています）" if pairs.count > len(pairs.shown) else ""
        self.count.setText(f"同じ{self._subject.noun}かもしれない組　{pairs.count}組{more}")
        for widget in (self.count, self.pairs):
            widget.setVisible(bool(pairs.shown))
        self.nothing.setVisible(not pairs.shown)
        if self._place is not None and self.cards:
            card = self.cards[min(self._place, len(self.cards) - 1)]
            card.keep_first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.pairs.ensureWidgetVisible(card)
        self._place = None
        self.found = pairs.count
        self.counted.emit()

    def merge(self, kept: Side, gone: Side) -> None:
        """Make one entry of two."""
        self.problem.hide()
        sender = self.sender()
        self._place = next((place for place, card in enumerate(self.cards) if card is sender), None)
        for card in self.cards:
            card.setEnabled(False)
        answer = Answer(self._merged, self._failed)
        self._desk.perform(self, answer, self._subject.merge, kept.id, gone.id)

    def _merged(self, done: Done[None]) -> None:
        said = done_words(done.changes.label)
        self.merged.label.setText(said)
        self.merged.show()
        self._desk.notice(said, can_undo=True)

    def _undo(self) -> None:
        """The dialog stands before the window, so the last change is the one that is told here."""
        self.merged.hide()
        office = self._desk.office
        self._desk.work(self, lambda _task: office.undo(), self._undone, self._failed, lane=Lane.LEDGER)

    def _undone(self, changes: ChangeSet | None) -> None:
        if changes is not None:
            self._desk.notice(f"元に戻しました：{changes.label}")

    def _heard(self, changes: ChangeSet) -> None:
        if changes.kinds & self._subject.kinds:
            self._ask()

    def _ask(self) -> None:
        self._desk.ask(self, self.show_pairs, self._subject.read)

    def _failed(self, error: Exception) -> None:
        for card in self.cards:
            card.setEnabled(True)
        if not isinstance(error, LedgerError):
            self._desk.tell(error)
            return
        self.problem.setText(str(error))
        self.problem.show()

    def _lay_out(self) -> None:
        self.pairs.column.addWidget(self.explanation)
        self.pairs.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.merged)
        column.addWidget(self.count)
        column.addWidget(self.problem)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.pairs, 1)


class PairCard(Card):
    """Two entries side by side; what differs stands in bold."""

    merge_wanted = Signal(object, object)
    """The Side that stays, and the one that goes into it."""

    def __init__(self, pair: Pair) -> None:
        super().__init__(f"{'・'.join(pair.common)}が同じです")
        self._pair = pair
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        facts = zip(pair.first.facts, pair.second.facts, strict=True)
        for row, ((label, first), (_, second)) in enumerate(facts):
            look = "" if first == second else "field"
            cells = PlainLabel(label, "muted"), WrapLabel(first or "—", look), WrapLabel(second or "—", look)
            for column, cell in enumerate(cells):
                grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
        self.keep_first = Button(
            "左を残して統合", self._keep_first, name=_saying(kept=pair.first, gone=pair.second)
        )
        self.keep_second = Button(
            "右を残して統合", self._keep_second, name=_saying(kept=pair.second, gone=pair.first)
        )
        foot = grid.rowCount()
        grid.addWidget(self.keep_first, foot, 1)
        grid.addWidget(self.keep_second, foot, 2)
        self.body.addLayout(grid)

    def _keep_first(self) -> None:
        self.merge_wanted.emit(self._pair.first, self._pair.second)

    def _keep_second(self) -> None:
        self.merge_wanted.emit(self._pair.second, self._pair.first)


def _saying(kept: Side, gone: Side) -> str:
    return f"「{excerpt(gone.name)}」を「{excerpt(kept.name)}」に統合"
