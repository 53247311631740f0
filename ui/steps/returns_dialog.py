"""回収: a folder of returned check sheets is read, shown beside the ledger, and taken in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QWidget

from app.errors import InputError, LedgerError
from app.importing.step_sheet_preview import ReturnsPreview
from app.office import Done, Office
from app.steps.operations import save_sheets
from ui import dialogs, opening
from ui.desk import Answer, Desk
from ui.intake_dialog import IntakeDialog
from ui.steps.returns_lines import Line, lines_of, sum_of
from ui.steps.returns_list import ReturnsList
from ui.tasks import Task
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState
from ui.widgets.flow import FlowRow

_CHOOSE, _PREVIEW, _PROBLEM = range(1, 4)
_ABOUT = (
    "送ったExcelのシートが届いたら、一つのフォルダーに集めて選んでください。"
    "ファイルの名前が変わっていても、どの団体のシートか分かります。中を見比べて、取り込む前にお見せします。"
)


class ReturnsDialog(IntakeDialog):
    """The folder is chosen in the dialog; all that is ticked is taken in, or nothing."""

    def __init__(self, desk: Desk, assessment_round_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, "届いたシートを取り込む", QSize(1000, 660), parent)
        self._round_id = assessment_round_id
        self._folder: Path | None = None
        self._preview: ReturnsPreview | None = None
        self._count = 0
        self.heading.setText("届いたチェックシート")
        self.list = ReturnsList()
        self.detail = QPlainTextEdit()
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        self.detail.setAccessibleName("選んだ行の詳しい内容")
        self.begin = EmptyState(
            "フォルダーを選んでください", _ABOUT, "フォルダーを選ぶ…", self.choose_folder, "open"
        )
        self.problem = EmptyState("取り込んでいません", "", "読み直す", self.read, "problem")
        self.open_button = Button(
            "ファイルを開く", self.open_file, tip="選んだ行のファイルをExcelなどで開きます（Enter）"
        )
        self.again_button = Button(
            "読み直す", self.read, tip="ファイルを直して保存したら、もう一度フォルダーを読みます"
        )
        self.folder_button = Button("別のフォルダー…", self.choose_folder, icon_name="open")
        self.verbs = FlowRow(self.open_button, self.again_button, self.folder_button)
        self.lay_out((self.begin, self._halves(), self.problem), below=self.verbs)
        self.list.chosen_changed.connect(self.tell_sum)
        self.list.line_changed.connect(self._show_line)
        self.list.open_wanted.connect(self.open_file)
        self.turn_to(_CHOOSE)

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
            self.turn_to(_CHOOSE)
            return
        self._preview = None
        order = partial(_read, self._desk.office, self._folder, self._round_id)
        self.read_by(order, f"「{self._folder.name}」", "シートを読んでいます…", self._show)

    def stop(self) -> None:
        super().stop()
        self.turn_to(_CHOOSE)

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
        if self._preview is None:
            return
        try:
            taken = self._preview.taken(self.list.chosen)
        except InputError as error:
            self.failed(error)
            return
        self._count = len(taken)
        self.begin_writing()
        self._desk.perform(self, Answer(self._taken, self.failed), save_sheets, taken)

    def turn_to(self, part: int) -> None:
        super().turn_to(part)
        for button in (self.open_button, self.again_button):
            button.setVisible(part == _PREVIEW)
        self.verbs.setVisible(part in (_PREVIEW, _PROBLEM))

    def tell_sum(self) -> None:
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

    def failed(self, error: Exception) -> None:
        words = self.words_of(error)
        if words is not None:
            self._preview = None
            self.problem.explanation.setText(words)
            self.turn_to(_PROBLEM)

    def _show(self, preview: ReturnsPreview) -> None:
        self._task = None
        self._preview = preview
        self.explanation.setText(f"{preview.round.name}　{sum_of(preview)}")
        self.list.show_lines(tuple(lines_of(preview)), preview.sure, preview.twins)
        self.turn_to(_PREVIEW)
        self.list.setFocus()

    def _taken(self, _done: Done[None]) -> None:
        self.end_writing()
        self._desk.notice(f"届いたシート{self._count:,}枚を取り込みました。", can_undo=True)
        self.accept()

    def _show_line(self, line: Line | None) -> None:
        self.detail.setPlainText(line.detail if line is not None else "")
        self.open_button.setEnabled(line is not None and bool(line.file))

    def _halves(self) -> QSplitter:
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.list)
        halves.addWidget(self.detail)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        return halves


def _read(office: Office, folder: Path, assessment_round_id: int, task: Task) -> ReturnsPreview:
    from app.importing import step_sheets

    return step_sheets.preview(office, folder, assessment_round_id, task.report)


def ask_for_returns(desk: Desk, assessment_round_id: int, parent: QWidget) -> ReturnsDialog:
    """Open the dialog that takes in the returned sheets of a round; what it writes, ``desk.ledger_changed`` announces."""
    dialog = ReturnsDialog(desk, assessment_round_id, parent)
    dialog.open()
    return dialog
