"""What a file says, as values: each with the cell it came from, and remarks on what is pointed out."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.vocabulary import Labelled


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


@dataclass(slots=True)
class Remarks:
    """What is gathered while a table is read: what was not understood and left out, and what was taken with an assumption."""

    not_understood: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)
