"""準備: what has to be done before a meeting, who is invited and what they answered, and the agenda."""

from __future__ import annotations

from app.meetings.queries import MeetingDetail
from ui.meetings.tab import MeetingTab


class PreparationTab(MeetingTab):
    """The first tab of a meeting."""

    def show_meeting(self, detail: MeetingDetail) -> None:
        self.detail = detail
