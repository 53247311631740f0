"""送付: the check sheets of a round written into a folder, one workbook for each who is asked."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from ui.desk import Desk


def ask_to_send(desk: Desk, assessment_round_id: int, parent: QWidget) -> QDialog:
    """Open the dialog that writes the sheets of a round; it is open while it works, and closed by the person."""
    raise NotImplementedError
