"""取り込み・書き出し: the menu of the page 会員団体 for rosters from and to Excel and CSV, and the Excel that asks organisations."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.errors import InputError
from app.office import Office
from ui import dialogs
from ui.desk import Desk
from ui.dialogs import Choice
from ui.tasks import Task
from ui.widgets.button import Button
from ui.widgets.dialog_owner import DialogOwner

if TYPE_CHECKING:
    from app.organisations.roster_import import Imported
    from reports.renderers.data_csv import Encoding
    from ui.organisations.import_dialog import ImportDialog

ROSTERS = "名簿のファイル (*.xlsx *.csv);;Excelブック (*.xlsx);;CSV (*.csv *.txt)"
EXCEL = "Excelブック (*.xlsx)"
CSV = "CSV (*.csv)"
_TOGETHER, _APART, _STOP = "together", "apart", "stop"


class ExchangeMenu(DialogOwner, QObject):
    """What the button 「取り込み・書き出し」 offers."""

    taken = Signal()
    dialog: ImportDialog | None

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.menu = QMenu(page)
        self.menu.addAction("Excel・CSVから取り込む…", self.take_in)
        self.menu.addSeparator()
        self.menu.addAction("Excelに書き出す…", self.write_excel)
        self.menu.addAction("CSVに書き出す（UTF-8）…", self.write_utf8)
        self.menu.addAction("CSVに書き出す（CP932・シフトJIS）…", self.write_cp932)
        self.button = Button("取り込み・書き出し")
        self.button.setMenu(self.menu)

    def take_in(self) -> None:
        """Let the person choose a file, and open the dialog that shows what it would change."""
        path = dialogs.open_file(self._page, "名簿のファイルを選ぶ", ROSTERS)
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Open the dialog for a file."""
        from ui.organisations.import_dialog import ImportDialog

        dialog = ImportDialog(self._desk, path, self._page)
        dialog.taken.connect(self._taken)
        self.open_dialog(dialog)

    def write_excel(self) -> None:
        """Write the whole roster as a data sheet."""
        target = dialogs.save_file(self._page, "Excelに書き出す", EXCEL, Path.home() / "会員団体.xlsx")
        if target is not None:
            write_data(self._desk, self._page, target)

    def write_utf8(self) -> None:
        """Write the organisations as CSV that Excel opens rightly."""
        self._write_csv("utf-8")

    def write_cp932(self) -> None:
        """Write the organisations as CSV for programs that know only Shift_JIS."""
        self._write_csv("cp932")

    def _write_csv(self, encoding: str) -> None:
        target = dialogs.save_file(self._page, "CSVに書き出す", CSV, Path.home() / "会員団体.csv")
        if target is None:
            return
        self._desk.work(
            self,
            partial(_write_csv, self._desk.office, target, encoding),
            self._written,
            partial(self._not_written, target, encoding),
        )

    def _written(self, path: Path) -> None:
        self._desk.notice(f"「{path.name}」を「{path.parent.name}」に書き出しました。")

    def _not_written(self, target: Path, encoding: str, error: Exception) -> None:
        if encoding != "cp932" or not isinstance(error, InputError):
            self._desk.tell(error)
            return
        answer = dialogs.ask(
            self._page,
            error.message,
            "UTF-8なら、すべての文字をそのまま書き出せます。",
            (Choice("utf-8", "UTF-8で書き出す"), Choice(_STOP, "やめる")),
        )
        if answer == "utf-8":
            self._desk.work(self, partial(_write_csv, self._desk.office, target, "utf-8"), self._written)

    def _taken(self, imported: Imported) -> None:
        from ui.organisations.import_dialog import imported_words

        self._desk.notice(imported_words(imported), can_undo=True)
        self.taken.emit()


def write_data(
    desk: Desk, owner: QWidget, target: Path, organisation_ids: Collection[int] | None = None
) -> None:
    """Write the data sheet of organisations (of all, for None) to ``target``, and tell the person."""

    def written(path: Path) -> None:
        desk.notice(
            f"「{path.name}」を「{path.parent.name}」に書き出しました。Excelで直したあと、「会員団体」の「取り込み・書き出し」で読み込めます。"
        )

    ids = None if organisation_ids is None else frozenset(organisation_ids)
    desk.work(owner, partial(_write_excel, desk.office, target, ids), written)


def ask_by_excel(desk: Desk, owner: QWidget, organisations: dict[int, str], year: str) -> None:
    """Write the data of organisations for them to correct: together for the office, or each alone to be sent.

    ``organisations`` gives the name of each by its id. What is sent must not carry the people of others.
    """
    answer = dialogs.ask(
        owner,
        f"{len(organisations)}団体の内容をExcelに書き出します。",
        "団体に送るときは、ほかの団体の氏名や連絡先が入らないように、団体ごとのファイルに分けてください。",
        (
            Choice(_APART, "団体ごとに分ける（送る用）"),
            Choice(_TOGETHER, "1つにまとめる（事務局用）"),
            Choice(_STOP, "やめる"),
        ),
    )
    if answer == _TOGETHER:
        name = f"{year}の確認（{len(organisations)}団体）.xlsx"
        target = dialogs.save_file(owner, "Excelに書き出す", EXCEL, Path.home() / name)
        if target is not None:
            write_data(desk, owner, target, organisations)
    elif answer == _APART:
        folder = dialogs.choose_folder(owner, "団体ごとのファイルを入れるフォルダー")
        if folder is not None:

            def written(count: int) -> None:
                desk.notice(f"「{folder.name}」に、団体ごとのExcelを{count}件書き出しました。")

            desk.work(owner, partial(_write_each, desk.office, folder, dict(organisations), year), written)


def _write_excel(office: Office, target: Path, organisation_ids: Collection[int] | None, _task: Task) -> Path:
    from reports import export
    from reports.contents import organisation_data
    from reports.export import Format

    with office.reading() as reader:
        report = organisation_data.build(reader, organisation_ids)
    return export.write(report, Format.DATA_XLSX, target)


def _write_each(office: Office, folder: Path, organisations: dict[int, str], year: str, task: Task) -> int:
    from reports import export
    from reports.contents import organisation_data
    from reports.export import Format

    for number, (organisation_id, name) in enumerate(organisations.items()):
        task.report(number / len(organisations))
        with office.reading() as reader:
            report = organisation_data.build(reader, (organisation_id,))
        report = replace(report, title=name, subtitle=f"{year}の確認", internal=False)
        target = folder / export.suggested_name(report, Format.DATA_XLSX)
        export.write(report, Format.DATA_XLSX, export.another_name(target) if target.exists() else target)
    return len(organisations)


def _write_csv(office: Office, target: Path, encoding: str, _task: Task) -> Path:
    from reports import export
    from reports.contents import organisation_data
    from reports.renderers import data_csv

    with office.reading() as reader:
        sheet = organisation_data.build(reader).data[0]
    chosen: Encoding = data_csv.Encoding(encoding)
    return export.place(target, lambda draft: data_csv.render(sheet, draft, chosen))
