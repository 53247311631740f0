"""The door: no argument or a ledger opens the window, a command runs without one."""

from __future__ import annotations

import sys


def main(arguments: list[str]) -> int:
    """Open the window, or run a command; the exit code."""
    if not arguments or (len(arguments) == 1 and arguments[0].lower().endswith(".tsunagari")):
        return _open_window(*arguments)
    from ui import console

    return console.main(arguments)


def _open_window(ledger: str = "") -> int:
    import gc
    from pathlib import Path

    # Nothing of what is loaded before the first paint is garbage; looking for it would take time. The window enables it again.
    gc.disable()
    from ui import start

    return start.run(Path(ledger) if ledger else None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
