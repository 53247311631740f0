"""The PDFs that are opened only to be printed: kept as long as the program runs, and then gone."""

from __future__ import annotations

import atexit
import shutil
import time
from pathlib import Path
from tempfile import gettempdir, mkdtemp

_PREFIX = "tsunagari-print-"
_DAY = 24 * 60 * 60


class Printouts:
    """Gives each printout a folder of its own, so that its name is free and no open PDF stands in the way.

    A PDF that a viewer still holds when the program ends stays behind on Windows; the next printout a day later clears it away.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None

    def new_folder(self) -> Path:
        """An empty folder that only this person can look into."""
        if self._folder is None:
            _clear_old()
            self._folder = Path(mkdtemp(prefix=_PREFIX))
            atexit.register(self.clear)
        return Path(mkdtemp(dir=self._folder))

    def clear(self) -> None:
        """Remove what has been printed; what is still open elsewhere is left."""
        if self._folder is not None:
            atexit.unregister(self.clear)
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def _clear_old() -> None:
    before = time.time() - _DAY
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        try:
            is_old = folder.stat().st_mtime < before
        except OSError:
            continue
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)
