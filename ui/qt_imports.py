"""PySide6 and the modules that are imported after it."""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401 - it brings the module that is asked for below


def read_no_source() -> None:
    """Keep PySide6 from reading the source of every module that is imported after it.

    It looks for its own name there, to tell where ``from __feature__ import …`` may be meant; nothing here uses that. Where another
    version keeps the question elsewhere, it goes on reading, which takes longer and does no harm.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and hasattr(feature, "_mod_uses_pyside"):
        vars(feature)["_mod_uses_pyside"] = lambda _module: True
