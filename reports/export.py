"""Report → file in its place: written beside the target, checked, then put there; in every failure the old file stays whole."""

from __future__ import annotations

import errno
import os
import re
import time
import uuid
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from app.errors import InputError, MachineError
from app.files import flush, flush_folder
from db.vocabulary import Labelled
from reports import pdfium
from reports.document import Report
from reports.renderers.values import marks_of

Progress = Callable[[float], None]

_RETRIES, _PAUSE = 5, 0.2
_MOST_BYTES = 180
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = str.maketrans('<>:"/\\|?*', "＜＞：”／＼｜？＊")
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?=\.|$)", re.IGNORECASE)


class Format(Labelled):
    """A kind of file that a report leaves as. The value is its name on the command line."""

    PDF = "pdf", "PDF（印刷・配布）"
    XLSX = "xlsx", "Excel（様式）"
    DOCX = "docx", "Word"
    TXT = "txt", "テキスト"
    DATA_XLSX = "data-xlsx", "Excel（データ）"

    @property
    def suffix(self) -> str:
        """The ending of the file's name, with its dot."""
        return ".xlsx" if self is Format.DATA_XLSX else f".{self.value}"


_RENDERERS = {
    Format.PDF: "pdf",
    Format.XLSX: "xlsx",
    Format.DOCX: "docx",
    Format.TXT: "text",
    Format.DATA_XLSX: "data_xlsx",
}


def write(report: Report, fmt: Format, target: Path, progress: Progress | None = None) -> Path:
    """Writes ``report`` as ``fmt`` to ``target``, over what is there, and gives back where it now lies.

    InputError where ``target`` names no place for a file; MachineError where the disk is full, the folder may not be
    written to, or another program holds the old file open. The old file then is as it was, and nothing is left beside it.
    """
    return place(target, lambda draft: _make(report, fmt, draft, progress))


def place(target: Path, make: Callable[[Path], None]) -> Path:
    """Lets ``make`` write a file beside ``target``, and puts that in its place once it is whole; errors as in ``write``."""
    target = Path(target)
    if target.is_dir():
        raise InputError(f"「{target}」はフォルダーです。", "ファイルの名前まで指定してください。")
    if not target.parent.is_dir():
        raise InputError(
            f"保存先のフォルダー「{target.parent}」がありません。", "保存先を選び直してください。"
        )
    draft = target.with_name(f".{uuid.uuid4().hex}.tmp{target.suffix}")
    try:
        make(draft)
        _put(draft, target)
    except OSError as error:
        raise _explained(error, target) from error
    finally:
        _remove(draft)
    return target


def suggested_name(report: Report, fmt: Format) -> str:
    """A name for the file of ``report`` that every system takes: its marks, its title, the first word of its subtitle."""
    marks = "".join(f"【{mark}】" for mark in marks_of(report))
    words = "_".join(part for part in (report.title, *report.subtitle.split()[:1]) if part)
    name = re.sub(r"\s+", " ", marks + words).translate(_FORBIDDEN)
    name = "".join(
        character
        for character in name
        if character.isprintable() or ord(character) > 0xFFFF or character == "　"
    )
    end = "（データ）" if fmt is Format.DATA_XLSX else ""
    name = _cut(name.strip(" .　"), _MOST_BYTES - len(end.encode())).rstrip(" .　_") or "無題"
    if _RESERVED.match(name):
        name = f"_{name}"
    return f"{name}{end}{fmt.suffix}"


def another_name(target: Path) -> Path:
    """A name beside ``target`` that is free: 報告(2).pdf."""
    number = 2
    while (free := target.with_name(f"{target.stem}({number}){target.suffix}")).exists():
        number += 1
    return free


def _make(report: Report, fmt: Format, draft: Path, progress: Progress | None) -> None:
    """Renders to ``draft``, brings it safely to the disk, and opens it again to see that it is whole."""
    renderer = import_module(f"reports.renderers.{_RENDERERS[fmt]}")
    try:
        renderer.render(report, draft, progress=progress)
    except Exception as error:
        # lxml, which writes the sheets of a workbook, wraps the system's refusal in an error of its own: IO_ENOSPC.
        refusal = re.fullmatch(r"IO_(E[A-Z]+)", str(error))
        code = getattr(errno, refusal[1], None) if refusal else None
        if code is None:
            raise
        raise OSError(code, os.strerror(code)) from error
    flush(draft)
    if not _is_whole(draft, fmt):
        raise MachineError(
            "書き出したファイルを確かめたところ、正しく書けていませんでした。元のファイルは変えていません。",
            "保存先の空き容量を確かめて、もう一度お試しください。",
        )


def _is_whole(draft: Path, fmt: Format) -> bool:
    try:
        if fmt is Format.PDF:
            return pdfium.page_count(draft) > 0
        if fmt is Format.TXT:
            draft.read_bytes().decode("utf-8")
            return True
        with zipfile.ZipFile(draft) as parts:
            return parts.testzip() is None and "[Content_Types].xml" in parts.namelist()
    except (ValueError, zipfile.BadZipFile):
        return False


def _put(draft: Path, target: Path) -> None:
    """``draft`` in the place of ``target``; a program that holds it only for a moment is waited for."""
    for attempt in range(_RETRIES):
        try:
            os.replace(draft, target)
            break
        except PermissionError as error:
            if attempt + 1 < _RETRIES:
                time.sleep(_PAUSE)
                continue
            if not target.exists():
                raise
            raise MachineError(
                f"「{target.name}」に書き込めません。Excel などほかのプログラムで開かれているようです。",
                f"開いているファイルを閉じてもう一度書き出すか、別の名前（例：{another_name(target).name}）で保存してください。",
            ) from error
    flush_folder(target.parent)


def _remove(draft: Path) -> None:
    try:
        draft.unlink(missing_ok=True)
    except OSError:
        # A virus scanner may still hold it; the name begins with a dot and harms nobody.
        return


def _explained(error: OSError, target: Path) -> MachineError:
    kept = "元のファイルは変えていません。" if target.exists() else ""
    if error.errno in _FULL:
        return MachineError(
            f"保存先の空き容量が足りないため、「{target.name}」を書き出せませんでした。{kept}",
            "不要なファイルを片付けるか、別の場所に保存してください。",
        )
    if isinstance(error, PermissionError):
        return MachineError(
            f"フォルダー「{target.parent}」に書き込めません。{kept}",
            "書き込みのできる別の場所（ドキュメントなど）に保存してください。",
        )
    return MachineError(
        f"「{target.name}」を書き出せませんでした（{error.strerror or error}）。{kept}",
        "保存先がつながっているか確かめて、もう一度お試しください。",
    )


def _cut(text: str, most: int) -> str:
    """``text`` in at most ``most`` bytes of UTF-8, never parting a character from the marks that belong to it."""
    whole = text.encode()
    if len(whole) <= most:
        return text
    cut = whole[:most].decode(errors="ignore")
    while cut and _belongs_to_the_one_before(text[len(cut)]):
        cut = cut[:-1]
    return cut


def _belongs_to_the_one_before(character: str) -> bool:
    return bool(re.match("[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]", character))
