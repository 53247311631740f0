"""A table of a roster as rows of the ledger's own values, each value with the cell it came from, and all that was not understood.

Nothing here knows the ledger; ``roster_compare`` sets these rows beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from app.importing import roster_cells
from app.importing.roster_cells import Reading
from app.importing.roster_columns import Column
from app.importing.roster_fields import CHANNELS, FIELDS, NAME, ROLES
from app.importing.roster_people import people
from app.importing.roster_table import Table
from app.importing.safe_workbook import Value, cell_name
from app.text import clean
from db.vocabulary import ContactRole, Labelled

CellReader = Callable[[Value], Reading]

_LISTED = ("organisation.category", "organisation.district", "organisation.area", "organisation.service_type")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the file."""

    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"「{self.sheet}」{self.cell}"


class RemarkKind(Labelled):
    """What a remark is about."""

    CELL = "cell", "セル"
    COLUMN = "column", "列"
    ROW = "row", "行"
    SHEET = "sheet", "シート"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a place of the file: what stands there, and the reason why it is pointed out."""

    place: Place
    text: str
    reason: str
    kind: RemarkKind = RemarkKind.CELL
    field: str = ""


@dataclass(frozen=True, slots=True)
class FileValue:
    """A value and where it stands.

    ``text`` is the cell as it was typed. In a data sheet that the program wrote, ``trouble`` and ``notice`` count only where that
    differs from the ledger; elsewhere they have been noted already.
    """

    value: object
    place: Place
    notice: str = ""
    text: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class FilePerson:
    """A person of a row, as the file has it."""

    name: str
    role: ContactRole
    place: Place
    position_title: str = ""
    kana: str = ""
    honorific: str = ""
    telephone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One organisation of the file. ``values`` are by the key of the column; a column left out says nothing.

    ``exact``: it comes from a data sheet that the program wrote, with number and version; an empty cell then means empty.
    """

    number: int
    name: FileValue
    values: Mapping[str, FileValue]
    people: tuple[FilePerson, ...] = ()
    exact: bool = False

    @property
    def place(self) -> Place:
        return self.name.place


@dataclass(slots=True)
class Remarks:
    """What is gathered while a table is read: what was not understood and left out, and what was taken with an assumption."""

    not_understood: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, remarks: Remarks) -> None:
        self._table, self._sheet, self._remarks = table, table.sheet, remarks
        self._columns = {column.key: column for column in table.columns if column.is_read}
        self._exact = False
        self._firsts: dict[int, tuple[int, str]] = {}
        for (row, number), value in table.sheet.cells.items():
            self._firsts[row] = min(self._firsts.get(row, (number, str(value))), (number, str(value)))

    def rows(self) -> Iterator[FileRow]:
        """The rows that name an organisation, in their order."""
        pending: FileRow | None = None
        if NAME not in self._columns:
            return
        for number in self._table.rows:
            if number in self._sheet.layout.hidden_rows:
                text = self._text(number, self._columns[NAME])
                self._not_understood(
                    number,
                    self._columns[NAME],
                    text,
                    "非表示の行なので読んでいません。再表示して確かめてください。",
                    RemarkKind.ROW,
                )
                continue
            column = self._columns[NAME]
            above = self._table.carried.get((number, column.number))
            if above is not None and pending is not None and (number, column.number) not in self._sheet.cells:
                pending = replace(pending, people=(*pending.people, *self._people(number)))
                self._more(number)
                continue
            if pending is not None:
                yield pending
            pending = self._row(number)
        if pending is not None:
            yield pending

    def _row(self, number: int) -> FileRow | None:
        column = self._columns[NAME]
        marks = [self._columns.get(key) for key in ("organisation.id", "organisation.version")]
        self._exact = all(one is not None and (number, one.number) in self._sheet.cells for one in marks)
        name = self._read(number, column, roster_cells.name)
        if name is None or name.value in (None, ""):
            if name is not None:
                self._not_understood(
                    number,
                    column,
                    self._firsts[number][1],
                    "団体名がない行です。読んでいません。",
                    RemarkKind.ROW,
                )
            return None
        values = dict(self._values(number))
        return FileRow(number, name, values, self._people(number), self._exact)

    def _values(self, number: int) -> Iterator[tuple[str, FileValue]]:
        for key, column in self._columns.items():
            short = key.partition(".")[2]
            if key in CHANNELS:
                found = self._read(number, column, roster_cells.channel)
            elif key == "organisation.address":
                yield from self._address(number, column)
                continue
            elif key == "organisation.telephone_fax":
                yield from self._telephone_fax(number, column)
                continue
            elif key in ("organisation.id", "organisation.version"):
                found = self._number(number, column)
            elif key.startswith("organisation.") and key != NAME:
                found = self._read(number, column, self._reader(short, column))
            else:
                continue
            if found is not None:
                yield key, found
        yield from self._furigana(number)

    def _reader(self, short: str, column: Column) -> CellReader:
        if short == "opening":
            return lambda value: roster_cells.opening(value, column.lines[-1])
        return roster_cells.READERS[short]

    def _read(self, number: int, column: Column, reader: CellReader) -> FileValue | None:
        """What a cell says; None where it was not understood (which is noted) or, in a roster of others, is empty."""
        place = self._place(number, column)
        carried = self._table.carried.get((number, column.number))
        at = carried or (number, column.number)
        flaw = self._sheet.flaws.get(at)
        if flaw is not None:
            self._not_understood(number, column, "", flaw.label)
            return None
        value = self._sheet.cells.get(at)
        reading = self._reading(column, value, reader)
        notice = reading.notice
        if carried and value is not None:
            notice = f"結合された上のセル {cell_name(*carried)} の値として読みました。" + notice
        return self._taken(number, column, replace(reading, notice=notice), place)

    def _reading(self, column: Column, value: Value | None, reader: CellReader) -> Reading:
        if value is None:
            return Reading("")
        found = reader(value)
        if column.key in _LISTED and found.value in roster_cells.DITTO:
            return Reading(trouble=f"「{found.value}」は読めません。上と同じ内容を入力してください。")
        length = FIELDS[column.key].length
        if length and isinstance(found.value, str) and len(found.value) > length:
            return Reading(trouble=f"長すぎます（{length}字まで）。")
        return found

    def _taken(self, number: int, column: Column, reading: Reading, place: Place) -> FileValue | None:
        """What was read, with what is to be said of it; None where it is not taken, or says nothing."""
        text = self._text(number, column)
        if self._exact:
            return FileValue(reading.value, place, reading.notice, clean(text), reading.trouble)
        if reading.trouble:
            self._not_understood(number, column, text, reading.trouble)
            return None
        if reading.notice:
            self._notice(number, column, reading.notice)
        if reading.value in (None, "") and column.key != NAME:
            return None
        return FileValue(reading.value, place, reading.notice, text)

    def _address(self, number: int, column: Column) -> Iterator[tuple[str, FileValue]]:
        place = self._place(number, column)
        if self._exact:
            found = self._read(number, column, roster_cells.text)
            if found is not None:
                yield column.key, found
            return
        code = building = Reading()

        def split(value: Value) -> Reading:
            nonlocal code, building
            address, code, building = roster_cells.address(value)
            return address

        found = self._read(number, column, split)
        if found is not None:
            yield column.key, found
        for key, reading in (("organisation.postal_code", code), ("organisation.building", building)):
            own = self._columns.get(key)
            if not reading.value:
                continue
            if own is not None and (number, own.number) in self._sheet.cells:
                self._not_understood(
                    number, column, str(reading.value), f"「{own.heading}」の列にも書かれています。"
                )
                continue
            self._notice(number, column, reading.notice)
            yield key, FileValue(reading.value, place, reading.notice)

    def _telephone_fax(self, number: int, column: Column) -> Iterator[tuple[str, FileValue]]:
        place = self._place(number, column)
        value = self._sheet.cells.get((number, column.number))
        if value is None:
            return
        for key, reading in zip(
            ("organisation.telephone", "organisation.fax"), roster_cells.telephone_and_fax(value), strict=True
        ):
            taken = self._taken(number, column, reading, place)
            if taken is not None:
                yield key, taken

    def _number(self, number: int, column: Column) -> FileValue | None:
        value = self._sheet.cells.get((number, column.number))
        text = str(value or "").strip()
        if not text:
            return None
        if not re.fullmatch(r"\d{1,12}", text):
            self._not_understood(
                number, column, text, "番号として読めません。書き出したときの番号に戻してください。"
            )
            return None
        return FileValue(int(text), self._place(number, column))

    def _furigana(self, number: int) -> Iterator[tuple[str, FileValue]]:
        """The reading of the name's own cell, where the roster has no column for it."""
        column = self._columns[NAME]
        reading = self._sheet.layout.readings.get((number, column.number))
        if reading and not self._exact and "organisation.kana" not in self._columns:
            notice = "セルのふりがなから読みを取りました。"
            self._notice(number, column, f"{notice}「{reading}」", "organisation.kana")
            yield "organisation.kana", FileValue(clean(reading).strip(), self._place(number, column), notice)

    def _people(self, number: int) -> tuple[FilePerson, ...]:
        return tuple(one for role in ROLES.values() for one in self._people_of(number, role))

    def _people_of(self, number: int, role: ContactRole) -> list[FilePerson]:
        column = self._columns.get(f"{role.value}.name")
        if column is None:
            return []
        at = (number, column.number)
        if at in self._sheet.flaws:
            self._not_understood(number, column, "", self._sheet.flaws[at].label)
            return []
        found = people(self._sheet.cells.get(at))
        if found.trouble:
            self._not_understood(number, column, self._text(number, column), found.trouble)
            return []
        if found.notice:
            self._notice(number, column, found.notice)
        persons = [
            FilePerson(
                one.name,
                one.role or role,
                self._place(number, column),
                one.position_title,
                one.kana,
                one.honorific,
            )
            for one in found.people
        ]
        heading = column.lines[-1].strip()
        if persons and heading in _TITLE_HEADINGS:
            persons = [one if one.position_title else replace(one, position_title=heading) for one in persons]
        return self._with_details(number, role, column, persons)

    def _with_details(
        self, number: int, role: ContactRole, column: Column, persons: list[FilePerson]
    ) -> list[FilePerson]:
        """The persons with what the columns beside say of them: one value for one person, or as many as there are persons."""
        reading = self._sheet.layout.readings.get((number, column.number))
        if (
            len(persons) == 1
            and reading
            and not persons[0].kana
            and f"{role.value}.kana" not in self._columns
        ):
            self._notice(
                number, column, f"セルのふりがなから読みを取りました。「{reading}」", f"{role.value}.kana"
            )
            persons = [replace(persons[0], kana=clean(reading).strip())]
        for attribute, reader in _DETAILS.items():
            detail = self._columns.get(f"{role.value}.{attribute}")
            value = self._sheet.cells.get((number, detail.number)) if detail is not None else None
            if detail is None or value is None or not str(value).strip():
                continue
            if not persons:
                self._not_understood(number, detail, str(value), "氏名がないので、だれのものか分かりません。")
                continue
            texts = [value] if len(persons) == 1 else _split(str(value))
            if len(texts) != len(persons):
                self._not_understood(
                    number, detail, str(value), f"{len(persons)}人のうち、だれのものか分かりません。"
                )
                continue
            for index, one in enumerate(texts):
                taken = self._taken(number, detail, reader(one), self._place(number, detail))
                if taken is not None:
                    persons[index] = replace(persons[index], **{attribute: str(taken.value)})
        return persons

    def _more(self, number: int) -> None:
        """Cells of a further line of an organisation, other than its people, are not its own."""
        for key, column in self._columns.items():
            if (
                key.split(".")[0] in ("organisation", "channel")
                and (number, column.number) in self._sheet.cells
            ):
                self._not_understood(
                    number,
                    column,
                    self._text(number, column),
                    "団体名が結合された行の2行目です。1行目の値だけを読みました。",
                )

    def _text(self, number: int, column: Column) -> str:
        at = self._table.carried.get((number, column.number), (number, column.number))
        return str(self._sheet.cells.get(at, ""))

    def _place(self, number: int, column: Column) -> Place:
        return Place(self._sheet.name, cell_name(number, column.number))

    def _not_understood(
        self, number: int, column: Column, text: str, reason: str, kind: RemarkKind = RemarkKind.CELL
    ) -> None:
        self._remarks.not_understood.append(
            Remark(self._place(number, column), text, reason, kind, column.key)
        )

    def _notice(self, number: int, column: Column, reason: str, key: str = "") -> None:
        self._remarks.notices.append(
            Remark(self._place(number, column), self._text(number, column), reason, field=key or column.key)
        )


_TITLE_HEADINGS = frozenset({"会長", "園長", "施設長", "所長", "館長", "理事長", "センター長", "委員長"})
_DETAILS = {
    "kana": roster_cells.kana,
    "position_title": roster_cells.guarded(roster_cells.plain),
    "telephone": roster_cells.telephone,
    "mail": roster_cells.mail,
}


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[\n、，,／/;；]+", text) if part.strip()]
