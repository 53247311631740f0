"""The preview: the pages of the report as they will be printed, with zoom, page number, and a word on what is going on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.errors import LedgerError
from reports.pages import Bitmap, PdfPages
from ui.desk import Desk
from ui.reports import making
from ui.reports.making import Made, Order
from ui.reports.page_view import PageView, image_of
from ui.tasks import Task
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.text import PlainLabel

REST_MS = 350
"""A change of the options or the ledger is drawn once no other has followed for so long."""

_UNEXPECTED = "この帳票を作る途中で、思いがけない誤りが起きました。"


class PreviewPane(QWidget):
    """Makes and shows the PDF of what is ordered; an order that is overtaken by another is dropped."""

    checked = Signal(object)
    """The findings of the report, or None while it cannot be made."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._order: Order | None = None
        self._shown_id = ""
        self._pages_text = ""
        self._pages: PdfPages | None = None
        self._task: Task | None = None
        self._drawing: dict[int, Task] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._make)
        self.view = PageView()
        self.page_label = PlainLabel("", "muted")
        self.zoom_label = PlainLabel("", "muted")
        self.out_button = Button("−", self.view.zoom_out, name="縮小（Ctrl+−）")
        self.in_button = Button("＋", self.view.zoom_in, name="拡大（Ctrl+＋）")
        self.fit_button = Button("幅に合わせる", self.view.fit_width, tip="幅に合わせる（Ctrl+0）")
        self.actual_button = Button("100%", self.view.actual_size, tip="紙と同じ大きさ")
        for button in (self.fit_button, self.actual_button):
            button.setCheckable(True)
        self.trouble = EmptyState("この帳票はまだ作れません", "", icon_name="reports")
        self._lay_out()
        self.view.wanted.connect(self._draw)
        self.view.page_changed.connect(self._show_page)
        self.view.zoom_changed.connect(self._show_zoom)
        self._show_zoom(self.view.zoom, True)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is about to be made."""
        return not self._rest.isActive() and self._task is None

    def order(self, order: Order) -> None:
        """Show this report, once no other order follows for a moment; another report at once."""
        is_other = self._order is None or self._order.entry.id != order.entry.id
        self._order = order
        self._rest.start(0 if is_other else REST_MS)
        self._show_state()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        spared = (self.actual_button, self.zoom_label)
        needed = self._bar.sizeHint().width() + sum(
            widget.sizeHint().width() + 4 for widget in spared if widget.isHidden()
        )
        for widget in spared:
            widget.setVisible(needed <= event.size().width())

    def _make(self) -> None:
        if self._order is None:
            return
        if self._task is not None:
            self._task.cancel()
        order = self._order
        office = self._desk.office
        self._task = self._desk.work(
            self,
            lambda task: making.make(office, order, task.report),
            partial(self._made, order),
            self._failed,
        )

    def _made(self, order: Order, made: Made) -> None:
        self._task = None
        self._pages = made.pages
        self._stack.setCurrentWidget(self.view)
        for task in self._drawing.values():
            task.cancel()
        self._drawing.clear()
        self.view.show_document(made.pages.sizes, keep_place=order.entry.id == self._shown_id)
        self._shown_id = order.entry.id
        self._show_state()
        self.checked.emit(made.findings)

    def _failed(self, error: Exception) -> None:
        self._task = None
        is_known = isinstance(error, LedgerError)
        self.trouble.title.setText(error.message if isinstance(error, LedgerError) else _UNEXPECTED)
        self.trouble.explanation.setText(error.advice if isinstance(error, LedgerError) else "")
        self._stack.setCurrentWidget(self.trouble)
        self._shown_id = ""
        self._show_state()
        self.checked.emit(None)
        if not is_known:
            self._desk.tell(error)

    def _draw(self, index: int, scale: float) -> None:
        pages = self._pages
        if pages is None:
            return
        earlier = self._drawing.pop(index, None)
        if earlier is not None:
            earlier.cancel()
        self._drawing[index] = self._desk.work(
            self,
            lambda task: None if task.is_cancelled else pages.render(index, scale),
            partial(self._drawn, pages, index, scale),
        )

    def _drawn(self, pages: PdfPages, index: int, scale: float, drawn: Bitmap | None) -> None:
        if drawn is not None and pages is self._pages:
            self.view.show_picture(
                index, scale, image_of(drawn.width, drawn.height, drawn.stride, drawn.pixels)
            )

    def _show_page(self, page: int, count: int) -> None:
        self._pages_text = f"{page} / {count} ページ" if count else ""
        self._show_state()

    def _show_state(self) -> None:
        """The page number, or that a new one is being made: both in one place, so that nothing moves."""
        pages = self._pages_text if self._stack.currentWidget() is self.view else ""
        self.page_label.setText(pages if self.is_settled else "作成しています…")

    def _show_zoom(self, zoom: float, fits_width: bool) -> None:
        self.zoom_label.setText(f"{zoom * 100:.0f}%")
        self.fit_button.setChecked(fits_width)
        self.actual_button.setChecked(not fits_width and zoom == 1.0)

    def _lay_out(self) -> None:
        # The bar may be narrower than what it holds; resizeEvent then leaves out what can be done without.
        self._bar = QWidget()
        self._bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(4)
        for widget in (self.out_button, self.zoom_label, self.in_button, self.fit_button, self.actual_button):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.page_label)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.trouble)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
