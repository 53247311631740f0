"""A process that lays out a large network and drags its map about; it prints three figures in milliseconds: laying it out, a move of
the drag with its painting, and the slowest of twenty moves."""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

import main
from app.network_map import layout
from tests.bench.network_map import shown, ward
from ui import fonts, theme
from ui.network_map.drawing import Drawing
from ui.network_map.map_view import MapView

MOVES, STEP = 400, 11.0


def figures() -> tuple[float, float, float]:
    """The real widget, as large as a window of 1280×800 lets it be, with all lines shown, by the events of a mouse."""
    application = QApplication([])
    gc.set_threshold(main.COLLECT_AFTER)
    fonts.load()
    theme.apply(application, "light", 100)
    network = ward()
    # What is laid out first loads the libraries; a person waits for that as well.
    started = time.perf_counter()
    places = layout.place(network)
    laid_out = time.perf_counter() - started
    view = MapView()
    view.resize(1050, 620)
    view.show_drawing(Drawing(shown(network), places), "")
    view.show()
    application.processEvents()
    view.zoom(1.6, glides=False)
    view.repaint()
    gc.freeze()
    taken = []
    place = QPointF(view.rect().center())
    _send(view, QEvent.Type.MouseButtonPress, place)
    for number in range(MOVES):
        # To the right and to the left in turns, and a little down and up: the whole map comes by.
        way = 1 if number // 50 % 2 else -1
        place += QPointF(way * STEP, way * 3.0)
        started = time.perf_counter()
        _send(view, QEvent.Type.MouseMove, place)
        application.processEvents()
        taken.append(time.perf_counter() - started)
    _send(view, QEvent.Type.MouseButtonRelease, place)
    slowest = sorted(taken)[int(len(taken) * 0.95)]
    return laid_out * 1000, sum(taken) / len(taken) * 1000, slowest * 1000


def _send(view: MapView, kind: QEvent.Type, place: QPointF) -> None:
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    where = view.mapToGlobal(place)
    QApplication.sendEvent(
        view, QMouseEvent(kind, place, where, button, held, Qt.KeyboardModifier.NoModifier)
    )


if __name__ == "__main__":
    print(*figures())
