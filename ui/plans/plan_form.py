"""The form of a plan's own head: name, edition, publisher, period and preface."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.calendar import FISCAL_YEAR_EXAMPLE, fiscal_year_label, parse_fiscal_year
from app.errors import InputError
from app.plans.operations import PlanValues
from app.plans.queries import ItemRow, LevelRow, PlanRow
from app.text import clean
from db.vocabulary import ItemKind
from ui import theme
from ui.widgets.button import Button
from ui.widgets.fields import FieldColumn, FoldingLineEdit
from ui.widgets.growing_text import GrowingText
from ui.widgets.text import PlainLabel, WrapLabel


@dataclass(frozen=True, slots=True)
class PlanTyped:
    """The fields as they stand; years are text until they are saved."""

    title: str
    edition: str
    publisher: str
    period_from: str
    period_to: str
    preface: str

    def values(self, code: str) -> PlanValues:
        """As the operation takes it. InputError where a year cannot be read."""
        return PlanValues(
            code,
            self.title,
            self.edition,
            self.publisher,
            parse_fiscal_year(self.period_from),
            parse_fiscal_year(self.period_to),
            self.preface,
        )


def typed_of(plan: PlanRow) -> PlanTyped:
    """The form as it opens on what the ledger holds."""
    return PlanTyped(
        plan.title.strip(),
        plan.edition.strip(),
        plan.publisher.strip(),
        fiscal_year_label(plan.period_from),
        fiscal_year_label(plan.period_to),
        plan.preface.strip(),
    )


def counts_line(items: Sequence[ItemRow]) -> str:
    """「基本方針 2・目標 2・…」, in the order of the kinds."""
    counts = Counter(item.kind for item in items)
    return "　".join(f"{kind.label} {counts[kind]}" for kind in ItemKind if counts[kind])


class YearField(FoldingLineEdit):
    """A fiscal year, written as people write it; shown as 令和8年度 once it is understood."""

    def __init__(self) -> None:
        super().__init__()
        self.setToolTip(FISCAL_YEAR_EXAMPLE)
        self.setMaximumWidth(160)
        self.editingFinished.connect(self._finished)

    def _finished(self) -> None:
        try:
            self.setText(fiscal_year_label(parse_fiscal_year(self.text())))
        except InputError as error:
            theme.set_look(self, "wrong")
            self.setToolTip(f"{error.message}\n{error.advice}")
        else:
            theme.set_look(self, "")
            self.setToolTip(FISCAL_YEAR_EXAMPLE)


class PlanForm(QWidget):
    """Fields of a plan; as ItemForm, it only says what was typed, and ``foot`` holds its buttons."""

    edited = Signal()
    save_wanted = Signal()
    revert_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: PlanTyped | None = None
        self.title, self.edition, self.publisher = QLineEdit(), QLineEdit(), QLineEdit()
        self.period_from, self.period_to = YearField(), YearField()
        self.preface = GrowingText(6, 40)
        self.counts = WrapLabel("", "muted")
        self.scale = WrapLabel("", "muted")
        self.save_button = Button("保存", self.save_wanted.emit, "primary", "save", tip="保存（Ctrl+S）")
        # A click leaves the keys in the field: the button goes grey and would hand them to the navigation.
        self.save_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.revert_button = Button("入力を取り消す", self.revert_wanted.emit, tip="保存した内容に戻します")
        self._lay_out()
        for field in (
            self.title,
            self.edition,
            self.publisher,
            self.period_from,
            self.period_to,
            self.preface,
        ):
            field.textChanged.connect(self._typed)

    def show_plan(
        self,
        plan: PlanRow,
        items: Sequence[ItemRow],
        levels: Sequence[LevelRow],
        typed: PlanTyped | None = None,
    ) -> None:
        """Show a plan as it is stored, or what was ``typed`` into its form and not saved."""
        self._shown = typed_of(plan)
        values = typed or self._shown
        lines = (
            (self.title, values.title),
            (self.edition, values.edition),
            (self.publisher, values.publisher),
            (self.period_from, values.period_from),
            (self.period_to, values.period_to),
        )
        for field, text in lines:
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)
        if self.preface.toPlainText() != values.preface:
            self.preface.setPlainText(values.preface)
        self.counts.setText(counts_line(items) or "項目はまだありません。「追加」から入れてください。")
        shown = "／".join(f"{level.symbol} {level.label}".strip() for level in levels)
        self.scale.setText(f"評価段階：{shown}")
        self._typed()

    def typed(self) -> PlanTyped:
        """What the fields hold."""
        return PlanTyped(
            clean(self.title.text()).strip(),
            clean(self.edition.text()).strip(),
            clean(self.publisher.text()).strip(),
            self.period_from.text().strip(),
            self.period_to.text().strip(),
            clean(self.preface.toPlainText()).strip(),
        )

    @property
    def is_dirty(self) -> bool:
        """Whether the fields hold something else than what is stored; a year in another spelling is the same year."""
        return self._shown is not None and _understood(self.typed()) != _understood(self._shown)

    def focus_title(self) -> None:
        """Put the cursor into the name."""
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        years = QWidget()
        row = QHBoxLayout(years)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.period_from)
        row.addWidget(PlainLabel("から"))
        row.addWidget(self.period_to)
        row.addWidget(PlainLabel("まで"))
        row.addStretch(1)
        self.period_from.setAccessibleName("開始年度")
        self.period_to.setAccessibleName("終了年度")
        self.edition.setMaximumWidth(200)
        fields = FieldColumn()
        fields.add_field("名称", self.title)
        fields.add_field("期", self.edition)
        fields.add_field("発行者", self.publisher)
        fields.add_field("期間", years)
        fields.add_field("まえがき", self.preface)
        self.foot = QWidget()
        buttons = QHBoxLayout(self.foot)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.revert_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(PlainLabel("計画の表紙", "section"))
        column.addWidget(self.counts)
        column.addWidget(self.scale)
        column.addSpacing(8)
        column.addLayout(fields)
        column.addStretch(1)

    def _typed(self) -> None:
        dirty = self.is_dirty
        self.save_button.setEnabled(dirty)
        self.revert_button.setEnabled(dirty)
        self.edited.emit()


def _understood(typed: PlanTyped) -> tuple[object, ...]:
    years: list[object] = []
    for text in (typed.period_from, typed.period_to):
        try:
            years.append(parse_fiscal_year(text))
        except InputError:
            years.append(text)
    return typed.title, typed.edition, typed.publisher, *years, typed.preface
