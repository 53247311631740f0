"""The door: no argument or a ledger opens the window, a command runs without one."""

from __future__ import annotations

import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Open the window, or run a command; the exit code."""
    if not arguments:
        from ui import start

        return start.run()
    if len(arguments) == 1 and arguments[0].lower().endswith(".tsunagari"):
        from ui import start

        return start.run(Path(arguments[0]))
    from ui import console

    return console.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
