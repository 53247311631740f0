"""指針: the plans of the ledger, each as a tree beside the form of the chosen item."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.errors import InputError
from app.plans.operations import ItemValues
from app.plans.queries import ItemRow, PlanRow
from app.records import RecordKey
from ui.desk import Desk
from ui.page import Page
from ui.plans import reading
from ui.plans.arranging import Arranging
from ui.plans.filing import Filing
from ui.plans.keeping import Keeping
from ui.plans.kept import NEW, KeptTexts
from ui.plans.layout import PlansLayout
from ui.plans.places import Offer, Place
from ui.plans.reading import PlanView
from ui.plans.saving import Saving
from ui.plans.sheet_pane import SheetPane
from ui.plans.tree_pane import TreePane


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
        self._kept = KeptTexts()
        self._saving = Saving(desk, self._kept, self)
        self._arranging = Arranging(desk, self)
        self._is_filling = False
        self._keeping = Keeping(desk, self._kept, self)
        self.tree = TreePane()
        self.sheet = SheetPane(desk, self._keeping.offer)
        self.plan_form, self.item_form = self.sheet.plan_form, self.sheet.item_form
        self.lineage = self.sheet.lineage
        self.meeting, self.unfinished = self.sheet.meeting, self.sheet.unfinished
        self.filing = Filing(desk, self)
        self._parts = PlansLayout(self, self.title, self.filing, self.tree, self.sheet)
        self.chooser, self.period, self.empty = self._parts.chooser, self._parts.period, self._parts.empty
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
            self._saving.save(key)

    def discard(self) -> None:
        for key in self._kept.keys:
            self._kept.forget(key)
        self._kept.offer = None
        if self._shown == NEW:
            self._shown = self.tree.current
        self._show_form()

    def edit(self) -> None:
        self.sheet.focus_text(self._shown)

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
        self.filing.show_view(view)
        is_first = self._shown is None and not self._parts.shows_plan
        self._is_filling = True
        self._parts.show_view(view)
        self._is_filling = False
        if view.plan is None:
            self._plan_id = None
            return
        self._plan_id = view.plan.id
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
        self._saving.go_on()
        self._arranging.show_view(view)
        self._keeping.offer_once()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._parts.fit()

    def _next_key(self, view: PlanView) -> RecordKey | None:
        """Where the cursor goes: what was asked for, what it was on, or what was next to what has been removed."""
        known = {_key(row) for row in view.rows}
        for key in (self._wanted, self.tree.current, self._arranging.after_removal):
            if key in known:
                self._wanted = self._arranging.after_removal = None
                return key
        return None

    # ── the form ──────────────────────────────────────────────────────────

    def _chosen(self, key: RecordKey) -> None:
        if self._is_filling or key == self._shown:
            return
        if self._shown == NEW and self._kept.get(NEW) is None:
            self._kept.offer = None
        self._shown = key
        self._show_form()
        self.sheet.to_top()

    def _show_form(self) -> None:
        """Show the record in view as it is stored, or as it has been typed."""
        plan, key = self._view.plan, self._shown
        if plan is None or key is None:
            return
        self._is_filling = True
        self.sheet.show_sheet(self._view, key, self._kept)
        self._is_filling = False
        self._show_marks()

    def _show_marks(self) -> None:
        """Which rows are unsaved, and where two people's texts meet."""
        if self._view.plan is not None:
            self.tree.model.mark_unsaved(frozenset(self._kept.keys))
            self.sheet.show_marks(self._shown, self._lost_key(), self._kept)
        self._keeping.look()

    def _edited(self) -> None:
        plan, key = self._view.plan, self._shown
        if self._is_filling or plan is None or key is None:
            return
        values = self.sheet.typed(key)
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

    def _added(self, item_id: int) -> None:
        if self._shown == NEW:
            self._shown = None
        self._wanted = RecordKey("plan_item", item_id)
        self.refresh()
        self.tree.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_meeting(self, key: RecordKey) -> None:
        self._shown = key
        self._show_form()
        self.sheet.to_top()

    def _decided(self, theirs: frozenset[str]) -> None:
        if self._shown is not None:
            self._kept.choose(self._shown, theirs)
            self._show_form()
            self._saving.save(self._shown)

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
        kept = self._kept.get(NEW)
        if kept is not None and kept.plan_id != self._plan_id:
            # It was begun in another plan; there it goes on.
            self._plan_id = kept.plan_id
            self.refresh()
        else:
            self._show_form()
        self.item_form.focus_wording()

    def _step(self, by: int) -> None:
        self._arranging.step(self.tree.current, by)

    def _end(self, fiscal_year: int | None) -> None:
        self._arranging.end(self._shown, fiscal_year)

    def _remove(self) -> None:
        self._arranging.remove(self.tree.current)

    def _removed(self, key: RecordKey) -> None:
        self._kept.forget(key)
        self._show_marks()

    # ── choosing plans ────────────────────────────────────────────────────

    def _plan_chosen(self, row: int) -> None:
        if not self._is_filling and row >= 0:
            self._plan_id = self.chooser.itemData(row)
            self._wanted = None
            if self._kept.get(NEW) is None:
                self._kept.offer = None
            self._shown = None
            self.refresh()

    # ── building ──────────────────────────────────────────────────────────

    def _connect(self) -> None:
        self.chooser.currentIndexChanged.connect(self._plan_chosen)
        self.tree.chosen.connect(self._chosen)
        self.tree.add_wanted.connect(self._add)
        self.tree.move_wanted.connect(self._arranging.move)
        self.tree.step_wanted.connect(self._step)
        self.tree.remove_wanted.connect(self._remove)
        self.tree.edit_wanted.connect(self.edit)
        for form in (self.plan_form, self.item_form):
            form.edited.connect(self._edited)
            form.save_wanted.connect(self.save)
            form.revert_wanted.connect(self._revert)
        self.item_form.end_wanted.connect(self._end)
        self.item_form.review_wanted.connect(self.desk.show_record)
        self.meeting.decided.connect(self._decided)
        self.meeting.renew.connect(self._add_lost)
        self.meeting.drop.connect(self._drop_lost)
        self.unfinished.go_on.connect(self._show_new)
        self._saving.saved.connect(self._show_marks)
        self._saving.added.connect(self._added)
        self._saving.conflicted.connect(self.refresh)
        self._saving.meeting.connect(self._show_meeting)
        self._arranging.removed.connect(self._removed)
        self.filing.plan_added.connect(self._show_added)
        self._keeping.recalled.connect(self._show_recalled)

    def _show_recalled(self, key: RecordKey) -> None:
        """Go to the first of the texts that were typed before a crash; all of them are marked in the tree."""
        kept = self._kept.get(key)
        if key == NEW:
            self._show_new()
        elif kept is not None:
            self._go_to(key, kept.plan_id)

    def _show_added(self, plan_id: int) -> None:
        self._go_to(RecordKey("plan", plan_id), plan_id)


def _key(row: PlanRow | ItemRow) -> RecordKey:
    return RecordKey("plan" if isinstance(row, PlanRow) else "plan_item", row.id)
