"""The binding to Qt: calls that return nothing must not eat references to None, or the program aborts after some minutes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from ui import qt_imports


def test_many_calls_that_return_nothing_keep_none_alive() -> None:
    """PySide6 6.12.0 on Python 3.11 lost one reference per call and aborted after some 5,000."""
    target = QObject()
    before = sys.getrefcount(None)
    for number in range(20_000):
        target.setObjectName(f"name {number}")
    assert target.objectName() == "name 19999"
    assert abs(sys.getrefcount(None) - before) < 1_000


def test_modules_imported_after_qt_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cost a tenth of the way to the first page; where PySide6 moves the question, this test asks for another answer."""
    read: list[str] = []
    feature = sys.modules["shibokensupport.feature"]
    monkeypatch.setattr(feature, "_mod_uses_pyside", lambda module: read.append(module.__name__))
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("imported_after_qt", "imported_later"):
        (tmp_path / f"{name}.py").write_text("")
        # As an import statement does it; importlib goes past PySide6.
        __import__(name)
        qt_imports.read_no_source()
    assert "imported_after_qt" in read
    assert "imported_later" not in read
