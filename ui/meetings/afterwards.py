"""事後: what is still missing, the minutes made final, 宿題 given, and who has been told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.action_items import queries as action_queries
from app.action_items.queries import ActionItemRow
from app.calendar import format_date
from app.errors import InputError
from app.meetings import minutes, operations, queries
from app.meetings.queries import MeetingDetail, VersionRow
from app.office import Done, Reader
from app.records import RecordKey
from app.voices import queries as voice_queries
from app.voices.queries import VoiceRow
from db.vocabulary import ActionState, MeetingState, ShareBackKind
from ui.action_items.close_dialog import CloseDialog
from ui.desk import Answer, Desk
from ui.meetings.afterwards_actions import ActionsCard
from ui.meetings.afterwards_dialogs import FinaliseDialog, ReopenDialog
from ui.meetings.afterwards_rules import Missing, missing, nobody_words, told
from ui.meetings.afterwards_share import ShareCard, Telling
from ui.meetings.afterwards_voices import VoicesCard
from ui.meetings.asking import AskingDialog
from ui.meetings.states import state_words
from ui.meetings.tab import MeetingTab
from ui.widgets.button import Button, ElidedButton
from ui.widgets.containers import Card, ScrollColumn, emptied
from ui.widgets.dialog_owner import DialogOwner
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


class _Found(NamedTuple):
    """What belongs to a meeting besides its detail."""

    meeting_id: int
    versions: tuple[VersionRow, ...]
    carried: tuple[ActionItemRow, ...]
    promises: tuple[ActionItemRow, ...]
    voices: tuple[VoiceRow, ...]


class AfterwardsTab(DialogOwner, MeetingTab):
    """Cards from top to bottom in the order in which they are done."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.detail: MeetingDetail | None = None
        self.final = _FinalCard(self)
        self.carried = ActionsCard(
            "前の会議からの宿題", "この会議で終わったと報告のあったものは、ここで完了にできます。"
        )
        self.promises = ActionsCard(
            "この会議で出た宿題",
            "未完了のものは、次の会議の次第で候補に出ます。",
            "宿題はありません。会議録の行で Ctrl+T を押すと宿題になります。",
        )
        self.absent = ShareCard(
            "欠席団体への共有",
            "来られなかった団体に、何をいつ伝えたかを記録します。",
            _HOW_ABSENT,
        )
        self.own = ShareCard(
            "持ち帰り共有",
            "出席した団体が、自分の職員や仲間に伝えたかを記録します。",
            _HOW_OWN,
        )
        self.voices = VoicesCard()
        self._scroll = ScrollColumn(width=None)
        for card in (self.final, self.carried, self.promises, self.voices, self.absent, self.own):
            self._scroll.column.addWidget(card)
        self._scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self._shares = ((self.absent, ShareBackKind.ABSENT), (self.own, ShareBackKind.OWN_STAFF))
        self.absent.told.connect(self._tell_absent)
        self.own.told.connect(self._tell_own)
        for card, _ in self._shares:
            card.taken_back.connect(self._untell)
        self.voices.wanted.connect(self._show_voice)
        for actions in (self.carried, self.promises):
            actions.wanted.connect(self._show_action)
            actions.close_wanted.connect(self._close_action)

    def show_meeting(self, detail: MeetingDetail) -> None:
        is_other = self.detail is None or self.detail.meeting.id != detail.meeting.id
        self.detail = detail
        self.final.show_detail(detail)
        for card, kind in self._shares:
            card.show_rows(told(detail, kind), nobody_words(detail, kind), self._first_day(), is_other)
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)
        self._read_actions()

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
            self._open(FinaliseDialog(self.desk, self.detail.meeting, self._first_day(), self))

    def reopen(self) -> None:
        """Ask why, and open them again."""
        if self.detail is not None:
            self._open(ReopenDialog(self.desk, self.detail.meeting, self))

    def make_paper(self, report_id: str) -> None:
        """Go to a paper of this meeting."""
        if self.detail is not None:
            self.desk.show_page("reports", f"{report_id}?meeting={self.detail.meeting.id}")

    def _show_action(self, row: ActionItemRow) -> None:
        """Go to a 宿題 on its own page."""
        self.desk.show_record(RecordKey("action_item", row.id))

    def _show_voice(self, voice_id: int) -> None:
        self.desk.show_record(RecordKey("voice", voice_id))

    def _close_action(self, row: ActionItemRow) -> None:
        """Ask what came of a 宿題, and close it."""
        dialog = CloseDialog(self.desk, row, ActionState.DONE, date.today(), self)
        dialog.stale.connect(self._read_actions)
        self._open(dialog)

    def _read_actions(self) -> None:
        if self.detail is not None:
            self.desk.ask(self, self._have, _read, self.detail.meeting.id)

    def _first_day(self) -> date:
        """Today, but not before the meeting."""
        held_on = self.detail.meeting.held_on if self.detail is not None else None
        return max(date.today(), held_on or date.min)

    def _tell_absent(self, telling: Telling) -> None:
        self._tell(self.absent, ShareBackKind.ABSENT, telling)

    def _tell_own(self, telling: Telling) -> None:
        self._tell(self.own, ShareBackKind.OWN_STAFF, telling)

    def _tell(self, card: ShareCard, kind: ShareBackKind, telling: Telling) -> None:
        if self.detail is not None:
            answer: Answer[Done[None]] = Answer(partial(self._told, card), partial(self._not_told, card))
            self.desk.perform(
                self,
                answer,
                minutes.share,
                self.detail.meeting.id,
                telling.organisation_ids,
                kind,
                telling.shared_on,
                telling.shared_by,
                telling.means,
            )

    def _told(self, card: ShareCard, done: Done[None]) -> None:
        card.untick()
        self._done(done)

    def _not_told(self, card: ShareCard, error: Exception) -> None:
        if isinstance(error, InputError):
            card.say(f"{error.message}{error.advice}")
        else:
            self.desk.tell(error)

    def _untell(self, share_back_ids: Sequence[int]) -> None:
        self.desk.perform(self, self._done, minutes.unshare, share_back_ids)

    def _open(self, dialog: AskingDialog) -> None:
        dialog.done_with.connect(self._done)
        self.open_dialog(dialog)

    def _done(self, done: Done[Any]) -> None:
        self.desk.notice_done(done.changes)

    def _have(self, found: _Found) -> None:
        if self.detail is None or self.detail.meeting.id != found.meeting_id:
            return
        self.final.show_versions(found.versions)
        self.carried.show_actions(found.carried, date.today())
        self.promises.show_actions(found.promises, date.today())
        self.voices.show_voices(found.voices)
        if isinstance(self.dialog, CloseDialog):
            self.dialog.meet_one_of((*found.carried, *found.promises))


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
        emptied(self._lines)
        for one in found:
            mark = "● 必要" if one.is_required else "○ 確認"
            text = f"{mark}　{one.words}　→「{_TABS[one.place.partition('/')[0]]}」へ"
            button = ElidedButton(text)
            button.clicked.connect(partial(self._tab.go_to, one.place))
            self._lines.addWidget(button)


def _read(reader: Reader, meeting_id: int) -> _Found:
    return _Found(
        meeting_id,
        queries.versions(reader, meeting_id),
        action_queries.carried_to(reader, meeting_id),
        action_queries.action_items(reader, meeting_id=meeting_id),
        voice_queries.voices_at(reader, meeting_id),
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
