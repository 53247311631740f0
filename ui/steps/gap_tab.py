"""認識差: how differently 事務局, 施設 and 地域 see the same checkpoint."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.steps.queries import Scope
from app.steps.round_picture import Picture
from db.vocabulary import Perspective, ScopeKind
from ui.desk import Desk
from ui.steps.fitted_table import FittedTable
from ui.steps.gap_rows import GapRow, gap_rows, summary, tally_words
from ui.steps.tab import RoundTab
from ui.table_model import TableColumn, TableModel, show_rows
from ui.theme import tokens
from ui.widgets.button import Button
from ui.widgets.fields import ComboBox
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel, WrapLabel

WARD = Scope(ScopeKind.WARD)

_PLOT = 6
"""The column of the picture."""

_LETTERS = {Perspective.SECRETARIAT: "事", Perspective.FACILITY: "施", Perspective.COMMUNITY: "地"}


class _Plot(QStyledItemDelegate):
    """A line from まだ to できている, with a disc for each perspective, each on a height of its own."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        model = index.model()
        assert isinstance(model, TableModel)
        row: GapRow | None = model.row(index)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, rect = tokens(), QRectF(option.rect)
        side = float(option.fontMetrics.height())
        left, right, middle = rect.left() + side, rect.right() - side, rect.center().y()
        painter.setPen(QPen(QColor(colours.line_strong), 1))
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        for part in (0.0, 0.5, 1.0):
            x = left + (right - left) * part
            painter.drawLine(QPointF(x, middle - 4), QPointF(x, middle + 4))
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        for lane, (perspective, letter) in enumerate(_LETTERS.items(), -1):
            tally = row.said.get(perspective)
            if tally is None or tally.average is None:
                continue
            x, y = left + (right - left) * tally.average, middle + lane * side * 0.75
            disc = QRectF(x - side / 2, y - side / 2, side, side)
            painter.setPen(QPen(QColor(colours.accent_text), 1.4))
            painter.setBrush(QColor(colours.surface))
            painter.drawEllipse(disc)
            painter.setPen(QColor(colours.text))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, letter)
        painter.restore()


class GapView(FittedTable):
    """A row for each checkpoint; Enter or a double click opens it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        self.rows: TableModel[GapRow] = TableModel(
            (
                TableColumn("取組チェックポイント", _checkpoint_words, roles=_tips),
                *(
                    TableColumn(one.label, _Words(one), centre)
                    for one in (Perspective.SECRETARIAT, Perspective.FACILITY, Perspective.COMMUNITY)
                ),
                TableColumn("全体平均", lambda row: tally_words(row.whole), centre),
                TableColumn("差", lambda row: row.gap_words),
                TableColumn("まだ　←　　→　できている", lambda _row: "", centre, _plot_words),
            ),
            lambda row: row.checkpoint.id,
            self,
        )
        self.setModel(self.rows)
        self.setAccessibleName("チェックポイントごとの認識の差")
        self.setItemDelegateForColumn(_PLOT, _Plot(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.fit()

    def fit(self) -> None:
        metrics = self.fontMetrics()
        letter = metrics.horizontalAdvance("あ")
        self.verticalHeader().setDefaultSectionSize(metrics.height() * 2 + 16)
        widths = [0, letter * 5, letter * 5, letter * 5, letter * 6, letter * 9, letter * 16]
        widths[0] = max(letter * 14, self.viewport().width() - sum(widths))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)


class _Words:
    """What a perspective says of a row."""

    def __init__(self, perspective: Perspective) -> None:
        self._perspective = perspective

    def __call__(self, row: GapRow) -> str:
        return row.average_words(self._perspective)


class GapTab(RoundTab):
    """A table with a picture of each difference, for all answers or those of one scope."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._picture: Picture | None = None
        self.scope = ComboBox()
        self.scope.setAccessibleName("範囲")
        self.scope.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.scope.setMinimumContentsLength(14)
        self.order = Button("差の大きい順", self._show, tip="もう一度押すと、番号の順に戻ります")
        self.order.setCheckable(True)
        self.summary = WrapLabel("")
        self.view = GapView()
        note = WrapLabel(
            "できている＝1、一部＝0.5、まだ＝0として平均します（「わからない」は除きます）。"
            "差は、三者のいちばん高い平均といちばん低い平均の開きです。事＝事務局、施＝施設、地＝地域。",
            "note",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(FlowRow(PlainLabel("範囲", "field"), self.scope, self.order))
        column.addWidget(self.summary)
        column.addWidget(self.view, 1)
        column.addWidget(note)
        self.scope.currentIndexChanged.connect(self._show)
        self.view.open_wanted.connect(self._open)

    def show_picture(self, picture: Picture) -> None:
        chosen = self.chosen
        self._picture = picture
        self.scope.blockSignals(True)
        self.scope.clear()
        self.scope.addItem("すべての答え", None)
        for place, row in enumerate(picture.result.scopes):
            self.scope.addItem(row.name, place)
        scopes = [row.scope for row in picture.result.scopes]
        self.scope.setCurrentIndex(scopes.index(chosen) + 1 if chosen in scopes else 0)
        self.scope.blockSignals(False)
        self._show()

    def take_focus(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        """Go to what stands behind the checkpoint under the cursor."""
        row = self.view.rows.row(self.view.currentIndex())
        if row is not None:
            self.place_wanted.emit((self.chosen or WARD, row.checkpoint.id))

    @property
    def chosen(self) -> Scope | None:
        """The scope in view; None for all answers."""
        place = self.scope.currentData()
        if self._picture is None or place is None:
            return None
        scope: Scope = self._picture.result.scopes[place].scope
        return scope

    def _show(self) -> None:
        if self._picture is None:
            return
        rows = gap_rows(self._picture, self.chosen)
        self.summary.setText(summary(rows))
        if self.order.isChecked():
            rows.sort(key=lambda row: -1.0 if row.gap is None else row.gap, reverse=True)
        show_rows(self.view, self.view.rows, rows)


def _checkpoint_words(row: GapRow) -> str:
    return f"{row.checkpoint.number}　{row.checkpoint.text}"


def _tips(row: GapRow) -> dict[int, object]:
    return {Qt.ItemDataRole.ToolTipRole: _checkpoint_words(row)}


def _plot_words(row: GapRow) -> dict[int, object]:
    words = "、".join(f"{one.label} {row.average_words(one)}" for one in Perspective)
    return {Qt.ItemDataRole.AccessibleTextRole: words, Qt.ItemDataRole.ToolTipRole: words}
