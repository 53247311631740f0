"""What a random walk over operations keeps beside the ledger: its contents after every change, which undo and redo have to bring back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app import ledgers
from app.errors import InputError
from app.office import Office
from db.changelog import STAMP


def content(office: Office) -> dict[str, list[dict[str, object]]]:
    """Everything the ledger says, without who said it when."""
    return {
        table: [{name: value for name, value in row.items() if name not in STAMP} for row in rows]
        for table, rows in ledgers.dump(office, with_history=False).items()
    }


class UndoMachine(RuleBasedStateMachine):
    """The walk itself, on a copy of ``template``; subclasses add the rules, each of which does one operation by ``do``."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp(prefix="tsunagari-undo-")
        self.path = Path(shutil.copyfile(self.template, Path(self.folder) / "台帳.tsunagari"))
        # What the template holds was written by somebody else, so it stays.
        self.office = Office.open(self.path, "二郎")
        self.past: list[dict[str, Any]] = [content(self.office)]
        self.future: list[dict[str, Any]] = []

    def teardown(self) -> None:
        while self.office.undo() is not None:
            self.past.pop()
            assert content(self.office) == self.past[-1]
        assert len(self.past) == 1
        self.office.close()
        assert ledgers.check(self.path) == []
        shutil.rmtree(self.folder)

    def do(self, operation: Callable[[], Any]) -> None:
        """Do it; where it is refused, nothing may have changed."""
        before = content(self.office)
        try:
            done = operation()
        except InputError:
            assert content(self.office) == before
            return
        now = content(self.office)
        if done.changes.rows:
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
        assert content(self.office) == self.past[-1]
