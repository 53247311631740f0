"""次第 of the meeting in view: what is proposed for it, its items, and what they are about; saved as one change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import records
from app.drafts import Value
from app.errors import InputError
from app.meetings import agenda, preparation
from app.meetings.preparation import Proposal
from app.meetings.queries import MeetingDetail
from app.office import Done
from app.records import RecordKey
from db.vocabulary import MeetingState
from ui.desk import Answer, Desk
from ui.meetings import agenda_lines
from ui.meetings.agenda_editor import AgendaEditor
from ui.meetings.agenda_lines import AgendaLine, Lines, item_words
from ui.meetings.part import Lines as LabelledLines
from ui.meetings.part import Part
from ui.meetings.topic_chooser import COLLABORATIONS, OUTCOMES, Subject, TopicChooser
from ui.widgets.button import Button
from ui.widgets.containers import Card, ScrollColumn
from ui.widgets.text import WrapLabel

_TOPIC_WORDS = "この議題がどの到達イメージに関わるかを選びます。到達イメージのページからも、この会議をたどれるようになります。"
_COLLABORATION_WORDS = (
    "この議題がどの取組に関わるかを選びます。取組のページからも、この会議をたどれるようになります。"
)


class AgendaPart(Part[Lines]):
    """The editor of the agenda, and above it what belongs on it and is not on it yet."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "agenda", agenda_lines.means, parent)
        self._detail: MeetingDetail | None = None
        self._wanted: int | None = None
        self.editor = AgendaEditor()
        self.proposals = ProposalsCard()
        self.chooser: TopicChooser | None = None
        self._scroll = ScrollColumn(sides=12)
        self._scroll.column.addWidget(self.proposals)
        self._scroll.column.addWidget(self.editor)
        self._scroll.column.addStretch(1)
        self.body.addWidget(self._scroll)
        self.editor.edited.connect(self._edited)
        self.editor.topics_wanted.connect(self._choose_topics)
        self.editor.collaborations_wanted.connect(self._choose_collaborations)
        self.editor.record_wanted.connect(self.desk.show_record)
        self.proposals.taken.connect(self._take)

    def show_meeting(self, detail: MeetingDetail) -> None:
        """Show the agenda of a meeting; what is being written about the same one stays."""
        row, stored = detail.meeting, agenda_lines.lines_of(detail.agenda)
        if self._detail is None or self._detail.meeting.id != row.id:
            self.editor.show_lines(stored, 0)
            self.proposals.show_proposals((), ())
            self._scroll.verticalScrollBar().setValue(0)
        self._detail = detail
        self.meet(row.id, row.version, stored)
        known = agenda_lines.with_ids(self.editor.lines(), stored)
        if known != self.editor.lines():
            # Items that were new have their ids now; the fields stay as they are.
            self.editor.show_lines(known)
            if self.kept.typed is not None:
                self.kept.typed = known
        self._go_to_wanted()
        self.editor.show_times(row.starts_at, row.ends_at)
        self.editor.set_locked(row.state is MeetingState.FINALISED)
        if row.state in (MeetingState.PLANNED, MeetingState.ANNOUNCED):
            self.desk.ask(self, self._show_proposals, preparation.proposals, row.id)
        else:
            self.proposals.show_proposals((), ())
        self._ask_names()

    def show_item(self, agenda_item_id: int) -> None:
        """Put the cursor on an item; the meeting it belongs to may come only afterwards."""
        self._wanted = agenda_item_id
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        ids = [line.values.id for line in self.editor.lines()]
        if self._wanted is not None and self._wanted in ids:
            self.editor.list.setCurrentRow(ids.index(self._wanted))
            self._wanted = None
            self.take_focus()

    def take_focus(self) -> None:
        """Put the cursor where one begins to write."""
        self.editor.take_focus()

    # ── what a part says ──────────────────────────────────────────────────

    def show_value(self, value: Lines) -> None:
        self.editor.show_lines(value)

    def value(self) -> Lines:
        return self.editor.lines()

    def perform(self, value: Lines, record_id: int, version: int, answer: Answer[Done[Any]]) -> None:
        if not all(line.values.title for line in value):
            raise InputError(
                "名前のない議題があります。", "議題の名前を入力するか、その議題を取り除いてください。"
            )
        values = [line.values for line in value]
        voices = [line.voice_ids for line in value]
        self.desk.perform(self, answer, agenda.save_agenda, record_id, values, version, voices)

    def to_draft(self, value: Lines) -> dict[str, Value]:
        return {"lines": agenda_lines.to_draft(value)}

    def of_draft(self, kept: Mapping[str, Value], stored: Lines) -> Lines:
        return agenda_lines.of_draft(kept.get("lines"), stored)

    def differing(self, mine: Lines, theirs: Lines) -> LabelledLines:
        written = _words(mine)
        others = [words for words in _words(theirs) if words not in written] or _words(theirs)
        return others or [("次第", "（議題なし）")]

    # ── proposals ─────────────────────────────────────────────────────────

    def _edited(self) -> None:
        self.edited()
        self.proposals.hide_taken(self.editor.lines())

    def _show_proposals(self, found: tuple[Proposal, ...]) -> None:
        self.proposals.show_proposals(found, self.editor.lines())

    def _take(self, proposals: tuple[Proposal, ...]) -> None:
        lines = self.editor.lines()
        place = len(lines)
        for one in proposals:
            place = agenda_lines.place_for(lines, one)
            lines = agenda_lines.taken(lines, one)
        self.editor.show_lines(lines, place)
        self._edited()
        self._ask_names()

    # ── what items are about ──────────────────────────────────────────────

    def _ask_names(self) -> None:
        linked = [line.values for line in self.editor.lines()]
        keys = {RecordKey("plan_item", one) for values in linked for one in values.topics}
        keys |= {RecordKey("collaboration", one) for values in linked for one in values.collaborations}
        self.desk.ask(self, self.editor.show_names, records.titles, keys)

    def _choose_topics(self) -> None:
        line: AgendaLine | None = self.editor.current
        if line is not None:
            self._choose(OUTCOMES, line.values.topics, _TOPIC_WORDS, self.editor.set_topics)

    def _choose_collaborations(self) -> None:
        line: AgendaLine | None = self.editor.current
        if line is not None:
            chosen, take = line.values.collaborations, self.editor.set_collaborations
            self._choose(COLLABORATIONS, chosen, _COLLABORATION_WORDS, take)

    def _choose(
        self, subject: Subject, chosen: tuple[int, ...], words: str, take: Callable[[tuple[int, ...]], None]
    ) -> None:
        if self._detail is None:
            return
        year = self._detail.meeting.fiscal_year
        self.chooser = TopicChooser(self.desk, subject, year, chosen, words, self)
        self.chooser.chosen.connect(take)
        self.chooser.chosen.connect(self._ask_names)
        self.chooser.finished.connect(self._closed)
        self.chooser.open()

    def _closed(self) -> None:
        if self.chooser is not None:
            self.chooser.deleteLater()
            self.chooser = None


class ProposalsCard(Card):
    """A line for each proposal with why it is one; one click takes it over."""

    taken = Signal(object)
    """The Proposals that are to be put on the agenda."""

    def __init__(self) -> None:
        super().__init__("次第に入れる候補", look="quiet-card")
        self._found: tuple[Proposal, ...] = ()
        self._open: tuple[Proposal, ...] = ()
        self._rows: list[QWidget] = []
        self.all_button = Button("すべて入れる", self._take_all)
        foot = QHBoxLayout()
        foot.addWidget(self.all_button)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.hide()

    def show_proposals(self, found: tuple[Proposal, ...], lines: Lines) -> None:
        """Show what is proposed beside the agenda as it stands."""
        self._found = found
        self._open = ()
        self.hide_taken(lines, anew=True)

    def hide_taken(self, lines: Lines, anew: bool = False) -> None:
        """Leave out what stands on the agenda."""
        still_open = tuple(one for one in self._found if not agenda_lines.is_on(lines, one))
        if still_open == self._open and not anew:
            return
        self._open = still_open
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_proposal_row(one, partial(self.taken.emit, (one,))) for one in still_open]
        for place, row in enumerate(self._rows, 1):
            self.body.insertWidget(place, row)
        self.all_button.setVisible(len(still_open) > 1)
        self.setVisible(bool(still_open))

    def _take_all(self) -> None:
        self.taken.emit(self._open)


def _proposal_row(one: Proposal, take: partial[None]) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    words = one.item.title
    label = WrapLabel(f"{words}\n{one.because}" if one.because and one.because != words else words)
    row.addWidget(label, 1)
    row.addWidget(Button("入れる", take, name=f"「{one.item.title}」を次第に入れる"))
    return holder


def _words(lines: Lines) -> list[tuple[str, str]]:
    """Each item by its title, and what else it says."""
    numbers = agenda_lines.numbers(lines)
    words = (item_words(place, line.values, numbers[place]).split("\n") for place, line in enumerate(lines))
    return [(first, below.strip()) for first, below in words]
