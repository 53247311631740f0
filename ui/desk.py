"""The desk every page works at: the open ledger, the fiscal year in view, the workers, and what is announced to whom.

Pages read with ``ask`` and write with ``perform``; both run on the ledger's lane and come back on the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Concatenate, Generic, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from app.drafts import Drafts
from app.errors import InputError, LedgerError
from app.office import ChangeSet, Done, Office, Operation, Reader
from app.records import RecordKey
from app.text import done_words
from ui.person import Person
from ui.tasks import Lane, Task, Tasks

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the bar at the foot of the window. ``is_problem`` colours it; ``can_undo`` offers 元に戻す beside it.

    A problem stays until it is dismissed, unless it ``is_passing``: what only points to a choice on the page goes with it.
    One ``about_input`` goes as well once a change was made: what it complained of was put right.
    """

    message: str
    advice: str = ""
    is_problem: bool = False
    can_undo: bool = False
    is_passing: bool = False
    about_input: bool = False

    @property
    def stays(self) -> bool:
        """Whether it waits for the person to dismiss it."""
        return self.is_problem and not self.is_passing


TWO_TEXTS = Notice(
    "ほかの人の変更と重なっています。",
    "上の案内で、どちらの内容にするかを選んでください。",
    is_problem=True,
    is_passing=True,
)
"""Where the person saves what another's text stands against."""


Failed = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """Who gets the result of a task, and who gets its error in place of the person."""

    then: Callable[[T], None]
    failed: Failed


class Desk(QObject):
    """What the window lends to its pages."""

    fiscal_year_changed = Signal(int)

    ledger_changed = Signal(object)
    """A ChangeSet, on the window's thread, after its commit: the only thing that makes a page refresh."""

    noticed = Signal(object)
    """A Notice for the person."""

    asked_for = Signal(object)
    """A RecordKey that somebody wants to see; the window opens the page it belongs to."""

    page_wanted = Signal(str, str)
    """The key of a page, and the topic on it (or nothing), that somebody wants to see."""

    ledger_wanted = Signal(object)
    """The Path of another ledger that is to be opened in place of this one; None for the ways to one."""

    restore_wanted = Signal(object)
    """The Path of a backup that is to take this ledger's place."""

    backed_up = Signal(object)
    """A Backup that has just been made."""

    def __init__(
        self, office: Office, fiscal_year: int, parent: QObject | None = None, person: Person | None = None
    ) -> None:
        super().__init__(parent)
        self.office = office
        self.person = person or Person(parent=self)
        self.tasks = Tasks(self)
        self.drafts = Drafts(office.path)
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
        answer: Callable[[T], None] | Answer[T],
        query: Callable[Concatenate[Reader, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Task:
        """Read off the window's thread: ``desk.ask(self, self._show, queries.matrix, plan_id)``.

        ``answer`` gets the rows while ``owner`` lives. An error is told to the person unless ``answer`` takes it.
        """
        then, failed = self._ways(answer)
        return self.tasks.run(owner, lambda _: self.office.ask(query, *args, **kwargs), then, failed)

    def ask_after_painting(
        self,
        owner: QObject,
        answer: Callable[[T], None],
        query: Callable[Concatenate[Reader, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Task:
        """Read what the window can do without for now, once it has painted what it has.

        A worker that counts takes the interpreter from the window again and again, and rows that are there would stand there later.
        """
        work = partial(self.office.ask, query, *args, **kwargs)
        return self.tasks.run(owner, lambda _: work(), answer, self.tell, after_painting=True)

    def perform(
        self,
        owner: QObject,
        answer: Callable[[Done[T]], None] | Answer[Done[T]],
        operation: Operation[P, T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Task:
        """Write off the window's thread: ``desk.perform(self, self._saved, operations.save_review, values, version)``.

        ``answer`` gets what was done. An error is told to the person unless ``answer`` takes it; nothing is lost by it.
        """
        then, failed = self._ways(answer)
        return self.tasks.run(owner, lambda _: self.office.perform(operation, *args, **kwargs), then, failed)

    def _ways(self, answer: Callable[[T], None] | Answer[T]) -> tuple[Callable[[T], None], Failed]:
        if isinstance(answer, Answer):
            return answer.then, answer.failed
        return answer, self.tell

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

    def notice_done(self, changes: ChangeSet) -> None:
        """Tell the person that a change was made; it can be taken back."""
        self.notice(done_words(changes.label), can_undo=True)

    def tell(self, error: Exception) -> None:
        """Tell the person what went wrong. An unexpected error goes on to the window's excepthook, which logs it."""
        if not isinstance(error, LedgerError):
            raise error
        about_input = isinstance(error, InputError)
        self.noticed.emit(Notice(error.message, error.advice, is_problem=True, about_input=about_input))

    def show_record(self, key: RecordKey) -> None:
        """Ask the window to show a record on the page it belongs to."""
        self.asked_for.emit(key)

    def show_page(self, key: str, topic: str = "") -> None:
        """Ask the window to show a page, and what ``topic`` names on it."""
        self.page_wanted.emit(key, topic)

    def close(self) -> None:
        """Finish the workers' tasks and let go of the ledger."""
        self._unsubscribe()
        self.tasks.stop()
        self.office.close()
