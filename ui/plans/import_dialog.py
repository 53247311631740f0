"""計画を取り込む: choose where a plan comes from, look at what was read, and take it in, or see everything that is wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.calendar import period_label
from app.errors import LedgerError
from app.office import Done
from app.plans import operations
from app.plans.draft import ItemDraft, PlanDraft
from app.plans.queries import ItemRow, PlanRow
from app.text import clean
from db.vocabulary import ItemKind
from ui import dialogs
from ui.desk import Answer, Desk
from ui.plans.tree_model import PlanTreeModel
from ui.plans.tree_view import PlanTreeView
from ui.tasks import Task
from ui.widgets.button import Button
from ui.widgets.containers import Banner
from ui.widgets.text import PlainLabel, WrapLabel

FILES = "計画のファイル (*.xlsx *.toml)"
_WAITING, _PREVIEW, _PROBLEM = range(3)


@dataclass(frozen=True, slots=True)
class Bundled:
    """A guideline that the program carries."""

    path: Path
    plan: PlanDraft


class ImportDialog(QDialog):
    """Nothing is written until 「取り込む」, and then all of it or nothing."""

    taken = Signal(int, str)
    """The id of the plan that is in the ledger now, and its name."""

    template_wanted = Signal()

    def __init__(self, desk: Desk, known_codes: frozenset[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._known = desk, known_codes
        self._plan: PlanDraft | None = None
        self._task: Task | None = None
        self.setWindowTitle("計画を取り込む")
        self.resize(900, 600)
        self.bundled = QListWidget()
        self.bundled.setAccessibleName("用意してある指針")
        self.bundled.setWordWrap(True)
        self.file_button = Button(
            "ファイルを選ぶ…", self.choose_file, icon_name="open", tip="Excelのひな形、またはTOMLファイル"
        )
        self.template_button = Button("Excelのひな形を書き出す…", self.template_wanted.emit, "link")
        self.model = PlanTreeModel(self)
        self.model.is_fixed = True
        self.tree = PlanTreeView()
        self.tree.setModel(self.model)
        self.waiting = WrapLabel("左から、取り込む計画を選んでください。", "muted")
        self.heading, self.period = WrapLabel("", "section"), PlainLabel("", "muted")
        self.counts = WrapLabel("")
        self.code = QLineEdit()
        self.code.setAccessibleName("コード")
        self.known_already = Banner(
            "同じコードの計画がすでに台帳にあります。別の計画なら、コードを変えてください。",
            "caution",
        )
        self.problem_title = WrapLabel("", "problem")
        self.problems = QPlainTextEdit()
        self.problems.setReadOnly(True)
        self.problems.setAccessibleName("見つかった誤り")
        self.copy_button = Button("一覧をコピー", self.copy_problems, icon_name="copy")
        self.take_button = Button("この計画を取り込む", self.take_in, "primary")
        self._lay_out()
        self.bundled.itemSelectionChanged.connect(self._bundled_chosen)
        self.code.textChanged.connect(self._code_changed)
        self._show_plan(None)
        self._work(_read_bundled, self._fill_bundled)

    def choose_file(self) -> None:
        """Let the person choose an Excel form or a TOML file, and read it."""
        path = dialogs.open_file(self, "計画のファイルを選ぶ", FILES)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """Read a plan from a file and show it, or what is wrong with it."""
        # Not the current row but the selection: a list without a current row takes its first one as soon as it has the focus.
        self.bundled.clearSelection()
        self._show_plan(None)
        self.waiting.setText(f"「{path.name}」を読んでいます…")
        self._work(partial(_read, path), self._show_plan)

    def copy_problems(self) -> None:
        """Put the list of what is wrong on the clipboard."""
        QGuiApplication.clipboard().setText(self.problems.toPlainText())

    def take_in(self) -> None:
        """Write the plan that is shown into the ledger."""
        if self._plan is None:
            return
        plan = replace(self._plan, code=clean(self.code.text()).strip())
        self.take_button.setEnabled(False)
        self._desk.perform(self, Answer(self._taken, self._failed), operations.add_plan, plan)

    def done(self, result: int) -> None:
        if self._task is not None:
            self._task.cancel()
        super().done(result)

    def _work(self, work: object, then: object) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = self._desk.work(self, work, then, self._failed)  # type: ignore[arg-type]

    def _fill_bundled(self, found: tuple[Bundled, ...]) -> None:
        for one in found:
            taken = "（取り込み済み）" if one.plan.code in self._known else ""
            period = period_label(one.plan.period_from, one.plan.period_to)
            entry = QListWidgetItem(f"{one.plan.title}　{one.plan.edition}\n{period}{taken}")
            entry.setData(Qt.ItemDataRole.UserRole, one)
            self.bundled.addItem(entry)
        fresh = [row for row, one in enumerate(found) if one.plan.code not in self._known]
        self.bundled.setCurrentRow(fresh[0] if fresh else 0)
        self.bundled.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bundled_chosen(self) -> None:
        for entry in self.bundled.selectedItems():
            self._show_plan(entry.data(Qt.ItemDataRole.UserRole).plan)

    def _show_plan(self, plan: PlanDraft | None) -> None:
        self._plan = plan
        self.take_button.setEnabled(plan is not None)
        self._stack.setCurrentIndex(_WAITING if plan is None else _PREVIEW)
        if plan is None:
            return
        self.heading.setText(f"{plan.title}　{plan.edition}".strip())
        publisher = f"　{plan.publisher}" if plan.publisher else ""
        self.period.setText(f"{period_label(plan.period_from, plan.period_to)}{publisher}")
        self.counts.setText(_counts(plan))
        self.code.setText(plan.code)
        self._code_changed()
        self.model.show(*_rows(plan))
        self.tree.expandAll()

    def _code_changed(self) -> None:
        code = self.code.text().strip()
        self.known_already.setVisible(code in self._known)
        self.take_button.setEnabled(self._plan is not None and bool(code) and code not in self._known)

    def _taken(self, done: Done[int]) -> None:
        self.taken.emit(done.result, self._plan.title if self._plan else "")
        self.accept()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, LedgerError):
            self._desk.tell(error)
            return
        self._plan = None
        self.take_button.setEnabled(False)
        self.problem_title.setText(f"取り込めませんでした。{error.advice}")
        self.problems.setPlainText(error.message)
        self._stack.setCurrentIndex(_PROBLEM)

    def _lay_out(self) -> None:
        sources = QVBoxLayout()
        sources.addWidget(PlainLabel("用意してある指針", "field"))
        sources.addWidget(self.bundled, 1)
        sources.addSpacing(8)
        sources.addWidget(PlainLabel("自分で書いた計画", "field"))
        sources.addWidget(self.file_button)
        sources.addWidget(self.template_button)
        sources.addWidget(WrapLabel("ひな形にExcelで書き込んで、ここから読み込みます。", "note"))
        self._stack = QStackedWidget()
        waiting = QWidget()
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(waiting).addWidget(self.waiting)
        for widget in (waiting, self._preview(), self._problem()):
            self._stack.addWidget(widget)
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addLayout(sources, 4)
        middle.addWidget(self._stack, 7)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button("やめる", self.reject))
        buttons.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addLayout(middle, 1)
        column.addLayout(buttons)

    def _preview(self) -> QWidget:
        preview = QWidget()
        column = QVBoxLayout(preview)
        column.setContentsMargins(0, 0, 0, 0)
        code = QHBoxLayout()
        code.addWidget(PlainLabel("コード", "muted"))
        code.addWidget(self.code, 1)
        column.addWidget(self.heading)
        column.addWidget(self.period)
        column.addWidget(self.counts)
        column.addWidget(self.tree, 1)
        column.addLayout(code)
        column.addWidget(self.known_already)
        return preview

    def _problem(self) -> QWidget:
        problem = QWidget()
        column = QVBoxLayout(problem)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.problem_title)
        column.addWidget(self.problems, 1)
        column.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeft)
        return problem


def _read_bundled(_task: Task) -> tuple[Bundled, ...]:
    from app.plans import loader

    return tuple(Bundled(path, loader.load(path)) for path in loader.bundled())


def _read(path: Path, _task: Task) -> PlanDraft:
    if path.suffix.lower() == ".toml":
        from app.plans import loader

        return loader.load(path)
    from app.importing import plan_workbook

    return plan_workbook.load(path)


def _counts(plan: PlanDraft) -> str:
    counts = Counter(item.kind for _, item in plan.walk())
    return "　".join(f"{kind.label} {counts[kind]}" for kind in ItemKind if counts[kind])


def _rows(plan: PlanDraft) -> tuple[PlanRow, tuple[ItemRow, ...]]:
    """A draft as rows, so that the same tree shows it; ids count from 1 in reading order."""
    rows: list[ItemRow] = []

    def add(items: tuple[ItemDraft, ...], parent_id: int | None, depth: int) -> None:
        for position, item in enumerate(items):
            row = ItemRow(
                len(rows) + 1,
                1,
                0,
                parent_id,
                item.kind,
                position,
                item.number,
                item.title,
                item.body,
                None,
                depth,
            )
            rows.append(row)
            add(item.children, row.id, depth + 1)

    add(plan.items, None, 0)
    head = PlanRow(
        0,
        1,
        plan.code,
        plan.title,
        plan.edition,
        plan.publisher,
        plan.period_from,
        plan.period_to,
        plan.preface,
    )
    return head, tuple(rows)
