"""The way of the Tab key through fields that were made later than what stands behind them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def lead_through(editor: QWidget, stops: Sequence[QWidget], last: QWidget) -> None:
    """Let Tab go through ``stops`` of an editor and then to its ``last``, behind whatever comes before the editor."""
    for first, second in pairwise([_stop_before(editor, last), *stops, last]):
        QWidget.setTabOrder(first, second)


def _stop_before(editor: QWidget, last: QWidget) -> QWidget:
    """Where Tab comes from into the editor."""
    found: QWidget | None = last.previousInFocusChain()
    while found is not None and found is not last:
        if not editor.isAncestorOf(found) and found.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            return found
        found = found.previousInFocusChain()
    return last
