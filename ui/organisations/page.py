"""会員団体: the roster of the network, each organisation beside the list with its people and what it is linked to."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.calendar import fiscal_year_of, last_day
from app.drafts import Draft, Value
from app.errors import InputError
from app.organisations.queries import Lists, Member
from app.records import RecordKey
from ui.desk import Desk
from ui.drafts import DraftKeeper
from ui.organisations import links_pane, roster
from ui.organisations.exchange_menu import ExchangeMenu
from ui.organisations.kept import NEW, KeptForms
from ui.organisations.layout import OrganisationsLayout
from ui.organisations.links_pane import Links
from ui.organisations.membership import Membership
from ui.organisations.roster import Roster
from ui.organisations.roster_pane import RosterPane
from ui.organisations.saved_filters import SavedFilters
from ui.organisations.saving import Saving
from ui.organisations.sheet_pane import SheetPane
from ui.organisations.upkeep import Upkeep
from ui.page import Page
from ui.widgets.button import Button

_NO_LISTS = Lists((), (), (), ())


class OrganisationsPage(Page):
    """The page 会員団体."""

    key: ClassVar[str] = "organisations"
    title: ClassVar[str] = "会員団体"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "organisation",
            "organisation_channel",
            "membership_gap",
            "organisation_category",
            "service_type",
            "district",
            "area",
            "contact_person",
            "contact_term",
            "saved_filter",
            "meeting",
            "attendance",
            "action_item",
            "collaboration",
            "collaboration_partner",
            "referral",
        }
    )
    record_kinds: ClassVar[frozenset[str]] = frozenset({"organisation", "contact_person"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._roster: Roster | None = None
        self._shown: int | None = None
        self._wanted: int | None = None
        self._is_filling = False
        self._kept = KeptForms()
        self._saving = Saving(desk, self._kept, self)
        self.pane = RosterPane()
        self.sheet = SheetPane()
        self.form = self.sheet.form
        self.membership = Membership(desk, self)
        self.upkeep = Upkeep(desk, self)
        self.exchange = ExchangeMenu(desk, self)
        self.saved_filters = SavedFilters(desk, self.pane)
        self._keeper = DraftKeeper(desk.drafts, self._draft_values, self)
        self.add_button = Button("追加", self.add, "primary", "add", tip="会員団体を追加（Ctrl+N）")
        self._lay_out()
        self._connect()

    # ── what the window asks ──────────────────────────────────────────────

    def refresh(self) -> None:
        self.pane.filters.set_usual_day(usual_day(self.desk.fiscal_year, date.today()))
        if self._roster is None:
            self.desk.ask(self, self._show_first, roster.read_first, self.pane.day, self._wanted)
        else:
            self.desk.ask(self, self._show, roster.read, self.pane.day)

    def show_record(self, key: RecordKey) -> None:
        if key.kind == "contact_person":
            self.sheet.show_people()
        self.desk.ask(self, self._go_to, roster.organisation_of, key)

    def has_unsaved(self) -> bool:
        return len(self._kept) > 0

    def save(self) -> None:
        for organisation_id in sorted(self._kept.ids, key=lambda one: one != self._shown):
            self._saving.save(organisation_id)

    def discard(self) -> None:
        for organisation_id in self._kept.ids:
            self._forget(organisation_id)
        self._kept.is_adding = False
        if self._shown == NEW:
            self._shown = None
        self._show_chosen()

    def edit(self) -> None:
        if self._shown is not None:
            self.sheet.focus_name()

    def focus_filter(self) -> None:
        self.pane.filters.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.pane.filters.field.selectAll()

    def add(self) -> None:
        self._kept.is_adding = True
        self._keeper.keep_now()
        self._shown = NEW
        self._layout.show_halves()
        self._show_chosen()
        self.sheet.to_top()
        self.sheet.focus_name()

    # ── reading ───────────────────────────────────────────────────────────

    def _go_to(self, organisation_id: int | None) -> None:
        if organisation_id is None:
            self.desk.tell(
                InputError("この記録は、会員団体の名簿にもうありません。", "一覧から選び直してください。")
            )
            return
        self._wanted = organisation_id
        self.refresh()

    def _show_first(self, found: Roster) -> None:
        """Show the list, and have the people read once it stands there."""
        if self._roster is None or self._roster.keys is None:
            self._show(found)
        self.desk.ask_after_painting(self, self._show, roster.read, self.pane.day)

    def _show(self, found: Roster) -> None:
        if found.day != self.pane.day:
            # Another day has been chosen since; its roster is on the way.
            return
        is_first = self._roster is None
        self._roster = found
        if found.keys is not None:
            self._kept.meet(found.members)
        self.upkeep.show_lists(found.lists)
        self.saved_filters.show_filters(found.filters)
        self._layout.show_halves(bool(found.rows) or self._kept.is_adding)
        self._is_filling = True
        self.pane.show_roster(found, self._shown)
        self._is_filling = False
        self._show_chosen()
        if is_first and found.rows and not self.pane.filters.field.hasFocus():
            self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._saving.go_on()

    def _next(self, shown: Roster) -> int | None:
        """Which organisation is shown: what was asked for, what was shown, or the first there is."""
        if self._wanted in shown.members:
            found, self._wanted = self._wanted, None
            return found
        if self._shown in shown.members or (self._shown == NEW and self._kept.is_adding):
            return self._shown
        if self._kept.is_adding and (self._kept.get(NEW) is not None or not shown.rows):
            return NEW
        first = self.pane.first() or (shown.rows[0].id if shown.rows else None)
        return first if first in shown.members else next(iter(shown.members), None)

    def _show_chosen(self) -> None:
        """Show the organisation in view as it is stored, or as it has been typed."""
        found = self._roster
        if found is None:
            return
        asked_for, before = self._wanted, self._shown
        self._shown = self._next(found)
        cursor = None if self._shown == NEW else self._shown
        self._is_filling = True
        # Filters stay as they are unless somebody asks for an organisation that they keep back.
        if cursor in (asked_for, None) or cursor != self.pane.current:
            self.pane.select(cursor)
        if self._shown is not None:
            self.sheet.show_sheet(self._shown, self._member, found.lists, self._kept, found.day)
        self._is_filling = False
        if self._shown != before:
            self.sheet.to_top()
        self.membership.show_member(self._member, found.day)
        self._read_links()
        self._offer_draft()
        self._show_marks()

    def _read_links(self) -> None:
        if self._member is not None and self.sheet.shows_links:
            key = RecordKey("organisation", self._member.organisation.id)
            self.desk.ask(self, self._show_links, links_pane.read, key, self.desk.fiscal_year)

    def _show_links(self, links: Links) -> None:
        is_in_view = self._member is not None and links.key.id == self._member.organisation.id
        if is_in_view and links.fiscal_year == self.desk.fiscal_year:
            self.sheet.links.show_links(links)

    @property
    def _member(self) -> Member | None:
        return self._roster.members.get(self._shown or NEW) if self._roster is not None else None

    def _show_marks(self) -> None:
        """Which organisations are unsaved, and where two people's texts meet."""
        lists = self._roster.lists if self._roster is not None else _NO_LISTS
        self.pane.model.mark_unsaved(frozenset(self._kept.ids))
        self.sheet.show_marks(self._shown, lists, self._kept)

    def _chosen(self, organisation_id: int) -> None:
        if self._is_filling or self._roster is None:
            return
        is_known = organisation_id in self._roster.members
        # Another is shown as soon as its people have been read.
        self._wanted = None if is_known else organisation_id
        if not is_known or organisation_id == self._shown:
            return
        self._keeper.keep_now()
        if self._kept.get(NEW) is None:
            self._kept.is_adding = False
        self._shown = organisation_id
        self._show_chosen()
        self.sheet.to_top()

    # ── typing ────────────────────────────────────────────────────────────

    def _edited(self) -> None:
        if self._is_filling or self._shown is None:
            return
        self._kept.take(self._shown, self._member, self.form.typed())
        if self._kept.get(self._shown) is None:
            self._keeper.drop(_draft_key(self._shown))
        else:
            self._keeper.touched(_draft_key(self._shown))
            self.sheet.draft.hide()
        self._show_marks()

    def _draft_values(self) -> dict[str, Value]:
        kept = self._kept.get(self._shown)
        return kept.draft() if kept else self.form.typed().draft()

    def _offer_draft(self) -> None:
        """Offer what was typed before the program ended, unless something is being typed."""
        if self._shown is None or self._kept.get(self._shown) is not None:
            self.sheet.draft.offer(None)
        else:
            self.sheet.draft.offer(self.desk.drafts.take(_draft_key(self._shown)))

    def _use_draft(self, draft: Draft) -> None:
        if self._shown is not None:
            self._kept.recall(self._shown, self._member, draft.values)
            self._show_chosen()

    def _refuse_draft(self) -> None:
        if self._shown is not None:
            self._keeper.drop(_draft_key(self._shown))

    def _forget(self, organisation_id: int) -> None:
        self._kept.forget(organisation_id)
        self._keeper.drop(_draft_key(organisation_id))

    def _revert(self) -> None:
        if self._shown is not None:
            self._forget(self._shown)
        if self._shown == NEW:
            self._kept.is_adding = False
            self._shown = None
            if self._roster is not None and not self._roster.rows:
                self._layout.show_halves(False)
        self._show_chosen()
        self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── saving ────────────────────────────────────────────────────────────

    def _saved(self, organisation_id: int) -> None:
        if self._kept.get(organisation_id) is None:
            self._keeper.drop(_draft_key(organisation_id))
        self._show_marks()

    def _added(self, organisation_id: int) -> None:
        self._keeper.drop(_draft_key(NEW))
        if self._shown == NEW:
            self._shown = None
        self._go_to(organisation_id)
        self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_meeting(self, organisation_id: int) -> None:
        self._shown = organisation_id
        self._show_chosen()
        self.sheet.show_meeting()

    def _decided(self, theirs: frozenset[str]) -> None:
        if self._shown is not None:
            self._kept.choose(self._shown, theirs)
            self._show_chosen()
            self._saving.save(self._shown)
            self._saved(self._shown)

    def _remember_columns(self, columns: tuple[str, ...]) -> None:
        self.desk.person.choose(roster_columns=",".join(columns))

    # ── building ──────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        self.pane.head.insertWidget(1, self.saved_filters.button)
        columns = self.desk.person.preferences.roster_columns
        if columns:
            self.pane.view.show_columns(columns.split(","))
        buttons = (self.upkeep.button, self.exchange.button, self.add_button)
        self._layout = OrganisationsLayout(self, self.title, buttons, (self.pane, self.sheet), self.add)
        self.empty = self._layout.empty

    def _connect(self) -> None:
        self.pane.chosen.connect(self._chosen)
        self.pane.edit_wanted.connect(self.edit)
        self.pane.day_changed.connect(self.refresh)
        self.pane.columns.chosen.connect(self._remember_columns)
        self.form.edited.connect(self._edited)
        self.form.save_wanted.connect(self.save)
        self.form.revert_wanted.connect(self._revert)
        self.sheet.leave_button.clicked.connect(self.membership.leave)
        self.sheet.rejoin_button.clicked.connect(self.membership.rejoin)
        self.sheet.people.add_wanted.connect(self.membership.add_person)
        self.sheet.people.hand_over_wanted.connect(self.membership.hand_over)
        self.sheet.people.edit_wanted.connect(self.membership.edit_person)
        self.sheet.people.remove_wanted.connect(self.membership.remove_person)
        self.sheet.links_asked.connect(self._read_links)
        self.sheet.links.wanted.connect(self.desk.show_record)
        self.sheet.meeting.decided.connect(self._decided)
        self.sheet.unfinished.go_on.connect(self.add)
        self.sheet.draft.wanted.connect(self._use_draft)
        self.sheet.draft.refused.connect(self._refuse_draft)
        self._saving.saved.connect(self._saved)
        self._saving.added.connect(self._added)
        self._saving.conflicted.connect(self.refresh)
        self._saving.meeting.connect(self._show_meeting)


def usual_day(fiscal_year: int, today: date) -> date:
    """The day whose members are shown where none was chosen: today in its own fiscal year, the last day of another."""
    return today if fiscal_year_of(today) == fiscal_year else last_day(fiscal_year)


def _draft_key(organisation_id: int) -> str:
    return f"organisation/{organisation_id}"
