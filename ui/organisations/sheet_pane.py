"""The right side of the page: the chosen organisation with its people and links, and the form's buttons always in sight."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from app.calendar import format_date, format_span
from app.organisations.queries import Lists, Member
from ui.drafts import DraftOffer
from ui.organisations.banners import MeetingBanner, NewBanner
from ui.organisations.form import OrganisationForm
from ui.organisations.kept import NEW, KeptForms
from ui.organisations.links_pane import LinksPane
from ui.organisations.people_pane import PeoplePane
from ui.organisations.typed import EMPTY, typed_of
from ui.widgets.button import Button
from ui.widgets.containers import ScrollColumn, rule
from ui.widgets.text import WrapLabel


class SheetPane(QWidget):
    """Shows one organisation at a time, as it is stored or as it has been typed."""

    links_asked = Signal()
    """The links have come into view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = WrapLabel("", "section")
        self.state = WrapLabel("", "muted")
        self.leave_button = Button("退会…", tip="退会の日を入れます。これまでの記録は残ります")
        self.rejoin_button = Button("復帰…", tip="会員に戻る日を入れます")
        self.meeting, self.unfinished, self.draft = MeetingBanner(), NewBanner(), DraftOffer()
        self.form = OrganisationForm()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self._scroll = ScrollColumn()
        self._rule = rule()
        self._scroll.column.addWidget(self.meeting)
        self._scroll.column.addWidget(self.form)
        self._scroll.column.addStretch(1)
        self.people, self.links = PeoplePane(), LinksPane()
        self.tabs.addTab(self._scroll, "団体の情報")
        self.tabs.addTab(self.people, "人")
        self.tabs.addTab(self.links, "つながり")
        self.tabs.currentChanged.connect(self._turned)
        self._lay_out()

    def show_sheet(
        self, organisation_id: int, member: Member | None, lists: Lists, kept: KeptForms, day: date
    ) -> None:
        """Show an organisation, or the new one that is being written (``member`` is None)."""
        found = kept.get(organisation_id)
        stored = typed_of(member) if member is not None else EMPTY
        self.form.show_lists(lists)
        self.form.show_typed(stored, found.values if found else None, is_new=member is None)
        self._show_head(member, day)
        for place in range(1, self.tabs.count()):
            self.tabs.setTabVisible(place, member is not None)
        if member is not None:
            self.people.show_member(member, day)
            self.tabs.setTabText(1, f"人 {len(member.speakers(day))}")

    def show_marks(self, organisation_id: int | None, lists: Lists, kept: KeptForms) -> None:
        """Show where two people's texts meet, and what has been left unfinished."""
        self.meeting.show_conflict(kept.get(organisation_id), lists)
        self.unfinished.setVisible(kept.get(NEW) is not None and organisation_id != NEW)

    @property
    def shows_links(self) -> bool:
        """Whether the links are what one sees."""
        return self.tabs.currentWidget() is self.links

    def show_people(self) -> None:
        """Turn to the people."""
        self.tabs.setCurrentWidget(self.people)

    def focus_name(self) -> None:
        """Put the cursor where the organisation is written."""
        self.tabs.setCurrentIndex(0)
        self.form.focus_name()

    def show_meeting(self) -> None:
        """Bring the choice between two people's texts into view."""
        self.tabs.setCurrentIndex(0)
        self.to_top()

    def to_top(self) -> None:
        """Scroll to the beginning."""
        self._scroll.verticalScrollBar().setValue(0)

    def _show_head(self, member: Member | None, day: date) -> None:
        one = member.organisation if member is not None else None
        self.name.setText(one.name if one else "新しい団体")
        self.state.setText(
            membership(member, day) if member else "名前を入れて「追加する」を押してください。"
        )
        self.leave_button.setVisible(one is not None and one.member_to is None)
        self.rejoin_button.setVisible(one is not None and one.member_to is not None)

    def _turned(self) -> None:
        self.form.foot.setVisible(self.tabs.currentIndex() == 0)
        self._rule.setVisible(self.tabs.currentIndex() == 0)
        if self.shows_links:
            self.links_asked.emit()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.state)
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 12, 4)
        head.setSpacing(8)
        head.addLayout(words, 1)
        head.addWidget(self.leave_button)
        head.addWidget(self.rejoin_button)
        banners = QVBoxLayout()
        banners.setContentsMargins(24, 0, 12, 0)
        banners.setSpacing(6)
        for banner in (self.unfinished, self.draft):
            banners.addWidget(banner)
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 8, 12, 0)
        foot.addWidget(self.form.foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(banners)
        column.addWidget(self.tabs, 1)
        column.addWidget(self._rule)
        column.addLayout(foot)


def membership(member: Member, day: date) -> str:
    """Since when it is a member, until when it was, and what it belongs to."""
    one = member.organisation
    belongs = "・".join(part for part in (one.category, one.district) if part)
    if one.member_to is not None:
        word = "退会" if one.member_to < day else "退会の予定"
        state = f"{format_span(one.member_from, one.member_to)}（{word}）"
    elif one.member_from is not None and one.member_from > day:
        state = f"{format_date(one.member_from)}に入会の予定"
    else:
        state = f"{format_span(one.member_from, None)}会員"
    gaps = "、".join(format_span(gap.first, gap.last) for gap in one.gaps)
    state += f"（{gaps}は退会）" if gaps else ""
    return f"{belongs}　{state}" if belongs else state
