"""Many files that come from outside, read one after another in a process of its own; one that hangs or swells takes down only itself."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Generator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from time import monotonic as time_now
from typing import Generic, TypeVar

from app.errors import InputError, LedgerError
from app.importing.safe_workbook import MEGABYTE, Limits, settle_as_child

T = TypeVar("T")

_LOOK = 0.1
"""How often one looks whether reading is still wanted, in seconds."""

_ADVICE = "ファイルを確かめ、Excelで開いて「Excelブック（*.xlsx）」として保存し直してください。"


class ReadFiles(Generic[T]):
    """Reads ``paths`` by ``reader``, a function of a module; each gives its result or the error that says why there is none.

    ``waiting`` is called every tenth of a second while a file is read; what it raises ends the process. A file that takes longer than
    ``seconds`` or more than ``megabytes`` (Linux) is given up, and the next one read by a new process.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        reader: Callable[[Path, Limits], T],
        *,
        seconds: float = 30,
        megabytes: int = 512,
        waiting: Callable[[], None] | None = None,
    ) -> None:
        self._paths, self._reader = paths, reader
        self._seconds, self._memory = seconds, megabytes * MEGABYTE
        self._waiting = waiting
        self._child: SpawnProcess | None = None
        self._line: Connection | None = None

    def __iter__(self) -> Generator[T | LedgerError, None, None]:
        try:
            for path in self._paths:
                yield self._read(path)
        finally:
            self._end()

    def _read(self, path: Path) -> T | LedgerError:
        line = self._line or self._begin()
        try:
            line.send(path)
            if not self._wait(line):
                self._end()
                return _refused(path, f"{self._seconds:g}秒たっても読み終わりませんでした。")
            answer: T | LedgerError = line.recv()
        except (EOFError, OSError):
            self._end()
            return _refused(path, "読み取りの途中で止まりました。")
        return answer

    def _wait(self, line: Connection) -> bool:
        begun = time_now()
        while time_now() - begun < self._seconds:
            if self._waiting is not None:
                self._waiting()
            if line.poll(_LOOK):
                return True
        return False

    def _begin(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._child = context.Process(target=_serve, args=(theirs, self._reader, self._memory), daemon=True)
        self._child.start()
        theirs.close()
        return self._line

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child.close()
        if self._line is not None:
            self._line.close()
        self._child = self._line = None


def _serve(line: Connection, reader: Callable[[Path, Limits], object], memory: int) -> None:
    """What the child does: read each path it is given until nobody asks any more."""
    settle_as_child(memory)
    limits = Limits()
    while True:
        try:
            path: Path = line.recv()
        except EOFError:
            return
        try:
            line.send(reader(path, limits))
        except LedgerError as error:
            line.send(error)
        except MemoryError:
            line.send(_refused(path, "大きすぎます。"))


def _refused(path: Path, reason: str) -> InputError:
    return InputError(f"「{path.name}」は読み込めません。{reason}", _ADVICE)
