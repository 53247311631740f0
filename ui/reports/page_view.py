"""The pages of a paper under each other: drawn when they come into sight, at the pixels of the screen, kept while new ones are made."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui import theme

PIXELS_PER_POINT = 96 / 72
"""At 100 %, in device-independent pixels."""

MARGIN, GAP = 16, 14
SMALLEST, LARGEST = 0.25, 4.0
STEPS = (0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
_KEPT_AROUND = 2
"""So many pages above and below the visible ones stay drawn."""


@dataclass(frozen=True, slots=True)
class _Picture:
    image: QImage
    scale: float
    is_old: bool = False
    """Whether it is of the document before: shown until the new one is drawn."""


class PageView(QAbstractScrollArea):
    """Shows pages. It asks for pictures by ``wanted`` and gets them by ``show_picture``; it knows no file."""

    wanted = Signal(int, float)
    """A page, and how many device pixels a point of it shall have."""

    page_changed = Signal(int, int)
    """The page in the middle of the view, counted from 1, and how many there are."""

    zoom_changed = Signal(float, bool)
    """The zoom, and whether it follows the width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._pictures: dict[int, _Picture] = {}
        self._asked: dict[int, float] = {}
        self._zoom, self._fits_width = 1.0, True
        self._page = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(40)
        self._rest.timeout.connect(self._ask)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("印刷のプレビュー")
        self.setAccessibleDescription(
            "↑↓で送り、PageUp・PageDownで1画面、HomeとEndで最初と最後のページへ動きます。"
        )
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._moved)

    # ── what is shown ─────────────────────────────────────────────────────

    def show_document(self, sizes: tuple[tuple[float, float], ...], keep_place: bool) -> None:
        """Show a document by the sizes of its pages in points; with ``keep_place`` at the place where one was in the last."""
        place = self._place() if keep_place else None
        self._sizes = sizes
        self._asked.clear()
        if keep_place:
            self._pictures = {
                index: _Picture(one.image, one.scale, is_old=True)
                for index, one in self._pictures.items()
                if index < len(sizes)
            }
        else:
            self._pictures.clear()
        self._fit()
        if place is None:
            self.verticalScrollBar().setValue(0)
        else:
            self._go_to(*place)
        self._moved()
        self._ask()
        self.viewport().update()

    def show_picture(self, index: int, scale: float, image: QImage) -> None:
        """Take the picture of a page."""
        if index < len(self._sizes):
            self._pictures[index] = _Picture(image, scale)
            self.viewport().update()

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._sizes)

    @property
    def zoom(self) -> float:
        """1.0 is the size of the paper on a screen of 96 dots an inch."""
        return self._zoom

    def drawn(self, index: int) -> bool:
        """Whether a page of this document is drawn at the present zoom."""
        picture = self._pictures.get(index)
        return picture is not None and not picture.is_old and picture.scale == self._scale()

    def picture(self, index: int) -> QImage | None:
        """The picture of a page, if there is one."""
        picture = self._pictures.get(index)
        return picture.image if picture else None

    # ── zoom ──────────────────────────────────────────────────────────────

    def fit_width(self) -> None:
        """Let the widest page fill the width, now and when the width changes."""
        self._set_zoom(self._width_zoom(), fits_width=True)

    def set_zoom(self, zoom: float) -> None:
        """Show the pages at this zoom."""
        self._set_zoom(max(SMALLEST, min(LARGEST, zoom)), fits_width=False)

    def zoom_in(self) -> None:
        """The next larger step."""
        self.set_zoom(next((step for step in STEPS if step > self._zoom + 0.005), LARGEST))

    def zoom_out(self) -> None:
        """The next smaller step."""
        self.set_zoom(next((step for step in reversed(STEPS) if step < self._zoom - 0.005), SMALLEST))

    def actual_size(self) -> None:
        """100 %."""
        self.set_zoom(1.0)

    # ── Qt ────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        place = self._place()
        self._fit()
        self._go_to(*place)
        self._rest.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        colours = theme.tokens()
        painter.fillRect(self.viewport().rect(), QColor(colours.line))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index in self._visible():
            area = self._area(index)
            painter.fillRect(area, Qt.GlobalColor.white)
            picture = self._pictures.get(index)
            if picture is not None:
                painter.drawImage(QRectF(area), picture.image)
            painter.setPen(QColor(colours.line_strong))
            painter.drawRect(area.adjusted(-1, -1, 0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, key = self.verticalScrollBar(), event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Semicolon, Qt.Key.Key_Equal):
            self.zoom_in()
        elif control and key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif control and key == Qt.Key.Key_0:
            self.fit_width()
        elif key == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif key == Qt.Key.Key_Space:
            bar.setValue(bar.value() + bar.pageStep())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0:
                self.zoom_in()
            else:
                self.zoom_out()
            event.accept()
        else:
            super().wheelEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(560, 640)

    # ── geometry ──────────────────────────────────────────────────────────

    def _size(self, index: int) -> QSize:
        width, height = self._sizes[index]
        factor = self._zoom * PIXELS_PER_POINT
        return QSize(round(width * factor), round(height * factor))

    def _top(self, index: int) -> int:
        return MARGIN + sum(self._size(before).height() + GAP for before in range(index))

    def _area(self, index: int) -> QRect:
        """Where a page lies in the viewport."""
        size = self._size(index)
        left = max(MARGIN, (self.viewport().width() - size.width()) // 2)
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return QRect(QPoint(left, self._top(index)) - offset, size)

    def _visible(self) -> list[int]:
        height = self.viewport().height()
        found, top = [], MARGIN - self.verticalScrollBar().value()
        for index in range(len(self._sizes)):
            bottom = top + self._size(index).height()
            if bottom >= 0 and top <= height:
                found.append(index)
            top = bottom + GAP
        return found

    def _scale(self) -> float:
        return self._zoom * PIXELS_PER_POINT * self.devicePixelRatioF()

    def _width_zoom(self) -> float:
        widest = max((width for width, _ in self._sizes), default=595.0)
        # The bar is counted in whether it is there or not, or it would come and go with the zoom it causes.
        room = self.width() - 2 * MARGIN - self.verticalScrollBar().sizeHint().width()
        return max(SMALLEST, min(LARGEST, room / (widest * PIXELS_PER_POINT)))

    def _fit(self) -> None:
        if self._fits_width:
            zoom = self._width_zoom()
            if zoom != self._zoom:
                self._zoom = zoom
                self.zoom_changed.emit(zoom, True)
        sizes = [self._size(index) for index in range(len(self._sizes))]
        height = 2 * MARGIN - GAP + sum(size.height() + GAP for size in sizes) if sizes else 0
        width = 2 * MARGIN + max((size.width() for size in sizes), default=0)
        view = self.viewport().size()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, height - view.height()))
        vertical.setPageStep(view.height())
        horizontal.setRange(0, max(0, width - view.width()))
        horizontal.setPageStep(view.width())

    def _place(self) -> tuple[int, float]:
        """The page at the top of the view, and how much of it has gone by."""
        value = self.verticalScrollBar().value()
        for index in range(len(self._sizes)):
            top, height = self._top(index), self._size(index).height()
            if value < top + height + GAP:
                return index, (value - top) / height
        return 0, 0.0

    def _go_to(self, index: int, share: float) -> None:
        if not self._sizes:
            return
        index = min(index, len(self._sizes) - 1)
        self.verticalScrollBar().setValue(round(self._top(index) + share * self._size(index).height()))

    def _set_zoom(self, zoom: float, fits_width: bool) -> None:
        place = self._place()
        self._zoom, self._fits_width = zoom, fits_width
        self._fit()
        self._go_to(*place)
        self.zoom_changed.emit(zoom, fits_width)
        self._rest.start()
        self.viewport().update()

    def _moved(self) -> None:
        # Not begun anew while it runs, or nothing would be drawn as long as one scrolls.
        if not self._rest.isActive():
            self._rest.start()
        middle = self.viewport().rect().center().y()
        page = 0
        for index in self._visible():
            if self._area(index).top() <= middle:
                page = index + 1
        if self._sizes:
            self.page_changed.emit(max(page, 1), len(self._sizes))
        else:
            self.page_changed.emit(0, 0)

    def _ask(self) -> None:
        """Ask for the pictures in sight, and forget those far off."""
        visible, scale = self._visible(), self._scale()
        if not visible:
            return
        near = range(visible[0] - _KEPT_AROUND, visible[-1] + _KEPT_AROUND + 1)
        self._pictures = {index: one for index, one in self._pictures.items() if index in near}
        self._asked = {index: asked for index, asked in self._asked.items() if index in near}
        for index in visible:
            if not self.drawn(index) and self._asked.get(index) != scale:
                self._asked[index] = scale
                self.wanted.emit(index, scale)


def image_of(width: int, height: int, stride: int, pixels: bytes) -> QImage:
    """The picture made of pixels of four bytes: blue, green, red, unused."""
    # The image looks into the bytes, which live only as long as their owner; a copy has its own.
    return QImage(pixels, width, height, stride, QImage.Format.Format_RGB32).copy()
