"""指針: the plans of the ledger, each as a tree beside the form of the chosen item."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.calendar import fiscal_year_label, period_label
from app.errors import ConflictError, InputError
from app.office import Done
from app.plans import operations
from app.plans.operations import ItemValues
from app.plans.queries import ItemRow, PlanRow
from app.records import RecordKey
from app.text import excerpt
from ui.desk import Answer, Desk
from ui.page import Page
from ui.plans import places, reading
from ui.plans.filing import Filing
from ui.plans.item_form import ItemContext, ItemForm
from ui.plans.kept import NEW, KeptTexts, Values
from ui.plans.lineage import LineagePanel
from ui.plans.meeting import MeetingBanner, NewItemBanner
from ui.plans.places import Offer, Place
from ui.plans.plan_form import PlanForm, PlanTyped
from ui.plans.reading import PlanView
from ui.plans.tree_pane import TreePane
from ui.widgets.button import Button
from ui.widgets.containers import EmptyState, ScrollColumn, rule
from ui.widgets.text import PlainLabel


class PlansPage(Page):
    """The page 指針."""

    key: ClassVar[str] = "plans"
    title: ClassVar[str] = "指針"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"plan", "plan_item", "plan_item_lineage", "rating_scale", "rating_level", "outcome_review"}
    )
    record_kinds: ClassVar[frozenset[str]] = frozenset({"plan", "plan_item"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._view = PlanView()
        self._plan_id: int | None = None
        self._shown: RecordKey | None = None
        self._wanted: RecordKey | None = None
        self._after_removal: RecordKey | None = None
        self._kept = KeptTexts()
        self._saving: set[RecordKey] = set()
        self._retry: set[RecordKey] = set()
        self._steps: list[int] = []
        self._is_moving = False
        self._is_filling = False
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("指針・計画を選ぶ")
        self.period = PlainLabel("", "muted")
        self.tree = TreePane()
        self.plan_form, self.item_form = PlanForm(), ItemForm()
        self.lineage = LineagePanel(desk)
        self.meeting, self.unfinished = MeetingBanner(), NewItemBanner()
        self.filing = Filing(desk, self)
        self._lay_out()
        self._connect()

    # ── what the window asks ──────────────────────────────────────────────

    def refresh(self) -> None:
        self.desk.ask(self, self._show, reading.read, self._plan_id, self.desk.fiscal_year)

    def show_record(self, key: RecordKey) -> None:
        if key.kind == "plan":
            self._go_to(key, key.id)
        else:
            self.desk.ask(self, partial(self._go_to, key), reading.plan_of, key.id)

    def has_unsaved(self) -> bool:
        return len(self._kept) > 0

    def save(self) -> None:
        for key in sorted(self._kept.keys, key=lambda one: one != self._shown):
            self._save(key)

    def discard(self) -> None:
        for key in self._kept.keys:
            self._kept.forget(key)
        if self._shown == NEW:
            self._shown = self.tree.current
        self._show_form()

    def edit(self) -> None:
        if self._shown is not None and self._shown.kind == "plan":
            self.plan_form.focus_title()
        else:
            self.item_form.focus_wording()

    def focus_filter(self) -> None:
        self.tree.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tree.filter.selectAll()

    def add(self) -> None:
        if self._view.plan is None:
            self.filing.write_new()
        else:
            self.tree.offer_menu()

    # ── reading ───────────────────────────────────────────────────────────

    def _go_to(self, key: RecordKey, plan_id: int | None) -> None:
        if plan_id is None:
            self.desk.tell(InputError("この項目は、すでに削除されています。", "ほかの項目を選んでください。"))
            return
        self._plan_id, self._wanted = plan_id, key
        self.refresh()

    def _show(self, view: PlanView) -> None:
        self._view = view
        self._is_moving = False
        self.filing.show_view(view)
        is_first = self._shown is None and self._stack.currentIndex() == 0
        self._stack.setCurrentIndex(0 if view.plan is None else 1)
        if view.plan is None:
            self._plan_id = None
            return
        self._plan_id = view.plan.id
        self._fill_chooser(view)
        for row in view.rows:
            self._kept.meet(_key(row), row)
        is_going = self._wanted is not None
        self._is_filling = True
        self.tree.show_plan(view.plan, view.items, self._next_key(view))
        self._is_filling = False
        if is_going or self._shown != NEW or self._kept.offer is None:
            self._shown = self.tree.current
        self._show_form()
        if is_first and not self.tree.filter.hasFocus():
            self.tree.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._go_on()

    def _fill_chooser(self, view: PlanView) -> None:
        assert view.plan is not None
        self._is_filling = True
        self.chooser.clear()
        for plan in view.plans:
            self.chooser.addItem(f"{plan.title}　{plan.edition}".strip(), plan.id)
        self.chooser.setCurrentIndex(self.chooser.findData(view.plan.id))
        self.period.setText(period_label(view.plan.period_from, view.plan.period_to))
        self._is_filling = False

    def _next_key(self, view: PlanView) -> RecordKey | None:
        """Where the cursor goes: what was asked for, what it was on, or what was next to what has been removed."""
        known = {_key(row) for row in view.rows}
        for key in (self._wanted, self.tree.current, self._after_removal):
            if key in known:
                self._wanted = self._after_removal = None
                return key
        return None

    def _go_on(self) -> None:
        """What had to wait for the new rows: a save that met only a moved row, and further steps of a moving item."""
        for key in tuple(self._retry):
            self._retry.discard(key)
            kept = self._kept.get(key)
            if kept is not None and kept.theirs is None:
                self._save(key)
        if self._steps:
            self._step(self._steps.pop(0))

    # ── the form ──────────────────────────────────────────────────────────

    def _chosen(self, key: RecordKey) -> None:
        if self._is_filling or key == self._shown:
            return
        if self._shown == NEW and self._kept.get(NEW) is None:
            self._kept.offer = None
        self._shown = key
        self._show_form()
        self._scroll.verticalScrollBar().setValue(0)

    def _show_form(self) -> None:
        """Show the record in view as it is stored, or as it has been typed."""
        plan, key = self._view.plan, self._shown
        if plan is None or key is None:
            return
        kept = self._kept.get(key)
        self._is_filling = True
        if key.kind == "plan":
            typed = kept.values if kept and isinstance(kept.values, PlanTyped) else None
            self.plan_form.show_plan(plan, self._view.items, self._view.levels, typed)
        else:
            typed_item = kept.values if kept and isinstance(kept.values, ItemValues) else None
            item = self._view.item(key.id)
            stored = ItemValues(item.number, item.title, item.body) if item else ItemValues("", "", "")
            self.item_form.show_item(self._context(plan, item), stored, typed_item)
        for form, is_shown in ((self.plan_form, key.kind == "plan"), (self.item_form, key.kind != "plan")):
            form.setVisible(is_shown)
            form.foot.setVisible(is_shown)
        self._is_filling = False
        self.lineage.show_item(self._view, None if key.kind == "plan" else self._view.item(key.id))
        self._show_marks()

    def _context(self, plan: PlanRow, item: ItemRow | None) -> ItemContext:
        offer = self._kept.offer if item is None else None
        parent_id = item.parent_id if item else offer.place.parent_id if offer else None
        above = tuple(places.path_to(self._view.items, parent_id))
        reviews = self._view.reviews_of(item.id) if item else ()
        return ItemContext(plan, above, item, offer, reviews)

    def _show_marks(self) -> None:
        """Which rows are unsaved, and where two people's texts meet."""
        plan, key = self._view.plan, self._shown
        if plan is None:
            return
        self.tree.model.mark_unsaved(frozenset(self._kept.keys))
        lost = self._lost_key()
        kept = self._kept.get(key)
        if lost is not None:
            self.meeting.show_lost(self._kept.get(lost))
        else:
            self.meeting.show_conflict(kept)
        self.unfinished.show_offer(self._kept.offer if self._kept.get(NEW) and key != NEW else None)

    def _edited(self) -> None:
        plan, key = self._view.plan, self._shown
        if self._is_filling or plan is None or key is None:
            return
        values: Values = self.plan_form.typed() if key.kind == "plan" else self.item_form.values()
        row = plan if key.kind == "plan" else self._view.item(key.id)
        if key == NEW and values == ItemValues("", "", ""):
            self._kept.forget(NEW)
        elif key.kind == "plan" and not self.plan_form.is_dirty:
            self._kept.forget(key)
        else:
            self._kept.take(key, plan.id, row, values)
        self._show_marks()

    def _revert(self) -> None:
        if self._shown is not None:
            self._kept.forget(self._shown)
        if self._shown == NEW:
            self._kept.offer = None
            self._shown = self.tree.current
        self._show_form()
        self.tree.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── saving ────────────────────────────────────────────────────────────

    def _save(self, key: RecordKey) -> None:
        kept = self._kept.get(key)
        if kept is None or key in self._saving:
            return
        if kept.theirs is not None:
            self._shown = key
            self._show_form()
            self.desk.tell(
                ConflictError(
                    "ほかの人の変更と重なっています。", "上の案内で、どちらの内容にするかを選んでください。"
                )
            )
            return
        answer = Answer(partial(self._saved, key, kept.values), partial(self._not_saved, key))
        try:
            self._perform_save(key, answer)
        except InputError as error:
            self.desk.tell(error)
        else:
            self._saving.add(key)

    def _perform_save(self, key: RecordKey, answer: Answer[Any]) -> None:
        kept = self._kept.get(key)
        assert kept is not None
        if isinstance(kept.values, PlanTyped):
            assert isinstance(kept.row, PlanRow)
            values = kept.values.values(kept.row.code)
            self.desk.perform(self, answer, operations.edit_plan, key.id, kept.version, values)
        elif key == NEW:
            offer = self._kept.offer
            assert offer is not None
            self.desk.perform(
                self,
                answer,
                operations.add_item,
                kept.plan_id,
                offer.place.parent_id,
                offer.kind,
                kept.values,
                offer.place.position,
            )
        else:
            self.desk.perform(self, answer, operations.edit_item, key.id, kept.version, kept.values)

    def _saved(self, key: RecordKey, values: Values, done: Done[Any]) -> None:
        self._saving.discard(key)
        if key == NEW:
            assert isinstance(done.result, int)
            self._kept.forget(NEW)
            self._kept.offer = None
            if self._shown == NEW:
                self._shown = None
            self._wanted = RecordKey("plan_item", done.result)
            self.refresh()
            self.tree.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._kept.saved(key, values)
            self._show_marks()
        self.desk.notice(f"{done.changes.label}しました。", can_undo=True)

    def _not_saved(self, key: RecordKey, error: Exception) -> None:
        self._saving.discard(key)
        if isinstance(error, ConflictError):
            # Another row may only have moved; the new rows tell whether two texts really meet.
            self._retry.add(key)
            self.refresh()
        else:
            self.desk.tell(error)

    def _keep_mine(self) -> None:
        key = self._shown
        row = self._row(key)
        if key is not None and row is not None:
            self._kept.keep_mine(key, row)
            self._save(key)

    def _take_theirs(self) -> None:
        if self._shown is not None:
            self._kept.forget(self._shown)
            self._show_form()

    def _add_lost(self) -> None:
        """Make the text of an item that somebody has removed a new item where it stood."""
        key = self._lost_key()
        kept = self._kept.get(key)
        if key is None or kept is None or not isinstance(kept.row, ItemRow):
            return
        parent_id = kept.row.parent_id
        if parent_id is not None and self._view.item(parent_id) is None:
            self.desk.tell(
                InputError(
                    "上の項目も削除されているため、元の場所に追加できません。",
                    "「元に戻す」で上の項目を戻してください。",
                )
            )
            return
        self._kept.renew(key, Offer(kept.row.kind, Place(parent_id, kept.row.position), is_child=False))
        self._show_new()

    def _lost_key(self) -> RecordKey | None:
        """A record of the plan in view that has unsaved text and is no longer there."""
        plan = self._view.plan
        return self._kept.lost(plan.id, {_key(row) for row in self._view.rows}) if plan else None

    def _drop_lost(self) -> None:
        key = self._lost_key()
        if key is not None:
            self._kept.forget(key)
        self._show_marks()

    # ── adding, moving, ending, removing ──────────────────────────────────

    def _add(self, offer: Offer) -> None:
        if self._kept.get(NEW) is None:
            self._kept.offer = offer
        else:
            self.desk.notice("先に、書きかけの新しい項目を追加するか、追加をやめてください。")
        self._show_new()

    def _show_new(self) -> None:
        self._shown = NEW
        self._show_form()
        self.item_form.focus_wording()

    def _move(self, item_id: int, place: Place) -> None:
        self._is_moving = True
        answer = Answer(self._moved, self._not_moved)
        self.desk.perform(self, answer, operations.move_item, item_id, place.parent_id, place.position)

    def _moved(self, done: Done[None]) -> None:
        if not done.changes.rows:
            self._is_moving = False

    def _not_moved(self, error: Exception) -> None:
        self._is_moving, self._steps = False, []
        self.desk.tell(error)

    def _step(self, by: int) -> None:
        """One step up or down; steps that come faster than the ledger answers wait for the new rows."""
        if self._is_moving:
            self._steps.append(by)
            return
        key = self.tree.current
        if key is None or key.kind != "plan_item":
            return
        place = places.step(self._view.items, key.id, by)
        if place is not None:
            self._move(key.id, place)

    def _end(self, fiscal_year: int | None) -> None:
        item = self._view.item(self._shown.id) if self._shown and self._shown.kind == "plan_item" else None
        if item is not None:
            then = partial(self._ended, item, fiscal_year)
            self.desk.perform(self, then, operations.end_item, item.id, item.version, fiscal_year)

    def _ended(self, item: ItemRow, fiscal_year: int | None, _done: Done[None]) -> None:
        name = f"{item.kind.label}「{excerpt(item.title)}」"
        if fiscal_year is None:
            self.desk.notice(f"{name}の終了を取り消しました。", can_undo=True)
        else:
            self.desk.notice(f"{name}を{fiscal_year_label(fiscal_year)}で終了にしました。", can_undo=True)

    def _remove(self) -> None:
        key = self.tree.current
        item = self._view.item(key.id) if key is not None and key.kind == "plan_item" else None
        if item is None:
            return
        siblings = [one for one in places.children(self._view.items, item.parent_id) if one.id != item.id]
        near = next(
            (one for one in siblings if one.position > item.position), siblings[-1] if siblings else None
        )
        if near is not None:
            self._after_removal = _key(near)
        elif item.parent_id is not None:
            self._after_removal = RecordKey("plan_item", item.parent_id)
        then = partial(self._removed, item)
        self.desk.perform(self, then, operations.remove_item, item.id, item.version)

    def _removed(self, item: ItemRow, _done: Done[None]) -> None:
        self._kept.forget(_key(item))
        self._show_marks()
        self.desk.notice(f"{item.kind.label}「{excerpt(item.title)}」を削除しました。", can_undo=True)

    # ── choosing plans ────────────────────────────────────────────────────

    def _plan_chosen(self, row: int) -> None:
        if not self._is_filling and row >= 0:
            self._plan_id = self.chooser.itemData(row)
            self._wanted = None
            if self._kept.get(NEW) is None and self._shown == NEW:
                self._kept.offer = self._shown = None
            self.refresh()

    def _row(self, key: RecordKey | None) -> PlanRow | ItemRow | None:
        if key is None:
            return None
        return self._view.plan if key.kind == "plan" else self._view.item(key.id)

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(PlainLabel(self.title, "title"))
        head.addWidget(self.chooser, 1)
        head.addWidget(self.period)
        head.addStretch(1)
        head.addWidget(self.filing.button)
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chooser.setMinimumContentsLength(16)
        self._scroll = ScrollColumn()
        for widget in (self.unfinished, self.meeting, self.plan_form, self.item_form, self.lineage):
            self._scroll.column.addWidget(widget)
        self._scroll.column.addStretch(1)
        right = QWidget()
        sheet = QVBoxLayout(right)
        sheet.setContentsMargins(0, 0, 0, 0)
        sheet.setSpacing(0)
        sheet.addWidget(self._scroll, 1)
        sheet.addWidget(rule())
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 8, 12, 0)
        foot.addWidget(self.plan_form.foot)
        foot.addWidget(self.item_form.foot)
        sheet.addLayout(foot)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.tree)
        halves.addWidget(right)
        halves.setStretchFactor(0, 2)
        halves.setStretchFactor(1, 3)
        halves.setSizes([430, 600])
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty())
        self._stack.addWidget(halves)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _empty(self) -> QWidget:
        self.empty = EmptyState(
            "指針・計画はまだありません",
            "連絡会の指針や区の計画をここに入れると、到達イメージごとに毎年の状況を書き込めるようになります。"
            "金沢区の第5期指針は、はじめから用意してあります。",
            "計画を取り込む",
            self.filing.take_in,
            "plans",
        )
        other = Button("新しい計画を書く", self.filing.write_new)
        layout = self.empty.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, other, 0, Qt.AlignmentFlag.AlignHCenter)
        return self.empty

    def _connect(self) -> None:
        self.chooser.currentIndexChanged.connect(self._plan_chosen)
        self.tree.chosen.connect(self._chosen)
        self.tree.add_wanted.connect(self._add)
        self.tree.move_wanted.connect(self._move)
        self.tree.step_wanted.connect(self._step)
        self.tree.remove_wanted.connect(self._remove)
        self.tree.edit_wanted.connect(self.edit)
        for form in (self.plan_form, self.item_form):
            form.edited.connect(self._edited)
            form.save_wanted.connect(self.save)
            form.revert_wanted.connect(self._revert)
        self.item_form.end_wanted.connect(self._end)
        self.item_form.review_wanted.connect(self.desk.show_record)
        self.meeting.mine.connect(self._keep_mine)
        self.meeting.theirs.connect(self._take_theirs)
        self.meeting.renew.connect(self._add_lost)
        self.meeting.drop.connect(self._drop_lost)
        self.unfinished.go_on.connect(self._show_new)
        self.filing.plan_added.connect(self._show_added)

    def _show_added(self, plan_id: int) -> None:
        self._go_to(RecordKey("plan", plan_id), plan_id)


def _key(row: PlanRow | ItemRow) -> RecordKey:
    return RecordKey("plan" if isinstance(row, PlanRow) else "plan_item", row.id)
