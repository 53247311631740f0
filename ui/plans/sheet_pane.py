"""The right side of the page: the form of the chosen record, what is known about it, and its buttons always in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.plans.operations import ItemValues
from app.plans.queries import ItemRow, PlanRow
from app.records import RecordKey
from ui.desk import Desk
from ui.drafts import DraftOffer
from ui.plans import places
from ui.plans.item_form import ItemContext, ItemForm
from ui.plans.kept import NEW, KeptTexts, Values
from ui.plans.lineage import LineagePanel
from ui.plans.meeting import MeetingBanner, NewItemBanner
from ui.plans.plan_form import PlanForm, PlanTyped
from ui.plans.reading import PlanView
from ui.widgets.containers import ScrollColumn, rule


class SheetPane(QWidget):
    """Shows one record of a plan at a time, as it is stored or as it has been typed."""

    def __init__(self, desk: Desk, draft: DraftOffer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan_form, self.item_form = PlanForm(), ItemForm()
        self.lineage = LineagePanel(desk)
        self.meeting, self.unfinished = MeetingBanner(), NewItemBanner()
        self._scroll = ScrollColumn()
        for widget in (draft, self.unfinished, self.meeting, self.plan_form, self.item_form, self.lineage):
            self._scroll.column.addWidget(widget)
        self._scroll.column.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 8, 12, 0)
        foot.addWidget(self.plan_form.foot)
        foot.addWidget(self.item_form.foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(rule())
        column.addLayout(foot)

    def show_sheet(self, view: PlanView, key: RecordKey, kept: KeptTexts) -> None:
        """Show a record of the plan in view, or the new item that is being written."""
        assert view.plan is not None
        found = kept.get(key)
        item = view.item(key.id)
        if key.kind == "plan":
            typed = found.values if found and isinstance(found.values, PlanTyped) else None
            self.plan_form.show_plan(view.plan, view.items, view.levels, typed)
        else:
            typed_item = found.values if found and isinstance(found.values, ItemValues) else None
            stored = ItemValues(item.number, item.title, item.body) if item else ItemValues("", "", "")
            self.item_form.show_item(_context(view, view.plan, item, kept), stored, typed_item)
        for form, is_shown in ((self.plan_form, key.kind == "plan"), (self.item_form, key.kind != "plan")):
            form.setVisible(is_shown)
            form.foot.setVisible(is_shown)
        self.lineage.show_item(view, None if key.kind == "plan" else item)

    def show_marks(self, key: RecordKey | None, lost: RecordKey | None, kept: KeptTexts) -> None:
        """Show where two people's texts meet, and what has been left unfinished."""
        if lost is not None:
            self.meeting.show_lost(kept.get(lost))
        else:
            self.meeting.show_conflict(kept.get(key))
        self.unfinished.show_offer(kept.offer if kept.get(NEW) and key != NEW else None)

    def typed(self, key: RecordKey) -> Values:
        """What stands in the form of a record."""
        return self.plan_form.typed() if key.kind == "plan" else self.item_form.values()

    def focus_text(self, key: RecordKey | None) -> None:
        """Put the cursor where the chosen record is written."""
        if key is not None and key.kind == "plan":
            self.plan_form.focus_title()
        else:
            self.item_form.focus_wording()

    def to_top(self) -> None:
        """Scroll to the beginning."""
        self._scroll.verticalScrollBar().setValue(0)


def _context(view: PlanView, plan: PlanRow, item: ItemRow | None, kept: KeptTexts) -> ItemContext:
    offer = kept.offer if item is None else None
    parent_id = item.parent_id if item else offer.place.parent_id if offer else None
    above = tuple(places.path_to(view.items, parent_id))
    return ItemContext(plan, above, item, offer, view.reviews_of(item.id) if item else ())
