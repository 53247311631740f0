"""A CSV file as a sheet of text cells: UTF-8 or Shift_JIS (cp932), never with a letter replaced silently.

What ``reports.renderers.data_csv`` puts before a text that Excel would take for a formula is taken off again.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import Path

from app.errors import InputError
from app.importing.csv_delimiter import delimiter
from app.importing.safe_workbook import MEGABYTE, Limits, Sheet, Value, content_of

SHIELD = "'"
"""Stands before a text that a spreadsheet would take for a formula, or that itself begins with it."""
SHIELDED = ("=", "+", "-", "@", "\t", SHIELD)

# Single bytes without a letter, which Python's cp932 lets through.
_STRAY = re.compile("[\x80\xa0\uf8f0-\uf8f3]")

_SAVE_AS = (
    "Excelの「名前を付けて保存」で「CSV UTF-8」または「Excelブック（*.xlsx）」として保存し直してください。"
)


def read(path: Path, limits: Limits) -> list[Sheet]:
    """The one sheet of the CSV at ``path``, called by the file's name.

    Raises InputError where its letters are of neither encoding, it is not clear what parts its columns, or its quotes do not close.
    """
    text = _decoded(content_of(path, limits), path)
    csv.field_size_limit(MEGABYTE)
    cells: dict[tuple[int, int], Value] = {}
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text, path), strict=True)
    try:
        for row, values in enumerate(lines, 1):
            for column, value in enumerate(values, 1):
                if value and (row > limits.rows or column > limits.columns):
                    raise InputError(
                        f"「{path.name}」の{limits.rows}行・{limits.columns}列より外に値があり、読み込めません。",
                        "ファイルを分けてください。",
                    )
                if value:
                    cells[row, column] = unshielded(value)
    except csv.Error as error:
        raise InputError(
            f'「{path.name}」の{lines.line_num}行目の引用符（"）が正しく閉じられていません。', _SAVE_AS
        ) from error
    return [Sheet(path.name, cells)]


def unshielded(text: str) -> str:
    """``text`` without the mark that kept a spreadsheet from calculating it."""
    return text[1:] if text.startswith(SHIELD) and text[1:].startswith(SHIELDED) else text


def _decoded(content: bytes, path: Path) -> str:
    if content.startswith(codecs.BOM_UTF8):
        return _strictly(content[3:], "utf-8", path)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(content, "utf-16", path)
    if b"\0" in content:
        raise InputError(f"「{path.name}」は文字のファイル（CSV）ではありません。", _SAVE_AS)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(content, "cp932", path)


def _strictly(content: bytes, encoding: str, path: Path) -> str:
    try:
        text = content.decode(encoding)
        stray = _STRAY.search(text) if encoding == "cp932" else None
        if stray:
            raise UnicodeDecodeError(
                encoding, content, len(text[: stray.start()].encode(encoding)), 1, "stray"
            )
        return text
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError(
            f"「{path.name}」の{line}行目に、読めない文字があります（UTF-8でもShift_JISでもありません）。",
            _SAVE_AS,
        ) from error
