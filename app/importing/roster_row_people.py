"""The people whom a row of a roster names, with what the columns beside their names say of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from app.importing.columns import Column
from app.importing.roster_cells import Reading
from app.importing.roster_fields import FIELDS, ROLES
from app.importing.roster_file import FilePerson
from app.importing.roster_people import people
from app.importing.roster_readers import DETAILS
from app.importing.table_cells import TableCells
from app.text import clean
from db.vocabulary import ContactRole


class RowPeople:
    """Reads the people of the rows of one table."""

    def __init__(self, cells: TableCells) -> None:
        self._cells = cells

    def of(self, number: int) -> tuple[FilePerson, ...]:
        return tuple(one for role in ROLES.values() for one in self._people_of(number, role))

    def _people_of(self, number: int, role: ContactRole) -> list[FilePerson]:
        column = self._cells.columns.get(f"{role.value}.name")
        if column is None:
            return []
        found = people(self._cells.value(number, column))
        if found.trouble:
            self._cells.not_understood(number, column, self._cells.text(number, column), found.trouble)
            return []
        if found.notice:
            self._cells.notice(number, column, found.notice)
        persons = [
            FilePerson(
                one.name,
                one.role or role,
                self._cells.place(number, column),
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
        reading = self._cells.sheet.layout.readings.get((number, column.number))
        if (
            len(persons) == 1
            and reading
            and not persons[0].kana
            and f"{role.value}.kana" not in self._cells.columns
        ):
            self._cells.notice(
                number, column, f"セルのふりがなから読みを取りました。「{reading}」", f"{role.value}.kana"
            )
            persons = [replace(persons[0], kana=clean(reading).strip())]
        for attribute, reader in DETAILS.items():
            detail = self._cells.columns.get(f"{role.value}.{attribute}")
            value = self._cells.value(number, detail) if detail is not None else None
            if detail is None or value is None or not str(value).strip():
                continue
            texts = [value] if len(persons) == 1 else _split(str(value))
            if not persons:
                reason = "氏名がないので、だれのものか分かりません。"
                self._cells.not_understood(number, detail, str(value), reason)
            elif len(texts) != len(persons):
                reason = f"{len(persons)}人のうち、だれのものか分かりません。"
                self._cells.not_understood(number, detail, str(value), reason)
            else:
                persons = [
                    self._with_detail(number, detail, attribute, reader(text), person)
                    for person, text in zip(persons, texts, strict=True)
                ]
        return persons

    def _with_detail(
        self, number: int, column: Column, attribute: str, reading: Reading, person: FilePerson
    ) -> FilePerson:
        value, length = str(reading.value or ""), FIELDS[column.key].length
        trouble = reading.trouble or (f"長すぎます（{length}字まで）。" if len(value) > length else "")
        if trouble:
            self._cells.not_understood(number, column, self._cells.text(number, column), trouble)
            return person
        if reading.notice:
            self._cells.notice(number, column, reading.notice)
        changed: dict[str, Any] = {attribute: value}
        return replace(person, **changed) if value else person


_TITLE_HEADINGS = frozenset({"会長", "園長", "施設長", "所長", "館長", "理事長", "センター長", "委員長"})


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[\n、，,／/;；]+", text) if part.strip()]
