"""送付: the check sheets of a round written into a folder, one workbook for each who is asked."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QProgressBar, QWidget

from app.calendar import format_date
from app.errors import LedgerError
from app.office import Office
from app.steps.sheet import SheetSet, sheet_set
from db.vocabulary import RoundState
from ui import dialogs
from ui.desk import Answer, Desk
from ui.organisations.roomy_dialog import RoomyDialog
from ui.tasks import Task
from ui.widgets.button import Button
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel, WrapLabel

_HOW = (
    "相手ごとに1つのExcelファイルを書き出します。メールに添えて、それぞれの相手に送ってください（このプログラムからは送りません）。"
    "返ってきたファイルは、一つのフォルダーに集めて「届いたシートを取り込む」で読み込みます。名前が変わっていても構いません。"
)


class SendDialog(RoomyDialog):
    """The sheets are written into a new folder, so that none that came back is ever written over."""

    def __init__(self, desk: Desk, assessment_round_id: int, parent: QWidget | None = None) -> None:
        super().__init__(
            "チェックシートを書き出す",
            Button("フォルダーを選んで書き出す…", self.write, "primary", "save"),
            parent=parent,
        )
        self._desk, self._round_id = desk, assessment_round_id
        self._sheets: SheetSet | None = None
        self._task: Task | None = None
        self.heading = WrapLabel("", "section")
        self.counts = WrapLabel("")
        self.only_missing = QCheckBox("まだ返っていない相手の分だけを書き出す")
        self.working = PlainLabel("", "muted")
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("書き出しの進み具合")
        self.stop_button = Button("書き出しをやめる", self.stop)
        for widget in (self.heading, self.counts, WrapLabel(_HOW, "muted"), self.only_missing):
            self.column.addWidget(widget)
        self.column.addWidget(self.working)
        self.column.addWidget(self.progress)
        self.column.addWidget(FlowRow(self.stop_button))
        self.column.addStretch(1)
        self.only_missing.toggled.connect(self._tell_counts)
        self._set_working(False)
        self.take.setEnabled(False)
        desk.ask(self, Answer(self._show, self._failed), sheet_set, assessment_round_id)

    def write(self) -> None:
        """Ask for a folder, and write the sheets into a new one in it."""
        if self._sheets is None:
            return
        folder = dialogs.choose_folder(self, "シートを置くフォルダーを選ぶ")
        if folder is None:
            return
        self.tell_problem("")
        self._set_working(True)
        target = free_folder(folder, f"{self._sheets.round.name} チェックシート")
        order = partial(_write, self._desk.office, self._round_id, target, self.only_missing.isChecked())
        self._task = self._desk.work(self, order, partial(self._written, target), self._failed, self._reached)

    def stop(self) -> None:
        """Stop writing; what was written is taken away again."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self._set_working(False)
            self.tell_problem("書き出しをやめました。途中まで書き出したファイルは残していません。")

    def done(self, result: int) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        super().done(result)

    def _show(self, sheets: SheetSet) -> None:
        self._sheets = sheets
        held = sheets.round
        until = (
            f"　返信期限 {format_date(held.answer_by, weekday=True)}"
            if held.answer_by
            else "　返信期限は決めていません"
        )
        self.heading.setText(f"{held.name}{until}")
        self.only_missing.setEnabled(0 < held.answered < held.asked)
        self._tell_counts()
        self.take.setFocus()
        if self.isVisible():
            # What wraps finds its lines only once it is laid out.
            QTimer.singleShot(0, self, self.fit)

    def _tell_counts(self) -> None:
        if self._sheets is None:
            return
        held = self._sheets.round
        count = held.asked - held.answered if self.only_missing.isChecked() else held.asked
        lines = [
            f"{count:,}枚を書き出します（頼んだ相手 {held.asked:,}、答えが入っている相手 {held.answered:,}）。"
        ]
        if held.asked == 0:
            lines = ["頼む相手がいません。先に、どの団体や地区に聞くかを選んでください。"]
        elif held.state is not RoundState.OPEN:
            verb = "受付中に戻す" if held.state is RoundState.CLOSED else "確認を始める"
            lines.append(
                f"この回は「{held.state.label}」です。届いたシートを取り込む前に「{verb}」を押してください。"
            )
        self.counts.setText("\n".join(lines))
        self.take.setEnabled(count > 0 and self._task is None)

    def _reached(self, share: float) -> None:
        self.progress.setValue(round(share * 100))

    def _written(self, folder: Path, count: int) -> None:
        self._task = None
        self._set_working(False)
        self._desk.notice(f"チェックシート{count:,}枚を「{folder}」に書き出しました。")
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._task = None
        self._set_working(False)
        if isinstance(error, LedgerError):
            self.tell_problem(f"{error.message}\n{error.advice}".strip())
        else:
            self._desk.tell(error)

    def _set_working(self, is_working: bool) -> None:
        self.working.setText("シートを書き出しています…" if is_working else "")
        self.progress.setValue(0)
        for widget in (self.working, self.progress, self.stop_button):
            widget.setVisible(is_working)
        self.take.setEnabled(not is_working and self._sheets is not None)


def free_folder(folder: Path, name: str) -> Path:
    """A folder of this name in ``folder`` that is not there yet: the name, or with a number behind it."""
    found, number = folder / name, 2
    while found.exists():
        found, number = folder / f"{name}（{number}）", number + 1
    return found


def _write(office: Office, assessment_round_id: int, folder: Path, only_missing: bool, task: Task) -> int:
    from app.settings.queries import settings
    from reports import check_sheet

    sheets = office.ask(sheet_set, assessment_round_id)
    written = check_sheet.write_all(
        sheets, office.ask(settings), folder, only_missing=only_missing, reached=task.report
    )
    return len(written)


def ask_to_send(desk: Desk, assessment_round_id: int, parent: QWidget) -> SendDialog:
    """Open the dialog that writes the sheets of a round; it is open while it works, and closed by the person."""
    dialog = SendDialog(desk, assessment_round_id, parent)
    dialog.open()
    return dialog
