"""The files of a folder of returned check sheets: which are workbooks, what the others are, and what each workbook holds."""

from __future__ import annotations

import io
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.errors import InputError, LedgerError, MachineError
from app.importing import safe_workbook
from app.importing.file_values import Remark
from app.importing.safe_folder import ReadFiles
from app.importing.safe_workbook import Limits, Sheet
from app.importing.step_sheet_extras import extras_of
from app.importing.step_sheet_kinds import reason_by_name, refuse_other, refuse_package
from app.importing.step_sheet_words import codes_in

MOST_FILES = 5_000
"""A folder with more files is not one of returned sheets."""

Reached = Callable[[float], None]

_SYSTEM = {".ds_store", ".localized", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"}


@dataclass(frozen=True, slots=True)
class Workbook:
    """What one file holds: its worksheets, the codes kept in its properties and names, and what no cell holds (``extras``).

    ``refusal`` says why it cannot be read.
    """

    path: Path
    name: str
    sheets: tuple[Sheet, ...] = ()
    codes: tuple[str, ...] = ()
    extras: tuple[Remark, ...] = ()
    refusal: str = ""


def workbooks(folder: Path, reached: Reached | None = None) -> Iterator[Workbook]:
    """Every file of ``folder`` and of the folders in it, by name. ``reached`` is told the share (0 to 1); what it raises ends it all.

    InputError where there is no such folder, nothing in it or too much, MachineError where it cannot be looked into.
    """
    paths = _files(folder)
    share = _Share(len(paths), reached)
    to_read: list[Path] = []
    refused: dict[Path, str] = {}
    for path in paths:
        reason = reason_by_name(path)
        if reason:
            refused[path] = reason
        else:
            to_read.append(path)
    # The process that reads ends with its last file, or as soon as somebody stops here.
    with closing(iter(ReadFiles(to_read, read_return, waiting=share.tell))) as answers:
        for path in paths:
            name = path.relative_to(folder).as_posix()
            if path in refused:
                yield Workbook(path, name, refusal=refused[path])
            else:
                yield _workbook(path, name, next(answers))
            share.step()


@dataclass(frozen=True, slots=True)
class Content:
    """What the process that reads sends back of one file."""

    sheets: tuple[Sheet, ...]
    codes: tuple[str, ...]
    extras: tuple[Remark, ...]


def read_return(path: Path, limits: Limits) -> Content:
    """Read one file as a workbook. InputError that says what else it is, where it is none."""
    is_empty = path.is_file() and not path.stat().st_size
    content = b"" if is_empty else safe_workbook.content_of(path, limits)
    refuse_other(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            refuse_package(package, content[:200])
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, NotImplementedError, OSError):
        raise InputError("壊れていて、開けません。", "送り直してもらってください。") from None
    return Content(tuple(safe_workbook.read(path, limits)), _kept_codes(content), extras_of(content))


class _Share:
    """How far one has come, told also while one waits."""

    def __init__(self, total: int, reached: Reached | None) -> None:
        self._total, self._reached, self._done = max(total, 1), reached, 0
        self.tell()

    def tell(self) -> None:
        if self._reached is not None:
            self._reached(self._done / self._total)

    def step(self) -> None:
        self._done += 1
        self.tell()


def _workbook(path: Path, name: str, answer: Content | LedgerError) -> Workbook:
    if isinstance(answer, LedgerError):
        return Workbook(path, name, refusal=f"{answer.message}{answer.advice}")
    return Workbook(path, name, answer.sheets, answer.codes, answer.extras)


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        raise InputError(
            f"「{folder.name}」は、フォルダーではなくファイルです。",
            "届いたシートを一つのフォルダーに入れて、そのフォルダーを選んでください。",
        )
    if not folder.is_dir():
        raise InputError(
            f"フォルダー「{folder}」がありません。", "届いたシートを入れたフォルダーを選んでください。"
        )
    found: list[Path] = []

    def refuse(error: OSError) -> None:
        raise MachineError(
            f"フォルダー「{error.filename}」を開けません（{error.strerror}）。", "権限を確かめてください。"
        )

    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        found += [Path(place, name) for name in sorted(names) if name.lower() not in _SYSTEM]
        if len(found) > MOST_FILES:
            raise InputError(
                f"フォルダー「{folder}」には{MOST_FILES:,}個より多くのファイルがあります。",
                "届いたシートだけを入れたフォルダーを選んでください。",
            )
    if not found:
        raise InputError(
            f"フォルダー「{folder}」は空です。", "届いたシートを入れたフォルダーを選んでください。"
        )
    return found


def _kept_codes(content: bytes) -> tuple[str, ...]:
    """The codes in the properties and the defined names; ``safe_workbook`` has looked the package over by now."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name.lower(): name for name in package.namelist()}
        texts = [
            package.read(parts[name]).decode("utf-8", "replace")
            for name in ("docprops/core.xml", "xl/workbook.xml")
            if name in parts
        ]
    found = (code for text in texts for word in re.split(r"[<>\"&;]", text) for code in codes_in(word))
    return tuple(dict.fromkeys(found))
