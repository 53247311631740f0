"""回収: a folder of returned check sheets is read, shown beside the ledger, and taken in."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from ui.desk import Desk


def ask_for_returns(desk: Desk, assessment_round_id: int, parent: QWidget) -> QDialog:
    """Open the dialog that takes in the returned sheets of a round; what it writes, ``desk.ledger_changed`` announces."""
    raise NotImplementedError
