"""The left side of the page: the filters, the matrix and the legend under it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from ui.outcomes.legend import Legend
from ui.outcomes.matrix_model import MatrixModel
from ui.outcomes.matrix_rows import Counts, Group, Show
from ui.outcomes.matrix_view import MatrixView
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.fields import FilterField
from ui.widgets.flow import FlowLayout

_WIDEST_FIELD = 320
_ANY_WIDTH = 16777215
"""What Qt calls no limit (QWIDGETSIZE_MAX)."""


class FilterBar(QWidget):
    """A field for words and a button for each quick filter, with the number of outcomes it shows."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = FilterField("言葉で絞り込み")
        self.field.setMaximumWidth(_WIDEST_FIELD)
        self._group = QButtonGroup(self)
        self.buttons: dict[Show, Button] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addWidget(self.field, 1)
        buttons = QWidget()
        flow = FlowLayout(buttons, 6)
        self._row.addWidget(buttons, 2)
        for place, show in enumerate(Show):
            button = Button(show.label, tip=show.meaning)
            button.setCheckable(True)
            self._group.addButton(button, place)
            self.buttons[show] = button
            flow.addWidget(button)
        self._buttons = flow
        self.buttons[Show.ALL].setChecked(True)
        self._group.idClicked.connect(self._chosen)
        self.field.filtered.connect(self._typed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        words = self.fontMetrics().horizontalAdvance(self.field.placeholderText())
        needed = words + 5 * self.fontMetrics().height() + self._buttons.sizeHint().width()
        directions = QBoxLayout.Direction
        is_narrow = needed > event.size().width()
        self._row.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        self.field.setMaximumWidth(_ANY_WIDTH if is_narrow else _WIDEST_FIELD)

    @property
    def show_only(self) -> Show:
        """The quick filter in use."""
        return tuple(Show)[self._group.checkedId()]

    def choose(self, show: Show) -> None:
        """Use a quick filter."""
        self.buttons[show].setChecked(True)
        self.changed.emit()

    def clear(self) -> None:
        """Show everything."""
        self.field.clear()
        self.choose(Show.ALL)

    def tell_counts(self, counts: Counts | None) -> None:
        """Write the numbers on the buttons; none where the year has nothing to count."""
        for show, button in self.buttons.items():
            if counts is None:
                button.setText(show.label)
                continue
            count = counts.by_filter[show]
            button.setText(f"{show.label} {count}")
            button.setAccessibleName(f"{show.label} {count}件")

    def _chosen(self, _place: int) -> None:
        self.changed.emit()

    def _typed(self, _text: str) -> None:
        self.changed.emit()


class ListPane(QWidget):
    """The matrix with its legend; where a filter lets nothing through, it says so."""

    def __init__(self, filters: FilterBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = filters
        self.model = MatrixModel(self)
        self.view = MatrixView(self.model)
        self.legend = Legend()
        self.nothing = EmptyState("当てはまる到達イメージはありません", "　", "すべて表示する", filters.clear)
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.view, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.legend)
        filters.changed.connect(self.apply_filters)
        filters.field.set_list(self.view)
        self.view.folding_changed.connect(self.model.fold)
        self.view.years_fitted.connect(self.legend.tell_hidden_years)

    def apply_filters(self) -> None:
        """Narrow the list to what the filters let through."""
        self.model.filter(self._filters.field.text(), self._filters.show_only)
        self.say_what_is_found()

    def fold_all(self) -> None:
        """Leave the headings alone."""
        rows = self.model.rows.rows if self.model.rows else ()
        self.model.fold({row.item.id for row in rows if isinstance(row, Group)})

    def unfold_all(self) -> None:
        """Show every row."""
        self.model.fold(())

    def say_what_is_found(self) -> None:
        """Show the matrix, or say in its place that the filters let nothing through."""
        is_empty = self.model.rows is not None and self.model.rowCount() == 0
        self.view.setVisible(not is_empty)
        self.nothing.setVisible(is_empty)
        if self._filters.field.text():
            self.nothing.explanation.setText("言葉を短くするか、「すべて」に戻してください。")
        else:
            self.nothing.explanation.setText(f"「{self._filters.show_only.label}」のものは残っていません。")
