"""What a random walk over operations keeps beside the ledger: its contents after every change, which undo and redo have to bring back."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from app import ledgers
from app.errors import InputError
from app.office import Office
from db.changelog import STAMP
from db.dump import DERIVED, HISTORY
from db.schema import Base

_READS = {
    table.name: str(select(*(c for c in table.columns if c.name not in STAMP)).order_by(table.c.id))
    for table in Base.metadata.sorted_tables
    if table.name not in (*DERIVED, *HISTORY)
}

Content = dict[str, list[tuple[object, ...]]]


class Contents:
    """Everything the ledger says, without who said it when; as the file has it, since this is asked some thousand times."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._version = -1
        self._found: Content = {}

    def now(self) -> Content:
        """Read again only where another connection has written since; SQLite counts that."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._version = version
            self._found = {
                name: self._connection.execute(statement).fetchall() for name, statement in _READS.items()
            }
        return self._found

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class UndoMachine(RuleBasedStateMachine):
    """The walk itself, on a copy of ``template``; subclasses add the rules, each of which does one operation by ``do``."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp(prefix="tsunagari-undo-")
        self.path = Path(shutil.copyfile(self.template, Path(self.folder) / "台帳.tsunagari"))
        # What the template holds was written by somebody else, so it stays.
        self.office = Office.open(self.path, "二郎")
        self.contents = Contents(self.path)
        self.past: list[Content] = [self.contents.now()]
        self.future: list[Content] = []

    def teardown(self) -> None:
        while self.office.undo() is not None:
            self.past.pop()
            assert self.contents.now() == self.past[-1]
        assert len(self.past) == 1
        self.contents.close()
        self.office.close()
        assert ledgers.check(self.path) == []
        shutil.rmtree(self.folder)

    def do(self, operation: Callable[[], Any]) -> None:
        """Do it; where it is refused, nothing may have changed."""
        before = self.contents.now()
        try:
            done = operation()
        except InputError:
            assert self.contents.now() == before
            return
        now = self.contents.now()
        if done.changes.rows:
            assert now is not before, "what was written has not been read"
            self.past.append(now)
            self.future.clear()
        else:
            assert now == before

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            if self.office.undo() is None:
                assert len(self.past) == 1
                return
            self.future.append(self.past.pop())

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(times):
            if self.office.redo() is None:
                assert self.future == []
                return
            self.past.append(self.future.pop())

    @rule()
    def open_again(self) -> None:
        self.office.close()
        self.office = Office.open(self.path, "二郎")

    @invariant()
    def is_what_it_should_be(self) -> None:
        assert self.contents.now() == self.past[-1]
