"""What a file of a roster says: organisations, and the people in their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.importing.file_values import FileValue, Place
from db.vocabulary import ContactRole


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
    ``doubt`` is why it may be no organisation at all.
    """

    number: int
    name: FileValue
    values: Mapping[str, FileValue]
    people: tuple[FilePerson, ...] = ()
    exact: bool = False
    doubt: str = ""

    @property
    def place(self) -> Place:
        return self.name.place
