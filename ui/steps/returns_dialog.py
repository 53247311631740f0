"""回収: a folder of returned check sheets is read, shown beside the ledger, and taken in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import InputError, LedgerError
from app.importing.step_sheet_preview import ReturnsPreview
from app.office import Done, Office
from app.steps.operations import save_sheets
from ui import dialogs, opening
from ui.desk import Answer, Desk
from ui.steps.returns_lines import Line, lines_of, sum_of
from ui.steps.returns_list import ReturnsList
from ui.tasks import Task
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel, WrapLabel

_CHOOSE, _READING, _PREVIEW, _PROBLEM = range(4)
_ABOUT = (
    "送ったExcelのシートが届いたら、一つのフォルダーに集めて選んでください。"
    "ファイルの名前が変わっていても、どの団体のシートか分かります。中を見比べて、取り込む前にお見せします。"
)


class ReturnsDialog(QDialog):
    """Nothing is written until 「取り込む」, and then all that is ticked, or nothing."""

    def __init__(self, desk: Desk, assessment_round_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._round_id = desk, assessment_round_id
        self._folder: Path | None = None
        self._preview: ReturnsPreview | None = None
        self._task: Task | None = None
        self._count = 0
        self._is_writing = False
        self.setWindowTitle("届いたシートを取り込む")
        self.resize(1000, 660)
        self.setMinimumSize(720, 480)
        self.heading = WrapLabel("届いたチェックシート", "section")
        self.explanation = WrapLabel("", "muted")
        self.waiting = PlainLabel("", "muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("読み取りの進み具合")
        self.stop_button = Button("読み取りをやめる", self.stop)
        self.list = ReturnsList()
        self.detail = QPlainTextEdit()
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        self.detail.setAccessibleName("選んだ行の詳しい内容")
        self.begin = EmptyState(
            "フォルダーを選んでください", _ABOUT, "フォルダーを選ぶ…", self.choose_folder, "open"
        )
        self.problem = EmptyState("取り込んでいません", "", "読み直す", self.read, "problem")
        self.sum = WrapLabel("")
        self.open_button = Button(
            "ファイルを開く", self.open_file, tip="選んだ行のファイルをExcelなどで開きます（Enter）"
        )
        self.again_button = Button(
            "読み直す", self.read, tip="ファイルを直して保存したら、もう一度フォルダーを読みます"
        )
        self.folder_button = Button("別のフォルダー…", self.choose_folder, icon_name="open")
        self.cancel_button = Button("やめる", self.reject)
        self.take_button = Button("取り込む", self.take_in, "primary")
        self._lay_out()
        for button in self.findChildren(Button):
            button.setAutoDefault(False)
        self.list.chosen_changed.connect(self._tell_sum)
        self.list.line_changed.connect(self._show_line)
        self.list.open_wanted.connect(self.open_file)
        self._turn_to(_CHOOSE)

    @property
    def preview(self) -> ReturnsPreview | None:
        """What is shown; None before a folder has been read."""
        return self._preview

    def choose_folder(self) -> None:
        """Let the person choose the folder of returns."""
        folder = dialogs.choose_folder(self, "届いたシートのフォルダーを選ぶ", self._folder)
        if folder is not None:
            self._folder = folder
            self.read()

    def read(self) -> None:
        """Read the folder off the window's thread."""
        if self._folder is None:
            self._turn_to(_CHOOSE)
            return
        if self._task is not None:
            self._task.cancel()
        self._preview = None
        self.heading.setText(f"「{self._folder.name}」")
        self.explanation.setText("")
        self.waiting.setText("シートを読んでいます…")
        self.progress.setRange(0, 100)
        self.progress.setValue(0)
        self._turn_to(_READING)
        order = partial(_read, self._desk.office, self._folder, self._round_id)
        self._task = self._desk.work(self, order, self._show, self._failed, self._reached)

    def stop(self) -> None:
        """Stop reading; nothing has been written."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._turn_to(_CHOOSE)

    def open_file(self) -> None:
        """Open the file of the line the person is on with the program it belongs to."""
        line = self.list.line
        if self._preview is None or line is None or not line.file:
            return
        try:
            opening.open_path(Path(self._preview.folder, line.file))
        except LedgerError as error:
            self._desk.tell(error)

    def take_in(self) -> None:
        """Write all that is ticked as one change."""
        if self._preview is None:
            return
        try:
            taken = self._preview.taken(self.list.chosen)
        except InputError as error:
            self._failed(error)
            return
        self._count = len(taken)
        self._set_writing(True)
        self.waiting.setText("台帳に書き込んでいます…")
        self.progress.setRange(0, 0)
        self._turn_to(_READING)
        self._desk.perform(self, Answer(self._taken, self._failed), save_sheets, taken)

    def reject(self) -> None:
        """Nothing is written; what is being written already is waited for."""
        if not self._is_writing:
            super().reject()

    def done(self, result: int) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        super().done(result)

    # ------------------------------------------------------------------ what comes back

    def _reached(self, share: float) -> None:
        self.progress.setValue(round(share * 100))

    def _show(self, preview: ReturnsPreview) -> None:
        self._task = None
        self._preview = preview
        self.explanation.setText(f"{preview.round.name}　{sum_of(preview)}")
        self.list.show_lines(tuple(lines_of(preview)), preview.sure, preview.twins)
        self._turn_to(_PREVIEW)
        self.list.setFocus()

    def _taken(self, _done: Done[None]) -> None:
        self._set_writing(False)
        self._desk.notice(f"届いたシート{self._count:,}枚を取り込みました。", can_undo=True)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._task = None
        self._set_writing(False)
        if not isinstance(error, LedgerError):
            self.reject()
            self._desk.tell(error)
            return
        self._preview = None
        self.problem.explanation.setText(f"{error.message}\n{error.advice}".strip())
        self._turn_to(_PROBLEM)

    def _tell_sum(self) -> None:
        if self._preview is None:
            self.sum.setText("")
            self.take_button.setEnabled(False)
            return
        count = len(self.list.chosen)
        waiting = sum(one.can_take for one in self._preview.returns) - count
        words = f"{count:,}枚を、まとめて取り込みます。" if count else "取り込むシートに印を付けてください。"
        left = f"印のない{waiting:,}枚は取り込みません。" if waiting else ""
        self.sum.setText(words + left)
        self.take_button.setEnabled(count > 0)

    # ------------------------------------------------------------------ what is shown

    def _show_line(self, line: Line | None) -> None:
        self.detail.setPlainText(line.detail if line is not None else "")
        self.open_button.setEnabled(line is not None and bool(line.file))

    def _turn_to(self, part: int) -> None:
        self.stack.setCurrentIndex(part)
        self.stop_button.setVisible(not self._is_writing)
        for button in (self.open_button, self.again_button):
            button.setVisible(part == _PREVIEW)
        self.verbs.setVisible(part in (_PREVIEW, _PROBLEM))
        self._tell_sum()

    def _set_writing(self, is_writing: bool) -> None:
        self._is_writing = is_writing
        for button in (self.cancel_button, self.folder_button):
            button.setEnabled(not is_writing)

    def _lay_out(self) -> None:
        waiting = QWidget()
        middle = QVBoxLayout(waiting)
        middle.setSpacing(12)
        middle.addStretch(1)
        for widget in (self.waiting, self.progress, self.stop_button):
            middle.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(2)
        self.progress.setMinimumWidth(320)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.list)
        halves.addWidget(self.detail)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        self.stack = QStackedWidget()
        for part in (self.begin, waiting, halves, self.problem):
            self.stack.addWidget(part)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.heading)
        head.addWidget(self.explanation)
        self.verbs = FlowRow(self.open_button, self.again_button, self.folder_button)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.sum, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.verbs)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)


def _read(office: Office, folder: Path, assessment_round_id: int, task: Task) -> ReturnsPreview:
    from app.importing import step_sheets

    return step_sheets.preview(office, folder, assessment_round_id, task.report)


def ask_for_returns(desk: Desk, assessment_round_id: int, parent: QWidget) -> ReturnsDialog:
    """Open the dialog that takes in the returned sheets of a round; what it writes, ``desk.ledger_changed`` announces."""
    dialog = ReturnsDialog(desk, assessment_round_id, parent)
    dialog.open()
    return dialog
