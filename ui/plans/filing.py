"""Taking plans in and writing them out: the menu of the page, and what stands behind its entries."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.plans import queries
from app.plans.draft import PlanDraft
from ui import dialogs
from ui.desk import Desk
from ui.plans.import_dialog import ImportDialog
from ui.plans.new_plan_dialog import NewPlanDialog
from ui.plans.reading import PlanView
from ui.tasks import Task
from ui.widgets.button import Button
from ui.widgets.dialog_owner import DialogOwner

EXCEL = "Excelブック (*.xlsx)"


class Filing(DialogOwner, QObject):
    """What the button 「取り込み・書き出し」 offers."""

    plan_added = Signal(int)
    dialog: ImportDialog | NewPlanDialog | None

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._view = PlanView()
        self.menu = QMenu(page)
        self.menu.addAction("計画を取り込む…", self.take_in)
        self.menu.addAction("新しい計画を書く…", self.write_new)
        self.menu.addSeparator()
        self.menu.addAction("Excelのひな形を書き出す…", self.write_form)
        self.write_plan_action: QAction = self.menu.addAction("この計画をExcelに書き出す…", self.write_plan)
        self.button = Button("取り込み・書き出し")
        self.button.setMenu(self.menu)

    def show_view(self, view: PlanView) -> None:
        """Know which plans there are, and which is in view."""
        self._view = view
        self.write_plan_action.setEnabled(view.plan is not None)

    def take_in(self) -> None:
        """Open the dialog that reads a plan, shows it, and takes it in."""
        dialog = ImportDialog(self._desk, frozenset(plan.code for plan in self._view.plans), self._page)
        dialog.template_wanted.connect(self.write_form)
        dialog.taken.connect(self._taken)
        self.open_dialog(dialog)

    def write_new(self) -> None:
        """Open the dialog that begins an empty plan."""
        dialog = NewPlanDialog(self._desk, self._page)
        dialog.added.connect(self._begun)
        self.open_dialog(dialog)

    def write_form(self) -> None:
        """Write the empty Excel form."""
        target = self._target("計画の様式.xlsx")
        if target is not None:
            self._desk.work(self, partial(_write_form, target, None), self._written)

    def write_plan(self) -> None:
        """Write the plan in view into the Excel form."""
        plan = self._view.plan
        if plan is None:
            return
        target = self._target(f"{plan.title}_{plan.edition}.xlsx" if plan.edition else f"{plan.title}.xlsx")
        if target is not None:
            self._desk.ask(self, partial(self._write_draft, target), queries.draft, plan.id)

    def _write_draft(self, target: Path, plan: PlanDraft) -> None:
        self._desk.work(self, partial(_write_form, target, plan), self._written)

    def _target(self, name: str) -> Path | None:
        return dialogs.save_file(self._page, "Excelのひな形の保存先", EXCEL, Path.home() / name)

    def _written(self, path: Path) -> None:
        self._desk.notice(
            f"「{path.name}」を書き出しました。Excelで書いたあと、「計画を取り込む」で読み込めます。"
        )

    def _taken(self, plan_id: int, title: str) -> None:
        self._desk.notice(f"「{title}」を取り込みました。", can_undo=True)
        self.plan_added.emit(plan_id)

    def _begun(self, plan_id: int, title: str) -> None:
        self._desk.notice(f"「{title}」を書き始めました。「追加」から項目を入れてください。", can_undo=True)
        self.plan_added.emit(plan_id)


def _write_form(target: Path, plan: PlanDraft | None, _task: Task) -> Path:
    from reports.export import place
    from reports.plan_template import write_template

    return place(target, lambda path: write_template(path, plan))
