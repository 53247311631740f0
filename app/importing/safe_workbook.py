"""Excel workbooks that come from outside, read without trusting them.

Before anything is parsed, the package is measured and looked into: size, unpacked size, ratio, macros, DTD. Then
openpyxl streams the cells; what a sheet says of its own extent is ignored, and rows and columns are capped here.
``read_in_child`` does all this in a process of its own, which a workbook that still hangs or swells takes down
alone.
"""

from __future__ import annotations

import io
import multiprocessing
import re
import signal
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic as time_now
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from app.errors import InputError, LedgerError, MachineError
from app.importing.sheet_layout import Layout, Place, Strings, layout_of, strings_of
from db.vocabulary import Labelled

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

MEGABYTE = 1_000_000
PROLOG = 65_536
"""Within so many bytes of a part its root element begins, or the part is refused: a DTD stands before it."""

EARLIEST = datetime(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; days before are one off."""

_SPELLED_RETURN = re.compile("_x000[dD]_\n?")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")

_LOOK = 0.1
"""How often one looks whether reading is still wanted, in seconds."""

Value = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be: bytes, and rows and columns up to which a cell may hold something."""

    packed: int = 20 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    ratio: int = 200
    members: int = 2_000
    rows: int = 20_000
    columns: int = 256


class Flaw(Labelled):
    """Why the value of a cell cannot be taken."""

    UNCALCULATED = "uncalculated", "数式の計算結果が保存されていません。Excelで開いて上書き保存してください。"
    ERROR = "error", "数式がエラーになっています。Excelで直してください。"
    EARLY_DATE = (
        "early_date",
        "1900年3月1日より前の日付は、Excelでは正しく扱えません。文字で入力してください。",
    )
    STRUCK = (
        "struck",
        "取り消し線があるので読んでいません。要る値なら線を、要らない値なら文字を消してください。",
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: the cells that hold something, those whose value cannot be taken, and how it is laid out.

    A place is row and column, both counted from 1.
    """

    name: str
    cells: Mapping[Place, Value]
    flaws: Mapping[Place, Flaw] = field(default_factory=dict)
    is_hidden: bool = False
    layout: Layout = field(default_factory=Layout)

    @property
    def last_row(self) -> int:
        """The last row that holds something; 0 in an empty sheet."""
        return max((row for row, _ in (*self.cells, *self.flaws)), default=0)


def cell_name(row: int, column: int) -> str:
    """What Excel calls the cell: B12."""
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column)}{row}"


def read_in_child(
    path: Path,
    limits: Limits | None = None,
    *,
    seconds: float = 30,
    megabytes: int = 512,
    reader: Callable[[Path, Limits], list[Sheet]] | None = None,
    reached: Callable[[float], None] | None = None,
) -> list[Sheet]:
    """The sheets of the workbook at ``path``, read by a process that is ended after ``seconds``.

    ``reader``, a function of a module, stands in for ``read`` where the file is of another kind. ``reached`` is told every tenth
    of a second how much of the time has gone by (0 to 1); what it raises ends the process.

    Its memory is held to ``megabytes`` where the system can do so (Linux). multiprocessing spawns it, which also
    works from the frozen program: there ``sys.executable`` is the program itself and takes no ``-m``, and
    ``multiprocessing.freeze_support()``, called first in ``main.py``, turns the child to its work.

    Raises InputError where the workbook cannot be taken, MachineError where the file cannot be opened.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(
        target=_answer,
        args=(theirs, path, limits or Limits(), megabytes * MEGABYTE, reader or read),
        daemon=True,
    )
    child.start()
    theirs.close()
    try:
        if not _wait(ours, seconds, reached):
            raise _unreadable(path, f"{seconds:g}秒たっても読み終わりませんでした。")
        answer = ours.recv()
    except EOFError:
        raise _unreadable(path, "読み取りの途中で止まりました。") from None
    finally:
        child.kill()
        child.join()
        child.close()
        ours.close()
    if isinstance(answer, LedgerError):
        raise answer
    sheets: list[Sheet] = answer
    return sheets


def _wait(answer: Connection, seconds: float, reached: Callable[[float], None] | None) -> bool:
    """Whether there is an answer within ``seconds``."""
    begun = time_now()
    while (gone := time_now() - begun) < seconds:
        if reached is not None:
            reached(gone / seconds)
        if answer.poll(min(_LOOK, seconds - gone)):
            return True
    return answer.poll()


def read(path: Path, limits: Limits | None = None) -> list[Sheet]:
    """The sheets of the workbook at ``path``, read in this process. Raises as ``read_in_child`` does."""
    limits = limits or Limits()
    content = content_of(path, limits)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            f"「{path.name}」は読み込めません。パスワードの付いたブックか、古い形式（.xls）です。",
            "Excelで開き、パスワードが付いていれば外して、「Excelブック（*.xlsx）」として保存し直してください。",
        )
    if not content.startswith(b"PK"):
        raise _unreadable(path, "Excelブック（.xlsx）ではありません。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _inspect(package, path, limits)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                values, formulas = _open(content, calculated=True), _open(content, calculated=False)
                strings = _strings(package)
                pairs = zip(values.worksheets, formulas.worksheets, strict=True)
                return [_sheet(*pair, limits, package, strings) for pair in pairs]
    except (LedgerError, MemoryError):
        raise
    except Exception as error:
        # A damaged package makes openpyxl and zipfile raise nearly anything; all of it means the same to people.
        raise _unreadable(path, "壊れているか、Excelの形式ではありません。") from error


def _answer(
    connection: Connection,
    path: Path,
    limits: Limits,
    memory: int,
    reader: Callable[[Path, Limits], list[Sheet]],
) -> None:
    """What the child does: read, and send back the sheets or the error."""
    settle_as_child(memory)
    try:
        connection.send(reader(path, limits))
    except LedgerError as error:
        connection.send(error)
    except MemoryError:
        connection.send(_unreadable(path, "大きすぎます。"))
    finally:
        connection.close()


def settle_as_child(amount: int) -> None:
    """Hold this process, which is a child of its own for reading, to so many bytes, where the system can do so (Linux).

    Ctrl+C ends the one that has started it, and that one its child.

    openpyxl would load numpy, which it does not need for that, and which takes room for each processor of the machine.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]  # Python's own way to say: there is none
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        ceiling = amount if most == resource.RLIM_INFINITY else min(amount, most)
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, most))


def content_of(path: Path, limits: Limits) -> bytes:
    """The bytes of a file that a person chose. InputError where it is missing or too large, MachineError where it cannot be opened."""
    try:
        if path.stat().st_size > limits.packed:
            raise _unreadable(path, f"大きすぎます（{limits.packed // MEGABYTE}MBまで）。")
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise InputError(
            f"「{path}」が見つかりません。", "ファイルの場所と名前を確かめてください。"
        ) from None
    except OSError as error:
        raise MachineError(
            f"「{path}」を開けません（{error.strerror}）。",
            "Excelで開いているときは、閉じてからやり直してください。",
        ) from error
    if not content:
        raise InputError(f"「{path.name}」は空のファイルです。", "別のファイルを選んでください。")
    return content


def _inspect(package: zipfile.ZipFile, path: Path, limits: Limits) -> None:
    """Refuses the package by what its directory says and by how its parts begin.

    zipfile gives out no more of a part than the directory says, so that a false size is no way around.
    """
    members = package.infolist()
    names = [member.filename for member in members]
    if len(names) > limits.members or len(set(names)) < len(names):
        raise _unreadable(path, "ブックの中身が普通ではありません。")
    if sum(member.file_size for member in members) > limits.unpacked or any(
        member.file_size > limits.ratio * max(member.compress_size, 1) for member in members
    ):
        raise _unreadable(path, "開くと大きくなりすぎます。")
    if any(member.flag_bits & 0x1 for member in members):
        raise _unreadable(path, "暗号化されています。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise InputError(
            f"「{path.name}」はマクロの付いたブックなので、読み込みません。",
            "Excelの「名前を付けて保存」で「Excelブック（*.xlsx）」として保存し直してください。",
        )
    for member in members:
        with package.open(member) as part:
            if _has_doctype(part.read(PROLOG)):
                raise _unreadable(path, "Excelが書かない宣言（DTD）を含んでいます。")


def _has_doctype(beginning: bytes) -> bool:
    """Whether an XML part declares a document type, in any encoding; a part that is no XML declares none."""
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: found.append("doctype")
    parser.StartElementHandler = lambda *_: found.append("root")
    try:
        parser.Parse(beginning, False)
    except expat.ExpatError:
        return found[:1] == ["doctype"]
    return found[:1] == ["doctype"] or (not found and len(beginning) == PROLOG)


def _open(content: bytes, *, calculated: bool) -> Workbook:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=calculated, keep_links=False)


def _strings(package: zipfile.ZipFile) -> Strings:
    parts = {name.lower(): name for name in package.namelist()}
    texts, styles = (parts.get(f"xl/{name}.xml") for name in ("sharedstrings", "styles"))
    return strings_of(package.read(texts) if texts else None, package.read(styles) if styles else None)


def _sheet(values: Any, formulas: Any, limits: Limits, package: zipfile.ZipFile, strings: Strings) -> Sheet:
    """One sheet, out of its calculated values and, beside them, the formulas they came from."""
    cells: dict[Place, Value] = {}
    flaws: dict[Place, Flaw] = {}
    # openpyxl knows which part a sheet is, and tells nobody.
    part = package.read(values._worksheet_path)
    values.reset_dimensions()
    formulas.reset_dimensions()
    # Without formulas, their own pass over the sheet would say nothing new.
    beside = formulas if _FORMULA.search(part) else values
    for row, pair in enumerate(_rows_of(values, beside), 1):
        for column, (cell, formula) in enumerate(zip(*pair, strict=True), 1):
            if cell.value is None and formula.value is None:
                continue
            flaw = _flaw(cell, formula)
            if cell.value is None and flaw is None:
                continue
            if row > limits.rows or column > limits.columns:
                raise InputError(
                    f"「{values.title}」シートの{limits.rows}行・{limits.columns}列より外に値があり、読み込めません。",
                    "余分な行や列を削除して、保存し直してください。",
                )
            if flaw is None:
                cells[row, column] = _plain(cell.value)
            else:
                flaws[row, column] = flaw
    layout = layout_of(part, limits.columns, strings)
    for place in layout.struck & cells.keys():
        del cells[place]
        flaws[place] = Flaw.STRUCK
    return Sheet(values.title, cells, flaws, values.sheet_state != "visible", layout)


def _rows_of(values: Any, formulas: Any) -> Iterator[tuple[Any, Any]]:
    """Each row of calculated values with the row of what they came from."""
    if formulas is values:
        return ((row, row) for row in values.iter_rows())
    return zip(values.iter_rows(), formulas.iter_rows(), strict=True)


def _flaw(cell: Any, formula: Any) -> Flaw | None:
    if cell.data_type == "e":
        return Flaw.ERROR
    # A formula whose result is the empty text was calculated: Excel types it as text and leaves the value empty.
    if cell.value is None and formula.data_type == "f" and cell.data_type != "str":
        return Flaw.UNCALCULATED
    if isinstance(cell.value, datetime) and cell.value < EARLIEST:
        return Flaw.EARLY_DATE
    return None


def _plain(value: Value) -> Value:
    """Excel keeps days as moments, whole numbers at times as fractions, and some line ends spelled out: all as what people entered."""
    if isinstance(value, str):
        return _SPELLED_RETURN.sub("\n", value) if "_x000" in value else value
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _unreadable(path: Path, reason: str) -> InputError:
    return InputError(
        f"「{path.name}」は読み込めません。{reason}",
        "ファイルを確かめ、Excelで開いて「Excelブック（*.xlsx）」として保存し直してください。",
    )
