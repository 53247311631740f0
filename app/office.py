"""The open ledger: the one handle that the window, the reports and the command line hold.

Everything is read by ``ask`` and written by ``perform``; a change is published once, after its commit, to whoever subscribed.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Concatenate, Generic, ParamSpec, TypeVar

from db import changelog
from db.changelog import ChangeSet, Step
from db.errors import MachineError
from db.unit_of_work import Ledger, Reader, Unit

__all__ = ["Caution", "ChangeSet", "Done", "Office", "Reader", "Step", "Unit", "operation"]

P = ParamSpec("P")
T = TypeVar("T")
Listener = Callable[[ChangeSet], None]


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What an operation returned, and what it changed."""

    result: T
    changes: ChangeSet


class Operation(Generic[P, T]):
    """A write with a name: the verb, and the Japanese label under which history and undo show it."""

    def __init__(self, label: str, verb: Callable[Concatenate[Unit, P], T]) -> None:
        self.label = label
        self.verb = verb
        self.__doc__ = verb.__doc__
        self.__name__ = verb.__name__

    def __call__(self, unit: Unit, *args: P.args, **kwargs: P.kwargs) -> T:
        """Do it as part of a unit of work that is already open."""
        return self.verb(unit, *args, **kwargs)


def operation(label: str) -> Callable[[Callable[Concatenate[Unit, P], T]], Operation[P, T]]:
    """Mark a function of ``operations.py`` as a labelled change; ``Unit.describe`` may make the label more telling."""
    return lambda verb: Operation(label, verb)


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to mind about the place where a ledger lies. ``forbids_writing``: it is open for reading only because of it."""

    message: str
    advice: str
    forbids_writing: bool = False


class Office:
    """A ledger that is open for work. ``path`` is None for a database on a server."""

    def __init__(self, ledger: Ledger, path: Path | None, cautions: Sequence[Caution] = ()) -> None:
        self._ledger = ledger
        self._listeners: list[Listener] = []
        self._seen = self.ask(changelog.last_change)
        self._own: set[int] = set()
        self.path = path
        self._identity = _identity(path)
        self.cautions = tuple(cautions)

    @classmethod
    def open(
        cls,
        location: Path | str,
        actor: str | None = None,
        clock: Callable[[], datetime] = datetime.now,
        cautions: Sequence[Caution] = (),
        *,
        is_draft: bool = False,
    ) -> Office:
        """Open a ledger of this version as it is; ``app.ledgers`` is where people's ledgers are opened.

        ``actor`` is the name in history (the account of the computer if none); ``clock`` tells local time; ``is_draft``: the
        file is still being made, and thrown away if that is interrupted.
        """
        from db.engine import inspect_file, open_engine

        path = location if isinstance(location, Path) else None
        if path is not None:
            inspect_file(path)
        ledger = Ledger(open_engine(location, is_draft=is_draft), actor or getpass.getuser(), clock)
        try:
            return cls(ledger, path, cautions)
        except BaseException:
            ledger.close()
            raise

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written here; ``cautions`` says why."""
        return any(caution.forbids_writing for caution in self.cautions)

    @property
    def actor(self) -> str:
        """Whose name stands in the history."""
        return self._ledger.actor

    def ask(self, query: Callable[Concatenate[Reader, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query in a read transaction of its own."""
        with self._ledger.read() as reader:
            return query(reader, *args, **kwargs)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One read transaction for several queries that have to see the same state (a report)."""
        with self._ledger.read() as reader:
            yield reader

    def perform(self, operation: Operation[P, T], *args: P.args, **kwargs: P.kwargs) -> Done[T]:
        """Do an operation in a unit of work of its own, and publish what it changed after the commit."""
        self._require_writable()
        with self._ledger.change(operation.label) as unit:
            result = operation.verb(unit, *args, **kwargs)
        self._publish(unit.changes)
        return Done(result, unit.changes)

    def next_steps(self) -> tuple[Step | None, Step | None]:
        """What undo and redo would do now; their labels stand on the buttons."""
        steps = self._ledger.steps()
        return (steps.undo[-1] if steps.undo else None, steps.redo[-1] if steps.redo else None)

    def undo(self) -> ChangeSet | None:
        """Take back this person's last change. Raises ConflictError where somebody has changed the row since."""
        self._require_writable()
        return self._published(self._ledger.undo())

    def redo(self) -> ChangeSet | None:
        """Repeat what was taken back last."""
        self._require_writable()
        return self._published(self._ledger.redo())

    def notice_others(self) -> tuple[ChangeSet, ...]:
        """Publish what other windows and people wrote since the last look."""
        recent = self.ask(changelog.touched_since, self._seen)
        if not recent:
            return ()
        others = tuple(changes for changes in recent if changes.id not in self._own)
        self._seen = recent[-1].id
        self._own = {change_id for change_id in self._own if change_id > self._seen}
        for changes in others:
            self._tell(changes)
        return others

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` after each change, on the thread that made it; the returned function ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def close(self) -> None:
        """Let go of the file."""
        self._ledger.close()

    def _require_writable(self) -> None:
        for caution in self.cautions:
            if caution.forbids_writing:
                raise MachineError(caution.message, caution.advice)
        if _identity(self.path) != self._identity:
            raise MachineError(
                "開いている台帳が、ほかの操作で移されたか、別のファイルに置き換えられています。保存していません。",
                "入力した内容を控えてから、台帳を開き直してください。",
            )

    def _published(self, changes: ChangeSet | None) -> ChangeSet | None:
        if changes is not None:
            self._publish(changes)
        return changes

    def _publish(self, changes: ChangeSet) -> None:
        if changes.rows:
            self._own.add(changes.id)
            self._tell(changes)

    def _tell(self, changes: ChangeSet) -> None:
        for listener in tuple(self._listeners):
            listener(changes)


def _identity(path: Path | None) -> tuple[int, int] | None:
    """Which file lies at ``path``. What is written to a file that was replaced would be lost without a word.

    Windows does not let anybody replace a file that is open.
    """
    if path is None or os.name == "nt":
        return None
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_dev, status.st_ino)
