"""A folder of returns as it comes: files that are no sheets at all, each told apart with its reason, and sheets that cannot be opened."""

from __future__ import annotations

import io
import multiprocessing
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from app.errors import InputError
from app.importing import safe_folder, safe_workbook
from app.importing.safe_folder import ReadFiles
from app.importing.step_sheet_preview import Return, ReturnKind
from ui.tasks import Cancelled

Make = Callable[[Any, Path], None]


def content(beginning: bytes) -> Make:
    return lambda _world, path: _write(path, beginning)


def _write(path: Path, beginning: bytes) -> None:
    path.write_bytes(beginning)


def cut(world: Any, path: Path) -> None:
    whole = world.filled(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def zipped(world: Any, path: Path) -> None:
    sheet = world.filled(path.with_name("中身.xlsx"))
    with zipfile.ZipFile(path, "w") as package:
        package.write(sheet, "シート.xlsx")
    sheet.unlink()


def word(_world: Any, path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("○ できている")
    document.save(str(path))


def open_document(_world: Any, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", "<a/>")


def binary_workbook(_world: Any, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.bin", b"")


def repacked(world: Any, path: Path, change: Callable[[str, bytes], bytes], more: str = "") -> None:
    """A filled sheet whose parts are changed, and one more part put in."""
    source = world.filled(path.with_name("中身.xlsx"))
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(path, "w") as target:
        for name in package.namelist():
            target.writestr(name, change(name, package.read(name)))
        if more:
            target.writestr(more, b"")
    source.unlink()


def with_macro(world: Any, path: Path) -> None:
    repacked(world, path, lambda _name, part: part, "xl/vbaProject.bin")


def with_doctype(world: Any, path: Path) -> None:
    declared = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'
    repacked(
        world,
        path,
        lambda name, part: declared + part.partition(b"?>")[2] if name.endswith("sheet1.xml") else part,
    )


def strict(world: Any, path: Path) -> None:
    """What Excel saves as 「Strict Open XML ブック」."""
    usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    repacked(
        world,
        path,
        lambda _name, part: part.replace(usual, b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    )


def numbers(_world: Any, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("Index/Document.iwa", b"")


def compound(*streams: str) -> Make:
    """The package of older programs, with streams of these names."""
    names = b"".join(f"{name}\0".encode("utf-16-le") for name in streams)
    return content(b"\xd0\xcf\x11\xe0" + bytes(508) + names)


def other_workbook(_world: Any, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["団体名", "電話番号"])
    book.save(path)


def list_of_codes(world: Any, path: Path) -> None:
    """What an office keeps of whom it has sent what."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["シートの記号", "団体", "備考"])
    for order in world.sheets.orders:
        sheet.append([order.asked.code, order.name, "担当者が替わったので、もう一度電話で確かめること"])
    book.save(path)


def empty_workbook(_world: Any, path: Path) -> None:
    openpyxl.Workbook().save(path)


def vanished(_world: Any, path: Path) -> None:
    os.symlink(path.with_name("どこにもない.xlsx"), path)


CASES: Mapping[str, tuple[str, Make, str]] = {
    "a PDF": ("答え.pdf", content(b"%PDF-1.7\n"), "PDFです"),
    "a PDF that is called a workbook": ("答え1.xlsx", content(b"%PDF-1.7\n"), "PDFです"),
    "a photograph": ("IMG_0001.JPG", content(b"\xff\xd8\xff\xe0"), "写真"),
    "a picture": ("scan.png", content(b"\x89PNG\r\n"), "画像です"),
    "an old workbook": ("答え.xls", compound("Workbook"), "古い形式（.xls）のブックです"),
    "an old workbook under the new name": ("答え2.xlsx", compound("Workbook"), "古い形式（.xls）"),
    "a workbook with a password": (
        "鍵.xlsx",
        compound("EncryptionInfo", "EncryptedPackage"),
        "パスワードの付いたブックです",
    ),
    "an old letter": ("返信.doc", compound("WordDocument", "1Table"), "Wordの文書です"),
    "a mail with a sheet": ("返信.msg", compound("__substg1.0_3701000D"), "添付されたシートを取り出して"),
    "a mail under another name": ("転送", compound("__substg1.0_3701000D"), "メールです"),
    "nonsense of an older program": ("何か.xls", compound("Contents"), "壊れています"),
    "a document of DocuWorks": ("答え.xdw", content(b"xdw"), "DocuWorks"),
    "a photograph of an iPhone": ("IMG_0002.HEIC", content(bytes(4) + b"ftypheic" + bytes(8)), "写真"),
    "a scan": ("scan.tif", content(b"II*\0" + bytes(8)), "画像です"),
    "an archive of 7-Zip": ("まとめ.7z", content(b"7z\xbc\xaf\x27\x1c"), "圧縮したファイルです"),
    "an archive of LHA": ("まとめ.lzh", content(b"\x22\x8a-lh5-"), "中のファイルを取り出して"),
    "a shortcut": ("シート.xlsx - ショートカット.lnk", content(b"L\0\0\0\x01\x14\x02\0"), "元のファイル"),
    "a page of the web called a workbook": (
        "答え3.xlsx",
        content(b"<html><table>"),
        "Excelのブックではありません",
    ),
    "half of a download": ("シート.xlsx.crdownload", content(b"PK\x03\x04"), "途中のファイル"),
    "a strict workbook": ("厳密.xlsx", strict, "Strict Open XML"),
    "a sheet of Numbers": ("答え.numbers", numbers, "Numbersの形式"),
    "an open document under another name": ("答え4.xlsx", open_document, "LibreOfficeの形式"),
    "a letter": ("返信.docx", word, "Wordの文書"),
    "an archive": ("まとめ.zip", zipped, "圧縮したファイル"),
    "an open document": ("答え.ods", open_document, "LibreOfficeの形式"),
    "a binary workbook": ("答え.xlsb", binary_workbook, "バイナリー形式"),
    "a workbook with macros": ("答え.xlsm", with_macro, "マクロ"),
    "macros under another name": ("マクロ.xlsx", with_macro, "マクロ"),
    "a workbook with a DTD": ("宣言.xlsx", with_doctype, "DTD"),
    "an empty file": ("空.xlsx", content(b""), "空のファイル"),
    "half a workbook": ("途中.xlsx", cut, "壊れていて"),
    "nonsense": ("なにか.xlsx", content(b"hello"), "Excelのブックではありません"),
    "an archive of nonsense": ("PK.xlsx", content(b"PK\x03\x04hello"), "壊れていて"),
    "a table of text": ("答え.csv", content("番号,答え\n".encode()), "Excelのブックではありません"),
    "a mail": ("返信.eml", content(b"Subject: x\n"), "添付されたシートを取り出して"),
    "the mark of an open workbook": (
        "~$シート.xlsx",
        content(b"\x05user"),
        "Excelが「シート.xlsx」を開いている",
    ),
    "the mark of LibreOffice": (".~lock.シート.xlsx#", content(b",user,"), "ほかのプログラムが置いた印"),
    "another workbook": ("名簿.xlsx", other_workbook, "チェックシートではありません"),
    "a list of what was sent": ("送付一覧.xlsx", list_of_codes, "記号が二つ以上"),
    "an empty workbook": ("白紙.xlsx", empty_workbook, "何も書かれていない"),
    "a file that has gone": ("消えた.xlsx", vanished, "見つかりません"),
}


@pytest.fixture(scope="module")
def found(world: Any, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Return]:
    """All in one folder, with a sheet among them and what systems leave behind."""
    folder = tmp_path_factory.mktemp("files")
    for name, make, _ in CASES.values():
        make(world, folder / name)
    world.filled(folder / "正しいシート.xlsx")
    for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
        (folder / name).write_bytes(b"x")
    return {one.file: one for one in world.read(folder).returns}


@pytest.mark.parametrize("name", CASES)
def test_a_file_that_is_no_sheet_is_told_apart(name: str, found: Mapping[str, Return]) -> None:
    file, _, said = CASES[name]
    one = found[file]
    assert (one.kind, one.asked, one.can_take) == (ReturnKind.UNKNOWN, None, False)
    assert said in one.reason


def test_a_sheet_among_them_is_read_and_the_marks_of_systems_are_no_files(
    found: Mapping[str, Return],
) -> None:
    assert found["正しいシート.xlsx"].kind is ReturnKind.READ
    assert len(found) == len(CASES) + 1


def test_who_is_missing_is_told(world: Any, tmp_path: Path) -> None:
    filled, blank = world.filled(tmp_path / "a.xlsx"), world.sent(tmp_path / "b.xlsx")
    read = world.read(tmp_path)
    missing = {one.code for one in read.missing}
    assert len(missing) == read.round.asked - 1
    assert world.orders[filled].asked.code not in missing
    assert world.orders[blank].asked.code in missing


def test_a_folder_that_is_none_or_empty_is_told(world: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ありません"):
        world.read(tmp_path / "どこにもない")
    with pytest.raises(InputError, match="空です"):
        world.read(tmp_path)


def test_reading_tells_how_far_it_is_and_stops_when_asked(world: Any, tmp_path: Path) -> None:
    from app.importing import step_sheets

    for place in range(3):
        world.sent(tmp_path / f"{place}.xlsx")
    shares: list[float] = []
    step_sheets.preview(world.office, tmp_path, world.round_id, shares.append)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)

    def stop(share: float) -> None:
        if share > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        step_sheets.preview(world.office, tmp_path, world.round_id, stop)
    assert multiprocessing.active_children() == []


def test_a_file_that_hangs_or_swells_takes_down_only_itself(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a", "hang", "b", "swell", "die", "c")]
    answers = list(ReadFiles(paths, read_oddly, seconds=8, megabytes=400))
    assert [one if isinstance(one, str) else type(one) for one in answers] == [
        "a",
        InputError,
        "b",
        InputError,
        InputError,
        "c",
    ]


def read_oddly(path: Path, _limits: safe_workbook.Limits) -> str:
    """Stands in for a file that makes its reader hang, swell or die."""
    if path.name == "hang":
        import time

        time.sleep(60)
    if path.name == "swell":
        io.BytesIO(bytes(10**10))
    if path.name == "die":
        os._exit(1)
    return path.name


def test_the_process_that_reads_ends_with_its_files(tmp_path: Path) -> None:
    reading = iter(safe_folder.ReadFiles([tmp_path / "a", tmp_path / "b"], read_oddly))
    assert next(reading) == "a"
    assert len(multiprocessing.active_children()) == 1
    reading.close()
    assert multiprocessing.active_children() == []
