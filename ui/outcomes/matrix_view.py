"""The matrix on the screen: choosing an outcome by mouse or keys, folding groups, as many years as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.calendar import fiscal_year_label
from reports.document import Ink
from reports.palette import colour
from ui.outcomes.matrix_delegate import MatrixDelegate
from ui.outcomes.matrix_model import TEXT_COLUMN, MatrixModel
from ui.outcomes.matrix_rows import Group, Line

_NARROWEST_TEXT = 240

_Action = QAbstractItemView.CursorAction


class YearHeader(QHeaderView):
    """The head of the columns; the year in view is set off by colour, weight and a bar."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().lineSpacing() * 2 + 10)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        assert isinstance(model, MatrixModel)
        is_in_view = section != TEXT_COLUMN and model.year_of(section) == model.fiscal_year
        painter.save()
        ground = self.palette().window().color()
        painter.fillRect(rect, QColor(colour(Ink.ACCENT)) if is_in_view else ground)
        painter.setPen(QColor("#FFFFFF") if is_in_view else self.palette().windowText().color())
        font = self.font()
        font.setBold(is_in_view)
        painter.setFont(font)
        year = model.year_of(section)
        text = (
            str(model.headerData(section, Qt.Orientation.Horizontal))
            if year is None
            else f"{_head(year)}\n年度"
        )
        alignment = Qt.AlignmentFlag.AlignVCenter | (
            Qt.AlignmentFlag.AlignLeft if section == TEXT_COLUMN else Qt.AlignmentFlag.AlignHCenter
        )
        painter.drawText(rect.adjusted(8 if section == TEXT_COLUMN else 0, 0, 0, 0), alignment, text)
        painter.restore()


class MatrixView(QTableView):
    """Outcomes by fiscal year. One outcome is chosen at a time; it stays chosen when rows come and go."""

    outcome_chosen = Signal(object)
    """The id of the outcome the person has gone to."""

    outcome_opened = Signal(object)
    """The id of an outcome on which the person pressed Enter: they want to write."""

    year_asked = Signal(int)
    """A fiscal year that the person double-clicked."""

    folding_changed = Signal(object)
    """The ids of the folded groups."""

    years_fitted = Signal(bool)
    """Whether there was not room for every year."""

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._chosen: int | None = None
        self._is_selecting = False
        self._delegate = MatrixDelegate(self)
        self.setHorizontalHeader(YearHeader(self))
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("到達イメージの一覧")
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(20)
        columns = self.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.sectionDoubleClicked.connect(self._ask_for_year)
        model.modelReset.connect(self._restore)
        model.headerDataChanged.connect(self.fit_columns)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self._measure()

    @property
    def chosen(self) -> int | None:
        """The id of the chosen outcome, also while a filter hides it."""
        return self._chosen

    def choose(self, outcome_id: int | None) -> None:
        """Go to an outcome without announcing it."""
        self._chosen = outcome_id
        self._select()

    def fit_columns(self) -> None:
        """Show the year in view and as many others as fit, the nearest earlier ones first; the wording gets the rest."""
        years, room = self._model.years, self.viewport().width()
        if not years:
            return
        width = self._year_width()
        fitting = max(2, min(len(years), (room - _NARROWEST_TEXT) // width))
        near = sorted(years, key=self._distance)[:fitting]
        for column, year in enumerate(years, start=1):
            self.setColumnHidden(column, year not in near)
            self.setColumnWidth(column, width)
        self.setColumnWidth(TEXT_COLUMN, max(140, room - width * len(near)))
        self.years_fitted.emit(len(near) < len(years))

    def _distance(self, year: int) -> tuple[bool, int]:
        return year > self._model.fiscal_year, abs(year - self._model.fiscal_year)

    def _year_width(self) -> int:
        metrics = QFontMetrics(self.font())
        bold = self.font()
        bold.setBold(True)
        levels = self._model.rows.matrix.levels if self._model.rows else ()
        words = [word for level in levels for word in (level.label, level.symbol)]
        heads = [QFontMetrics(bold).horizontalAdvance(_head(year)) for year in self._model.years]
        return max(
            [
                *(metrics.horizontalAdvance(word) + metrics.height() + 8 for word in words),
                *(head + 10 for head in heads),
            ]
        )

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height(self.font()))

    def _restore(self) -> None:
        self._measure()
        self.fit_columns()
        self._select()

    def _select(self) -> None:
        place = None if self._chosen is None else self._model.place_of(self._chosen)
        self._is_selecting = True
        selection = self.selectionModel()
        if place is None:
            selection.clear()
        else:
            index = self._model.index(place, TEXT_COLUMN)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            selection.setCurrentIndex(index, flags)
            self.scrollTo(index)
        self._is_selecting = False

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._is_selecting or not current.isValid():
            return
        row = self._model.at(current.row())
        if isinstance(row, Line) and row.item.id != self._chosen:
            self._chosen = row.item.id
            self.outcome_chosen.emit(row.item.id)

    def _ask_for_year(self, column: int) -> None:
        year = self._model.year_of(column)
        if year is not None and year != self._model.fiscal_year:
            self.year_asked.emit(year)

    def _toggle(self, group: Group) -> None:
        self.folding_changed.emit(self._model.folded ^ {group.item.id})

    def moveCursor(self, action: _Action, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Up and down go from outcome to outcome; Home and End to the first and the last."""
        lines = [
            place
            for one in self._model.visible_outcomes()
            if (place := self._model.place_of(one)) is not None
        ]
        if not lines:
            return QModelIndex()
        current = self.currentIndex().row()
        page = max(1, self.viewport().height() // max(1, self.rowHeight(0)) - 1)
        steps = {
            _Action.MoveUp: [one for one in lines if one < current][-1:],
            _Action.MoveDown: [one for one in lines if one > current][:1],
            _Action.MovePageUp: [one for one in lines if one <= current - page][-1:] or lines[:1],
            _Action.MovePageDown: [one for one in lines if one >= current + page][:1] or lines[-1:],
            _Action.MoveHome: lines[:1],
            _Action.MoveEnd: lines[-1:],
        }
        target = steps.get(action, [])
        return self._model.index(target[0], TEXT_COLUMN) if target else self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self._chosen is not None:
                self.outcome_opened.emit(self._chosen)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            row = self._model.at(index.row())
            if isinstance(row, Group):
                self._toggle(row)
                return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        row, year = self._model.at(index.row()), self._model.year_of(index.column())
        if isinstance(row, Group):
            self._toggle(row)
        elif year is None or year == self._model.fiscal_year:
            self.outcome_opened.emit(row.item.id)
        else:
            self.year_asked.emit(year)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: object = None
    ) -> QItemSelectionModel.SelectionFlag:
        """A click beside the rows leaves the choice as it is."""
        if not index.isValid():
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)  # type: ignore[arg-type]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()


def _head(year: int) -> str:
    """令和8, above 年度: a column is no wider than the words in it."""
    return fiscal_year_label(year).removesuffix("年度")
