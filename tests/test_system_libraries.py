"""The system libraries of Qt: with the packages that the Makefile names, everything the program loads is found, on a screen or without."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

QT = Path(PySide6.__file__).parent
# What the window loads: the modules it imports, the two platforms, keyboards for Japanese, pictures.
LOADED = [
    "QtCore.abi3.so",
    "QtGui.abi3.so",
    "QtWidgets.abi3.so",
    "QtSvg.abi3.so",
    "QtPrintSupport.abi3.so",
    "QtNetwork.abi3.so",
    "QtTest.abi3.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
    "Qt/plugins/platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "Qt/plugins/xcbglintegrations/libqxcb-egl-integration.so",
    "Qt/plugins/xcbglintegrations/libqxcb-glx-integration.so",
    "Qt/plugins/iconengines/libqsvgicon.so",
    "Qt/plugins/imageformats/libqsvg.so",
]


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or not shutil.which("ldd"), reason="ldd is a tool of Linux"
)
@pytest.mark.parametrize("name", LOADED)
def test_every_library_is_found(name: str) -> None:
    linked = subprocess.run(["ldd", QT / name], capture_output=True, text=True, check=True).stdout
    assert [line.strip() for line in linked.splitlines() if "not found" in line] == []
