"""The heat map for Qt: a row for each scope, the step it has reached, and a cell for each checkpoint, all worked out beforehand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.steps.queries import CheckpointRow, Scope, ScopeResult
from app.steps.round_picture import Picture
from app.steps.rules import Tally
from app.steps.sheet import MARKS
from app.text import search_key
from db.vocabulary import CheckAnswer, ScopeKind
from reports.answer_marks import change_mark, mark, mark_words, step_change, step_words
from ui.steps.states import before_words, reached_words

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

STEP_COLUMN = 0
"""The step that has been reached; the checkpoints follow it."""


class Which(Enum):
    """Which rows are shown; the value is what people choose."""

    ALL = "すべての範囲"
    PARTS = "区全体・地区など"
    ORGANISATIONS = "団体"
    CONTRADICTED = "！のある範囲"


@dataclass(frozen=True, slots=True)
class Cell:
    """What is painted of a checkpoint: the answer that stands for all, its change, whether the ledger contradicts it."""

    answer: CheckAnswer | None
    change: str
    is_contradicted: bool
    words: str


@dataclass(frozen=True, slots=True)
class StepCell:
    """What is painted of the step: the step, its change, whether it was decided upon."""

    step: str
    change: str
    is_ruled: bool
    words: str


class HeatModel(QAbstractTableModel):
    """The picture of a round; the delegate takes cells from it as values."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.picture: Picture | None = None
        self._against: frozenset[tuple[Scope, int]] = frozenset()
        self._which, self._words = Which.ALL, ""
        self._rows: tuple[ScopeResult, ...] = ()
        self._cells: dict[tuple[int, int], Cell] = {}
        self._steps: list[StepCell] = []

    @property
    def scopes(self) -> tuple[ScopeResult, ...]:
        """The rows that are shown."""
        return self._rows

    @property
    def checkpoints(self) -> tuple[CheckpointRow, ...]:
        """The columns after the first."""
        return self.picture.result.set.checkpoints if self.picture else ()

    def show_picture(self, picture: Picture | None) -> None:
        """Show another reading of the ledger; the facts beside it come later."""
        self.beginResetModel()
        is_other = picture is None or self.picture is None or picture.round.id != self.picture.round.id
        if is_other:
            self._against = frozenset()
        self.picture = picture
        self._work_out()
        self.endResetModel()

    def mark_contradictions(self, against: Collection[tuple[Scope, int]]) -> None:
        """Mark the cells (scope, checkpoint) whose answer the ledger contradicts."""
        if frozenset(against) == self._against:
            return
        self._against = frozenset(against)
        if self._which is Which.CONTRADICTED:
            self.narrow(self._which, self._words)
            return
        self._work_out()
        if self.scopes:
            corner = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), corner)

    def narrow(self, which: Which, words: str) -> None:
        """Show only some of the rows: those of ``which`` whose names hold all the ``words``."""
        self.beginResetModel()
        self._which, self._words = which, words
        self._work_out()
        self.endResetModel()

    def cell(self, row: int, column: int) -> Cell:
        """What is painted of a checkpoint."""
        return self._cells[row, column]

    def step_cell(self, row: int) -> StepCell:
        """What is painted of the step."""
        return self._steps[row]

    def place(self, index: Index) -> tuple[Scope, int | None] | None:
        """The scope and the checkpoint (None: the step) behind an index."""
        if not index.isValid():
            return None
        scope = self.scopes[index.row()].scope
        if index.column() == STEP_COLUMN:
            return scope, None
        return scope, self.checkpoints[index.column() - 1].id

    def index_of(self, place: tuple[Scope, int | None] | None) -> QModelIndex:
        """The cell of a scope and a checkpoint; an invalid index where there is none."""
        if place is None:
            return QModelIndex()
        scope, checkpoint_id = place
        row = next((at for at, one in enumerate(self.scopes) if one.scope == scope), None)
        columns = [None, *(one.id for one in self.checkpoints)]
        if row is None or checkpoint_id not in columns:
            return QModelIndex()
        return self.index(row, columns.index(checkpoint_id))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.scopes)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self.picture is None else 1 + len(self.checkpoints)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        is_step = index.column() == STEP_COLUMN
        shown = self._steps[index.row()] if is_step else self._cells[index.row(), index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown.step if isinstance(shown, StepCell) else mark(shown.answer)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return shown.words
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation is Qt.Orientation.Horizontal
        if not 0 <= section < (self.columnCount() if across else self.rowCount()):
            return None
        if not across:
            row = self.scopes[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return row.name
            if role == Qt.ItemDataRole.ToolTipRole:
                return f"{row.name}\n{row.asked}件のうち{row.answered}件に回答"
            return None
        if section == STEP_COLUMN:
            return "到達" if role == Qt.ItemDataRole.DisplayRole else None
        one = self.checkpoints[section - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.number
        return f"{one.number}　{one.text}" if role == Qt.ItemDataRole.ToolTipRole else None

    def _passes(self, row: ScopeResult) -> bool:
        key = search_key(f"{row.name}\n{row.kana}")
        if not all(word in key for word in search_key(self._words).split()):
            return False
        is_organisation = row.scope.kind is ScopeKind.ORGANISATION
        match self._which:
            case Which.PARTS:
                return not is_organisation
            case Which.ORGANISATIONS:
                return is_organisation
            case Which.CONTRADICTED:
                return any(scope == row.scope for scope, _ in self._against)
        return True

    def _work_out(self) -> None:
        self._cells, self._steps = {}, []
        self._rows = tuple(filter(self._passes, self.picture.result.scopes)) if self.picture else ()
        if self.picture is None:
            return
        for at, row in enumerate(self._rows):
            self._steps.append(_step_cell(self.picture, row))
            for column, one in enumerate(self.checkpoints, 1):
                before = self.picture.answer_before(row.scope, one.id)
                is_against = (row.scope, one.id) in self._against
                self._cells[at, column] = _cell(row, one, before, is_against)


def tally_words(tally: Tally) -> str:
    """「○できている2・△一部1」, or that nobody has answered."""
    told = [
        f"{MARKS[answer]}{answer.label}{tally.counts[answer]}" for answer in MARKS if answer in tally.counts
    ]
    return "・".join(told) or "まだ答えがありません"


def _cell(row: ScopeResult, one: CheckpointRow, before: CheckAnswer | None, is_against: bool) -> Cell:
    tally = row.tallies[one.id]
    change = change_mark(tally.common, before)
    words = f"{row.name}　{one.number}　{mark_words(tally.common)}（{tally_words(tally)}）"
    if change:
        words += f"\n前回は{mark_words(before)}でした"
    if is_against:
        words += "\n台帳の記録と食い違います"
    return Cell(tally.common, change, is_against, words)


def _step_cell(picture: Picture, row: ScopeResult) -> StepCell:
    is_answered = bool(row.answered or row.ruling)
    step = reached_words(row)
    change = step_change(row.step, row.before) if is_answered else ""
    words = f"{row.name}　{step}"
    if row.ruling is not None:
        words += f"（規則では{step_words(row.by_rule)}。判断：{row.ruling.reason}）"
    if is_answered:
        words += f"\n{before_words(picture, row)}"
    return StepCell(
        step, change, row.ruling is not None, f"{words}\n{row.asked}件のうち{row.answered}件に回答"
    )
