"""The list at the door and its way into the ledger: shown at once, written one after the other, put back where that fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.errors import ConflictError
from app.meetings import attendance, queries
from app.meetings.attendance import AttendanceValues
from app.meetings.queries import AttendanceRow
from app.office import Office
from db.vocabulary import AttendanceAnswer
from ui.desk import Desk
from ui.meetings.reception_search import Seat, make_seat
from ui.tasks import Lane, Task


@dataclass(frozen=True, slots=True)
class Wish:
    """What an entry is to become."""

    is_present: bool | None
    arrived_at: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something done at the door, to be taken back: who it was about, and what stood there before.

    ``before`` holds what an arrival has changed, or the fields of a change; nothing for somebody put on the list.
    """

    attendance_id: int
    before: Wish | Mapping[str, Any] | None = None


class ReceptionWork(QObject):
    """Holds the entries of one meeting as the door sees them."""

    changed = Signal()

    added = Signal(object)
    """The AttendanceRow of somebody who was put on the list here."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._meeting_id = 0
        self._rows: dict[int, AttendanceRow] = {}
        self._wishes: dict[int, Wish] = {}
        self._under_way: set[int] = set()
        self._words: Mapping[int, list[str]] = {}
        self._past: list[Step] = []
        self._seats: dict[int, Seat] = {}

    def open(self, meeting_id: int, rows: Iterable[AttendanceRow]) -> None:
        """Show a meeting, or meet what the ledger holds of the open one; what is on its way stays as it was wished."""
        if meeting_id != self._meeting_id:
            self._meeting_id = meeting_id
            self._wishes.clear()
            self._under_way.clear()
            self._past.clear()
            self._rows.clear()
        fresh = {row.id: row for row in rows}
        for row_id in self._under_way & self._rows.keys():
            fresh[row_id] = self._rows[row_id]
        self._rows = fresh
        self._wishes = {one: wish for one, wish in self._wishes.items() if one in fresh}
        self._publish()

    def know(self, words: Mapping[int, list[str]]) -> None:
        """Further words by which organisations are found."""
        self._words = words
        self._publish()

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Every entry as it stands at the door."""
        return tuple(self._seats.values())

    def seat(self, attendance_id: int) -> Seat | None:
        """One entry."""
        return self._seats.get(attendance_id)

    # ------------------------------------------------------------------ arrivals

    def receive(self, attendance_id: int, wish: Wish) -> None:
        """Show it at once, and write it."""
        seat = self._seats[attendance_id]
        self._past.append(Step(attendance_id, Wish(seat.is_present, seat.arrived_at)))
        self._wish(attendance_id, wish)

    def take_back(self) -> tuple[Seat, Step] | None:
        """Take back what was done last: an arrival, somebody put on the list, a proxy, an early leave.

        The entry as it was until then, and the step; None where there is nothing to take back.
        """
        while self._past:
            step = self._past.pop()
            seat = self._seats.get(step.attendance_id)
            if seat is None:
                continue
            if step.before is None:
                self._take_off(seat)
            elif isinstance(step.before, Wish):
                self._wish(seat.id, step.before)
            else:
                self._write(seat.id, step.before)
            return seat, step
        return None

    def _wish(self, attendance_id: int, wish: Wish) -> None:
        self._wishes[attendance_id] = wish
        if attendance_id not in self._under_way:
            self._send(attendance_id)
        self._publish()

    def _send(self, attendance_id: int) -> None:
        wish, row = self._wishes[attendance_id], self._rows[attendance_id]
        self._under_way.add(attendance_id)
        self._desk.work(
            self,
            partial(_receive, self._desk.office, row, wish),
            partial(self._sent, self._meeting_id, wish),
            partial(self._refused, attendance_id),
            lane=Lane.LEDGER,
        )

    def _sent(self, meeting_id: int, wish: Wish, row: AttendanceRow) -> None:
        if meeting_id != self._meeting_id:
            return
        self._under_way.discard(row.id)
        self._rows[row.id] = row
        if self._wishes.get(row.id, wish) != wish:
            self._send(row.id)
        else:
            self._wishes.pop(row.id, None)
        self._publish()

    def _refused(self, attendance_id: int, error: Exception) -> None:
        self._under_way.discard(attendance_id)
        self._wishes.pop(attendance_id, None)
        self._past = [one for one in self._past if one.attendance_id != attendance_id]
        self._publish()
        self._desk.tell(error)
        if isinstance(error, ConflictError):
            meeting_id = self._meeting_id
            self._desk.ask(self, partial(self._read_again, meeting_id), queries.attendance, (meeting_id,))

    def _read_again(self, meeting_id: int, rows: tuple[AttendanceRow, ...]) -> None:
        if meeting_id == self._meeting_id:
            self.open(meeting_id, rows)

    # ------------------------------------------------------------------ people who were not on the list, changes at the door

    def add(self, values: AttendanceValues) -> None:
        """Put somebody on the list."""
        self._desk.work(
            self,
            partial(_add, self._desk.office, self._meeting_id, values),
            partial(self._was_added, self._meeting_id),
            lane=Lane.LEDGER,
        )

    def edit(self, attendance_id: int, **changes: Any) -> None:
        """Change an entry: somebody comes in another's place, or leaves early."""
        seat = self._seats[attendance_id]
        shown = {"is_present": seat.is_present, "arrived_at": seat.arrived_at}
        before = {name: shown.get(name, getattr(seat.row, name)) for name in changes}
        self._past.append(Step(attendance_id, before))
        self._write(attendance_id, changes)

    def _write(self, attendance_id: int, changes: Mapping[str, Any]) -> None:
        row = self._rows[attendance_id]
        self._desk.work(
            self,
            partial(_edit, self._desk.office, row, changes),
            partial(self._sent, self._meeting_id, self._wishes.get(attendance_id, Wish(None))),
            lane=Lane.LEDGER,
        )

    def _was_added(self, meeting_id: int, row: AttendanceRow) -> None:
        if meeting_id == self._meeting_id:
            self._rows[row.id] = row
            self._past.append(Step(row.id))
            self._publish()
            self.added.emit(row)

    def _take_off(self, seat: Seat) -> None:
        self._desk.work(
            self,
            partial(_take_off, self._desk.office, seat.row),
            partial(self._taken_off, self._meeting_id),
            lane=Lane.LEDGER,
        )

    def _taken_off(self, meeting_id: int, attendance_id: int) -> None:
        if meeting_id == self._meeting_id:
            self._rows.pop(attendance_id, None)
            self._publish()

    def _publish(self) -> None:
        """Make the entries anew that are others now; the keys of the rest are known."""
        seats = {}
        for row in self._rows.values():
            wish = self._wishes.get(row.id)
            present, arrived = (
                (wish.is_present, wish.arrived_at) if wish else (row.is_present, row.arrived_at)
            )
            before = self._seats.get(row.id)
            more = self._words.get(row.organisation_id or 0, ())
            if before is None or before.row != row or not set(more) <= set(before.words):
                seats[row.id] = make_seat(row, present, arrived, wish is not None, more)
            else:
                seats[row.id] = replace(
                    before, is_present=present, arrived_at=arrived, is_sent=wish is not None
                )
        self._seats = seats
        self.changed.emit()


def _receive(office: Office, row: AttendanceRow, wish: Wish, _task: Task) -> AttendanceRow:
    office.perform(attendance.receive, row.id, row.version, wish.is_present, wish.arrived_at)
    return _read(office, row.meeting_id, row.id)


def _add(office: Office, meeting_id: int, values: AttendanceValues, _task: Task) -> AttendanceRow:
    attendance_id = office.perform(attendance.add_entry, meeting_id, values).result
    return _read(office, meeting_id, attendance_id)


def _edit(office: Office, shown: AttendanceRow, changes: Mapping[str, Any], _task: Task) -> AttendanceRow:
    row = _read(office, shown.meeting_id, shown.id)
    office.perform(attendance.edit_entry, row.id, row.version, _values(row, changes))
    return _read(office, row.meeting_id, row.id)


def _take_off(office: Office, row: AttendanceRow, _task: Task) -> int:
    """Off the list again: what was entered at the door by mistake is no invitation."""
    blank = {"is_present": None, "answer": AttendanceAnswer.UNANSWERED, "arrived_at": "", "left_at": ""}
    fresh = _read(office, row.meeting_id, row.id)
    office.perform(attendance.edit_entry, row.id, fresh.version, _values(fresh, blank))
    office.perform(attendance.uninvite, [row.id])
    return row.id


def _values(row: AttendanceRow, changes: Mapping[str, Any]) -> AttendanceValues:
    return AttendanceValues(
        **{one.name: changes.get(one.name, getattr(row, one.name)) for one in fields(AttendanceValues)}
    )


def _read(office: Office, meeting_id: int, attendance_id: int) -> AttendanceRow:
    found = office.ask(queries.attendance_entry, attendance_id)
    if found is None or found.meeting_id != meeting_id:
        raise ConflictError(
            "この人は、ほかの画面で名簿から外されています。",
            "名簿を確かめてから、もう一度受付をしてください。",
        )
    return found
