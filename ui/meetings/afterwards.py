"""事後: what is still missing, the minutes made final, 宿題 given, and who has been told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.action_items import queries as action_queries
from app.action_items.queries import ActionItemRow
from app.calendar import format_date
from app.meetings import minutes, operations, queries
from app.meetings.queries import MeetingDetail, VersionRow
from app.office import Done, Reader
from app.records import RecordKey
from db.vocabulary import MeetingState, ShareBackKind
from ui.desk import Desk
from ui.meetings.afterwards_dialogs import FinaliseDialog, ReopenDialog
from ui.meetings.afterwards_rules import Missing, action_words, missing, told
from ui.meetings.afterwards_share import ShareCard, Telling
from ui.meetings.asking import AskingDialog
from ui.meetings.states import state_words
from ui.meetings.tab import MeetingTab
from ui.widgets.button import Button, ElidedButton
from ui.widgets.containers import Card, ScrollColumn
from ui.widgets.flow import FlowRow
from ui.widgets.text import WrapLabel

_TABS = {"preparation": "準備", "reception": "当日", "minutes": "会議録"}
_PAPERS = (
    ("minutes", "会議録"),
    ("action_list", "宿題一覧"),
    ("digest", "欠席団体への共有票"),
    ("packet", "会議一式"),
)
_HOW_ABSENT = ("共有票を送付", "メール", "電話", "訪問", "次の会議で説明")
_HOW_OWN = ("職員会議で報告", "回覧", "メール", "口頭で共有")


class AfterwardsTab(MeetingTab):
    """Cards from top to bottom in the order in which they are done."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.detail: MeetingDetail | None = None
        self.dialog: AskingDialog | None = None
        self.final = _FinalCard(self)
        self.promises = _ActionsCard(self)
        self.absent = ShareCard(
            "欠席団体への共有",
            "来られなかった団体に、何をいつ伝えたかを記録します。",
            "欠席の団体はありません（「当日」で受付を終えると、来なかった団体がここに並びます）。",
            _HOW_ABSENT,
        )
        self.own = ShareCard(
            "持ち帰り共有",
            "出席した団体が、自分の職員や仲間に伝えたかを記録します。",
            "出席した団体がまだ記録されていません。",
            _HOW_OWN,
        )
        scroll = ScrollColumn(width=None)
        for card in (self.final, self.promises, self.absent, self.own):
            scroll.column.addWidget(card)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self._shares = ((self.absent, ShareBackKind.ABSENT), (self.own, ShareBackKind.OWN_STAFF))
        self.absent.told.connect(self._tell_absent)
        self.own.told.connect(self._tell_own)
        for card, _ in self._shares:
            card.taken_back.connect(self._untell)

    def show_meeting(self, detail: MeetingDetail) -> None:
        self.detail = detail
        self.final.show_detail(detail)
        for card, kind in self._shares:
            card.show_rows(told(detail, kind), date.today())
        self.desk.ask(self, self._have, _read, detail.meeting.id)

    def edit(self) -> None:
        self.final.setFocus()

    # ------------------------------------------------------------------ what the person does

    def go_to(self, place: str) -> None:
        """Complete what is missing where it belongs."""
        self.tab_wanted.emit(place)

    def make_draft(self) -> None:
        """開催済 becomes 会議録案."""
        if self.detail is not None:
            one = self.detail.meeting
            self.desk.perform(
                self, self._done, operations.set_state, one.id, one.version, MeetingState.DRAFTED
            )

    def finalise(self) -> None:
        """Ask who has confirmed the minutes, and make them final."""
        if self.detail is not None:
            self._open(FinaliseDialog(self.desk, self.detail.meeting, date.today(), self))

    def reopen(self) -> None:
        """Ask why, and open them again."""
        if self.detail is not None:
            self._open(ReopenDialog(self.desk, self.detail.meeting, self))

    def make_paper(self, report_id: str) -> None:
        """Go to a paper of this meeting."""
        if self.detail is not None:
            self.desk.show_page("reports", f"{report_id}?meeting={self.detail.meeting.id}")

    def show_action(self, action_item_id: int) -> None:
        """Go to a 宿題 on its own page."""
        self.desk.show_record(RecordKey("action_item", action_item_id))

    def _tell_absent(self, telling: Telling) -> None:
        self._tell(ShareBackKind.ABSENT, telling)

    def _tell_own(self, telling: Telling) -> None:
        self._tell(ShareBackKind.OWN_STAFF, telling)

    def _tell(self, kind: ShareBackKind, telling: Telling) -> None:
        if self.detail is not None:
            self.desk.perform(
                self,
                self._done,
                minutes.share,
                self.detail.meeting.id,
                telling.organisation_ids,
                kind,
                telling.shared_on,
                telling.shared_by,
                telling.means,
            )

    def _untell(self, share_back_ids: Sequence[int]) -> None:
        self.desk.perform(self, self._done, minutes.unshare, share_back_ids)

    def _open(self, dialog: AskingDialog) -> None:
        self.dialog = dialog
        dialog.done_with.connect(self._done)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _done(self, done: Done[Any]) -> None:
        self.desk.notice_done(done.changes)

    def _have(self, found: tuple[int, tuple[VersionRow, ...], tuple[ActionItemRow, ...]]) -> None:
        meeting_id, versions, actions = found
        if self.detail is not None and self.detail.meeting.id == meeting_id:
            self.final.show_versions(versions)
            self.promises.show_actions(actions)


class _FinalCard(Card):
    """The state of the minutes, what is missing, the one next step, earlier versions, and the papers."""

    def __init__(self, tab: AfterwardsTab) -> None:
        super().__init__("会議録の確定")
        self._tab = tab
        self._state = WrapLabel("")
        self._missing = QWidget()
        self._lines = QVBoxLayout(self._missing)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.draft = Button("会議録案にする", tab.make_draft, tip="本文を書き終え、確認を待つ状態にします。")
        self.finalise = Button("会議録を確定する…", tab.finalise, "primary")
        self.reopen = Button("開き直す…", tab.reopen)
        self._versions = WrapLabel("", "muted")
        papers = [
            Button(title, partial(tab.make_paper, report_id), icon_name="print")
            for report_id, title in _PAPERS
        ]
        for widget in (
            self._state,
            self._missing,
            FlowRow(self.draft, self.finalise, self.reopen),
            self._versions,
            FlowRow(*papers),
        ):
            self.body.addWidget(widget)

    def show_detail(self, detail: MeetingDetail) -> None:
        """Show the state of a meeting and what is missing."""
        state = detail.meeting.state
        found = missing(detail)
        is_open = state not in (MeetingState.FINALISED, MeetingState.CANCELLED)
        self._state.setText(f"いまの状態：{state_words(state)}{_what_next(state, found)}")
        self._fill(found if is_open else ())
        self.draft.setVisible(state is MeetingState.HELD)
        self.finalise.setVisible(is_open)
        self.finalise.setEnabled(is_open and not any(one.is_required for one in found))
        self.reopen.setVisible(state is MeetingState.FINALISED)

    def show_versions(self, versions: Sequence[VersionRow]) -> None:
        """Show when the minutes were made final, and opened again."""
        self._versions.setText("\n".join(_version_words(one) for one in versions))
        self._versions.setVisible(bool(versions))

    def _fill(self, found: Sequence[Missing]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in found:
            mark = "● 必要" if one.is_required else "○ 確認"
            text = f"{mark}　{one.words}　→「{_TABS[one.place.partition('/')[0]]}」へ"
            button = ElidedButton(text)
            button.clicked.connect(partial(self._tab.go_to, one.place))
            self._lines.addWidget(button)


class _ActionsCard(Card):
    """The 宿題 that were given in this meeting; a click leads to each."""

    def __init__(self, tab: AfterwardsTab) -> None:
        super().__init__("この会議で出た宿題")
        self._tab = tab
        self._summary = WrapLabel("", "muted")
        self._holder = QWidget()
        self._lines = QVBoxLayout(self._holder)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.body.addWidget(self._summary)
        self.body.addWidget(self._holder)
        self._shown: tuple[ActionItemRow, ...] | None = None

    def show_actions(self, rows: tuple[ActionItemRow, ...]) -> None:
        """Show these."""
        if rows == self._shown:
            return
        self._shown = rows
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        open_count = sum(row.closed_on is None for row in rows)
        self._summary.setText(
            f"{len(rows)}件のうち{open_count}件が未完了です。未完了のものは、次の会議の次第で候補に出ます。"
            if rows
            else "宿題はありません。会議録の行で Ctrl+T を押すと宿題になります。"
        )
        for row in rows:
            button = ElidedButton(action_words(row))
            button.clicked.connect(partial(self._tab.show_action, row.id))
            self._lines.addWidget(button)


def _read(reader: Reader, meeting_id: int) -> tuple[int, tuple[VersionRow, ...], tuple[ActionItemRow, ...]]:
    return (
        meeting_id,
        queries.versions(reader, meeting_id),
        action_queries.action_items(reader, meeting_id=meeting_id),
    )


def _what_next(state: MeetingState, found: Sequence[Missing]) -> str:
    if state is MeetingState.FINALISED:
        return "。この会議の書類は、この日の名前のまま変わりません。"
    if state is MeetingState.CANCELLED:
        return "。記録はすべて残っています。"
    if any(one.is_required for one in found):
        return "。次の「必要」なものを入力すると、確定できます。"
    return "。足りないものはありません。" if not found else "。確定できます。念のため、次を確かめてください。"


def _version_words(one: VersionRow) -> str:
    by = f"（確認：{one.confirmed_by}）" if one.confirmed_by else ""
    words = f"第{one.number}版　{format_date(one.finalised_on)}に確定{by}"
    if one.reopened_on is None:
        return words
    return f"{words} → {format_date(one.reopened_on)}に開き直し：{one.reopened_because}"
