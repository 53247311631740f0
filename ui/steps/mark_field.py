"""The four answers to a checkpoint as one field: 1 to 4 choose and go on, arrows go up and down, Enter goes on."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.steps.sheet import MARKS
from app.text import fold
from db.vocabulary import CheckAnswer
from reports.answer_marks import ink_of, mark_words
from reports.palette import colour, on
from ui.theme import tokens

_ANSWERS = tuple(MARKS)
_BY_KEY = {str(place): answer for place, answer in enumerate(_ANSWERS, 1)} | {
    fold(shape): answer for answer, shape in MARKS.items()
}
_GAP = 4


class MarkField(QWidget):
    """One stop of the Tab key."""

    edited = Signal()
    """The person has chosen an answer, or taken it away."""

    moved = Signal(int)
    """1: on to the next checkpoint; -1: back to the one before."""

    finished = Signal()
    """Enter was pressed."""

    focused = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: CheckAnswer | None = None
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_answer(None)

    def show_answer(self, answer: CheckAnswer | None) -> None:
        """Show an answer without announcing it."""
        self.answer = answer
        self.setAccessibleName(f"{self._name}：{mark_words(answer)}")
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(
            (metrics.horizontalAdvance("できている") + 14) * len(_ANSWERS), metrics.height() * 2 + 12
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 3 * len(_ANSWERS), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = _BY_KEY.get(fold(event.text()))
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.finished.emit()
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace | Qt.Key.Key_0:
                self._take(None)
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self._step(1 if event.key() == Qt.Key.Key_Right else -1)
            case _ if pressed is not None:
                self._take(pressed)
                self.moved.emit(1)
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x() * len(_ANSWERS) / max(1, self.width()))
        chosen = _ANSWERS[min(max(place, 0), len(_ANSWERS) - 1)]
        self._take(None if chosen is self.answer else chosen)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.focused.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / len(_ANSWERS)
        for place, answer in enumerate(_ANSWERS):
            box = QRectF(place * width + 1.5, 1.5, width - _GAP, self.height() - 3)
            self._paint_choice(painter, box, place + 1, answer)
        painter.end()

    def _paint_choice(self, painter: QPainter, box: QRectF, number: int, answer: CheckAnswer) -> None:
        colours, is_chosen = tokens(), answer is self.answer
        painter.setPen(
            QPen(
                QColor(colours.accent_text if self.hasFocus() else colours.line_strong),
                1.4 if self.hasFocus() else 1,
            )
        )
        painter.setBrush(QColor(colour(ink_of(answer)) if is_chosen else colours.surface))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(
            QColor(
                on(ink_of(answer)) if is_chosen else colours.text if self.isEnabled() else colours.disabled
            )
        )
        font = QFont(self.font())
        font.setBold(is_chosen)
        painter.setFont(font)
        line = QFontMetrics(font).height() + 2
        top = box.center().y() - line
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(box.left(), top, box.width(), line), centre, f"{number} {MARKS[answer]}")
        below = QRectF(box.left() + 2, top + line, box.width() - 4, line)
        word = painter.fontMetrics().elidedText(
            answer.label, Qt.TextElideMode.ElideRight, round(below.width())
        )
        painter.drawText(below, centre, word)

    def _take(self, answer: CheckAnswer | None) -> None:
        if answer is not self.answer:
            self.show_answer(answer)
            self.edited.emit()

    def _step(self, by: int) -> None:
        place = _ANSWERS.index(self.answer) + by if self.answer is not None else 0
        self._take(_ANSWERS[min(max(place, 0), len(_ANSWERS) - 1)])
