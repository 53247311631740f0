"""由来: where the chosen item came from in an older plan, and what became of it in a newer one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.errors import LedgerError
from app.office import Done
from app.plans import operations
from app.plans.queries import ItemRow, PlanRow
from app.text import clean, excerpt
from db.vocabulary import LineageKind
from ui.desk import Answer, Desk
from ui.plans import reading
from ui.plans.reading import Lineage, PlanView
from ui.plans.tree_model import PlanFilter, PlanTreeModel
from ui.plans.tree_view import PlanTreeView
from ui.widgets.button import Button
from ui.widgets.containers import Card
from ui.widgets.dialog_owner import DialogOwner
from ui.widgets.fields import ComboBox, FilterField
from ui.widgets.text import PlainLabel, WrapLabel

_EXPLANATION = "前の期の計画のどの項目から来たか、次の期でどの項目になったかを記録します。"


class LineagePanel(DialogOwner, Card):
    """The links of one item; shown where there is more than one plan, since links lead from plan to plan."""

    dialog: LineageDialog | None

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("由来", parent)
        self._desk = desk
        self._item: ItemRow | None = None
        self._view = PlanView()
        self._lines: list[_LinkLine] = []
        self.none_yet = WrapLabel(_EXPLANATION, "note")
        self.add_button = Button("ほかの計画の項目とつなぐ…", self.choose, "link", "add")
        self._links = QVBoxLayout()
        self.body.addWidget(self.none_yet)
        self.body.addLayout(self._links)
        self.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_item(self, view: PlanView, item: ItemRow | None) -> None:
        """Read and show the links of an item of the plan in view."""
        is_other = item is None or self._item is None or item.id != self._item.id
        self._view, self._item = view, item
        has_links_to_make = item is not None and len(view.plans) > 1
        self.setVisible(has_links_to_make)
        if is_other:
            self._show_links(())
        if item is not None and has_links_to_make:
            self._desk.ask(self, partial(self._arrived, item.id), reading.lineage, item.id)

    def choose(self) -> None:
        """Open the chooser."""
        plan, item = self._view.plan, self._item
        if plan is None or item is None:
            return
        self.open_dialog(LineageDialog(self._desk, plan, item, self._view.plans, self))

    def _arrived(self, item_id: int, links: tuple[Lineage, ...]) -> None:
        if self._item is not None and self._item.id == item_id:
            self._show_links(links)

    def _show_links(self, links: Sequence[Lineage]) -> None:
        for line in self._lines:
            self._links.removeWidget(line)
            line.deleteLater()
        self._lines = [_LinkLine(self._desk, link) for link in links]
        for line in self._lines:
            self._links.addWidget(line)
        self.none_yet.setVisible(not links)


class _LinkLine(QWidget):
    """One link: how, to what, and a way to take it back."""

    def __init__(self, desk: Desk, link: Lineage) -> None:
        super().__init__()
        self._desk, self._link = desk, link
        towards = "から" if link.is_older else "へ"
        note = f"　{link.note}" if link.note else ""
        self.manner = WrapLabel(f"{link.plan}{towards}（{link.kind.label}）{note}", "note")
        self.title = WrapLabel(link.title)
        self.show_button = Button("表示", self._show, "link", name=f"{link.title}を表示")
        self.remove_button = Button("外す", self._remove, "quiet", name="この由来を外す")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.manner)
        words.addWidget(self.title)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(self.show_button)
        row.addWidget(self.remove_button)

    def _show(self) -> None:
        self._desk.show_record(self._link.other)

    def _remove(self) -> None:
        self._desk.perform(self, self._removed, operations.unlink_lineage, self._link.link_id)

    def _removed(self, _done: Done[None]) -> None:
        self._desk.notice("由来を外しました。", can_undo=True)


class LineageDialog(QDialog):
    """A small chooser: the other plan, its item, and how the newer one came from the older one."""

    def __init__(
        self,
        desk: Desk,
        plan: PlanRow,
        item: ItemRow,
        plans: Sequence[PlanRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._plan, self._item = desk, plan, item
        self._others = [one for one in plans if one.id != plan.id]
        self.setWindowTitle("由来をつなぐ")
        self.resize(620, 560)
        self.plans = ComboBox()
        self.plans.setAccessibleName("相手の計画")
        for one in self._others:
            self.plans.addItem(f"{one.title}　{one.edition}".strip(), one.id)
        self.kind = ComboBox()
        self.kind.setAccessibleName("つながり方")
        for kind in LineageKind:
            self.kind.addItem(kind.label, kind)
        self.note = QLineEdit()
        self.note.setPlaceholderText("補足（なくてもかまいません）")
        self.note.setAccessibleName("補足")
        self.model, self.proxy = PlanTreeModel(self), PlanFilter(self)
        self.model.is_fixed = True
        self.proxy.setSourceModel(self.model)
        self.tree = PlanTreeView()
        self.tree.setModel(self.proxy)
        self.filter = FilterField("項目を絞り込む")
        self.filter.set_list(self.tree)
        self.problem = WrapLabel("", "problem")
        self.problem.hide()
        self.link_button = Button("つなぐ", self.link, "primary")
        self.link_button.setEnabled(False)
        self._lay_out()
        self.filter.filtered.connect(self._look_for)
        self.tree.chosen.connect(self._chosen)
        self.plans.currentIndexChanged.connect(self._read)
        self._read()

    def link(self) -> None:
        """Record the link; the item of the plan that began earlier is the older one."""
        key = self.tree.key_at(self.tree.currentIndex())
        if key is None or key.kind != "plan_item":
            return
        other = self._others[self.plans.currentIndex()]
        is_older = (other.period_from, other.id) < (self._plan.period_from, self._plan.id)
        older, newer = (key.id, self._item.id) if is_older else (self._item.id, key.id)
        self.link_button.setEnabled(False)
        kind: LineageKind = LineageKind(self.kind.currentData())
        answer = Answer(self._linked, self._failed)
        note = clean(self.note.text()).strip()
        self._desk.perform(self, answer, operations.link_lineage, older, newer, kind, note)

    def _read(self) -> None:
        plan_id = self.plans.currentData()
        self._desk.ask(self, self._show, reading.read, plan_id, self._desk.fiscal_year)

    def _show(self, view: PlanView) -> None:
        self.model.show(view.plan, view.items)
        self.tree.expandAll()

    def _look_for(self, text: str) -> None:
        self.proxy.look_for(text)
        self.tree.expandAll()

    def _chosen(self, key: object) -> None:
        self.link_button.setEnabled(getattr(key, "kind", "") == "plan_item")

    def _linked(self, _done: Done[int]) -> None:
        self._desk.notice("由来を記録しました。", can_undo=True)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.link_button.setEnabled(True)
        if not isinstance(error, LedgerError):
            self._desk.tell(error)
            return
        self.problem.setText(str(error))
        self.problem.show()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(PlainLabel(f"{self._item.kind.label}「{excerpt(self._item.title)}」", "section"))
        column.addWidget(self.plans)
        column.addWidget(self.filter)
        column.addWidget(self.tree, 1)
        manner = QHBoxLayout()
        manner.addWidget(PlainLabel("つながり方"))
        manner.addWidget(self.kind)
        manner.addWidget(self.note, 1)
        column.addLayout(manner)
        column.addWidget(self.problem)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button("やめる", self.reject))
        buttons.addWidget(self.link_button)
        column.addLayout(buttons)
