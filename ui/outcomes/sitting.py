"""連続入力: going through all outcomes by keys alone, one review after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app.office import Reader
from app.outcomes import queries
from app.outcomes.queries import ReviewRow
from ui.widgets.button import Button
from ui.widgets.containers import Banner


@dataclass(frozen=True, slots=True)
class Ahead:
    """The reviews of a plan in a year and the year before, read ahead so that the next outcome is there at once."""

    plan_id: int
    fiscal_year: int
    this_year: dict[int, ReviewRow]
    last_year: dict[int, ReviewRow]

    def reviews(self, outcome_id: int) -> tuple[ReviewRow, ...]:
        """What was read of an outcome, the older year first."""
        found = (self.last_year.get(outcome_id), self.this_year.get(outcome_id))
        return tuple(review for review in found if review is not None)


def read_ahead(reader: Reader, plan_id: int, fiscal_year: int) -> Ahead:
    """Everything that a sitting shows."""
    return Ahead(
        plan_id,
        fiscal_year,
        queries.reviews(reader, plan_id, fiscal_year),
        queries.reviews(reader, plan_id, fiscal_year - 1),
    )


def next_open(order: Sequence[int], current: int | None, is_reviewed: Callable[[int], bool]) -> int | None:
    """The next outcome without a rating after ``current``, from the top again at the end; None where all are reviewed."""
    start = order.index(current) + 1 if current in order else 0
    turned = (*order[start:], *order[:start])
    return next((one for one in turned if one != current and not is_reviewed(one)), None)


def neighbour(order: Sequence[int], current: int | None, step: int) -> int | None:
    """The outcome before (-1) or after (1) ``current``; None at the ends."""
    if current not in order:
        return order[0] if order else None
    place = order.index(current) + step
    return order[place] if 0 <= place < len(order) else None


class SittingBar(Banner):
    """Says how far the sitting has come and which keys lead through it."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.label.setMinimumWidth(380)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName("確認の進み具合")
        self.add(self._bar)
        self.add(Button("終わる", self.left.emit, tip="連続入力を終わります（Esc）。"))

    def show_progress(self, total: int, reviewed: int) -> None:
        """「25件中 12件 確認済み」"""
        self._bar.setMaximum(max(1, total))
        self._bar.setValue(reviewed)
        self.label.setText(
            f"{total}件中 {reviewed}件 確認済み　"
            "Tab：次の欄　Ctrl+Enter：保存して次の未確認へ　Ctrl+↑ ↓：保存せずに前後へ　Esc：終わる"
        )
