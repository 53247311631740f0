"""The rows of a list of meetings beside the ledger: which are new, which cells differ, and what stands against taking them.

A meeting is recognised by its kind (and district) and its day, else by its number in the fiscal year. An empty cell says nothing.
Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.calendar import fiscal_year_of, format_date
from app.importing.file_values import FileValue, Remarks
from app.importing.meeting_fields import (
    BECAUSE,
    DISTRICT,
    FIELDS,
    HEADCOUNT,
    HELD_ON,
    KIND,
    NUMBER,
    STATE,
    TITLE,
)
from app.importing.meeting_rows import FileMeeting
from app.importing.meeting_words import Named, Names
from app.importing.preview import CellChange, Conflict, ListKind, ListWord, RowChange, RowKind, Unchanged
from app.importing.roster_compare import TOLERANCE
from app.meetings.queries import KindRow, MeetingRow
from app.meetings.rules import meeting_name
from app.organisations.queries import DistrictRow
from db.vocabulary import Labelled, MeetingState

_TEXTS = (
    "meeting.starts_at",
    "meeting.ends_at",
    "meeting.place",
    "meeting.online",
    "meeting.theme",
    HEADCOUNT,
    "meeting.chair",
    "meeting.minute_taker",
    "meeting.note",
)
"""Columns that are taken as they are, in the order in which they are shown."""
_AHEAD = (MeetingState.PLANNED, MeetingState.ANNOUNCED)
_BECAME_HELD = "開催日が過ぎているので、開催済にします。"


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows by what they would do."""

    added: tuple[RowChange, ...]
    changed: tuple[RowChange, ...]
    conflicting: tuple[Conflict, ...]
    unchanged: tuple[Unchanged, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the ledger says: meetings of all years, the kinds and the districts."""

    meetings: Sequence[MeetingRow]
    kinds: Sequence[KindRow]
    districts: Sequence[DistrictRow]


@dataclass(frozen=True, slots=True)
class _Read:
    """A row of the file with what it is called; ``found`` is the meeting it means, ``trouble`` why it cannot be taken."""

    row: FileMeeting
    named: Named
    day: date | None
    trouble: str
    doubts: tuple[str, ...] = ()
    found: MeetingRow | None = None

    @property
    def name(self) -> str:
        if self.day is None or (self.trouble and self.found is None):
            return self.row.text
        called = self.named.kind.name if self.named.kind else self.named.new_kind
        district = self.named.district.name if self.named.district else ""
        return meeting_name(called, fiscal_year_of(self.day), self.named.number, self.named.title, district)


def compare(
    rows: Sequence[FileMeeting], ledger: Ledger, today: date, written: datetime | None, remarks: Remarks
) -> Compared:
    """Sort the rows of a file by what they would do. ``written`` is when the file was last written."""
    return _Comparison(ledger, today, written, remarks).of(rows)


class _Comparison:
    """One file beside the ledger."""

    def __init__(self, ledger: Ledger, today: date, written: datetime | None, remarks: Remarks) -> None:
        self._today, self._written = today, written
        self._names = Names(ledger.kinds, ledger.districts, remarks)
        self._of_kind: dict[int, list[MeetingRow]] = defaultdict(list)
        for one in ledger.meetings:
            self._of_kind[one.meeting_kind_id].append(one)

    def of(self, rows: Sequence[FileMeeting]) -> Compared:
        added: list[RowChange] = []
        changed: list[RowChange] = []
        conflicts: list[Conflict] = []
        unchanged: list[Unchanged] = []
        read = [self._read(row) for row in rows]
        twice = _twice(read)
        for one in read:
            trouble = one.trouble or twice.get(one.row.number, "")
            if trouble:
                conflicts.append(Conflict(one.name, one.row.place, trouble))
                continue
            change = self._addition(one) if one.found is None else self._difference(one, one.found)
            if one.found is not None and not change.cells and not _at_odds(one.row, one.found):
                unchanged.append(Unchanged(change.name, one.row.place, one.found.id))
                continue
            against = self._against(one)
            doubts = (*one.doubts, *self._stale(one.found))
            if against:
                conflicts.append(Conflict(change.name, one.row.place, against))
            elif doubts or one.named.lacking:
                reason = "".join((*doubts, *one.named.lacking))
                conflicts.append(Conflict(change.name, one.row.place, reason, change, only_new=not doubts))
            else:
                (added if one.found is None else changed).append(change)
        return Compared(tuple(added), tuple(changed), tuple(conflicts), tuple(unchanged))

    # ── which meeting a row means ─────────────────────────────────────────

    def _read(self, row: FileMeeting) -> _Read:
        day = row.values[HELD_ON].value if HELD_ON in row.values else None
        named = self._names.of(row)
        trouble = row.trouble or named.trouble
        doubts = (*row.doubts, *named.doubts)
        if BECAUSE in row.values and not row.called_off:
            doubts = (*doubts, "中止の理由がありますが、中止した会議か分かりません。")
        if trouble or not isinstance(day, date):
            return _Read(row, named, None, trouble or "開催日がありません。")
        found, why, doubt = self._match(row, named, day)
        return _Read(row, named, day, why, (*doubts, *([doubt] if doubt else ())), found)

    def _match(self, row: FileMeeting, named: Named, day: date) -> tuple[MeetingRow | None, str, str]:
        """The meeting of the ledger that a row means (None for a new one); why it cannot be told; why it is doubtful."""
        same = [one for one in self._of_kind[named.kind.id] if _may_be(one, named)] if named.kind else []
        on_day = _narrowed([one for one in same if one.held_on == day], row, named)
        numbered = [
            one
            for one in same
            if named.number is not None
            and (one.fiscal_year, one.number) == (fiscal_year_of(day), named.number)
        ]
        if len(on_day) > 1:
            return None, "台帳に、同じ日の同じ種類の会議が二つ以上あります。どれか決まりません。", ""
        if on_day:
            (found,) = on_day
            others = [one for one in numbered if one.id != found.id]
            if others:
                return (
                    None,
                    f"開催日では「{found.name}」、回では「{others[0].name}」です。どちらか決まりません。",
                    "",
                )
            differs = named.number is not None and found.number not in (None, named.number)
            return found, "", f"台帳では同じ日の会議が第{found.number}回です。" if differs else ""
        if len(numbered) > 1:
            return None, "台帳に、同じ回の会議が二つ以上あります。どれか決まりません。", ""
        if numbered:
            (found,) = numbered
            moved = found.held_on is not None and found.state not in _AHEAD
            return found, "", f"台帳では{format_date(found.held_on)}です。" if moved and found.held_on else ""
        return None, "", ""

    def _against(self, one: _Read) -> str:
        """Why a row is not taken even by choice."""
        found = one.found
        state = one.row.values.get(STATE)
        if (
            state is not None
            and state.value is MeetingState.HELD
            and one.day is not None
            and one.day > self._today
        ):
            return f"「{state.text}」とありますが、開催日（{format_date(one.day)}）はまだ先です。"
        if found is None:
            return ""
        if found.state is MeetingState.FINALISED:
            return "台帳では会議録が確定しています。変えるときは、会議録を開き直してください。"
        return _at_odds(one.row, found)

    def _stale(self, found: MeetingRow | None) -> tuple[str, ...]:
        """Whether the ledger was changed after the file was written."""
        if found is None or self._written is None or found.updated_at <= self._written + TOLERANCE:
            return ()
        who, when = found.updated_by or "ほかの人", format_date(found.updated_at.date())
        return (f"このファイルが保存された後に、台帳で{who}が{when}に変更しています。",)

    # ── what a row would do ───────────────────────────────────────────────

    def _addition(self, one: _Read) -> RowChange:
        assert one.day is not None
        row, named = one.row, one.named
        kind = (
            ListWord(ListKind.MEETING_KIND, named.kind.name, named.kind.id)
            if named.kind
            else ListWord(ListKind.MEETING_KIND, named.new_kind)
        )
        cells = [
            _cell(row, KIND, "", kind),
            _cell(row, HELD_ON, "", one.day),
            _cell(row, STATE, "", self._state(one)),
        ]
        for key, value in ((NUMBER, named.number), (TITLE, named.title), (DISTRICT, named.district)):
            if value not in (None, ""):
                cells.append(_cell(row, key, "", value))
        cells += [_cell(row, key, "", row.values[key].value) for key in _TEXTS if key in row.values]
        if self._state(one) is MeetingState.CANCELLED:
            because = row.values.get(BECAUSE)
            cells.append(_cell(row, BECAUSE, "", because.value if because is not None else row.called_off))
        return RowChange(f"row{row.number}", RowKind.ADDED, one.name, row.place, tuple(cells))

    def _state(self, one: _Read) -> MeetingState:
        """How far a new meeting has come: past ones were held, unless the file says otherwise."""
        said = one.row.values.get(STATE)
        if said is not None and isinstance(said.value, MeetingState):
            return said.value
        if one.row.called_off:
            return MeetingState.CANCELLED
        assert one.day is not None
        is_over = one.day < self._today or (one.day == self._today and HEADCOUNT in one.row.values)
        return MeetingState.HELD if is_over else MeetingState.PLANNED

    def _difference(self, one: _Read, found: MeetingRow) -> RowChange:
        assert one.day is not None
        row, named = one.row, one.named
        wanted: list[tuple[str, object]] = [(HELD_ON, one.day), (NUMBER, named.number), (TITLE, named.title)]
        if named.district is not None and named.district.id != found.district_id:
            wanted.append((DISTRICT, named.district))
        wanted += [(key, row.values[key].value) for key in _TEXTS if key in row.values]
        cells = []
        for key, value in wanted:
            before: object = found.district if key == DISTRICT else getattr(found, key.partition(".")[2])
            if value not in (None, "") and value != before:
                cells.append(_cell(row, key, _shown(before), value))
        state = self._state(one)
        if found.state in _AHEAD and state is MeetingState.HELD:
            cells.append(_cell(row, STATE, found.state.label, state, _BECAME_HELD))
        return RowChange(
            f"row{row.number}", RowKind.CHANGED, found.name, row.place, tuple(cells), found.id, found.version
        )


def _at_odds(row: FileMeeting, found: MeetingRow) -> str:
    """What to say where file and ledger do not agree on whether a meeting was called off."""
    if row.called_off and found.state is not MeetingState.CANCELLED:
        said = f"ファイルには「{row.called_off}」とありますが、台帳では「{found.state.label}」です。"
        return f"{said}会議のページで確かめてください。"
    if not row.called_off and found.state is MeetingState.CANCELLED:
        return "台帳では中止になっています。会議のページで確かめてください。"
    return ""


def _may_be(meeting: MeetingRow, named: Named) -> bool:
    """Whether a meeting may be the one of a row as far as districts go; a row or a meeting that names none says nothing."""
    return named.district is None or meeting.district_id is None or meeting.district_id == named.district.id


def _narrowed(found: list[MeetingRow], row: FileMeeting, named: Named) -> list[MeetingRow]:
    """Of several meetings on one day, those of the same district, number or time."""
    starts = row.values.get("meeting.starts_at")
    for wanted in (
        ("district_id", named.district.id if named.district is not None else None),
        ("number", named.number),
        ("starts_at", starts.value if starts is not None else None),
    ):
        name, value = wanted
        if len(found) > 1 and value is not None:
            found = [one for one in found if getattr(one, name) == value] or found
    return found


def _twice(read: Iterable[_Read]) -> dict[int, str]:
    """Rows that mean one meeting, by their numbers, with the reason."""
    groups: dict[object, list[_Read]] = defaultdict(list)
    for one in read:
        if one.day is None or one.trouble:
            continue
        named = one.named
        series = (
            named.kind.id if named.kind else named.new_kind,
            named.district.name if named.district else "",
        )
        if one.found is not None:
            groups["found", one.found.id].append(one)
        starts = one.row.values.get("meeting.starts_at")
        groups[
            "day", series, one.day, named.number, starts.value if starts and named.number is None else ""
        ].append(one)
        if named.number is not None:
            groups["number", series, fiscal_year_of(one.day), named.number].append(one)
    return {
        one.row.number: "同じ会議の行が"
        + "・".join(two.row.place.cell for two in group)
        + "にあります。一つにまとめるか、回や日付を確かめてください。"
        for group in groups.values()
        if len(group) > 1
        for one in group
    }


def _cell(row: FileMeeting, key: str, before: str, value: object, notice: str = "") -> CellChange:
    source: FileValue | None = row.values.get(key)
    return CellChange(
        f"row{row.number}/{key}",
        key,
        FIELDS[key].label,
        before,
        _shown(value),
        value,
        source.place if source is not None else row.place,
        (source.notice if source is not None else "") + notice,
    )


def _shown(value: object) -> str:
    """A value as people read it."""
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Labelled):
        return value.label
    return "" if value is None else str(value)
