"""The tree of a plan: rows of two lines, the kind as a small word before the text, the whole text as a tooltip."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from app.calendar import period_label
from app.plans.queries import ItemRow, PlanRow
from app.records import RecordKey
from db.vocabulary import ItemKind
from ui import theme
from ui.plans import places
from ui.plans.tree_model import Role, ended_label

Index = QModelIndex | QPersistentModelIndex

LINES = 2
_PAD_X, _PAD_Y, _LEADING = 6, 5, 2
_SMALL = 0.85
_STRONG = (ItemKind.POLICY, ItemKind.GOAL, ItemKind.PILLAR)
UNSAVED_MARK = "● 未保存"


class PlanDelegate(QStyledItemDelegate):
    """Draws a row of a plan on two lines at most."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, LINES * (option.fontMetrics.lineSpacing() + _LEADING) + 2 * _PAD_Y)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        row = index.data(Role.ROW)
        if row is None:
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        colours = theme.tokens()
        ink = QColor(colours.on_accent_soft if selected else colours.text)
        quiet = ink if selected else QColor(colours.muted)
        unsaved = bool(index.data(Role.UNSAVED))
        room = option.rect.adjusted(_PAD_X, _PAD_Y, -_PAD_X, -_PAD_Y)
        painter.save()
        painter.setClipRect(option.rect)
        if isinstance(row, PlanRow):
            _draw_plan(painter, room, option.font, row, unsaved, ink, quiet)
        else:
            text, formats = _parts(row, unsaved, option.font, ink, quiet)
            _draw(painter, room, option.font, text, formats)
        painter.restore()


def _draw_plan(
    painter: QPainter, room: QRect, font: QFont, plan: PlanRow, unsaved: bool, ink: QColor, quiet: QColor
) -> None:
    """The plan's name on one line, its period on the other."""
    strong, small = QFont(font), QFont(font)
    strong.setBold(True)
    small.setPointSizeF(font.pointSizeF() * _SMALL)
    mark = f"{UNSAVED_MARK}　" if unsaved else ""
    lines = (
        (f"{mark}{plan.title}　{plan.edition}".strip(), strong, ink),
        (period_label(plan.period_from, plan.period_to), small, quiet),
    )
    half = room.height() // 2
    for number, (text, face, colour) in enumerate(lines):
        painter.setFont(face)
        painter.setPen(colour)
        line = QRect(room.left(), room.top() + number * half, room.width(), half)
        shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _parts(
    row: ItemRow, unsaved: bool, font: QFont, ink: QColor, quiet: QColor
) -> tuple[str, list[QTextLayout.FormatRange]]:
    """The text of a row and how its stretches are set."""
    small, strong = QFont(font), QFont(font)
    small.setPointSizeF(font.pointSizeF() * _SMALL)
    strong.setBold(True)
    pieces = [(f"{UNSAVED_MARK}　", small, ink)] if unsaved else []
    pieces.append((f"{places.short_label(row.kind)}　", small, quiet))
    if row.ended_in is not None:
        pieces.append((f"（{ended_label(row)}） ", small, quiet))
    face = strong if row.kind in _STRONG else font
    pieces.append((" ".join(row.heading.split()), face, ink if row.ended_in is None else quiet))
    text, formats = "", []
    for piece, face, colour in pieces:
        manner = QTextCharFormat()
        manner.setFont(face)
        manner.setForeground(colour)
        run = QTextLayout.FormatRange()
        run.start, run.length, run.format = _units(text), _units(piece), manner
        formats.append(run)
        text += piece
    return text, formats


def _units(text: str) -> int:
    """The length of ``text`` as Qt counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _draw(
    painter: QPainter, area: QRect, font: QFont, text: str, formats: list[QTextLayout.FormatRange]
) -> None:
    """``text`` on two lines of ``area``, in the middle of its height; what does not fit ends in …."""
    layout = _laid_out(text, font, formats, area.width())
    if layout.lineCount() > LINES:
        # A line must not be asked once its layout is gone, so only numbers are kept.
        first = layout.lineAt(LINES - 1).textStart()
        end = first + layout.lineAt(LINES - 1).textLength()
        units = text.encode("utf-16-le")
        # Characters are taken away until the … that stands for the rest fits.
        while layout.lineCount() > LINES and end > first:
            shortened = units[: 2 * end].decode("utf-16-le", "ignore").rstrip() + "…"
            layout = _laid_out(shortened, font, formats, area.width())
            end -= 1
    lines = [layout.lineAt(number) for number in range(min(layout.lineCount(), LINES))]
    height = sum(line.height() for line in lines) + _LEADING * (len(lines) - 1)
    top = area.top() + max(0.0, (area.height() - height) / 2)
    for line in lines:
        line.draw(painter, QPointF(area.left(), top))


def _laid_out(text: str, font: QFont, formats: list[QTextLayout.FormatRange], width: int) -> QTextLayout:
    """``text`` broken into lines; one more than is shown tells that something is left over."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(formats)
    top = 0.0
    layout.beginLayout()
    while layout.lineCount() <= LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, top))
        top += line.height() + _LEADING
    layout.endLayout()
    return layout


class PlanTreeView(QTreeView):
    """The tree with its keys: Alt+↑/↓ moves an item, Delete removes it, Enter and F2 go to the form."""

    step_wanted = Signal(int)
    """-1 up, +1 down."""

    remove_wanted = Signal()
    edit_wanted = Signal()
    chosen = Signal(object)
    """The RecordKey under the cursor, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setItemDelegate(PlanDelegate(self))
        self.setIndentation(16)
        self.setRootIsDecorated(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setAccessibleName("計画の項目")

    def key_at(self, index: Index) -> RecordKey | None:
        """Which record a row is."""
        key: RecordKey | None = index.data(Role.KEY) if index.isValid() else None
        return key

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(self.key_at(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        key = event.key()
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_wanted.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit_wanted.emit()
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the drop to the model; the rows move when the ledger says so, so nothing is taken out of the view."""
        super().dropEvent(event)
        event.setDropAction(Qt.DropAction.IgnoreAction)
