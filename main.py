"""The door: no argument or a ledger opens the window, a command runs without one."""

from __future__ import annotations

import gc
import sys

COLLECT_AFTER = 50_000
"""So many new objects before Python looks for garbage among them: what is loaded at the start all stays."""


def main(arguments: list[str]) -> int:
    """Open the window, or run a command; the exit code."""
    gc.set_threshold(COLLECT_AFTER)
    if not arguments or (len(arguments) == 1 and arguments[0].lower().endswith(".tsunagari")):
        return _open_window(*arguments)
    from ui import console

    code = console.main(arguments)
    # What is left goes with the process; Python need not look through it first.
    gc.freeze()
    return code


def _open_window(ledger: str = "") -> int:
    from pathlib import Path

    # Before the first paint it does not look at all. The window enables it again.
    gc.disable()
    from ui import qt_imports

    qt_imports.read_no_source()
    from ui import start

    return start.run(Path(ledger) if ledger else None)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # In the frozen program, the child that reads a workbook is this program, called again.
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main(sys.argv[1:]))
