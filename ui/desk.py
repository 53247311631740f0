"""The desk every page works at: the open ledger, the fiscal year in view, the workers, and what is announced to whom.

Pages read with ``ask`` and write with ``perform``; both run on the ledger's lane and come back on the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from app.errors import LedgerError
from app.office import Done, Office, Operation, Reader
from app.records import RecordKey
from ui.tasks import Lane, Task, Tasks

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the bar at the foot of the window. ``is_problem`` colours it; ``can_undo`` offers 元に戻す beside it."""

    message: str
    advice: str = ""
    is_problem: bool = False
    can_undo: bool = False


class Desk(QObject):
    """What the window lends to its pages."""

    fiscal_year_changed = Signal(int)
    ledger_changed = Signal(object)
    """A ChangeSet, on the window's thread, after its commit: the only thing that makes a page refresh."""

    noticed = Signal(object)
    """A Notice for the person."""

    asked_for = Signal(object)
    """A RecordKey that somebody wants to see; the window opens the page it belongs to."""

    def __init__(self, office: Office, fiscal_year: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.tasks = Tasks(self)
        self._fiscal_year = fiscal_year
        # A change is published on the worker's thread; the signal carries it over to the window's.
        self._unsubscribe = office.subscribe(self.ledger_changed.emit)

    @property
    def fiscal_year(self) -> int:
        """The fiscal year in view; it scopes every page."""
        return self._fiscal_year

    def view_year(self, fiscal_year: int) -> None:
        """Look at another fiscal year."""
        if fiscal_year != self._fiscal_year:
            self._fiscal_year = fiscal_year
            self.fiscal_year_changed.emit(fiscal_year)

    def ask(
        self,
        owner: QObject,
        query: Callable[Concatenate[Reader, P], T],
        *args: P.args,
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Task:
        """Read off the window's thread; ``then`` gets the rows while ``owner`` lives. An error is told to the person."""
        return self.tasks.run(owner, lambda _: self.office.ask(query, *args), then, failed or self.tell)

    def perform(
        self,
        owner: QObject,
        operation: Operation[P, T],
        *args: P.args,
        then: Callable[[Done[T]], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Task:
        """Write off the window's thread; ``then`` gets what was done. An error is told to the person, nothing is lost."""
        return self.tasks.run(
            owner, lambda _: self.office.perform(operation, *args), then or _nothing, failed or self.tell
        )

    def work(
        self,
        owner: QObject,
        work: Callable[[Task], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        progress: Callable[[float], None] | None = None,
        lane: Lane = Lane.PAPERS,
    ) -> Task:
        """Long work with progress and cancelling, on the papers' lane unless it writes the ledger."""
        return self.tasks.run(owner, work, then, failed or self.tell, lane, progress)

    def notice(self, message: str, can_undo: bool = False) -> None:
        """Tell the person that something was done."""
        self.noticed.emit(Notice(message, can_undo=can_undo))

    def tell(self, error: Exception) -> None:
        """Tell the person what went wrong. An unexpected error goes on to the window's excepthook, which logs it."""
        if not isinstance(error, LedgerError):
            raise error
        self.noticed.emit(Notice(error.message, error.advice, is_problem=True))

    def show_record(self, key: RecordKey) -> None:
        """Ask the window to show a record on the page it belongs to."""
        self.asked_for.emit(key)

    def close(self) -> None:
        """Finish the workers' tasks and let go of the ledger."""
        self._unsubscribe()
        self.tasks.stop()
        self.office.close()


def _nothing(_done: Any) -> None:
    """A page that needs no answer hears of its change by ``ledger_changed`` like every other."""


