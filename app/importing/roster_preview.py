"""What taking a roster in would do, as values: shown before anything is written, and applied as a whole or in chosen parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.importing.roster_columns import Column
from app.importing.roster_file import Place, Remark
from app.organisations.people import PersonValues, TermValues
from db.vocabulary import Labelled


class ListKind(Labelled):
    """The lists of the office that a roster names entries of."""

    CATEGORY = "category", "区分"
    DISTRICT = "district", "地区"
    AREA = "area", "エリア"
    SERVICE_TYPE = "service_type", "事業の種類"


@dataclass(frozen=True, slots=True)
class ListWord:
    """An entry of a list: the one with ``id``, or one that is new. ``area`` is that of a new district."""

    kind: ListKind
    name: str
    id: int | None = None
    area: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class AddPerson:
    """A person (new, or the id of one on the roster) begins to speak for the organisation.

    ``ends`` are the open terms (id, version) that end the day before.
    """

    person: PersonValues | int
    term: TermValues
    ends: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class EditPerson:
    """A person's own data change: of each column named, what it was in the preview and what it becomes."""

    contact_person_id: int
    changes: tuple[tuple[str, object, object], ...]


@dataclass(frozen=True, slots=True)
class EditTerm:
    """A term changes: of each column named, what it was in the preview and what it becomes."""

    contact_term_id: int
    changes: tuple[tuple[str, object, object], ...]


Value = object
"""A value of a column, a ListWord, or one of AddPerson, EditPerson and EditTerm."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that would change the ledger. ``key`` names it when parts are chosen; texts are as people read them."""

    key: str
    field: str
    label: str
    before: str
    after: str
    value: Value
    place: Place
    notice: str = ""


class RowKind(Labelled):
    """What a row would do."""

    ADDED = "added", "追加"
    CHANGED = "changed", "変更"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of the file that would change the ledger: an organisation that is added, or one as it stood at ``version``."""

    key: str
    kind: RowKind
    name: str
    place: Place
    cells: tuple[CellChange, ...]
    organisation_id: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that is not taken unless a person chooses it: the reason, and what it would do where that is certain."""

    name: str
    place: Place
    reason: str
    row: RowChange | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A row that says what the ledger says."""

    name: str
    place: Place
    organisation_id: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking in a file would do.

    ``not_understood`` are cells, rows, columns and sheets that are left out; ``notices`` what was taken with an assumption;
    ``skipped`` rows that hold nothing to take (sums, repeated headings). ``new_entries`` would be added to the office's
    lists, for the rows that name them. ``as_of`` is the day from which other people speak for an organisation.
    """

    file_name: str
    sheet: str
    other_sheets: tuple[str, ...]
    columns: tuple[Column, ...]
    added: tuple[RowChange, ...]
    changed: tuple[RowChange, ...]
    conflicting: tuple[Conflict, ...]
    unchanged: tuple[Unchanged, ...]
    not_understood: tuple[Remark, ...]
    notices: tuple[Remark, ...]
    skipped: tuple[Remark, ...]
    new_entries: tuple[ListWord, ...]
    as_of: date

    @property
    def rows(self) -> tuple[RowChange, ...]:
        """All rows that would be taken: those added, then those changed."""
        return (*self.added, *self.changed)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return not self.rows
