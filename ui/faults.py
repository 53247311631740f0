"""What happens when the program itself is at fault: it is logged, with places and never with what people typed, and told in Japanese."""

from __future__ import annotations

import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

from platformdirs import user_log_path
from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, Slot, qInstallMessageHandler

_LARGEST, _KEPT = 500_000, 3
_log = logging.getLogger("tsunagari")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_file() -> Path:
    """Where the log is."""
    return user_log_path("tsunagari", appauthor=False) / "tsunagari.log"


def start_log() -> None:
    """Write the log to a file that turns over; a folder that cannot be written keeps none."""
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log_file(), maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    qInstallMessageHandler(_heard_qt)


def describe(error: BaseException) -> str:
    """Where an error came from. Its own words are left out: they may hold names from the ledger."""
    places = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in reversed(extract_tb(error.__traceback__))
    )
    cause = error.__cause__ or error.__context__
    behind = f" (from {describe(cause)})" if cause is not None else ""
    return f"{type(error).__name__} at {places or 'unknown place'}{behind}"


class Faults(QObject):
    """Takes unexpected errors from wherever they come, and tells the window of them on its own thread."""

    happened = Signal()

    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take them from now on."""
        sys.excepthook = self.take
        threading.excepthook = self._take_from_thread

    def take(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        """An error that nobody caught."""
        if isinstance(error, KeyboardInterrupt):
            sys.exit(130)
        self._caught.emit(error)

    def _take_from_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self._caught.emit(caught.exc_value)

    @Slot(object)
    def _tell(self, error: BaseException) -> None:
        _log.error("unexpected: %s", describe(error))
        self.happened.emit()


def _heard_qt(kind: QtMsgType, _context: object, message: str) -> None:
    _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
