"""書き出す: the formats of a report, the folder, the progress, and afterwards the file and its folder one click away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QProgressBar, QVBoxLayout, QWidget

from app.errors import LedgerError
from reports.export import Format, another_name
from ui import dialogs, opening, theme
from ui.desk import Desk
from ui.dialogs import Choice
from ui.reports import making
from ui.reports.making import Order, Prepared
from ui.reports.printouts import Printouts
from ui.tasks import Task
from ui.widgets.button import Button
from ui.widgets.flow import FlowRow
from ui.widgets.text import WrapLabel

_REPLACE, _BESIDE, _STOP = "replace", "beside", "stop"
_COPYING = "帳票を文字だけにして、メールなどに貼り付けられるように写します。"
_PRINTING = "印刷するときは、PDFを開いて、そこから印刷します。"


class ExportBar(QWidget):
    """Writes the report that is ordered; the old file stays whole whatever happens."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._order: Order | None = None
        self._folder: Path | None = None
        self._written: tuple[Path, ...] = ()
        self._printouts = Printouts()
        self._is_makeable = True
        self._task: Task | None = None
        self.menu = QMenu(self)
        self.menu.triggered.connect(self._format_chosen)
        self.export_button = Button("書き出す", look="primary", icon_name="save")
        self.export_button.setMenu(self.menu)
        self.print_button = Button("印刷…", self.print_out, icon_name="print", tip=_PRINTING)
        self.copy_button = Button("文面をコピー", self.copy_text, icon_name="copy", tip=_COPYING)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("書き出しの進み具合")
        self.cancel_button = Button("やめる", self.cancel)
        self.result = QFrame()
        theme.set_look(self.result, "banner")
        self.result_label = WrapLabel("", selectable=True)
        self.open_file_button = Button("ファイルを開く", self._open_file)
        self.open_folder_button = Button("フォルダーを開く", self._open_folder)
        self._lay_out()
        self._show_progress(False)
        self.result.hide()

    def show_order(self, order: Order | None) -> None:
        """Know what would be written; nothing while the options are wrong or no report is chosen."""
        is_other = order is None or self._order is None or order.entry.id != self._order.entry.id
        self._order = order
        if is_other:
            self.result.hide()
            self.menu.clear()
            for fmt in order.entry.formats if order else ():
                self._add(f"{fmt.label}…", (fmt,))
            if order is not None and len(order.entry.formats) > 1:
                self.menu.addSeparator()
                self._add("すべての形式…", order.entry.formats)
        can = order is not None and self._task is None and self._is_makeable
        self.export_button.setEnabled(can)
        self.print_button.setEnabled(can and order is not None and Format.PDF in order.entry.formats)

        self.copy_button.setVisible(order is None or Format.TXT in order.entry.formats)
        self.copy_button.setEnabled(can)

    def allow(self, is_makeable: bool) -> None:
        """Whether what is ordered can be made at all, as the preview has found out."""
        self._is_makeable = is_makeable
        self.show_order(self._order)

    def export(self, formats: tuple[Format, ...]) -> None:
        """Ask for a folder and write the report there."""
        if self._order is None:
            return
        folder = dialogs.choose_folder(self, "書き出し先のフォルダー", self._folder)
        if folder is not None:
            self._folder = folder
            self._prepare(formats, folder, is_print=False)

    def print_out(self) -> None:
        """Write the PDF to a temporary folder and open it in the program that prints it."""
        if self._order is not None:
            self._prepare((Format.PDF,), self._printouts.new_folder(), is_print=True)

    def copy_text(self) -> None:
        """Put the report on the clipboard as text."""
        order, office = self._order, self._desk.office
        if order is not None:
            told = partial(self._copied, order.entry.title)
            self._desk.work(self, lambda _task: making.worded(office, order), told, self._failed)

    def _copied(self, title: str, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        count = sum(not character.isspace() for character in text)
        self._desk.notice(f"「{title}」の文面をコピーしました（{count:,}字）。メールなどに貼り付けられます。")

    def _prepare(self, formats: tuple[Format, ...], folder: Path, is_print: bool) -> None:
        order, office = self._order, self._desk.office
        assert order is not None
        self._begin()
        self._task = self._desk.work(
            self,
            lambda _task: making.prepare(office, order, formats, folder),
            partial(self._write, is_print),
            self._failed,
        )

    def cancel(self) -> None:
        """Stop writing; what was there before stays."""
        if self._task is not None:
            self._task.cancel()
        self._end()
        self._desk.notice("書き出しをやめました。元のファイルは変えていません。")

    def _write(self, is_print: bool, prepared: Prepared) -> None:
        targets = self._free(prepared.targets)
        if targets is None:
            self._end()
            return
        chosen = replace(prepared, targets=targets)
        self._task = self._desk.work(
            self,
            lambda task: making.write_out(chosen, task.report),
            partial(self._done, is_print),
            self._failed,
            self._reached,
        )

    def _free(self, targets: dict[Format, Path]) -> dict[Format, Path] | None:
        """The targets, after the person has said what becomes of files that are there already."""
        there = [target for target in targets.values() if target.exists()]
        if not there:
            return targets
        names = "\n".join(f"「{target.name}」" for target in there)
        answer = dialogs.ask(
            self,
            f"同じ名前のファイルがすでにあります。\n{names}",
            "前のファイルに書き込みをしてある場合は、別の名前で書き出してください。",
            (
                Choice(_BESIDE, "別の名前で書き出す"),
                Choice(_REPLACE, "置き換える"),
                Choice(_STOP, "やめる"),
            ),
        )
        if answer == _REPLACE:
            return targets
        if answer == _BESIDE:
            return {
                fmt: another_name(target) if target.exists() else target for fmt, target in targets.items()
            }
        return None

    def _done(self, is_print: bool, written: tuple[Path, ...]) -> None:
        self._end()
        self._written = written
        if is_print:
            self._open_file()
            return
        named = f"「{written[0].name}」" if len(written) == 1 else f"{len(written)}つのファイル"
        self._show_result(f"{named}を「{written[0].parent.name}」に書き出しました。", is_problem=False)

    def _failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, LedgerError):
            self._desk.tell(error)
            return
        self._show_result(f"{error.message}\n{error.advice}".strip(), is_problem=True)

    def _show_result(self, text: str, is_problem: bool) -> None:
        theme.set_look(self.result, "caution" if is_problem else "banner")
        self.result_label.setText(text)
        self.open_file_button.setVisible(not is_problem and len(self._written) == 1)
        self.open_folder_button.setVisible(not is_problem)
        self.result.show()

    def _open_file(self) -> None:
        self._open(self._written[0])

    def _open_folder(self) -> None:
        self._open(self._written[0].parent)

    def _open(self, path: Path) -> None:
        try:
            opening.open_path(path)
        except LedgerError as error:
            self._desk.tell(error)

    def _add(self, label: str, formats: tuple[Format, ...]) -> None:
        action = QAction(label, self.menu)
        action.setData(formats)
        self.menu.addAction(action)

    def _format_chosen(self, action: QAction) -> None:
        self.export(action.data())

    def _begin(self) -> None:
        self.result.hide()
        self.progress.setValue(0)
        self._show_progress(True)
        self.export_button.setEnabled(False)
        self.print_button.setEnabled(False)
        self.copy_button.setEnabled(False)

    def _end(self) -> None:
        self._task = None
        self._show_progress(False)
        self.show_order(self._order)

    def _reached(self, share: float) -> None:
        self.progress.setValue(round(1000 * share))

    def _show_progress(self, is_shown: bool) -> None:
        self.progress.setVisible(is_shown)
        self.cancel_button.setVisible(is_shown)

    def _lay_out(self) -> None:
        buttons = FlowRow(self.export_button, self.print_button, self.copy_button)
        moving = QHBoxLayout()
        moving.addWidget(self.progress, 1)
        moving.addWidget(self.cancel_button)
        opening_buttons = QHBoxLayout()
        opening_buttons.addWidget(self.open_file_button)
        opening_buttons.addWidget(self.open_folder_button)
        opening_buttons.addStretch(1)
        banner = QVBoxLayout(self.result)
        banner.setContentsMargins(16, 10, 12, 10)
        banner.addWidget(self.result_label)
        banner.addLayout(opening_buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(buttons)
        column.addLayout(moving)
        column.addWidget(self.result)
        column.addWidget(WrapLabel(_PRINTING, "note"))
