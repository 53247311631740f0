"""Taking a previewed list of meetings into the ledger: everything chosen in one change, or nothing; one undo takes it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from app.calendar import fiscal_year_of
from app.errors import ConflictError, InputError
from app.importing.meeting_fields import KIND
from app.importing.operations import remember
from app.importing.preview import CellChange, ListKind, ListWord, Preview, RowChange
from app.importing.queries import MEETING_COLUMNS
from app.meetings import queries
from app.meetings.guard import open_meeting
from app.meetings.operations import enter, rewrite
from app.meetings.values import MeetingValues
from app.office import Unit, operation
from app.organisations import queries as organisation_queries
from db.schema.meetings import Meeting, MeetingKind
from db.schema.organisations import District
from db.vocabulary import MeetingState

_NOTHING_TAKEN = "何も取り込んでいません。"
_COLUMNS = tuple(one.name for one in fields(MeetingValues))


@dataclass(frozen=True, slots=True)
class Imported:
    """How many meetings were added and changed, and how many entries the office's lists gained."""

    added: int
    changed: int
    entries: int


@operation("会議の一覧を取り込み")
def import_meetings(unit: Unit, preview: Preview, chosen: Collection[str] | None = None) -> Imported:
    """Write the rows of a preview, or what is chosen of it by key (rows, cells; a conflict only by choice).

    ConflictError where the ledger has moved on since the preview; InputError where nothing is chosen, or a meeting cannot be as the
    file has it. Nothing is written then.
    """
    added, changed = preview.chosen(chosen)
    if not added and not changed:
        raise InputError("取り込むものがありません。", "取り込む行を選んでください。")
    unit.describe(f"会議の一覧「{preview.file_name}」を取り込み（追加{len(added)}・変更{len(changed)}件）")
    writer = _Writer(unit)
    entries = writer.enter_lists(cell.value for row in (*added, *changed) for cell in row.cells)
    writer.require_new(added)
    for row in (*changed, *added):
        writer.write(row)
    return Imported(len(added), len(changed), entries)


@operation("会議の一覧の列の対応を記憶")
def remember_columns(unit: Unit, mapping: Mapping[str, str]) -> None:
    """Remember what headings of lists of meetings hold: the key of a field (empty: not read) by the heading."""
    remember(unit, MEETING_COLUMNS, mapping)


class _Writer:
    """Writes one import."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._ids: dict[tuple[ListKind, str], int] = {}

    def enter_lists(self, values: Iterable[object]) -> int:
        """New kinds and districts; how many. ConflictError where one of the name has come in since the preview."""
        words = list(dict.fromkeys(one for one in values if isinstance(one, ListWord) and one.id is None))
        kinds, lists = queries.kinds(self._unit), organisation_queries.lists(self._unit)
        known = {
            ListKind.MEETING_KIND: {row.name for row in kinds},
            ListKind.DISTRICT: {row.name for row in lists.districts},
        }
        for word in words:
            if word.name in known[word.kind]:
                raise _moved_on(f"{word.kind.label}「{word.name}」")
            position = len(known[word.kind])
            known[word.kind].add(word.name)
            self._ids[word.kind, word.name] = self._unit.add(_entry(word, position)).id
        return len(words)

    def require_new(self, added: Sequence[RowChange]) -> None:
        """A meeting that came into the ledger since the preview is not added a second time."""
        known = {
            (one.meeting_kind_id, one.district_id, one.held_on, one.number)
            for one in queries.meetings(self._unit)
        }
        for row in added:
            values = self._values(row.cells)
            key = (
                values["meeting_kind_id"],
                values.get("district_id"),
                values["held_on"],
                values.get("number"),
            )
            if key in known:
                raise _moved_on(f"「{row.name}」")

    def write(self, row: RowChange) -> None:
        """One meeting, new or as it stood in the preview."""
        values = self._values(row.cells)
        state: MeetingState | None = values.pop("state", None)
        because: str = values.pop("cancelled_because", "")
        try:
            if row.record_id is None:
                year = fiscal_year_of(values["held_on"])
                meeting = enter(
                    self._unit, MeetingValues(fiscal_year=year, **values), state or MeetingState.PLANNED
                )
                meeting.cancelled_because = because
            else:
                meeting = open_meeting(self._unit, row.record_id, row.version)
                rewrite(self._unit, meeting, _changed(meeting, values))
                meeting.state = state or meeting.state
            self._unit.flush()
        except InputError as error:
            message = f"{row.place}「{row.name}」：{error.message}{_NOTHING_TAKEN}"
            raise type(error)(message, error.advice) from error

    def _values(self, cells: Iterable[CellChange]) -> dict[str, Any]:
        """The columns that the cells name, entries of lists by their ids."""
        found: dict[str, Any] = {}
        for cell in cells:
            name, value = cell.field.partition(".")[2], cell.value
            if isinstance(value, ListWord):
                name = "meeting_kind_id" if cell.field == KIND else "district_id"
                value = value.id or self._ids[value.kind, value.name]
            found[name] = value
        return found


def _changed(meeting: Meeting, values: Mapping[str, Any]) -> MeetingValues:
    """The meeting as it stands, with ``values`` in place of what it had; another day may lie in another fiscal year."""
    stands = MeetingValues(**{name: getattr(meeting, name) for name in _COLUMNS})
    made = replace(stands, **values)
    day = values.get("held_on")
    return replace(made, fiscal_year=fiscal_year_of(day)) if isinstance(day, date) else made


def _entry(word: ListWord, position: int) -> Any:
    if word.kind is ListKind.DISTRICT:
        return District(position=position, name=word.name, kana="")
    return MeetingKind(position=position, name=word.name)


def _moved_on(what: str) -> ConflictError:
    return ConflictError(
        f"{what}は、確認の画面を開いた後に台帳へ加えられています。{_NOTHING_TAKEN}",
        "ファイルを読み込み直して、いまの内容と見比べてください。",
    )
