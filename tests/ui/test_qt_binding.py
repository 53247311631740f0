"""The binding to Qt: calls that return nothing must not eat references to None, or the program aborts after some minutes."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject


def test_many_calls_that_return_nothing_keep_none_alive() -> None:
    """PySide6 6.12.0 on Python 3.11 lost one reference per call and aborted after some 5,000."""
    target = QObject()
    before = sys.getrefcount(None)
    for number in range(20_000):
        target.setObjectName(f"name {number}")
    assert target.objectName() == "name 19999"
    assert abs(sys.getrefcount(None) - before) < 1_000
