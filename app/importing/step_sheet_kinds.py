"""What a file among returned check sheets is, where it is no Excel workbook: told with what to do about it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from app.errors import InputError

SAVE_AS_XLSX = "Excelで開き、「Excelブック（*.xlsx）」として保存し直してください。"
_SEND_AGAIN = "送り直してもらってください。"
_TYPE_IN = "紙での返信として、画面から答えを入力してください。"
_IN_EXCEL = "Excelのシートに答えを書いて、送り直してもらってください。"
_TAKE_OUT = "中のファイルを取り出して、このフォルダーに入れてください。"
_ORIGINAL = "元のファイルを、このフォルダーに入れてください。"
_ARCHIVE = "圧縮したファイルです。"

_BEGINNINGS = (
    (rb"%PDF", "PDFです。", _TYPE_IN),
    (rb"\xff\xd8\xff|....ftyp(?:hei|hev|mif1|msf1|avif)", "写真（画像）です。", _TYPE_IN),
    (rb"\x89PNG|GIF8|BM....\0\0\0\0|II\*\0|MM\0\*|RIFF....WEBP", "画像です。", _TYPE_IN),
    (rb"7z\xbc\xaf|Rar!|\x1f\x8b|..-lh[0-9d]-", _ARCHIVE, _TAKE_OUT),
    (rb"L\0\0\0\x01\x14\x02\0|\[InternetShortcut\]", "ショートカットです。", _ORIGINAL),
)
_OLD = b"\xd0\xcf\x11\xe0"
_STREAMS = (
    ("EncryptedPackage", "パスワードの付いたブックです。", f"パスワードを聞いて外し、{SAVE_AS_XLSX}"),
    ("WordDocument", "Wordの文書です。", _IN_EXCEL),
    ("PowerPoint Document", "PowerPointの文書です。", _IN_EXCEL),
    ("__substg1.0_", "メールです。", "添付されたシートを取り出して、このフォルダーに入れてください。"),
    ("Workbook", "古い形式（.xls）のブックです。", SAVE_AS_XLSX),
    ("Book", "古い形式（.xls）のブックです。", SAVE_AS_XLSX),
)
"""What older programs call their streams; in their common package the names stand as UTF-16."""

_MAILS, _TEXTS = (".eml", ".msg"), (".csv", ".tsv", ".txt", ".htm", ".html", ".mht")
_BY_SUFFIX = {
    **dict.fromkeys(
        _MAILS, ("メールです。", "添付されたシートを取り出して、このフォルダーに入れてください。")
    ),
    **dict.fromkeys(_TEXTS, ("Excelのブックではありません。", f"Excelのままのシートを{_SEND_AGAIN}")),
    **dict.fromkeys((".xdw", ".xbd"), ("DocuWorksの文書です。", _TYPE_IN)),
    ".jtd": ("一太郎の文書です。", _IN_EXCEL),
    **dict.fromkeys(
        (".crdownload", ".part", ".partial", ".tmp"),
        ("保存の途中のファイルか、使い終わった一時ファイルです。", "シートが別にあるか、確かめてください。"),
    ),
}
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


def reason_by_name(path: Path) -> str:
    """Why a file is not opened at all, by its name; empty where it is."""
    if path.name.startswith("~$"):
        return f"Excelが「{path.name[2:]}」を開いている間だけ置く印です。Excelで開いていれば、保存して閉じてください。"
    if path.name.startswith(("._", ".~lock.")):
        return "ほかのプログラムが置いた印で、シートではありません。"
    return "".join(_BY_SUFFIX.get(path.suffix.lower(), ()))


def refuse_other(content: bytes) -> None:
    """InputError that says what it is, where the bytes of a file do not begin as a package of Excel does."""
    if not content:
        raise InputError("空のファイルです。", _SEND_AGAIN)
    for beginning, what, advice in _BEGINNINGS:
        if re.match(beginning, content, re.DOTALL):
            raise InputError(what, advice)
    if content.startswith(_OLD):
        for stream, what, advice in _STREAMS:
            if stream.encode("utf-16-le") in content:
                raise InputError(what, advice)
        raise InputError("Excelのブックではないか、壊れています。", f"Excelのままのシートを{_SEND_AGAIN}")
    if not content.startswith(b"PK"):
        raise InputError("Excelのブックではありません。", SAVE_AS_XLSX)


def refuse_package(package: zipfile.ZipFile, beginning: bytes) -> None:
    """InputError that says what it is, where a package is no workbook, or one that openpyxl reads as empty."""
    names = package.namelist()
    books = [name for name in names if name.lower() == "xl/workbook.xml"]
    if not books:
        _refuse_names(names, beginning)
    with package.open(books[0]) as book:
        if _STRICT in book.read(4096):
            raise InputError("「Strict Open XML」という形式のブックです。", SAVE_AS_XLSX)


def _refuse_names(names: Sequence[str], beginning: bytes) -> None:
    if any(name.startswith("word/") for name in names):
        raise InputError("Wordの文書です。", _IN_EXCEL)
    if any(name.startswith("ppt/") for name in names):
        raise InputError("PowerPointの文書です。", _IN_EXCEL)
    if _SPREADSHEET in beginning:
        raise InputError("LibreOfficeの形式（.ods）です。", SAVE_AS_XLSX)
    if "xl/workbook.bin" in names:
        raise InputError("Excelのバイナリー形式（.xlsb）です。", SAVE_AS_XLSX)
    if any(name.endswith(".iwa") for name in names):
        raise InputError(
            "Numbersの形式です。", "Numbersで「Excelに書き出す」を選び、書き出したファイルを入れてください。"
        )
    raise InputError("圧縮したファイル（zip）です。", _TAKE_OUT)
