"""What a file says, as values: each with the cell it came from, and remarks on what is pointed out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from db.vocabulary import Labelled


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the file."""

    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"「{self.sheet}」{self.cell}"


_NOWHERE = Place("", "")


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
class Gathered:
    """One remark that is to be made about several places."""

    remark: Remark
    places: tuple[Place, ...]

    def where(self, most: int = 3) -> str:
        """The first places, those of one sheet under its name once, and how many there are besides."""
        parts: list[str] = []
        sheet = None
        for place in self.places[:most]:
            parts.append(place.cell if place.sheet == sheet else str(place))
            sheet = place.sheet
        more = len(self.places) - most
        return "、".join(parts) + (f" ほか{more:,}か所" if more > 0 else "")


def gathered(remarks: Iterable[Remark]) -> tuple[Gathered, ...]:
    """Remarks that say the same about the same text, as one each, where the first of them stood."""
    places: dict[Remark, list[Place]] = {}
    for one in remarks:
        places.setdefault(replace(one, place=_NOWHERE), []).append(one.place)
    return tuple(Gathered(replace(one, place=found[0]), tuple(found)) for one, found in places.items())


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
