"""Beginning a plan of one's own: its name and period; the items are added in the window afterwards."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.calendar import fiscal_year_label, parse_fiscal_year
from app.errors import InputError, LedgerError
from app.office import Done
from app.plans import operations
from app.plans.draft import DEFAULT_SCALE, PlanDraft, check, default_code
from app.text import clean
from ui.desk import Answer, Desk
from ui.plans.plan_form import YearField
from ui.widgets.button import Button
from ui.widgets.fields import FieldColumn
from ui.widgets.text import PlainLabel, WrapLabel

_YEARS = 5


class NewPlanDialog(QDialog):
    """Asks for what a plan cannot be without."""

    added = Signal(int, str)
    """The id of the plan that is in the ledger now, and its name."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("新しい計画を書く")
        self.setMinimumWidth(480)
        self.name, self.edition, self.publisher = QLineEdit(), QLineEdit(), QLineEdit()
        self.first, self.last = YearField(), YearField()
        self.first.setText(fiscal_year_label(desk.fiscal_year))
        self.last.setText(fiscal_year_label(desk.fiscal_year + _YEARS - 1))
        self.first.setAccessibleName("開始年度")
        self.last.setAccessibleName("終了年度")
        self.name.setPlaceholderText("例：金沢区子育て支援の協働の指針")
        self.edition.setPlaceholderText("例：第5期")
        self.problem = WrapLabel("", "problem")
        self.problem.hide()
        self.begin_button = Button("この計画を書き始める", self.begin, "primary")
        self.begin_button.setDefault(True)
        self._lay_out()

    def begin(self) -> None:
        """Add the plan; the dialog closes once it is in the ledger."""
        try:
            plan = self._plan()
        except LedgerError as error:
            self._failed(error)
            return
        self.begin_button.setEnabled(False)
        self._desk.perform(self, Answer(self._added, self._failed), operations.add_plan, plan)

    def _plan(self) -> PlanDraft:
        name, edition = clean(self.name.text()).strip(), clean(self.edition.text()).strip()
        if not name:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            raise InputError("計画の名称が空です。", "名称を入力してください。")
        plan = PlanDraft(
            default_code(name, edition),
            name,
            edition,
            clean(self.publisher.text()).strip(),
            parse_fiscal_year(self.first.text()),
            parse_fiscal_year(self.last.text()),
            "",
            DEFAULT_SCALE,
            (),
        )
        problems = check(plan)
        if problems:
            raise InputError("\n".join(problem.message for problem in problems))
        return plan

    def _added(self, done: Done[int]) -> None:
        self.added.emit(done.result, self.name.text().strip())
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.begin_button.setEnabled(True)
        if not isinstance(error, LedgerError):
            self._desk.tell(error)
            return
        self.problem.setText(str(error))
        self.problem.show()

    def _lay_out(self) -> None:
        years = QWidget()
        row = QHBoxLayout(years)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.first, PlainLabel("から"), self.last, PlainLabel("まで")):
            row.addWidget(widget)
        row.addStretch(1)
        fields = FieldColumn()
        fields.add_field("名称", self.name)
        fields.add_field("期", self.edition, "なければ空のままにします。")
        fields.add_field("発行者", self.publisher)
        fields.add_field("期間", years)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button("やめる", self.reject))
        buttons.addWidget(self.begin_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(
            WrapLabel(
                "名称と期間を決めると、空の計画ができます。基本方針や取組の柱は、そのあと画面で追加します。",
                "muted",
            )
        )
        column.addLayout(fields)
        column.addWidget(self.problem)
        column.addStretch(1)
        column.addLayout(buttons)
